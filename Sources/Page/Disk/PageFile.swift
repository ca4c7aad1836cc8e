import Foundation
import Models
import Pages
import Reading
import Rendering
import Wording

/// The live page in one file: its script and style, the program for the page, a model, a text to begin with. It asks
/// nobody for anything.
package struct PageFile {
    private let assets: FileFolder
    /// nil where it has not been built, and a server answers what a page asks of a model.
    private let program: FileBytes?

    /// - Parameter needsProgram: whether the pages compute by themselves.
    /// - Throws: ``PageFileError/noProgram(searched:)`` where the page's program has not been built.
    package init(home: Home, needsProgram: Bool = true) throws(Failure) {
        assets = .disk(home.path + "/web")
        let places = [home.path + "/.build/web/glassformer.wasm", home.path + "/web/glassformer.wasm"]
        guard let path = places.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            guard needsProgram else {
                program = nil
                return
            }
            throw Failure(PageFileError.noProgram(searched: places))
        }
        program = try DiskFile(path: path)
    }

    private func packedProgram() throws -> String {
        guard let program else { throw Failure(PageFileError.noProgram(searched: [])) }
        return try Self.packed(program.copy)
    }

    /// The page, as UTF-8.
    ///
    /// - Parameters:
    ///   - folder: where the program and the models lie, from the page, that several pages share
    ///     (``program()``, ``model(_:)``); nil for a page that holds them itself.
    ///   - server: who answers the page's questions, where it does not compute by itself; its script and its style are
    ///     then files beside it (``parts()``), so that nothing in the page need be allowed to run.
    package func html(
        _ content: PageContent, sharing folder: String? = nil, server: PageServer? = nil
    ) throws -> [UInt8] {
        let own = server != nil ? [] : folder == nil ? content.sources : content.sources.filter { $0.kind == .run }
        let files = own.flatMap { source in
            source.files.map { (name: source.name + "/" + $0.name, bytes: $0.bytes) }
        }
        let data = JSONText.members([
            ("title", .text(content.title)), ("start", content.start.map { .text($0) } ?? .null),
            ("language", content.language.map { .text($0.rawValue) } ?? .null),
            ("room", content.room.map { .text($0.rawValue) } ?? .null),
            ("story", content.story.map { .texts($0.figures) } ?? .null),
            (
                "sources",
                .array(
                    content.sources.map {
                        .members(
                            [("name", .text($0.name)), ("kind", .text($0.kind.rawValue))]
                                + (server == nil ? [] : [("at", .text("server"))]))
                    })
            ),
            ("server", server?.json ?? .null),
            ("program", folder == nil && server == nil ? .text(try packedProgram()) : .null),
            ("files", .members(try files.map { ($0.name, .text(try Self.packed($0.bytes))) })),
            ("lesson", content.lesson ?? .null),
            ("slides", content.lesson == nil ? content.slides?.list ?? .array([]) : .array([])),
            (
                "drawn",
                .members(try content.slides?.texts.map { ($0.name, .text(try Self.packed($0.bytes))) } ?? [])
            ),
        ])
        var document = Document(language: content.language ?? .english, title: content.title)
        document.policy =
            "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data:"
        if let folder {
            // A page of a disk is its own neighbour's stranger to some browsers: the scheme is named too.
            document.policy = document.policy?.replacing("script-src", with: "script-src 'self' file:")
            let names = ["program"] + content.sources.filter { $0.kind == .model }.map(\.name)
            document.scripts = names.map { .file("\(folder)/\($0).js") }
        }
        let markup = try asset("page.html")
        if let server {
            document.policy = nil
            document.styles = [.file(server.root + PageServer.style)]
            // What learns in the page, and a file that is dropped on it, are computed there.
            if hasProgram { document.scripts = [.file(server.root + PageServer.program)] }
            return document.page {
                Markup.made(markup)
                Markup.data("data", data)
                Tag.script(.at(.type, "module"), .at(.src, server.root + PageServer.script))
            }
        }
        document.styles = [.text(Kit.colors() + Kit.base), .text(try style())]
        let script = try script()
        return document.page {
            Markup.made(markup)
            Markup.data("data", data)
            Tag.script(.at(.type, "module")) { Markup.made("\n" + script) }
        }
    }

    /// Whether the page's program has been built.
    package var hasProgram: Bool { program != nil }

    /// The program as a script that pages of one folder share.
    package func sharedProgram() throws -> [UInt8] {
        Self.script("program", .text(try packedProgram()))
    }

    /// A model as such a script, under its name.
    package func sharedModels(of content: PageContent) throws -> [(name: String, script: [UInt8])] {
        try content.sources.filter { $0.kind == .model }.map { source in
            let files = try source.files.map { (source.name + "/" + $0.name, JSONText.text(try Self.packed($0.bytes))) }
            return (source.name, Self.script(source.name, .members(files)))
        }
    }

    private static func script(_ name: String, _ value: JSONText) -> [UInt8] {
        var json = JSONWriter(.dense)
        json.value(value)
        return Array("(globalThis.glassformer ??= {})[\(JSONText.quoted(name))] = ".utf8) + json.bytes
            + Array(";\n".utf8)
    }

    /// By zlib, which a browser unpacks by itself (`DecompressionStream("deflate")`), and as text.
    private static func packed(_ bytes: [UInt8]) throws -> String {
        Base85.encode(try Deflate.compressed(bytes, level: 9))
    }

    /// The files of a served page, by their names: its style and the modules as they are.
    package func parts() throws -> [(name: String, bytes: [UInt8])] {
        var parts = [(PageServer.style, Array((Kit.colors() + Kit.base + (try style())).utf8))]
        parts.append((PageServer.nearest, Array(Kit.nearestModule.utf8)))
        for name in assets.names.sorted() where name.hasSuffix(".js") {
            parts.append((PageServer.folder + name, try assets.contents(name)))
        }
        return parts
    }

    private func asset(_ name: String) throws(Failure) -> String {
        String(decoding: try assets.contents(name), as: UTF8.self)
    }

    /// The page's own, and that of the rooms beside the model.
    private func style() throws(Failure) -> String { try asset("style.css") + asset("play.css") }

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

/// Why there is no page.
package enum PageFileError: ExplainedError, Equatable {
    case noProgram(searched: [String])
    case modelTooLarge(folder: String, bytes: Int)
    case runTooLarge(name: String, bytes: Int)
    case nothingToShow(name: String)
    case undrawn(String)

    private static let most = PageContent.mostBytes >> 20

    package var explanation: Phrase {
        switch self {
        case .noProgram(let searched):
            Phrase(
                en:
                    "the page's program is not there: “make web” builds it (looked for \(searched.joined(separator: ", ")))",
                zh: "没有找到网页的程序：请用“make web”生成（找过 \(searched.joined(separator: "、"))）")
        case .modelTooLarge(let folder, let bytes):
            Phrase(
                en:
                    "\(folder): a page holds models of up to \(Self.most) MiB, found \(bytes >> 20) MiB; a part of one run fits: “glassformer trace TEXT --model \(folder) --step 'blocks.0.*' --out part.safetensors”, then “glassformer page --trace part.safetensors”",
                zh:
                    "\(folder)：网页最多装得下 \(Self.most) MiB 的模型，实际为 \(bytes >> 20) MiB；装得下的是一次运行的一部分：先“glassformer trace 文本 --model \(folder) --step 'blocks.0.*' --out part.safetensors”，再“glassformer page --trace part.safetensors”"
            )
        case .runTooLarge(let name, let bytes):
            Phrase(
                en:
                    "\(name): a page holds runs of up to \(Self.most) MiB, found \(bytes >> 20) MiB; “glassformer trace” keeps a part of it: --step 'blocks.0.*' some layers, --without-parameters what was computed",
                zh:
                    "\(name)：网页最多装得下 \(Self.most) MiB 的运行，实际为 \(bytes >> 20) MiB；可用“glassformer trace”只留一部分：--step 'blocks.0.*' 只留几层，--without-parameters 只留算出来的数"
            )
        case .nothingToShow(let name):
            Phrase(en: "\(name): there is nothing to show in it", zh: "\(name)：里面没有可以展示的内容")
        case .undrawn(let id): Phrase(en: "the figure “\(id)” cannot be drawn", zh: "“\(id)”这幅图画不出来")
        }
    }
}
