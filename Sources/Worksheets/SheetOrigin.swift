import Drawing
import Wording

/// The last page: the formulas, the steps of the trace that hold the numbers, and the commands that bring them back.
struct SheetOrigin {
    let sheet: Worksheet
    let width: Double

    private static let file = "run.safetensors"

    var mark: AnyMark {
        VStack(.leading, spacing: 22) {
            Text(SheetWords.origin.phrase).font(Font(size: 30, weight: .bold))
            paragraph(SheetWords.originStory.phrase.filled(["seed": "\(sheet.seed)"]))
            sheet.remarks.map { paragraph($0) }
            heading(SheetWords.steps.phrase)
            sheet.sections.enumerated().map { part($0.offset + 1, $0.element) }
            command(SheetWords.whole.phrase) { sheet.command($0) + " --out sheet.pdf --trace \(Self.file)" }
            command(SheetWords.explained.phrase) { _ in
                let index = sheet.example.index.map { "\($0)" }.joined(separator: ",")
                return "glassformer explain --trace \(Self.file) --step \(sheet.example.step) --at \(index)"
            }
            command(SheetWords.verified.phrase) { _ in "glassformer verify \(Self.file)" }
        }.any
    }

    private func paragraph(_ words: Phrase) -> AnyMark { Text(words).font(Font(size: 16)).wrapped(width: width).any }
    private func heading(_ words: Phrase) -> AnyMark { Text(words).font(Font(size: 18, weight: .semibold)).any }

    private func command(_ words: Phrase, _ line: @escaping @Sendable (Language) -> String) -> AnyMark {
        VStack(.leading, spacing: 6) {
            heading(words)
            CommandMark(line: line)
        }.any
    }

    /// A part's formula, and each table's name with its step.
    private func part(_ number: Int, _ section: SheetSection) -> AnyMark {
        VStack(.leading, spacing: 8) {
            HStack(.axis, spacing: 12) {
                Text("\(number)").font(Font(size: 16, weight: .bold))
                Text(section.title).font(Font(size: 16, weight: .semibold))
                Formula(section.formula).size(20)
            }
            Flow(
                spacing: Size(26, 6),
                section.rows.flatMap(\.pieces).compactMap { piece in
                    guard case .grid(let grid) = piece else { return nil }
                    return HStack(.axis, spacing: 8) {
                        Formula(grid.name).size(18)
                        Text(grid.steps).font(Font(.mono, size: 14)).color(.muted)
                        grid.part.map { Text($0).font(.small).color(.muted).any }.map { [$0] } ?? []
                    }.any
                })
        }.any
    }
}

private struct CommandMark: ComposedMark {
    let line: @Sendable (Language) -> String

    func build(_ space: Space) -> AnyMark { Text(line(space.language)).font(Font(.mono, size: 15)).wrapped().any }
}

extension SheetGrid {
    /// The step that holds its numbers, or the first and the last of several.
    fileprivate var steps: String {
        guard let first = numbers.first?.first?.step, let last = numbers.last?.last?.step else { return "" }
        return first == last ? "\(first)" : "\(first) … \(last)"
    }

    /// Which part of a cell's arithmetic, where it is not the cell itself.
    fileprivate var part: Phrase? {
        switch numbers.first?.first?.part {
        case .numerator: SheetWords.above.phrase
        case .denominator: SheetWords.below.phrase
        case .whole, .addend, nil: nil
        }
    }
}
