import Foundation
import Models
import Pages
import Reading
import Rendering
import Subjects
import Wording

/// The live page in one file: its script and style, the program for the page, a model, a text to begin with. It asks
/// nobody for anything.
package struct PageFile {
    private let assets: FileFolder
    private let program: FileBytes

    /// How much of a model's files goes in at most: a page is unpacked into the memory of whoever opens it.
    package static let mostBytes = 64 << 20

    /// - Throws: ``PageFileError/noProgram(searched:)`` where the page's program has not been built.
    package init(home: Home) throws(Failure) {
        assets = .disk(home.path + "/web")
        let places = [home.path + "/.build/web/glassformer.wasm", home.path + "/web/glassformer.wasm"]
        guard let path = places.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw Failure(PageFileError.noProgram(searched: places))
        }
        program = try DiskFile(path: path)
    }

    /// The page of a model's folder, as UTF-8.
    ///
    /// - Parameters:
    ///   - text: what it shows first; a text that fits the model where there is none.
    ///   - language: what it speaks first; the reader's own where there is none.
    /// - Throws: what loading the model throws; ``PageFileError/tooLarge(folder:bytes:)``; what the model says of the
    ///   text.
    package func html(folder: String, text: String?, language: Language?) throws -> [UInt8] {
        let used = UsedFiles()
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        let model = try LanguageModel.load(from: used.watching(.disk(folder)), name: name)
        let bytes = used.files.reduce(0) { $0 + $1.file.count }
        guard bytes <= Self.mostBytes else { throw Failure(PageFileError.tooLarge(folder: folder, bytes: bytes)) }
        let usual =
            model.tokenizer == nil ? "1, 2, 3" : StartText(folder: .disk(folder), language: language ?? .english).text
        let start = text ?? usual
        // Rather an error now than a page that opens with one.
        if text != nil { _ = try TextReader(model: model).trace(TextSource(text: start)) }
        let data = JSONText.members([
            ("model", .text(name)), ("start", .text(start)), ("language", language.map { .text($0.rawValue) } ?? .null),
            ("program", .text(try Self.packed(program.copy))),
            ("files", .members(try used.files.map { ($0.name, .text(try Self.packed($0.file.copy))) })),
        ])
        var document = Document(language: language ?? .english, title: name)
        document.policy =
            "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
        document.styles = [.text(Kit.colors() + Kit.base), .text(try asset("style.css"))]
        let (content, script) = (try asset("page.html"), try script())
        return document.page {
            Markup.made(content)
            Markup.data("data", data)
            Tag.script(.at(.type, "module")) { Markup.made("\n" + script) }
        }
    }

    /// By zlib, which a browser unpacks by itself (`DecompressionStream("deflate")`), and as text.
    private static func packed(_ bytes: [UInt8]) throws -> String {
        Base85.encode(try Deflate.compressed(bytes, level: 9))
    }

    private func asset(_ name: String) throws(Failure) -> String {
        String(decoding: try assets.contents(name), as: UTF8.self)
    }

    /// The modules as one, each after those that it imports.
    private func script() throws(Failure) -> String {
        var lines: [Substring] = []
        var taken: Set<String> = []
        func take(_ name: String) throws(Failure) {
            guard taken.insert(name).inserted else { return }
            let module = name == "nearest.js" ? Kit.nearestModule : try asset(name)
            for line in module.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("import "), let path = line.split(separator: "'").dropFirst().first {
                    try take(String(path.dropFirst(2)))
                } else {
                    lines.append(line.hasPrefix("export ") ? line.dropFirst(7) : line)
                }
            }
        }
        try take("app.js")
        return lines.joined(separator: "\n")
    }
}

/// Which files of a folder a reader opens: these are what the page needs, whatever else lies there.
private final class UsedFiles: @unchecked Sendable {
    // Unchecked: loading is on one thread.
    private(set) var files: [(name: String, file: FileBytes)] = []

    func watching(_ folder: FileFolder) -> FileFolder {
        FileFolder(
            path: folder.path, list: { folder.names }, contains: { folder.has($0) },
            open: { [self] (name) throws(Failure) in
                let file = try folder.file(name)
                if !files.contains(where: { $0.name == name }) { files.append((name, file)) }
                return file
            })
    }
}

/// Why there is no page.
package enum PageFileError: ExplainedError, Equatable {
    case noProgram(searched: [String])
    case tooLarge(folder: String, bytes: Int)

    package var explanation: Phrase {
        switch self {
        case .noProgram(let searched):
            Phrase(
                en:
                    "the page's program is not there: “make web” builds it (looked for \(searched.joined(separator: ", ")))",
                zh: "没有找到网页的程序：请用“make web”生成（找过 \(searched.joined(separator: "、"))）")
        case .tooLarge(let folder, let bytes):
            Phrase(
                en: "\(folder): a page holds models of up to \(PageFile.mostBytes >> 20) MiB, found \(bytes >> 20) MiB",
                zh: "\(folder)：网页最多装得下 \(PageFile.mostBytes >> 20) MiB 的模型，实际为 \(bytes >> 20) MiB")
        }
    }
}
