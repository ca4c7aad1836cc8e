import Foundation
import Reading
import Wording

/// Where a reader is in the course and what was answered: kept on this machine between one walk and the next.
package struct LessonRecord: Sendable, Hashable {
    /// A stop within a chapter: empty for its opening, else the name of a step, `experiment` or of a question.
    package struct Place: Sendable, Hashable {
        package var chapter: ChapterID
        package var stop: String

        package init(_ chapter: ChapterID, stop: String = "") {
            self.chapter = chapter
            self.stop = stop
        }
    }

    package var place: Place?
    /// By `chapter/question`: whether the first try was right.
    package var answers: [String: Bool] = [:]

    package init() {}

    private static let format = "glassformer-course"

    /// What a file says; nothing where it is not ours or not there.
    package init(file path: String) {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), data.count < 1 << 20 else { return }
        var cursor = JSONCursor(Array(data), source: path)
        guard let members = (try? cursor.readValue())?.members, members["format"]?.text == Self.format else { return }
        if let chapter = members["chapter"]?.text.flatMap({ ChapterID($0) }) {
            place = Place(chapter, stop: members["stop"]?.text ?? "")
        }
        for name in ["right", "wrong"] {
            guard case .array(let ids)? = members[name] else { continue }
            for case let id? in ids.map({ $0.text }) { answers[id] = name == "right" }
        }
    }

    /// - Throws: `ReadingError.unwritable` and its like.
    package func write(to path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var json = JSONWriter(.dense)
        json.object { json in
            json.member("format", Self.format)
            json.member("version", 1)
            if let place {
                json.member("chapter", "\(place.chapter)")
                json.member("stop", place.stop)
            }
            for isRight in [true, false] {
                json.member(isRight ? "right" : "wrong", answers.filter { $0.value == isRight }.keys.sorted())
            }
        }
        try OutputFile(path).write(json.bytes + [UInt8(ascii: "\n")])
    }
}
