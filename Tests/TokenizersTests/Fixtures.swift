import Foundation
import Reading
import Testing

@testable import Tokenizers

/// What PyPI `tokenizers` says, made by `fixtures/tokenizers/make_expectations.py`.
struct Expectations: Decodable {
    struct Encoding: Decodable {
        let text: String
        let ids: [Int]
    }
    struct Training: Decodable, Sendable {
        let size: Int
        let least: Int
        let special: [String]
        let tokens: [String]
        let merges: [String]
    }

    let trained: [Encoding]
    let added: [Encoding]
    let addedWithPrefixSpace: [Encoding]
    let trainings: [Training]
}

enum Fixtures {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder = root.appending(path: "fixtures/tokenizers")

    static let expectations: Expectations = {
        do {
            let data = try Data(contentsOf: folder.appending(path: "expectations.json"))
            return try JSONDecoder().decode(Expectations.self, from: data)
        } catch {
            Issue.record(error)
            return Expectations(trained: [], added: [], addedWithPrefixSpace: [], trainings: [])
        }
    }()

    private static func contents(_ path: String) throws -> [UInt8] { try DiskFile(path: path).copy }

    static func bytes(_ name: String) throws -> [UInt8] {
        try Self.contents(folder.appending(path: name).path)
    }

    static func tokenizer(_ name: String) throws -> BytePairTokenizer {
        try BytePairTokenizer(tokenizerJSON: bytes(name), source: name)
    }

    /// The lines of the training text, each with its newline, as the Python script passes them.
    static func trainingLines() throws -> [String] {
        let text = String(decoding: try bytes("training-text.txt"), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { $0 + "\n" }
    }
}
