import Foundation
import Pages
import Reading
import Wording

/// Where a book goes, and what tells it from somebody else's folder.
struct BookFolder {
    private let path: String
    /// What the book that is there says of itself; nil where it says nothing of its files.
    let ledger: BookLedger?

    /// Says that a folder is a book, and which of its files are the book's.
    static let marker = "book.json"
    static let styles = ["kit.css", "book.css"]
    static let scripts = ["kit.js"] + ownScripts
    /// Those that lie in the course's folder, in the order in which they need each other.
    private static let ownScripts = ["memory.js", "questions.js", "book.js"]
    static let themeScript = "theme.js"

    /// What the marker says; nil where there is none.
    private static func marked(_ path: String) -> [String: JSONValue]? {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return nil }
        var cursor = JSONCursor(Array(data), source: path)
        let members = (try? cursor.readValue())?.members
        return members?["format"]?.text == BookLedger.format ? members : nil
    }

    /// - Throws: ``BookError/foreignFolder(_:)`` where something else is there.
    init(_ folder: URL, mayReplace: Bool) throws {
        path = folder.standardizedFileURL.path
        let manager = FileManager.default
        let marker = Self.marked(path + "/" + Self.marker)
        if let marker {
            ledger = marker["files"] == nil ? nil : BookLedger(marker)
        } else {
            ledger = BookLedger()
        }
        guard !mayReplace, marker == nil, manager.fileExists(atPath: path) else { return }
        guard (try? manager.contentsOfDirectory(atPath: path))?.isEmpty == true else {
            throw BookError.foreignFolder(path)
        }
    }

    /// Whether every file of a chapter is still there.
    func isWhole(_ entry: BookLedger.Entry) -> Bool {
        entry.files.allSatisfy { FileManager.default.fileExists(atPath: path + "/" + $0) }
    }

    /// A folder to fill, in which the earlier book's files may be replaced.
    func open(mayReplace: Bool) throws -> OutputFolder {
        // Where something else was there, it was refused before.
        let own = ledger.map { Set($0.files) }
        return try OutputFolder(
            path, mayReplace: mayReplace, isOurs: { $0 == Self.marker || own?.contains($0) ?? true })
    }

    /// Puts the book into its place, and what only the earlier one had away.
    /// - Parameter chapters: those of the book, written now or before.
    func commit(_ output: OutputFolder, _ chapters: [ChapterID: BookLedger.Entry]) throws {
        var next = BookLedger()
        next.chapters = chapters
        next.files = Set(output.files + chapters.values.flatMap(\.files)).sorted()
        try output.write(next.bytes, as: Self.marker)
        try output.commit(
            first: [Self.marker], surplus: Set(ledger?.files ?? []).subtracting(next.files).sorted())
    }

    /// What all pages of ours share, and what only the book's have, which lies in a folder of the course.
    static func writeAssets(_ folder: URL, into output: OutputFolder) throws {
        let shared = [
            ("kit.css", Kit.colors() + Kit.base + Kit.figure), ("kit.js", Kit.figureScript),
            (themeScript, Kit.themeScript),
        ]
        for (name, text) in shared { try output.write(Array(text.utf8), as: "assets/\(name)") }
        for name in ["book.css"] + ownScripts {
            let file = folder.appendingPathComponent(name)
            guard let data = try? Data(contentsOf: file) else { throw BookError.missingAssets(file.path) }
            try output.write(Array(data), as: "assets/\(name)")
        }
    }
}
