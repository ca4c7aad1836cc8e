import Wording

/// One small tree of mathematics, painted as MathML on pages and as placed items in figures.
public indirect enum MathNode: Sendable, Hashable {
    /// A letter that stands for something; set in italics.
    case identifier(String)
    /// A named function such as softmax; set upright.
    case function(String)
    case number(String)
    /// A sign with the space its kind asks for.
    case sign(String, Kind)
    /// Words inside a formula, Chinese included.
    case text(String)
    /// A bold upright letter: a vector.
    case bold(String)
    case row([MathNode])
    case fraction(MathNode, MathNode)
    case root(MathNode, degree: MathNode?)
    case scripts(MathNode, sub: MathNode?, sup: MathNode?)
    /// A mark over a letter: hat, bar, tilde, arrow.
    case accent(MathNode, String)
    /// Delimiters as high as what they hold; an empty string for none.
    case fenced(String, MathNode, String)
    /// Rows of cells, without delimiters.
    case matrix([[MathNode]])
    case colored(Role, MathNode)
    /// Empty room, in ems.
    case space(Double)

    /// How a sign stands between its neighbours (TeXbook, chapter 17).
    public enum Kind: Sendable, Hashable { case ordinary, large, binary, relation, opening, closing, punctuation }
}

extension MathNode {
    /// The formula in plain characters, for alt text and terminals: `softmax((Q K⊤) / (√d)) V`.
    public var plainText: String {
        switch self {
        case .identifier(let text), .function(let text), .number(let text), .text(let text), .bold(let text): text
        case .sign(let text, let kind):
            switch kind {
            case .binary, .relation: " \(text) "
            case .punctuation: "\(text) "
            default: text
            }
        case .row(let nodes): MathNode.joined(nodes)
        case .fraction(let top, let bottom): "\(top.grouped) / \(bottom.grouped)"
        case .root(let body, let degree): (degree?.plainText ?? "") + "√" + body.grouped
        case .scripts(let base, let sub, let sup):
            base.plainText + (sub.map { "_" + $0.grouped } ?? "") + (sup.map(MathNode.raised) ?? "")
        case .accent(let base, let mark): base.plainText + mark
        case .fenced(let open, let body, let close): open + body.plainText + close
        case .matrix(let rows):
            "[" + rows.map { $0.map { $0.plainText }.joined(separator: ", ") }.joined(separator: "; ") + "]"
        case .colored(_, let node): node.plainText
        case .space(let ems): ems > 0.1 ? " " : ""
        }
    }

    private static func raised(_ node: MathNode) -> String {
        if case .sign(let text, _) = node, text == "⊤" || text.allSatisfy({ $0 == "′" }) { return text }
        return "^" + node.grouped
    }

    private static func joined(_ nodes: [MathNode]) -> String {
        var text = ""
        for node in nodes {
            let next = node.plainText
            if let last = text.last, let first = next.first, last.isLetter, first.isLetter { text += " " }
            if let last = text.last, last == " ", next.first == " " { text.removeLast() }
            text += next
        }
        return text
    }

    private var grouped: String {
        let text = plainText
        return text.count > 1 && !isAtom ? "(\(text))" : text
    }

    private var isAtom: Bool {
        switch self {
        case .number, .identifier, .function, .fenced, .text: true
        case .colored(_, let node): node.isAtom
        case .row(let nodes): nodes.count == 1 && nodes[0].isAtom
        default: false
        }
    }
}

extension MathNode {
    /// How the node stands in a row; nil for mere room.
    var kind: Kind? {
        switch self {
        case .sign(_, let kind): kind
        case .scripts(let base, _, _): base.kind
        case .colored(_, let node): node.kind
        case .row(let nodes): nodes.count == 1 ? nodes[0].kind : .ordinary
        case .space: nil
        default: .ordinary
        }
    }

    var isFunction: Bool {
        switch self {
        case .function: true
        case .scripts(let base, _, _), .colored(_, let base): base.isFunction
        default: false
        }
    }

    var isFence: Bool {
        switch self {
        case .fenced: true
        case .scripts(let base, _, _), .colored(_, let base): base.isFence
        default: false
        }
    }

    /// Italic letters lean: what follows below moves left.
    var leans: Bool {
        switch self {
        case .identifier: true
        case .colored(_, let node): node.leans
        default: false
        }
    }
}
