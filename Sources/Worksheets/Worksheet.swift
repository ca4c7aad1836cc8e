import Drawing
import Tracing
import Wording

/// A sheet to fill in by hand: a small model's run, some of whose numbers are left blank.
///
/// Every number on it, given or blank, is read from ``trace``.
package struct Worksheet: Sendable {
    package let kind: WorksheetKind
    package let seed: UInt64
    package let title: Phrase
    /// What is computed, and what the numbers mean.
    package let story: Phrase
    package let sections: [SheetSection]
    package let trace: Trace
    /// What a teacher may want to say beside the sheet, on the last page.
    package let remarks: [Phrase]
    /// A cell whose arithmetic the last page asks for as an example.
    package let example: SheetNumber

    /// Every table of numbers on the sheet, in reading order.
    package var grids: [SheetGrid] {
        sections.flatMap {
            $0.rows.flatMap { $0.pieces.compactMap { if case .grid(let grid) = $0 { grid } else { nil } } }
        }
    }
}

/// One part of the work: what to do, with which formula, and the places to write in.
package struct SheetSection: Sendable {
    package let title: Phrase
    /// In the figures' notation.
    package let formula: String
    package let task: Phrase
    package let rows: [SheetRow]
    /// In the margin.
    package let hint: Phrase

    init(_ title: Phrase, formula: String, task: Phrase, rows: [SheetRow], hint: Phrase) {
        (self.title, self.formula, self.task, self.rows, self.hint) = (title, formula, task, rows, hint)
    }
}

/// Pieces side by side.
package struct SheetRow: Sendable {
    package var pieces: [SheetPiece]
    var alignment = RowAlignment.axis
    var spacing = 20.0

    init(_ pieces: [SheetPiece], alignment: RowAlignment = .axis, spacing: Double = 20) {
        (self.pieces, self.alignment, self.spacing) = (pieces, alignment, spacing)
    }
}

package enum SheetPiece: Sendable {
    case grid(SheetGrid)
    /// A sign between two tables, in the figures' notation.
    case sign(String)
    /// Arithmetic that was done already, as an example.
    case worked(String)
    /// Words and a line to write on; what belongs there stands on the page of answers.
    case question(Phrase, answer: Phrase)
    /// A picture, and what is added to it among the answers.
    case picture(@Sendable (_ isAnswered: Bool) -> AnyMark)
}
