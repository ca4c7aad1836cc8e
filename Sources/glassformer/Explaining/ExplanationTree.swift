import Drawing
import Reading
import Subjects
import Tracing
import Wording

/// A number and the numbers it came from, several steps back.
///
/// A cell that several others read is explained where it is first met, so that the tree never outgrows the trace.
struct ExplanationTree {
    struct Node {
        let explanation: Explanation
        /// One for each distinct operand; nil where it is explained elsewhere or lies deeper than asked.
        var children: [(term: Explanation.Term, node: Node?)] = []
    }

    /// More terms than this are no explanation any more.
    static let mostTerms = 200_000

    let root: Node

    /// - Throws: ``CommandProblem/tooManyTerms(most:)`` and what asking the trace throws.
    init(_ trace: Trace, _ name: StepName, at index: [Int], depth: Int) throws {
        var builder = Builder(trace: trace)
        root = try builder.node(name, index, depth: depth)
    }

    private struct Builder {
        struct Cell: Hashable {
            let step: StepName
            let index: [Int]
        }

        let trace: Trace
        var met = Set<Cell>()
        var terms = 0

        mutating func node(_ name: StepName, _ index: [Int], depth: Int) throws -> Node {
            met.insert(Cell(step: name, index: index))
            var node = Node(explanation: try trace.explain(name, at: index))
            terms += node.explanation.terms.count
            guard terms <= ExplanationTree.mostTerms else {
                throw CommandProblem.tooManyTerms(most: ExplanationTree.mostTerms)
            }
            var seen = Set<Explanation.Term>()
            for term in node.explanation.terms where seen.insert(term).inserted {
                node.children.append((term, try child(term, depth: depth - 1)))
            }
            return node
        }

        private mutating func child(_ term: Explanation.Term, depth: Int) throws -> Node? {
            guard depth > 0, trace[term.step]?.isSource == false,
                !met.contains(Cell(step: term.step, index: term.index))
            else { return nil }
            return try node(term.step, term.index, depth: depth)
        }
    }
}

extension ExplanationTree {
    /// Drawn with lines; long lists of operands are cut in the middle.
    func text(style: Style) -> String {
        var lines = [label(root.explanation.step, root.explanation.index, root.explanation.value, root, style)]
        Self.add(root, indent: "", to: &lines) { label($0.step, $0.index, $0.value, $1, style) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func add(
        _ node: Node, indent: String, to lines: inout [String],
        label: (Explanation.Term, Node?) -> String
    ) {
        let (head, tail) = (5, 2)
        let count = node.children.count
        for (place, child) in node.children.enumerated() {
            if count > head + tail + 1, place >= head, place < count - tail {
                if place == head {
                    lines.append(indent + "├─ … " + ExplainText.hidden.text(["count": "\(count - head - tail)"]))
                }
                continue
            }
            let isLast = place == count - 1
            lines.append(indent + (isLast ? "└─ " : "├─ ") + label(child.term, child.node))
            if let node = child.node { add(node, indent: indent + (isLast ? "   " : "│  "), to: &lines, label: label) }
        }
    }

    private func label(_ step: StepName, _ index: [Int], _ value: Double, _ node: Node?, _ style: Style) -> String {
        style.name(step.cell(index)) + " = " + style.number(Numbers.significant(value, digits: 4))
            + (node.map { style.dim("   " + $0.explanation.operation) } ?? "")
    }

    /// - Parameters:
    ///   - isDeep: whether the operands' own operations and terms are written too.
    ///   - origin: where the number began to be none, or infinite; nothing is said of other numbers.
    func json(isDeep: Bool, origin: NotFinite? = nil) -> JSONText {
        .members(Self.members(root, isDeep: isDeep) + (origin.map { [("begins", $0.json)] } ?? []))
    }

    private static func members(_ node: Node, isDeep: Bool) -> [(String, JSONText)] {
        let explanation = node.explanation
        var nodes = Dictionary(node.children.map { ($0.term, $0.node) }, uniquingKeysWith: { first, _ in first })
        let terms = explanation.terms.map { term -> JSONText in
            // Once only, also where one sum reads the same cell twice.
            if isDeep, let child = nodes.updateValue(nil, forKey: term), let child {
                return .members(members(child, isDeep: true))
            }
            return .object([
                "step": .text(term.step.description), "index": .integers(term.index), "value": .number(term.value),
            ])
        }
        return [
            ("step", .text(explanation.step.description)), ("index", .integers(explanation.index)),
            ("value", .number(explanation.value)), ("operation", .text(explanation.operation)),
            ("expression", .text(ExpressionText.program(explanation))), ("terms", .array(terms)),
        ]
    }
}
