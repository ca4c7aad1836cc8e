import ArgumentParser
import Reading
import Wording

/// What every command takes that writes files.
struct WritingOptions: ParsableArguments {
    @Flag(name: .long, help: WritingText.force.help)
    var force = false
}

/// Paths to write to, as far as the command line alone can be wrong about them.
enum OutputPath {
    /// A file's, or `-`.
    /// - Throws: ``CommandProblem/list(expected:found:)`` where it is blank.
    static func file(_ argument: String) throws -> String {
        guard argument.contains(where: { !$0.isWhitespace }) else {
            throw CommandProblem.list(expected: WritingText.path.phrase, found: argument)
        }
        return argument
    }

    /// A folder's.
    /// - Throws: also ``CommandProblem/severalFiles`` for what cannot hold several files.
    static func folder(_ argument: String) throws -> String {
        let path = try folderOrFile(argument)
        guard path != "-", fileEnding(path) == nil else { throw CommandProblem.severalFiles }
        return path
    }

    /// A folder's, or that of one file, or `-`.
    /// - Throws: also ``CommandProblem/rootFolder`` for the root of the file system.
    static func folderOrFile(_ argument: String) throws -> String {
        let path = try file(argument)
        guard path == "-" || Place.resolved(path) != "/" else {
            throw CommandProblem.rootFolder
        }
        return path
    }

    /// The ending of what is surely meant as a file: neither a folder that is there nor one said by its last stroke.
    static func fileEnding(_ path: String) -> String? { lastPart(path).flatMap { endings.contains($0) ? $0 : nil } }

    /// The ending of what looks like a file, known or not: a letter and a few more letters or digits.
    static func pictureEnding(_ path: String) -> String? {
        lastPart(path).flatMap { ending in
            let looksLikeOne = ending.first.map { $0.isASCII && $0.isLetter } ?? false
            let isShort = ending.count <= 5 && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return looksLikeOne && isShort || endings.contains(ending) ? ending : nil
        }
    }

    private static func lastPart(_ path: String) -> String? {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"), !Place.isFolder(path) else { return nil }
        return path[path.index(after: dot)...].lowercased()
    }

    private static let endings: Set<String> = [
        "png", "svg", "pdf", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "eps", "html", "htm", "txt", "md",
        "json",
        "csv", "safetensors", "bin", "gguf", "zip", "pptx", "docx", "xlsx", "epub",
    ]
}

/// Options of writing.
enum WritingText: PhraseTable {
    case force, path

    var phrase: Phrase {
        switch self {
        case .force:
            Phrase(
                en: "Replace files that are in the way, also those that Glassformer did not write.",
                zh: "覆盖已有的同名文件，即使不是 Glassformer 写的。")
        case .path: Phrase(en: "a path", zh: "一个路径")
        }
    }
}
