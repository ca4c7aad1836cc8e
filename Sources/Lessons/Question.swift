import Wording

/// A question whose right answer the engine finds.
package struct Question: Sendable {
    package let id: String
    package let kind: Kind
    package let question: Bilingual<[Inline]>
    /// Shown once the reader has answered.
    package let explanation: Bilingual<[Block]>
    let lines: Bilingual<[Int]>
    /// Where the chapter's data names it.
    let place: Place

    /// What the reader does, and where the answer comes from.
    package enum Kind: Sendable {
        /// Choose an entry of a ranking: the one with the greatest value is right. A hint for each wrong one, as they
        /// rank.
        case largest(Bilingual<Ask>, hints: [Hint?])
        /// Choose a number or a token among others that must differ from it.
        case one(Bilingual<Ask>, NumberFormat, others: [Misconception])
        /// Choose the statement that holds.
        case statements([Statement])
        /// Type a number, near enough as the format would show it.
        case number(Bilingual<Ask>, NumberFormat, traps: [Misconception])
        /// Put things in order, the greatest first or the least.
        case ordering([Ranked], isFalling: Bool, hint: Hint?)
        /// Point at a cell of a figure.
        case cell(CellOfFigure)
    }

    /// What helps whoever chose wrongly.
    package typealias Hint = Bilingual<[Inline]>

    /// What one gets who understood something wrongly, computed.
    package struct Misconception: Sendable {
        package let ask: Bilingual<Ask>
        package let hint: Hint?
        let place: Place
    }

    package struct Statement: Sendable {
        package let label: Bilingual<[Inline]>
        package let holds: Bilingual<Claim>
        package let hint: Hint?
    }

    /// One of the things to put in order, and the number that decides its place.
    package struct Ranked: Sendable {
        package let label: Bilingual<[Inline]>
        package let by: Bilingual<Ask>
    }

    package struct CellOfFigure: Sendable {
        /// The figure's name in the chapter: that of its step.
        package let figure: String
        /// The step whose numbers it shows.
        package let step: String
        /// Where the right one is.
        package let right: Bilingual<Ask>
        package let others: [Misconception]
    }
}
