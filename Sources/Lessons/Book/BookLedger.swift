import Foundation
import Reading

/// What a book says of itself: what each chapter was made from, and which files are its own, so that only what changed
/// is made again.
struct BookLedger: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        /// Of everything that the chapter's files were made from.
        var key: String
        var figures: Int
        var pages: Int
        /// By their paths from the book's root.
        var files: [String]
    }

    var chapters: [ChapterID: Entry] = [:]
    /// All files of the book, its chapters' too.
    var files: [String] = []

    static let format = "glassformer-book"

    init() {}

    /// - Returns: nil for what is no book's.
    init?(_ members: [String: JSONValue]) {
        guard members["format"]?.text == Self.format else { return nil }
        files = Self.texts(members["files"])
        guard case .array(let entries)? = members["chapters"] else { return }
        for case .object(let entry) in entries {
            guard let id = entry["id"]?.text.flatMap({ ChapterID($0) }), let key = entry["key"]?.text else { continue }
            chapters[id] = Entry(
                key: key, figures: entry["figures"]?.integer ?? 0, pages: entry["pages"]?.integer ?? 0,
                files: Self.texts(entry["files"]))
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        if case .array(let values)? = value { values.compactMap { $0.text } } else { [] }
    }

    var bytes: [UInt8] {
        var json = JSONWriter(.dense)
        json.object { json in
            json.member("format", Self.format)
            json.member("version", 2)
            json.member("files", files)
            json.array("chapters") { json in
                for (id, entry) in chapters.sorted(by: { $0.key < $1.key }) {
                    json.object { json in
                        json.member("id", "\(id)")
                        json.member("key", entry.key)
                        json.member("figures", entry.figures)
                        json.member("pages", entry.pages)
                        json.member("files", entry.files)
                    }
                }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }
}

/// A fingerprint of bytes, against changes and not against malice: FNV-1a, twice with different beginnings.
package struct ContentHash: Sendable {
    private var first: UInt64 = 0xcbf2_9ce4_8422_2325
    private var second: UInt64 = 0x6c62_272e_07bb_0142

    package init() {}

    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            second = (second &+ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15 ^ (second >> 29)
        }
        // Two pieces are not one.
        first = (first ^ 0xFF) &* 0x0000_0100_0000_01b3
        second = second &* 0x9e37_79b9_7f4a_7c15 &+ 1
    }

    package mutating func add(_ text: String) { add(text.utf8) }

    /// A file's bytes, or that there is none.
    package mutating func add(file path: String) {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else {
            return add("-")
        }
        data.withUnsafeBytes { add($0) }
    }

    /// Every file below a folder, with its name.
    package mutating func add(folder path: String) {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        for name in names.sorted() where !name.hasPrefix(".") {
            add(name)
            add(file: path + "/" + name)
        }
    }

    package var text: String {
        [first, second].map { part in
            let digits = String(part, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
