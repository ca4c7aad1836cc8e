import Drawing
import Foundation
import Rendering
import Testing
import Wording

@testable import Lessons

@Suite struct WalkTests {
    /// A walk through a small course, with the lines that somebody types.
    private func walk(
        _ lines: [String], from start: LessonRecord.Place? = nil, language: Language = .english,
        graphics: TerminalGraphics = .words
    ) throws -> (text: String, record: LessonRecord) {
        let scratch = try SmallCourse.twoChapters { _ in }
        let screen = LessonScreen(language: language, isStyled: false, width: 40, graphics: graphics)
        let tape = Tape(lines)
        let console = LessonConsole(screen: screen, write: { tape.bytes += $0 }, read: { tape.next() })
        var walk = LessonWalk(
            try Course.load(scratch.url), source: SketchSource(), record: LessonRecord(), console: console)
        try walk.run(from: start)
        return (String(decoding: tape.bytes, as: UTF8.self), walk.record)
    }

    private final class Tape {
        var bytes: [UInt8] = []
        private var lines: [String]
        init(_ lines: [String]) { self.lines = lines.reversed() }
        func next() -> String? { lines.popLast() }
    }

    /// What is typed, where it leads.
    @Test(
        arguments: [
            ([], "1.1", ""), ([""], "1.1", "one"), (["", "b"], "1.1", ""), (["b"], "1.1", ""),
            (["n", "n"], "1.1", "two"),
            (["c", "3"], "1.1", "two"), (["c", ""], "1.1", ""), (["1.2"], "1.2", ""), (["1.2", "b"], "1.1", "second"),
            (["7.7", "what", "h", "q"], "1.1", ""), (["", "q", "", ""], "1.1", "one"), (["", "w", "r"], "1.1", "one"),
        ] as [([String], String, String)])
    func whatIsTypedLeads(_ lines: [String], _ chapter: String, _ stop: String) throws {
        for language in Language.allCases {
            let (text, record) = try walk(lines, language: language)
            #expect(record.place == ChapterID(chapter).map { LessonRecord.Place($0, stop: stop) }, "\(lines)")
            #expect(text.contains(WalkWords.kept[language].prefix(8)))
        }
    }

    @Test func theWholeCourseIsWalkedInOrder() throws {
        let (text, record) = try walk(Array(repeating: "n", count: 60))
        #expect(record.place?.chapter == ChapterID("1.2"))
        let titles = ["1  ", "2  ", "3  ", "✎  "].map { text.ranges(of: "\n" + $0).count }
        #expect(titles == [2, 2, 2, 2], "\(text)")
        #expect(text.contains(WalkWords.finished[.english]))
    }

    /// The answers stay hidden until one is right or asked for; the first try counts.
    @Test func questionsAskBeforeTheyTell() throws {
        let chapter = try #require(ChapterID("1.1"))
        let start = LessonRecord.Place(chapter, stop: "first")
        let wrong = ["1", "2", "3", "4"].first { line in
            (try? walk([line], from: start).text.contains(WalkWords.wrong[.english])) ?? false
        }
        let (hidden, first) = try walk([try #require(wrong)], from: start)
        #expect(!hidden.contains(BookWords.answer[.english]) && first.answers == ["1.1/first": false])
        let (shown, _) = try walk(["s"], from: start)
        #expect(shown.contains(BookWords.answer[.english]))
        let (right, _) = try walk(["1", "2", "3", "4"], from: start)
        #expect(right.contains(WalkWords.right[.english]))
    }

    @Test func framesComeOneAfterTheOtherWhereTheyAreSeen() throws {
        let chapter = try #require(ChapterID("1.1"))
        let start = LessonRecord.Place(chapter, stop: "two")
        #expect(try walk(["", "", "", ""], from: start, graphics: .characters).record.place?.stop == "three")
        #expect(try walk(["n"], from: start, graphics: .characters).record.place?.stop == "three")
        #expect(try walk([""], from: start).record.place?.stop == "three")
    }

    @Test func thePlaceIsKept() throws {
        let scratch = try Scratch()
        let path = scratch.url.appendingPathComponent("a/b/course.json").path
        var record = LessonRecord(file: path)
        #expect(record == LessonRecord())
        record.place = ChapterID("4.2").map { LessonRecord.Place($0, stop: "cross") }
        record.answers = ["1.1/first": true, "1.1/second": false]
        try record.write(to: path)
        #expect(LessonRecord(file: path) == record)
        try scratch.write("{\"format\":\"something else\",\"chapter\":\"1.1\"}", to: "a/b/course.json")
        #expect(LessonRecord(file: path) == LessonRecord())
    }

    // MARK: Pictures

    private func figure() throws -> Figure {
        try SketchSource().layout(FigureReference(id: "scores"), FigureSetting(language: .english, theme: .light))
    }

    @Test func blocksFitTheScreenAndEndWithoutColour() throws {
        for colors in [TerminalGraphics.BlockColors.all, .indexed] {
            let lines = try BlockPicture(figure(), frame: 0, columns: 60).blocks(colors)
            #expect(lines.count > 5)
            for line in lines {
                #expect(line.replacing(/\u{1B}\[[0-9;]*m/, with: "").columns <= 60)
                #expect(!line.contains("\u{1B}") || line.hasSuffix("\u{1B}[0m"))
            }
        }
        let plain = try BlockPicture(figure(), frame: 0, columns: 60).characters(paper: .white)
        #expect(plain.contains { $0.contains("中") } && !plain.joined().contains("\u{1B}"))
    }

    @Test func sixelsHoldEveryColumn() throws {
        let pixels = try Renderer().pixels(figure(), scale: 0.1)
        let text = String(decoding: SixelWriter(pixels).bytes, as: UTF8.self)
        #expect(text.hasPrefix("\u{1B}Pq\"1;1;160;90") && text.hasSuffix("\u{1B}\\\n"))
        let bands = text.dropFirst(14).split(separator: "-")
        #expect(bands.count == 16)
        // Every run of a band ends at or before the last column.
        for band in bands.dropLast() {
            for run in band.split(separator: "$") {
                var columns = 0
                for match in run.matches(of: /#\d+(?:;[\d;]+)?|!(\d+)[?-~]|[?-~]/) where !match.output.0.hasPrefix("#")
                {
                    columns += match.output.1.flatMap { Int($0) } ?? 1
                }
                #expect(columns <= 161)
            }
        }
    }

    @Test func kittyTakesPiecesOfFourKilobytes() throws {
        let bytes = try InlinePicture(figure: figure(), frame: 0, columns: 60).kitty()
        let pieces = String(decoding: bytes, as: UTF8.self).matches(of: /\u{1B}_G([^;]*);([^\u{1B}]*)\u{1B}\\/)
        #expect(pieces.count > 1 && pieces.allSatisfy { $0.output.2.count <= 4096 })
        #expect(pieces.first?.output.1.contains("c=60") ?? false)
        #expect(pieces.dropLast().allSatisfy { $0.output.1.hasSuffix("m=1") })
        #expect(pieces.last?.output.1.hasSuffix("m=0") ?? false)
    }
}
