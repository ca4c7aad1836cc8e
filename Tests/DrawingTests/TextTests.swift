import Testing
import Wording

@testable import Drawing

@Suite struct TextTests {
    private func lines(_ string: String, width: Double) -> [String] {
        LineBreaker(pieces: [.init(string, Font(size: 10), .ink)], measurer: FixedMeasurer().any).lines(width: width)
            .map { $0.pieces.map(\.string).joined() }
    }

    @Test(arguments: [
        ("one two three", 50.0, ["one two", "three"]),
        ("每个查询遇见每个键", 40, ["每个查询", "遇见每个", "键"]),
        // No line begins with a closing mark or ends with an opening one.
        ("每个查询，遇见", 40, ["每个查", "询，遇见"]),
        ("看（图）吧", 20, ["看", "（图）", "吧"]),
        ("用softmax做", 55, ["用softmax", "做"]),
        ("a\nb", 100, ["a", "b"]),
        ("unbreakable", 10, ["unbreakable"]),
        // Only what no word is as long as is cut within.
        ("a abcdefghijklmnopqrstuvwxyz z", 56, ["a", "abcdefghij", "klmnopqrst", "uvwxyz z"]),
    ])
    func breaks(_ text: String, _ width: Double, _ expected: [String]) {
        #expect(lines(text, width: width) == expected)
    }

    @Test(arguments: [
        ("the", "the"), (" the", "␣the"), (String(repeating: "a", count: 20), String(repeating: "a", count: 20)),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghij…rstuvwxyz"),
        (String(repeating: "长", count: 60), "长长长长长…长长长长"),
        (String(repeating: "👨‍👩‍👧‍👦", count: 40), String(repeating: "👨‍👩‍👧‍👦", count: 5) + "…" + String(repeating: "👨‍👩‍👧‍👦", count: 4)),
        ("e" + String(repeating: "\u{301}", count: 10_000), "e" + String(repeating: "\u{301}", count: 8) + "…"),
    ])
    func longTokensLoseTheirMiddle(_ token: String, _ shown: String) {
        let label = TokenLabel(token)
        #expect(label.display == shown)
        #expect(label.whole.count == token.count)
    }

    @Test func runsKeepTheirColours() {
        let text = Text([
            .init("the "), .init("query", tint: .role(.query)), .init(" meets the key"),
        ]).font(Font(size: 10)).wrapped(width: 60)
        let canvas = placed(text)
        #expect(strings(canvas.items) == ["the ", "query", "meets the", "key"])
        guard case .text(let query) = canvas.items[1].content else { return }
        #expect(query.color == Theme.light.accent(.query))
        #expect(query.origin.x == 22)
    }

    @Test func aRowAlignsOnTheMiddleOfCapitals() {
        let row = HStack(spacing: 0) {
            Text("A").font(Font(size: 40))
            Text("A").font(Font(size: 10))
        }
        let lines = placed(row).items.compactMap { item -> TextLine? in
            if case .text(let line) = item.content { line } else { nil }
        }
        let middles = lines.map { $0.origin.y - $0.font.size * Canvas.capHeight / 2 }
        #expect(abs(middles[0] - middles[1]) < 0.01)
    }

    @Test func whatStretchesTakesTheRoom() {
        let row = HStack(spacing: 0) {
            Blank(10, 5)
            Blank().frame(width: .infinity)
            Blank(20, 5).anchored("end")
        }
        let room = space().with(width: 100)
        #expect(row.size(in: room) == Size(100, 5))
        var canvas = Canvas()
        row.place(in: Rect(0, 0, 100, 5), room, onto: &canvas)
        #expect(canvas.anchors["end"] == Rect(80, 0, 20, 5))
    }

    @Test func gridsAlignColumns() {
        let grid = Grid(columns: 2, spacing: Size(5, 5)) {
            Blank(10, 10)
            Blank(30, 20).anchored("b")
            Blank(20, 5)
            Blank(10, 5).anchored("d")
        }
        #expect(grid.size(in: space()) == Size(55, 30))
        #expect(placed(grid).anchors["d"]?.midX == placed(grid).anchors["b"]?.midX)
    }

    @Test(arguments: DrawingText.allCases.map(\.phrase) + Stage.allCases.map(\.phrase))
    func everyTextExistsTwice(_ phrase: Phrase) {
        #expect(!phrase.english.isEmpty && !phrase.chinese.isEmpty)
        #expect(phrase.chinese.unicodeScalars.contains { $0.isWide }, "\(phrase.english)")
    }
}
