import Drawing
import Figures
import Foundation
import Rendering
import Subjects
import TestSupport
import Wording

/// What is where on a figure, in lines of words and whole pixels: enough to see any change, small enough to keep for
/// every figure, and the same on every machine but for the last digit of a number.
package struct Golden: Sendable, Equatable {
    /// `four/en scores 1/1`: scene, language, kind, frame.
    package var name: String
    package var lines: [String]

    package init(name: String, lines: [String]) {
        self.name = name
        self.lines = lines
    }

    // MARK: Making

    /// Of the first and the last frame.
    package static func of(_ figure: Figure, name: String) -> [Golden] {
        let count = figure.frames.count
        return Set([0, count - 1]).sorted().filter { $0 >= 0 }.map { place in
            Golden(name: "\(name) \(place + 1)/\(count)", lines: lines(figure.frames[place].items))
        }
    }

    private static func lines(_ items: [Item]) -> [String] {
        var lines: [String] = []
        var place = 0
        while place < items.count {
            if let step = items[place].tag?.step {
                var end = place + 1
                while end < items.count, items[end].tag?.step == step { end += 1 }
                lines.append(cells(Array(items[place..<end]), of: step))
                place = end
            } else {
                lines += plain(items[place])
                place += 1
            }
        }
        return lines
    }

    /// What shows one step: how many things, where, and every text.
    private static func cells(_ items: [Item], of step: String) -> String {
        var texts: [String] = []
        func collect(_ items: [Item]) {
            for item in items {
                switch item.content {
                case .text(let line): texts.append(line.string)
                case .group(let inner), .link(_, let inner): collect(inner)
                default: break
                }
            }
        }
        collect(items)
        return "cells \(box(items.ink)) \(items.count) \(step) \(texts.joined(separator: " "))"
    }

    private static func plain(_ item: Item) -> [String] {
        switch item.content {
        case .text(let line):
            let turn = line.isUpward ? "^" : ""
            return [
                "text \(pixel(line.origin.x)) \(pixel(line.origin.y)) \(pixel(line.font.size))\(turn) \(line.string)"
            ]
        case .path(let path, let fill, let stroke):
            let paint = (fill == nil ? "" : "f") + (stroke == nil ? "" : "s")
            return ["path \(box(path.bounds)) \(paint)"]
        case .image(let raster, let rect): return ["image \(box(rect)) \(raster.width) × \(raster.height)"]
        case .group(let inner), .link(_, let inner): return lines(inner)
        }
    }

    private static func box(_ rect: Rect?) -> String {
        rect.map { [$0.minX, $0.minY, $0.maxX, $0.maxY].map(pixel).joined(separator: " ") } ?? "0 0 0 0"
    }

    private static func pixel(_ value: Double) -> String { value.isFinite ? "\(Int(value.rounded()))" : "?" }

    // MARK: Comparing

    /// The places of the lines that differ by more than two pixels, or more than the last digit of a number.
    package func differences(from other: Golden) -> [Int] {
        (0..<max(lines.count, other.lines.count)).filter { place in
            guard lines.indices.contains(place), other.lines.indices.contains(place) else { return true }
            return !Self.isAlike(lines[place], other.lines[place])
        }
    }

    private static func isAlike(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        let (first, second) = (one.split(separator: " "), other.split(separator: " "))
        guard first.count == second.count, first.first == second.first else { return false }
        return zip(first, second).enumerated().allSatisfy { place, words in
            if words.0 == words.1 { return true }
            guard let one = number(words.0), let two = number(words.1) else { return false }
            return abs(one.value - two.value) <= (place <= 4 ? 2 : max(one.unit, two.unit) * 1.01)
        }
    }

    /// A word as a number, and what its last digit is worth; signs such as % stand behind it in both or in neither.
    private static func number(_ word: Substring) -> (value: Double, unit: Double)? {
        let plain = word.replacing("−", with: "-").filter { $0 != "%" }
        guard let value = Double(plain) else { return nil }
        let decimals = plain.firstIndex(of: ".").map { plain.distance(from: $0, to: plain.endIndex) - 1 } ?? 0
        return (value, pow(10, -Double(decimals)))
    }

    // MARK: Files

    package static let path = Places.root + "/Tests/FiguresTests/Goldens/figures.txt"

    /// Those that are kept, by name.
    /// - Throws: where the file cannot be read.
    package static func kept() throws -> [String: Golden] {
        var kept: [String: Golden] = [:]
        var name = ""
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init) {
            if line.hasPrefix("= ") {
                name = String(line.dropFirst(2))
                kept[name] = Golden(name: name, lines: [])
            } else {
                kept[name]?.lines.append(line)
            }
        }
        return kept
    }

    package static func write(_ goldens: [Golden]) throws {
        let text = goldens.map { "= " + $0.name + "\n" + $0.lines.map { $0 + "\n" }.joined() }.joined()
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Every kind of figure once, of the first scene that has it; the languages take turns.
    /// - Throws: what making a scene throws.
    package static func all() throws -> [Golden] {
        var seen: Set<String> = []
        var goldens: [Golden] = []
        for scene in Scene.all where !scene.isSlow {
            let subject = try scene.subject()
            for picture in try scene.pictures(subject, style(.english)) where seen.insert(picture.id).inserted {
                let language: Language = seen.count.isMultiple(of: 2) ? .chinese : .english
                guard let figure = try? subject.figure(picture, scene.look(subject), style(language)) else { continue }
                goldens += of(figure, name: "\(scene.name)/\(language.rawValue) \(picture.id)")
            }
        }
        return goldens
    }

    /// The same metrics of letters on every machine.
    private static func style(_ language: Language) -> SlideStyle {
        SlideStyle(language: language, measurer: FixedMeasurer())
    }

    // MARK: Looking

    /// A sketch of it: boxes and texts, those of some lines in red.
    package func sketch(marked: Set<Int>, size: Size = .slide) -> String {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 \(Int(size.width)) \(Int(size.height))'>"
        for (place, line) in lines.enumerated() {
            let words = line.split(separator: " ").map(String.init)
            let color = marked.contains(place) ? "#c00" : "#567"
            if words.first == "text", words.count > 4 {
                let letters = words[4...].joined(separator: " ").escaped
                let points = words[3].filter(\.isNumber)
                svg += "<text x='\(words[1])' y='\(words[2])' font-size='\(points)' fill='\(color)'>\(letters)</text>"
            } else if words.count > 4, let left = Int(words[1]), let top = Int(words[2]), let right = Int(words[3]),
                let bottom = Int(words[4])
            {
                svg += "<rect x='\(left)' y='\(top)' width='\(max(1, right - left))' height='\(max(1, bottom - top))'"
                svg += " fill='none' stroke='\(color)'/>"
            }
        }
        return svg + "</svg>"
    }
}
