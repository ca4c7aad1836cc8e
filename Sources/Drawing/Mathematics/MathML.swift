/// Writes a tree of mathematics as MathML Core, which browsers draw natively.
struct MathMLWriter {
    /// Colours by theme, or nil to leave them to the page's style sheet (`class="role-query"`).
    var theme: Theme?

    func write(_ node: MathNode) -> String {
        switch node {
        case .identifier(let text): "<mi>\(text.escaped)</mi>"
        case .function(let text): "<mi mathvariant=\"normal\">\(text.escaped)</mi>"
        case .bold(let text): "<mi mathvariant=\"normal\">\(MathSymbols.bold(text).escaped)</mi>"
        case .number(let text): "<mn>\(text.escaped)</mn>"
        case .text(let text): "<mtext>\(text.escaped)</mtext>"
        case .sign(let text, let kind): sign(text, kind)
        case .row(let nodes): "<mrow>\(nodes.map(write).joined())</mrow>"
        case .fraction(let top, let bottom): "<mfrac>\(one(top))\(one(bottom))</mfrac>"
        case .root(let body, nil): "<msqrt>\(write(body))</msqrt>"
        case .root(let body, let degree?): "<mroot>\(one(body))\(one(degree))</mroot>"
        case .scripts(let base, let sub, let sup): scripts(base, sub, sup)
        case .accent(let base, let mark):
            "<mover accent=\"true\">\(one(base))<mo stretchy=\"false\">\(mark == "~" ? "˜" : mark)</mo></mover>"
        case .fenced(let open, let body, let close):
            "<mrow>\(fence(open, "prefix"))\(write(body))\(fence(close, "postfix"))</mrow>"
        case .matrix(let rows):
            "<mtable>"
                + rows.map { "<mtr>" + $0.map { "<mtd>\(write($0))</mtd>" }.joined() + "</mtr>" }.joined()
                + "</mtable>"
        case .colored(let role, let node):
            "<mrow class=\"role-\(className(role))\"\(theme.map { " mathcolor=\"\($0.accent(role).hex)\"" } ?? "")>"
                + "\(write(node))</mrow>"
        case .space(let ems): "<mspace width=\"\(Numbers.fixed(ems, decimals: 3).replacingMinus)em\"></mspace>"
        }
    }

    func className(_ role: Role) -> String {
        String(role.rawValue.map { $0 == " " ? "-" : $0 })
    }

    /// Exactly one element, as fractions and scripts ask for.
    private func one(_ node: MathNode) -> String {
        if case .row(let nodes) = node, nodes.count == 1 { return write(nodes[0]) }
        return write(node)
    }

    private func scripts(_ base: MathNode, _ sub: MathNode?, _ sup: MathNode?) -> String {
        let isLarge = base.kind == .large
        let name: String
        switch (sub != nil, sup != nil) {
        case (true, true): name = isLarge ? "munderover" : "msubsup"
        case (true, false): name = isLarge ? "munder" : "msub"
        case (false, true): name = isLarge ? "mover" : "msup"
        case (false, false): return one(base)
        }
        return "<\(name)>\(one(base))\(sub.map(one) ?? "")\(sup.map(one) ?? "")</\(name)>"
    }

    private func sign(_ text: String, _ kind: MathNode.Kind) -> String {
        switch kind {
        case .opening, .closing: "<mo stretchy=\"false\">\(text.escaped)</mo>"
        case .ordinary: text == "|" || text == "/" ? "<mo>\(text.escaped)</mo>" : "<mi>\(text.escaped)</mi>"
        default: "<mo>\(text.escaped)</mo>"
        }
    }

    private func fence(_ text: String, _ form: String) -> String {
        text.isEmpty ? "" : "<mo form=\"\(form)\" fence=\"true\" stretchy=\"true\">\(text.escaped)</mo>"
    }
}

extension String {
    fileprivate var replacingMinus: String { String(map { $0 == "−" ? "-" : $0 }) }
}
