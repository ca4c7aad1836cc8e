import Testing
import Wording

@testable import Lessons

@Suite struct ProseTests {
    private func read(_ markdown: String) throws -> [Block] {
        try MarkdownReader(markdown, file: "a.md", context: "next-word").pieces().compactMap {
            if case .block(let block, _) = $0 { block } else { nil }
        }
    }

    private func inlines(_ markdown: String) throws -> [Inline] {
        let blocks = try read(markdown)
        guard blocks.count == 1, case .paragraph(let text)? = blocks.first else { return [] }
        return text
    }

    // MARK: The trap of emphasis beside Chinese punctuation

    @Test(arguments: [
        ("这是**注意力（attention）**是", false), ("这是**注意力**（attention）", true), ("他说**“好”**了", false),
        ("他说“**好**”了", true), ("**好。**他说", false), ("**好**。他说", true), ("**注意力（attention）** 是", true),
        ("two * three", false), ("two \\* three", true), ("snake_case", false), ("`snake_case` and `a*b`", true),
    ])
    func emphasisIsEmphasisOrAnError(_ markdown: String, isGood: Bool) throws {
        if isGood {
            #expect(!(try inlines(markdown).plainText.contains("**")))
        } else {
            let error = try #require(throws: LessonError.self) { try self.read("前一行。\n\n" + markdown) }
            #expect(error.problem == .emphasisTrap)
            #expect(error.line == 3)
        }
    }

    @Test func theTrapNamesTheLineInsideAParagraph() throws {
        let error = try #require(throws: LessonError.self) {
            try self.read("一\n二\n$$\na\n$$\n三**四（五）**六")
        }
        #expect(error.line == 6)
    }

    // MARK: What is taken out before CommonMark reads

    @Test func formulasKeepTheirMarks() throws {
        #expect(
            try inlines("a $x_1 * y_1$ b") == [.text("a "), .formula("x_1 * y_1"), .text(" b")])
        #expect(try read("$$\\frac{a}{b}$$") == [.formula("\\frac{a}{b}")])
        #expect(try inlines("costs \\$5") == [.text("costs $5")])
        #expect(try inlines("`$x$`") == [.sample("$x$")])
        #expect(try read("```\n$x$ width\n```") == [.code("$x$ width")])
        #expect(try inlines("**$x$**是") == [.strong([.formula("x")]), .text("是")])
    }

    @Test func placeholdersAreParsedWhereTheyStand() throws {
        let query = Query(name: .probability, arguments: [.text("中华"), .text("人 民")], model: "next-word")
        #expect(
            try inlines("It is {{probability \"中华\" \"人 民\"}}.") == [
                .text("It is "), .placeholder(Placeholder(query: query, format: .percent)), .text("."),
            ])
        let width = Query(name: .width, arguments: [], model: "other")
        #expect(
            try inlines("{{width model=other plain}}") == [.placeholder(Placeholder(query: width, format: .plain))])
    }

    @Test func quotedFiguresAreMarked() throws {
        #expect(try inlines("said [97%]{quoted}, once") == [.text("said "), .quoted("97%"), .text(", once")])
        #expect(try inlines("[not quoted]") == [.text("[not quoted]")])
    }

    @Test func linksKnowWhereTheyLead() throws {
        #expect(
            try inlines("[a](lesson:1.9#merges)") == [
                .link([.text("a")], to: .chapter(ChapterID(part: 1, number: 9), step: "merges"))
            ])
        #expect(
            try inlines("[a](https://example.org/)") == [.link([.text("a")], to: .web("https://example.org/"))])
    }

    @Test func tablesListsAsidesAndFootnotes() throws {
        let blocks = try read(
            """
            | a | b |
            |:--|--:|
            | 1 | `x` |

            1. one
            2. two

            > [!document]
            > It says so.[^1]

            [^1]: A note.
            """)
        #expect(
            blocks == [
                .table(
                    Block.Table(
                        alignments: [.left, .right], header: [[.text("a")], [.text("b")]],
                        rows: [[[.text("1")], [.sample("x")]]])),
                .list(start: 1, items: [[.paragraph([.text("one")])], [.paragraph([.text("two")])]]),
                .callout(.document, [.paragraph([.text("It says so."), .footnote(1)])]),
                .footnote(1, [.paragraph([.text("A note.")])]),
            ])
    }

    @Test func unknownAsidesAreErrors() throws {
        let error = try #require(throws: LessonError.self) { try self.read("> [!shout]\n> Hey.") }
        #expect(error.problem == .unknownCallout)
        #expect(throws: LessonError.self) { try self.read("> only a quotation") }
    }

    // MARK: Counting, breaking

    @Test(arguments: [
        ("one two, three", 3), ("don’t stop", 2), ("一二三，四", 4), ("用 GPT 模型", 4), ("word-by-word", 1), ("", 0),
        ("3.5 B", 2),
    ])
    func wordsAreCounted(_ text: String, count: Int) {
        #expect(ProseLength.words(in: text) == count)
    }

    @Test func lineBreaksAreNoSpacesBetweenChineseCharacters() throws {
        #expect(try inlines("一行，\n又一行").plainText == "一行，又一行")
        #expect(try inlines("one\ntwo").plainText == "one two")
        #expect(try inlines("中文\nEnglish").plainText == "中文 English")
    }
}

@Suite struct NumberTests {
    @Test(arguments: [
        (0.9734, NumberFormat.percent, "97%"), (1, .percent, "100%"), (0, .percent, "0%"), (0.9966, .percent, "99.7%"),
        (0.99987, .percent, ">99.9%"), (0.0412, .percent, "4.1%"), (0.00001, .percent, "<0.1%"),
        (12, .integer, "12"), (1024, .integer, "1024"), (196_608, .integer, "196\u{2009}608"),
        (-0.1234, .decimal, "−0.123"), (0, .decimal, "0"), (0, .ordinal, "1"), (3, .plain, "3"),
        (0.25, .plain, "0.25"), (-1, .plain, "-1"), (-.infinity, .decimal, "−∞"),
    ])
    func areWrittenAsReadersExpect(_ value: Double, _ format: NumberFormat, _ text: String) {
        #expect(format.text(value) == text)
    }
}

@Suite struct CommandTests {
    @Test(arguments: [
        ("glassformer draw 中华人民", ["glassformer", "draw", "中华人民"]),
        ("glassformer draw \"the cat\" --step 'a b'", ["glassformer", "draw", "the cat", "--step", "a b"]),
        ("a \"x\\\"y\" c\\ d", ["a", "x\"y", "c d"]), ("a ''", ["a", ""]),
        (#"a $'who?\n' b"#, ["a", "who?\n", "b"]),
    ])
    func splitAsAShellDoes(_ command: String, _ words: [String]) {
        #expect(CommandWords.split(command) == words)
    }

    @Test(arguments: ["glassformer draw \"x", "glassformer draw blocks.*", "a | b", "a; b", "$(a)"])
    func refuseWhatAShellWouldExpand(_ command: String) {
        #expect(CommandWords.split(command) == nil)
        #expect(CommandWords.problem(in: command, parse: nil) != nil)
    }

    @Test func figuresKnowTheirCommand() throws {
        let words = [("text", "the cat"), ("layer", "@heads.induction.layer"), ("position", "at:顺")]
        let command = FigureReference(id: "scores", words: words.map { .init($0.0, $0.1) }).command
        #expect(
            try command.text(from: SketchSource())
                == "glassformer draw \"the cat\" --figure scores --layer 1 --position at:顺")
    }
}
