/// How a number becomes a cell's colour.
public enum ValueScale: Sendable, Hashable {
    /// Orange for −limit, paper for 0, blue for +limit.
    case diverging(limit: Double)
    /// Paper for 0, ink for limit.
    case sequential(limit: Double)
    /// No colour: the numbers speak.
    case none

    public func color(_ value: Double, _ theme: Theme) -> Color {
        guard value.isFinite else { return OddNumber.color(theme) }
        return switch self {
        case .diverging(let limit): limit > 0 ? theme.diverging(value / limit) : theme.paper
        case .sequential(let limit): limit > 0 ? theme.sequential(value / limit) : theme.paper
        case .none: theme.paper
        }
    }

    /// The number that has the end's colour; 0 without colours.
    public var limit: Double {
        switch self {
        case .diverging(let limit), .sequential(let limit): limit
        case .none: 0
        }
    }

    /// Diverging, with the largest finite magnitude as its limit.
    @inlinable public static func fitting(_ values: some Sequence<Float>) -> ValueScale {
        var limit: Float = 0
        for value in values where value.isFinite { limit = max(limit, abs(value)) }
        return .diverging(limit: Double(limit))
    }

    /// Amounts between 0 and 1, or up to the largest of them where they are no shares.
    @inlinable public static func shares(_ values: some Sequence<Float>) -> ValueScale {
        let largest = values.reduce(Float(1)) { $1.isFinite ? max($0, $1) : $0 }
        return .sequential(limit: largest > 1.0001 ? Double(largest) : 1)
    }

    /// Probabilities: paper for 0, ink for 1.
    public static let probability = ValueScale.sequential(limit: 1)
}
