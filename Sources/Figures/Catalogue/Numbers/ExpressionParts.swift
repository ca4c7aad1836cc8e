import Tracing

extension Expression {
    private var parts: [Expression] {
        switch self {
        case .cell, .constant: []
        case .sum(let parts), .product(let parts), .function(_, let parts): parts
        case .difference(let left, let right), .quotient(let left, let right): [left, right]
        }
    }

    /// Whether somewhere in it more numbers are listed than a line shows.
    var hasList: Bool {
        parts.count > Arithmetic.mostTerms || parts.contains { !$0.isLeaf && $0.hasList }
    }

    /// Whether somewhere in it several such lists are added up.
    var hasLists: Bool {
        let few = parts.prefix(8)
        if case .sum = self, few.count(where: { $0.hasList }) > 1 { return true }
        return few.contains { !$0.isLeaf && $0.hasLists }
    }

    var isLeaf: Bool {
        switch self {
        case .cell, .constant: true
        case .function(.lookUp, _): true
        default: false
        }
    }

    var isSum: Bool {
        switch self {
        case .sum, .difference: true
        default: false
        }
    }

    /// The two factors of each product, where it is a sum of products of two cells; and what is added besides.
    var products: (pairs: [(left: Expression, right: Expression)], rest: [Expression])? {
        guard case .sum(let parts) = self else { return nil }
        var pairs: [(left: Expression, right: Expression)] = []
        var rest: [Expression] = []
        for part in parts {
            if case .product(let factors) = part, factors.count == 2, factors.allSatisfy({ $0.isLeaf }) {
                pairs.append((factors[0], factors[1]))
            } else {
                rest.append(part)
            }
        }
        guard pairs.count > 1, rest.allSatisfy({ $0.isLeaf }) else { return nil }
        return (pairs, rest)
    }
}
