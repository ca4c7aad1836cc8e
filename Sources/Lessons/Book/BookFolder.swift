import Foundation
import Reading
import Tensors
import Wording

/// Where a book goes: written beside its place, then moved there in one step.
struct BookFolder {
    let url: URL

    init(_ url: URL) { self.url = url.standardizedFileURL }

    /// Marks a folder as a book that may be replaced.
    static let marker = "book.json"
    static let assets = ["book.css", "book.js", "theme.js"]

    func refuseForeignContent() throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: url.path, isDirectory: &isFolder) else { return }
        let content = try? manager.contentsOfDirectory(atPath: url.path)
        guard isFolder.boolValue, let content, content.isEmpty || content.contains(Self.marker) else {
            throw BookError.foreignFolder(url.path)
        }
    }

    /// Fills a temporary sibling, and puts it in this folder's place once all is written.
    func replace<Result>(_ fill: (Temporary) throws -> Result) throws -> Result {
        let manager = FileManager.default
        let parent = url.deletingLastPathComponent()
        let name = ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)"
        let temporary = Temporary(root: parent.appendingPathComponent(name + ".new"))
        let old = parent.appendingPathComponent(name + ".old")
        defer {
            try? manager.removeItem(at: temporary.root)
            try? manager.removeItem(at: old)
        }
        try? manager.removeItem(at: temporary.root)
        let result = try fill(temporary)
        try temporary.write(Array("{\"format\":\"glassformer-book\",\"version\":1}\n".utf8), to: Self.marker)
        do {
            if manager.fileExists(atPath: url.path) { try manager.moveItem(at: url, to: old) }
            do {
                try manager.moveItem(at: temporary.root, to: url)
            } catch {
                try? manager.moveItem(at: old, to: url)
                throw error
            }
        } catch {
            throw BookError.cannotWrite(url.path, reason: SystemReason.of(error))
        }
        return result
    }

    /// A folder that is being filled.
    struct Temporary: Sendable {
        let root: URL

        func write(_ bytes: [UInt8], to path: String) throws {
            let file = root.appendingPathComponent(path)
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            } catch {
                throw BookError.cannotWrite(file.path, reason: SystemReason.of(error))
            }
        }

        func copyAssets(from folder: URL) throws {
            for name in BookFolder.assets {
                let file = folder.appendingPathComponent(name)
                guard let data = try? Data(contentsOf: file) else { throw BookError.missingAssets(file.path) }
                try write(Array(data), to: "assets/\(name)")
            }
        }
    }
}
