import Drawing
import Reading
import Tracing

/// Which numbers read a number: the way forward, as the terminal and a program see it.
struct ReaderList {
    let cell: (step: StepName, index: [Int], value: Double)
    let readers: Readers

    /// More are counted, not listed.
    static let most = 64

    /// - Throws: what asking the trace throws.
    init(_ trace: Trace, _ name: StepName, at index: [Int]) throws {
        cell = (name, index, try trace.cell(name, at: index).value)
        readers = try trace.readers(of: name, at: index, limit: Self.most)
    }

    var json: JSONText {
        func number(_ value: Double) -> JSONText { value.isFinite ? .number(value) : .null }
        return .object([
            "step": .text(cell.step.description), "index": .integers(cell.index), "value": number(cell.value),
            "total": .integer(readers.total), "isAll": .bool(readers.isAll),
            "readers": .objects(readers.listed) { reader in
                [
                    "step": .text(reader.step.description), "index": .integers(reader.index),
                    "value": number(reader.value),
                ]
            },
        ])
    }

    func text(style: Style) -> String {
        let name = style.name(cell.step.cell(cell.index))
        var text = style.strong(name + " = " + Numbers.significant(cell.value, digits: 4)) + "\n"
        guard readers.total > 0 else { return text + "\n  " + ExplainText.unread.text + "\n" }
        let count: ExplainText = readers.isAll ? .readers : .someReaders
        text += style.dim("  " + count.text(["count": "\(readers.total)"])) + "\n\n"
        var table = TextTable([.left, .right])
        for reader in readers.listed {
            table.add("  " + reader.step.cell(reader.index), style.number(Numbers.significant(reader.value, digits: 4)))
        }
        text += table.text(style: style)
        return readers.total > readers.listed.count
            ? text + "  … " + ExplainText.hidden.text(["count": "\(readers.total - readers.listed.count)"]) + "\n"
            : text
    }
}
