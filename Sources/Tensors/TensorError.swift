import Wording

/// Why tensors could not be combined: what was expected, what was found.
public enum TensorError: ExplainedError, Equatable {
    /// The count of numbers does not fill the shape.
    case count(expected: Int, found: Int, shape: Shape)
    /// The index lies outside the shape, or has another number of axes.
    case index([Int], shape: Shape)
    /// An operation needs shapes that fit each other.
    case shapes(operation: String, expected: String, found: [Shape])
    /// A whole number that stands for a row of a table lies outside it.
    case row(Int, rows: Int, operation: String)

    public var explanation: Phrase {
        switch self {
        case .count(let expected, let found, let shape):
            Phrase(
                en: "a tensor of \(shape) holds \(expected) numbers, found \(found)",
                zh: "形状为 \(shape) 的张量应有 \(expected) 个数，实际有 \(found) 个")
        case .index(let index, let shape):
            Phrase(
                en: "index \(text(index)) lies outside the shape \(shape)",
                zh: "下标 \(text(index)) 超出了形状 \(shape)")
        case .shapes(let operation, let expected, let found):
            Phrase(
                en: "\(operation): expected \(expected), found \(text(found))",
                zh: "\(operation)：应为 \(expected)，实际为 \(text(found))")
        case .row(let row, let rows, let operation):
            Phrase(
                en: "\(operation): expected a row from 0 to \(rows - 1), found \(row)",
                zh: "\(operation)：行号应在 0 到 \(rows - 1) 之间，实际为 \(row)")
        }
    }

    private func text(_ index: [Int]) -> String { index.map(String.init).joined(separator: ",") }
    private func text(_ shapes: [Shape]) -> String { shapes.map { "(\($0))" }.joined(separator: ", ") }
}

// Short to throw.
extension Failure {
    package static func count(expected: Int, found: Int, shape: Shape) -> Failure {
        Failure(TensorError.count(expected: expected, found: found, shape: shape))
    }

    package static func index(_ index: [Int], shape: Shape) -> Failure {
        Failure(TensorError.index(index, shape: shape))
    }

    package static func row(_ number: Int, rows: Int, operation: String) -> Failure {
        Failure(TensorError.row(number, rows: rows, operation: operation))
    }

    package static func shapes(operation: String, expected: String, found: [Shape]) -> Failure {
        Failure(TensorError.shapes(operation: operation, expected: expected, found: found))
    }
}
