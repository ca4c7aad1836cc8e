import Drawing
import Foundation
import Gallery
import Pages
import Rendering
import Subjects
import Wording

/// Looks at every figure there is: measures it by the rules, writes all as one page, keeps what they should be.
@main struct GalleryTool {
    static let usage = """
        gallery-tool rules [--figure ID]… [--scene NAME]… [--size WIDTH]… [FILE]   measures figures by the rules
        gallery-tool page FOLDER [--scene NAME]…                                   writes all as a page
        gallery-tool quiet FOLDER [--room NAME]… [--text N]… [--figure ID]…        writes the stages for the live page
            [--model NAME] [--say TEXT]…                                           of this model and text all figures
        gallery-tool goldens                                                       keeps what figures are now
        gallery-tool owed [--scene NAME]…                                          which rules the tests' sample breaks
        gallery-tool scenes
        gallery-tool times                                                         draws what Benchmarks/drawing.py asks
        """

    static func main() throws {
        var words = CommandLine.arguments.dropFirst()
        guard let command = words.popFirst() else { return print(usage) }
        var options: [String: [String]] = [:]
        var files: [String] = []
        while let word = words.popFirst() {
            if word.hasPrefix("--"), let value = words.popFirst() {
                options[String(word.dropFirst(2)), default: []].append(value)
            } else {
                files.append(word)
            }
        }
        switch command {
        case "rules": try rules(options, files.first)
        case "page": try GalleryPage(scenes: scenes(options)).write(to: files.first ?? "output/gallery")
        case "quiet": try QuietFigures(folder: files.first ?? "output/quiet", options: options).write()
        case "goldens": try Golden.write(Golden.all())
        case "owed": try owed(scenes(options))
        case "scenes": for scene in Scene.all { print(scene.name) }
        case "times": try DrawingTimes().answer()
        default: print(usage)
        }
    }

    private static func owed(_ scenes: [Scene]) throws {
        var owed: [String: Set<Rule>] = [:]
        for scene in scenes where !scene.isSlow {
            for found in try Measures.sample(of: scene) {
                for (rule, words) in found.broken {
                    owed[found.figure, default: []].insert(rule)
                    say("\(found.figure) of \(found.scene), \(found.way): \(rule): \(words)")
                }
            }
        }
        for (figure, rules) in owed.sorted(by: { $0.key < $1.key }) {
            let names = Rule.allCases.filter { rules.contains($0) }.map { ".\($0.rawValue)" }
            print("        \"\(figure)\": [\(names.joined(separator: ", "))],")
        }
    }

    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    private static func scenes(_ options: [String: [String]]) -> [Scene] {
        Scene.all.filter { scene in options["scene"].map { $0.contains(scene.name) } ?? true }
    }

    private static func rules(_ options: [String: [String]], _ path: String?) throws {
        let ways = Way.all.filter { way in options["size"].map { $0.contains("\(Int(way.size.width))") } ?? true }
        var measures: [Measures] = []
        for scene in scenes(options) {
            do {
                let subject = try scene.subject()
                for way in ways {
                    for picture in try scene.pictures(subject, way.style)
                    where options["figure"].map({ $0.contains(picture.id) }) ?? true {
                        measures.append(Measures.of(picture, subject, scene, way))
                    }
                }
            } catch {
                say("\(scene.name): \(error)")
            }
            say("\(scene.name) \(measures.count)")
        }
        let text = Report(measures).text
        if let path { try text.write(toFile: path, atomically: true, encoding: .utf8) } else { print(text) }
    }
}
