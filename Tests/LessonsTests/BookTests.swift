import Foundation
import Synchronization
import Testing
import Wording

@testable import Lessons

@Suite struct BookTests {
    /// The shipped course with sketched figures, written once for all tests that read it.
    private struct Written {
        let scratch: Scratch
        let folder: URL
        let summary: Book<SketchSource>.Summary

        static let shared = Result { try Written() }

        init() throws {
            scratch = try Scratch()
            // Where someone wants to look at the book.
            let wanted = ProcessInfo.processInfo.environment["GLASSFORMER_SKETCH_BOOK"]
            folder = wanted.map { URL(fileURLWithPath: $0) } ?? scratch.url.appendingPathComponent("book")
            summary = try Book(Course.load(shippedCourse), source: SketchSource()).write(to: folder)
        }
    }

    @Test func everyLinkAndPictureIsThere() throws {
        let book = try Written.shared.get()
        let pages = try Self.pages(in: book.folder)
        #expect(pages.count == book.summary.pages)
        var links = 0
        for page in pages {
            let html = try String(contentsOf: page, encoding: .utf8)
            for target in Self.targets(in: html) where !target.hasPrefix("https://") && !target.hasPrefix("data:") {
                let pieces = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
                    String.init)
                let file = pieces[0].isEmpty ? page : page.deletingLastPathComponent().appendingPathComponent(pieces[0])
                #expect(FileManager.default.fileExists(atPath: file.path), "\(page.lastPathComponent) → \(target)")
                if pieces.count == 2 {
                    let other = try String(contentsOf: file, encoding: .utf8)
                    #expect(other.contains("id=\"\(pieces[1])\""), "\(page.lastPathComponent) → \(target)")
                }
                links += 1
            }
        }
        #expect(links > 200)
    }

    @Test func pagesAreBalancedAndIdsUnique() throws {
        let folder = try Written.shared.get().folder
        for page in try Self.pages(in: folder) {
            let html = try String(contentsOf: page, encoding: .utf8)
            #expect(Self.unbalancedTag(in: html) == nil, "\(page.lastPathComponent)")
            let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count, "\(page.lastPathComponent)")
            #expect(html.contains("<html lang=\""))
            #expect(!html.contains("{{"), "\(page.lastPathComponent) has an unanswered placeholder")
            for image in html.matches(of: /<img [^>]*>/) { #expect(image.output.contains(" alt=")) }
        }
    }

    @Test func nothingComesFromTheNetwork() throws {
        let folder = try Written.shared.get().folder
        for file in try Self.pages(in: folder) {
            let html = try String(contentsOf: file, encoding: .utf8)
            #expect(html.matches(of: /(src|rel="stylesheet" href)="(https?:)?\/\//).isEmpty)
        }
        for asset in BookFolder.styles + BookFolder.scripts + [BookFolder.themeScript] {
            let text = try String(contentsOf: folder.appendingPathComponent("assets/\(asset)"), encoding: .utf8)
            #expect(!text.contains("http"), "\(asset)")
        }
    }

    @Test func aTokenCannotBecomeMarkup() throws {
        var course = SmallCourse()
        course.replace(
            "## One {#one}\n\nSome words.",
            with: "## One {#one}\n\nIt says `<script>alert(1)</script>` & {{next-token \"a\"}}.", in: "en.md")
        course.replace("{text: 中华人民}", with: "{text: \"</script><script>alert(2)</script>\"}", in: "chapter.yaml")
        let scratch = try course.write()
        var source = SketchSource()
        source.stated["next-token a"] = .token("\"><img src=x onerror=alert(3)>")
        let book = Book(try Course.load(scratch.url), source: source)
        let folder = scratch.url.appendingPathComponent("book")
        _ = try book.write(to: folder)
        for page in try Self.pages(in: folder) {
            let html = try String(contentsOf: page, encoding: .utf8)
            #expect(!html.contains("<script>"), "\(page.lastPathComponent)")
            #expect(!html.contains("<img src=x"))
            #expect(Self.unbalancedTag(in: html) == nil)
        }
        let html = try scratch.text("book/en/1.1-first.html")
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(html.contains("\\u003c/script\\u003e"))
    }

    @Test func framesStandInBothThemesAndWithoutScript() throws {
        let scratch = try SmallCourse().write()
        let book = Book(try Course.load(scratch.url), source: SketchSource())
        let summary = try book.write(
            to: scratch.url.appendingPathComponent("book"), .init(languages: [.english]))
        #expect(summary.figures == 3)
        let html = try scratch.text("book/en/1.1-first.html")
        // Each stands twice: beside the words, and for a telephone.
        #expect(html.matches(of: /class="frame( current)?"/).count == 12)
        // One file for all frames and both themes.
        let address = try #require(
            html.firstMatch(of: /src="\.\.\/(figures\/en\/softmax-[0-9a-f]{10}\.svg)#gf1"/)?.output.1)
        let picture = try scratch.text("book/\(address)")
        #expect(picture.contains("prefers-color-scheme:dark"))
        for frame in 1...4 {
            #expect(html.contains("\(address)#gf\(frame)\"") && picture.contains("id=\"gf\(frame)\""))
        }
        #expect(!scratch.has("book/zh-Hans"))
    }

    // MARK: Questions

    /// What the page's script reads of each kind, and what a reader of the screen hears.
    @Test(arguments: [
        (
            "number: width\n    as: integer\n    \(SmallCourse.others)",
            [
                "data-kind=\"number\"", "{\"values\":[64.0,1024.0],\"tolerance\":0.5,\"percent\":false}",
                "name=\"answer\"",
            ]
        ),
        (
            """
            order: [{label: A, by: vocabulary}, {label: B, by: width}, {label: C, by: layers}]
                first: least
                hint: {en: No., zh-Hans: 不。}
            """, ["data-kind=\"ordering\"", "aria-label=\"Move up: A\"", "<strong>Answer: </strong>"]
        ),
        (
            """
            cell: "1,2"
                of: sketch
                figure: two
                others: [{is: "0,3", hint: {en: No., zh-Hans: 不。}}]
            """,
            [
                "data-kind=\"cell\"", "[[[14],[3]],[[14],[3]]]", "id=\"figure-2-second\"",
                "<strong>Answer: </strong> cat, 2",
            ]
        ),
        // The figure has no such cell: what is left is a choice.
        (
            """
            cell: "7,2"
                of: sketch
                figure: two
                others: [{is: "0,3", hint: {en: No., zh-Hans: 不。}}]
            """, ["data-kind=\"choice\"", "[7, 2]"]
        ),
    ])
    func questionsAreAskedByTheirKind(_ kind: String, _ parts: [String]) throws {
        var course = SmallCourse()
        course.replace("answer: width\n    \(SmallCourse.others)", with: kind, in: "chapter.yaml")
        let scratch = try course.write()
        _ = try Book(try Course.load(scratch.url), source: SketchSource()).write(
            to: scratch.url.appendingPathComponent("book"))
        let html = try scratch.text("book/en/1.1-first.html")
        for part in parts { #expect(html.contains(part), "\(part)") }
        #expect(Self.unbalancedTag(in: html) == nil)
        // Sums stand once on the page, wherever they are shown.
        #expect(html.ranges(of: "\"0 + 1\"").count == 1 && html.contains("\"m\":[0,1,2,0,1,2"))
    }

    /// What of a step's prose says the answer waits with the figure.
    @Test func aStepThatAsksFirstKeepsItsAnswer() throws {
        var course = SmallCourse()
        course.replace(
            "options: {text: the cat}",
            with: "options: {text: the cat}\n    ask: {id: guess, answer: width, \(SmallCourse.others)}",
            in: "chapter.yaml")
        for (file, words) in [("en.md", "Some words."), ("zh-Hans.md", "几个字。")] {
            course.replace(
                "\(words)\n\n## Three",
                with: "\(words)\n\nIt is {{width}}.\n\n### How? {#guess}\n\n\(words)\n\n## Three",
                in: file)
        }
        let scratch = try course.write()
        _ = try Book(try Course.load(scratch.url), source: SketchSource()).write(
            to: scratch.url.appendingPathComponent("book"))
        let html = try scratch.text("book/en/1.1-first.html")
        let step = try #require(html.split(separator: "id=\"two\"").last?.split(separator: "</section>").first)
        let pieces = step.split(separator: "<div class=\"prose later\">")
        #expect(pieces.count == 2 && !pieces[0].contains("It is") && pieces[1].contains("It is"))
        #expect(step.contains("class=\"veil\"") && html.ranges(of: "class=\"step asks\"").count == 1)
    }

    // MARK: Replacing

    @Test func anEarlierBookIsReplacedAndAnythingElseIsNot() throws {
        let scratch = try SmallCourse().write()
        let folder = scratch.url.appendingPathComponent("book")
        let book = Book(try Course.load(scratch.url), source: SketchSource())
        _ = try book.write(to: folder)
        try scratch.write("mine", to: "book/notes.txt")
        try scratch.write("mine", to: "book/en/notes.txt")
        _ = try book.write(to: folder, .init(languages: [.chinese]))
        // The book's own pages go with it; what somebody laid beside them does not.
        #expect(try scratch.text("book/notes.txt") == "mine" && scratch.text("book/en/notes.txt") == "mine")
        #expect(!scratch.has("book/en/index.html") && scratch.has("book/zh-Hans/index.html"))
        try scratch.write("precious", to: "other/letter.txt")
        #expect(throws: BookError.self) { try book.write(to: scratch.url.appendingPathComponent("other")) }
        #expect(try scratch.text("other/letter.txt") == "precious")
        _ = try book.write(to: scratch.url.appendingPathComponent("other"), .init(mayReplace: true))
        #expect(try scratch.text("other/letter.txt") == "precious" && scratch.has("other/index.html"))
    }

    @Test func aFigureThatCannotBeDrawnIsNamedAndTheRestWritten() throws {
        let scratch = try SmallCourse().write()
        let book = Book(try Course.load(scratch.url), source: SketchSource(refusedFigures: ["scores"]))
        let summary = try book.write(to: scratch.url.appendingPathComponent("book"))
        #expect(summary.figures == 4)
        let file = "\(SmallCourse.chapter)/chapter.yaml"
        #expect(summary.findings.map(\.place) == ["\(file):14 en", "\(file):14 zh-Hans"])
        #expect(summary.findings.allSatisfy { $0.message.english.contains("‘scores’") })
        for (page, words) in [("en", "This figure could not be drawn."), ("zh-Hans", "这幅图没能画出来。")] {
            let html = try scratch.text("book/\(page)/1.1-first.html")
            #expect(html.contains(words) && html.contains("/softmax-") && !html.contains("/scores-"))
        }
    }

    /// Each way to break the second chapter of a course: the first is written, the second named with its line.
    @Test(arguments: [
        ("## One {#one}\n\nSome", "## One {#one}\n\nIt is {{next-token \"x\" }}. Some", "en.md", "en.md:7"),
        ("answer: width", "answer: merges", "chapter.yaml", "chapter.yaml:22"),
        ("glassformer tokenize 中华人民", "glassformer draw {{quality heads}}", "chapter.yaml", "chapter.yaml:16"),
    ])
    func aChapterThatCannotBeAnsweredIsNamedAndTheRestWritten(
        _ old: String, _ new: String, _ file: String, _ place: String
    ) throws {
        let scratch = try SmallCourse.twoChapters { $0.replace(old, with: new, in: file) }
        var source = SketchSource()
        source.refusedQueries = [.nextToken, .merges, .quality]
        let (course, broken) = try Course.loadKeeping(scratch.url)
        #expect(course.chapters.count == 2 && broken.isEmpty)
        let summary = try Book(course, source: source).write(to: scratch.url.appendingPathComponent("book"))
        #expect(summary.findings.count == 1)
        #expect(summary.findings.first?.place == "part-1/1.2-second/\(place)")
        #expect(scratch.has("book/en/1.1-first.html") && !scratch.has("book/en/1.2-second.html"))
        #expect(try !scratch.text("book/en/index.html").contains("1.2-second"))
    }

    @Test func aFailureLeavesTheOldBook() throws {
        let scratch = try SmallCourse().write()
        let folder = scratch.url.appendingPathComponent("book")
        let course = try Course.load(scratch.url)
        _ = try Book(course, source: SketchSource()).write(to: folder)
        let before = try scratch.text("book/en/1.1-first.html")
        try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("assets"))
        #expect(throws: BookError.self) { try Book(course, source: SketchSource()).write(to: folder) }
        #expect(try scratch.text("book/en/1.1-first.html") == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
        #expect(names.allSatisfy { !$0.hasPrefix(".book") }, "\(names)")
    }

    @Test func theSameCourseGivesTheSameBytes() throws {
        let scratch = try SmallCourse().write()
        let book = Book(try Course.load(scratch.url), source: SketchSource())
        _ = try book.write(to: scratch.url.appendingPathComponent("a"))
        _ = try book.write(to: scratch.url.appendingPathComponent("b"))
        for page in ["index.html", "en/index.html", "zh-Hans/1.1-first.html"] {
            #expect(try scratch.text("a/\(page)") == scratch.text("b/\(page)"))
        }
    }

    /// What a second build makes anew after a change, and after none.
    @Test(
        arguments: [
            ([:], [], 0), (["part-1/1.2-second/en.md": "Some other words."], [], 1), ([:], ["1.1"], 1),
            (["part-1/1.1-first/en.md": "Some other words."], ["1.2"], 1), (["course.yaml": "Another part"], [], 2),
        ] as [([String: String], [String], Int)])
    func onlyWhatChangedIsMadeAnew(_ changes: [String: String], _ only: [String], _ written: Int) throws {
        let scratch = try SmallCourse.twoChapters { _ in }
        let folder = scratch.url.appendingPathComponent("book")
        func build(_ setting: Book<SketchSource>.Setting) throws -> Book<SketchSource>.Summary {
            try Book(Course.load(scratch.url), source: SketchSource()).write(to: folder, setting)
        }
        let first = try build(.init(engine: "one"))
        #expect(first.written == 2)
        let before = try scratch.text("book/en/1.1-first.html")
        for (file, words) in changes {
            let text = try scratch.text(file)
            try scratch.write(
                text.replacing("Some words.", with: words).replacing("en: Part,", with: "en: \(words),"), to: file)
        }
        let second = try build(.init(only: Set(only.compactMap { ChapterID($0) }), engine: "one"))
        #expect(second.written == written && second.pages == first.pages && second.figures == first.figures)
        #expect(try scratch.text("book/en/1.1-first.html") == before || changes.keys.contains("course.yaml"))
        for page in try Self.pages(in: folder) {
            for target in Self.targets(in: try String(contentsOf: page, encoding: .utf8)) {
                let file = page.deletingLastPathComponent().appendingPathComponent(String(target.prefix { $0 != "#" }))
                let isInside = target.hasPrefix("#") || target.hasPrefix("data:")
                #expect(isInside || FileManager.default.fileExists(atPath: file.path), "\(target)")
            }
        }
        #expect(try build(.init(engine: "another")).written == 2)
    }

    /// Colours differ; a colour that stands for two is spelt twice; other differences are two pictures.
    @Test(
        arguments: [
            ("<a fill=\"#fff\"/>", "<a fill=\"#111\"/>", "<a fill=\"#fff\"/>", "[fill=\"#fff\"]{fill:#111}"),
            (
                "<a fill=\"#fff\"/><b fill=\"#fff\"/>", "<a fill=\"#111\"/><b fill=\"#222\"/>",
                "<a fill=\"#fff\"/><b fill=\"rgb( 255,255,255)\"/>", "[fill=\"rgb( 255,255,255)\"]{fill:#222}"
            ),
            (
                "<image x=\"1\" href=\"a\"/>", "<image x=\"1\" href=\"b\"/>",
                "<image class=\"l\" x=\"1\" href=\"a\"/><image class=\"d\" display=\"none\" x=\"1\" href=\"b\"/>",
                ".l{display:none}.d{display:inline}"
            ),
            ("<image id=\"A\" href=\"a\"/>", "<image id=\"A\" href=\"b\"/>", nil, nil),
            ("<a x=\"1\"/>", "<a x=\"2\"/>", nil, nil), ("<a/>", "<a/><b/>", nil, nil),
        ] as [(String, String, String?, String?)])
    func aPictureServesBothThemes(_ light: String, _ dark: String, _ body: String?, _ rule: String?) throws {
        func picture(_ body: String) -> [UInt8] { Array("<svg><desc>d</desc>\(body)</svg>".utf8) }
        let merged = ThemedPicture.merged(light: picture(light), dark: picture(dark))
        let text = merged.map { String(decoding: $0, as: UTF8.self) }
        #expect((text == nil) == (body == nil))
        if let text, let body, let rule { #expect(text.hasSuffix(body + "</svg>") && text.contains(rule)) }
    }

    @Test func progressCountsEveryFigure() throws {
        let scratch = try SmallCourse().write()
        let seen = Seen()
        let book = Book(try Course.load(scratch.url), source: SketchSource())
        _ = try book.write(to: scratch.url.appendingPathComponent("book")) { seen.add($0.done, of: $0.total) }
        #expect(seen.all == (1...6).map { [$0, 6] })
    }

    // MARK: Reading pages

    static func pages(in folder: URL) throws -> [URL] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return paths.filter { $0.hasSuffix(".html") }.sorted().map { folder.appendingPathComponent($0) }
    }

    static func targets(in html: String) -> [String] {
        html.matches(of: /\s(?:href|src)="([^"]*)"/).map { String($0.output.1).replacing("&amp;", with: "&") }
    }

    /// The first tag that closes what is not open, or stays open.
    static func unbalancedTag(in html: String) -> String? {
        let empty: Set<String> = ["meta", "link", "img", "br", "hr", "input"]
        var open: [String] = []
        let withoutData = html.replacing(/<script type="application\/json"[^>]*>[^<]*<\/script>/, with: "")
        for match in withoutData.matches(of: /<(\/?)([a-zA-Z0-9]+)[^>]*>/) {
            let name = String(match.output.2)
            if empty.contains(name) { continue }
            if match.output.1.isEmpty {
                open.append(name)
            } else if open.popLast() != name {
                return name
            }
        }
        return open.last
    }
}

private final class Seen: Sendable {
    private let counts = Mutex<[[Int]]>([])
    var all: [[Int]] { counts.withLock { $0 } }
    func add(_ done: Int, of total: Int) { counts.withLock { $0.append([done, total]) } }
}
