import Drawing
import Testing
import Tracing
import Wording

@testable import Figures

/// The small things that the figures inside attention are made of.
@Suite("Inside attention: parts") struct AttentionPartsTests {
    // MARK: Habits

    struct Habit: Sendable, CustomTestStringConvertible {
        var name: String
        /// `[query][key]` for a text of eight tokens.
        var weight: @Sendable (_ query: Int, _ key: Int) -> Float
        var ids = Array(0..<8)
        var kind: HeadHabit.Kind
        var share: Double
        var testDescription: String { name }
    }

    static let habits = [
        Habit(name: "previous", weight: { $1 == max(0, $0 - 1) ? 1 : 0 }, kind: .previous, share: 1),
        Habit(name: "first", weight: { $1 == 0 ? 0.75 : $1 == $0 ? 0.25 : 0 }, kind: .first, share: 0.75),
        Habit(name: "itself", weight: { $1 == $0 ? 1 : 0 }, kind: .itself, share: 1),
        // Tokens 0 to 3 come twice: the second copy of each looks behind the first.
        Habit(
            name: "induction", weight: { $0 > 3 ? ($1 == $0 - 3 ? 1 : 0) : 1 / Float($0 + 1) },
            ids: [0, 1, 2, 3, 0, 1, 2, 3], kind: .repeated, share: 1),
        Habit(
            name: "near", weight: { $0 < 3 ? 1 / Float($0 + 1) : $0 - $1 < 3 ? 1 / 3 : 0 }, kind: .near,
            share: 1),
        Habit(
            name: "focused", weight: { $1 == [0, 1, 0, 3, 0, 2, 1, 4][$0] ? 1 : 0 }, kind: .focused, share: 1),
        // The mean of 1/3, 1/4, … 1/8.
        Habit(
            name: "spread", weight: { query, _ in 1 / Float(query + 1) }, kind: .spread,
            share: (1 / 3.0 + 1 / 4 + 1 / 5 + 1 / 6 + 1 / 7 + 1 / 8) / 6),
    ]

    @Test("a head's habit is what its weights show", arguments: habits)
    func habit(_ wanted: Habit) throws {
        let cells = (0..<8).map { query in (0..<8).map { $0 <= query ? wanted.weight(query, $0) : 0 } }
        let habit = try #require(HeadHabit(cells, ids: wanted.ids))
        #expect(habit.kind == wanted.kind)
        #expect(abs(habit.share - wanted.share) < 1e-6)
    }

    @Test("two tokens show no habit", arguments: [0, 1, 2])
    func noHabit(_ count: Int) {
        let cells = [[Float]](repeating: [Float](repeating: 0.5, count: count), count: count)
        #expect(HeadHabit(cells, ids: Array(0..<count)) == nil)
    }

    @Test("habits and shared words are written in both languages")
    func words() {
        let phrases =
            HeadHabit.Kind.allCases.flatMap { [$0.phrase, $0.clause, $0.plural] }
            + AttentionText.allCases.map(\.phrase)
        for phrase in phrases {
            #expect(!phrase.english.isEmpty)
            #expect(phrase.chinese.unicodeScalars.contains { $0.isWide }, "\(phrase.english): \(phrase.chinese)")
        }
    }

    // MARK: Elision

    struct Window: Sendable {
        var count: Int
        var most: Int
        var named: [Int]
    }

    static let windows = [
        Window(count: 5, most: 24, named: [4]), Window(count: 1, most: 24, named: [0]),
        Window(count: 40, most: 24, named: [39, 17]), Window(count: 40, most: 8, named: [20, 3, 5]),
        Window(count: 512, most: 24, named: [0]), Window(count: 512, most: 4, named: [300, 100]),
        Window(count: 30, most: 6, named: []), Window(count: 0, most: 6, named: []),
    ]

    @Test("what a figure speaks of is drawn, in order, with no gap of one", arguments: windows)
    func window(_ window: Window) {
        let shown = TokenWindow(count: window.count, named: window.named).shown(window.most)
        #expect(shown == Array(Set(shown)).sorted())
        #expect(shown.allSatisfy { (0..<window.count).contains($0) })
        #expect(Set(shown).isSuperset(of: window.named.prefix(window.most)))
        #expect(shown.count >= min(window.count, window.most))
        #expect(!zip(shown, shown.dropFirst()).contains { $1 - $0 == 2 })
    }

    @Test("of a vector the ends and the named number are drawn")
    func edges() {
        #expect(TokenWindow(count: 64, named: [55]).edges(4) == [0, 1, 55, 63])
        #expect(TokenWindow(count: 64, named: [0]).edges(4) == [0, 1, 63])
        #expect(TokenWindow(count: 5, named: [2]).edges(4) == [0, 1, 2, 3, 4])
    }

    // MARK: Softmax

    /// Exact by hand: e^0, e^(ln 2), e^(ln 5) are 1, 2, 5 of 8, whatever is added to all scores.
    @Test("the table's arithmetic gives the shares", arguments: [0, -3, 90, -90] as [Float])
    func softmaxRow(_ added: Float) {
        let scores: [Float] = [0, 0.693_147_18, 1.609_437_9, -.infinity].map { $0 + added }
        let isShifted = SoftmaxRow.needShift([scores])
        let row = SoftmaxRow(scores: scores, shares: [0.125, 0.25, 0.625, 0], isShifted: isShifted)
        for (power, share) in zip(row.powers, row.shares) {
            #expect(power.isFinite)
            #expect(abs(power / row.sum - Double(share)) < 1e-5)
        }
        #expect((row.shift != 0) == (abs(added) > 20))
    }

    @Test("spread is the population's standard deviation, without what is hidden")
    func spread() {
        // 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and deviation 2 (the textbook example).
        let spread = SpreadStrips.Spread([2, 4, 4, 4, 5, 5, 7, 9, -.infinity, .nan])
        #expect(spread.mean == 5)
        #expect(spread.deviation == 2)
        #expect(spread.low == 2)
        #expect(spread.high == 9)
    }
}
