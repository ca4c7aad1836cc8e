import Foundation
import Models

@testable import Lessons

/// A folder of a test's own, removed with the value that holds it.
final class Scratch: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("lessons-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The folder stays while the body runs; an address alone does not keep it.
    func with<Result>(_ body: (URL) throws -> Result) rethrows -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(url)
    }

    func write(_ text: String, to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
    }

    func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path) }
}

/// What the shipped course asks, kept for all tests.
let shippedEngine = ModelEngine(home: Home(path: shippedCourse.deletingLastPathComponent().path))

/// The course that is shipped.
let shippedCourse = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("lessons")

/// The smallest sound course, to be broken in one place by each test.
struct SmallCourse {
    var files: [String: String]

    static let chapter = "part-1/1.1-first"
    /// The wrong answers of its second question.
    static let others = "others: [{is: vocabulary, hint: {en: No., zh-Hans: 不。}}]"

    init() {
        files = [
            "course.yaml": """
            title: {en: A course, zh-Hans: 一门课}
            parts:
              - part: 1
                title: {en: Part, zh-Hans: 部分}
                document: a-document
            """,
            "\(Self.chapter)/chapter.yaml": """
            id: "1.1"
            section: {en: A section, zh-Hans: 一节}
            needs: []
            model: next-word
            steps:
              - id: one
                figure: token-strip
                options: {text: 中华人民}
              - id: two
                figure: softmax
                options: {text: the cat}
              - id: three
                figure: scores
                source: {text: the cat}
            experiment:
              command: glassformer tokenize 中华人民
            quiz:
              - id: first
                ranking: next-tokens "我爱吃" 4
                hints: [{en: No., zh-Hans: 不。}, {en: No., zh-Hans: 不。}, {en: No., zh-Hans: 不。}]
              - id: second
                answer: width
                \(Self.others)
            claims:
              - token-count "中华人民" == 4
            minutes: 5
            glosses: {中华人民: {en: a people}, the cat: {zh-Hans: 猫}}
            """,
            "\(Self.chapter)/en.md": Self.prose(
                title: "First", goal: "You can.", words: "Some words."),
            "\(Self.chapter)/zh-Hans.md": Self.prose(
                title: "第一章", goal: "你会了。", words: "几个字。"),
        ]
        for asset in ["book.css", "memory.js", "questions.js", "book.js"] {
            files["assets/\(asset)"] = "/* \(asset) */\n"
        }
    }

    static func prose(title: String, goal: String, words: String) -> String {
        """
        # \(title)

        \(goal)

        ## One {#one}

        \(words)

        ## Two {#two}

        \(words)

        ## Three {#three}

        \(words)

        ## Try {#experiment}

        \(words)

        ## Quiz {#quiz}

        ### What? {#first}

        \(words)

        ### How? {#second}

        \(words)
        """
    }

    /// Replaces a text in one file; the text must be there.
    mutating func replace(_ old: String, with new: String, in file: String) {
        let path = file == "course.yaml" ? file : "\(Self.chapter)/\(file)"
        precondition(files[path]?.contains(old) == true, "nothing to replace in \(file)")
        files[path] = files[path]?.replacing(old, with: new)
    }

    /// This chapter, and a second that is like it but for one change.
    static func twoChapters(_ change: (inout SmallCourse) -> Void) throws -> Scratch {
        var second = SmallCourse()
        change(&second)
        var both = SmallCourse()
        for (path, text) in second.files where path.hasPrefix(chapter) {
            both.files[path.replacing("1.1-first", with: "1.2-second")] = text.replacing("\"1.1\"", with: "\"1.2\"")
        }
        return try both.write()
    }

    func load() throws -> Course { try write().with(Course.load) }

    func check(
        _ source: SketchSource = SketchSource(), parse: (([String]) throws -> Void)? = nil
    ) throws -> [Finding] {
        try write().with { Course.check($0, source: source, parse: parse) }
    }

    func write() throws -> Scratch {
        let scratch = try Scratch()
        for (path, text) in files { try scratch.write(text, to: path) }
        return scratch
    }
}
