import Drawing
import Foundation
import Gallery
import Rendering
import Subjects
import Wording

/// Writes the figures of the stages as the live page shows them, and says what is wrong with each.
struct QuietFigures {
    var folder: String
    var options: [String: [String]]

    private func isWanted(_ option: String, _ name: String) -> Bool {
        options[option].map { $0.contains(name) } ?? true
    }

    func write() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let language = options["language"]?.first.flatMap { Language(tag: $0) } ?? .english
        let mode = options["theme"]?.first.flatMap { Theme.Mode(rawValue: $0) } ?? .light
        let model = options["model"]?.first
        for (number, text) in (options["say"] ?? Room.texts).enumerated() where isWanted("text", String(number)) {
            for room in Room.all where isWanted("room", room.name) {
                let style = room.style(language, mode)
                let (subject, pictures) = try room.pictures(text, style, of: model)
                var look = Look()
                look.head = pictures.compactMap { $0.placement?.head }.last
                for (place, picture) in pictures.enumerated() where isWanted("figure", picture.id) {
                    let order = place < 10 ? "0\(place)" : "\(place)"
                    let stack = picture.stack.map { "\($0)-" } ?? ""
                    let name = "\(number)-\(room.name)-\(order)-\(stack)\(picture.id)"
                    do {
                        let figure = try subject.slide(picture, look, style).figure(style)
                        let last = max(0, figure.frames.count - 1)
                        let bytes = try Renderer().png(figure, frame: last)
                        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
                        let ink = figure.frames[last].items.ink ?? Rect(0, 0, 0, 0)
                        let share = ink.width * ink.height / (figure.size.width * figure.size.height)
                        print(
                            name, "\(Int(share * 100)) %",
                            "\(Int(100 * ink.width / figure.size.width)) × \(Int(100 * ink.height / figure.size.height))",
                            figure.faults(in: figure.frames[last]).prefix(2))
                    } catch {
                        print(name, (error as? Failure)?.explanation.english ?? "\(error)")
                    }
                }
            }
        }
    }
}
