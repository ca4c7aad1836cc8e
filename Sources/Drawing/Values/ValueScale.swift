/// How a number becomes a cell's colour.
public enum ValueScale: Sendable, Hashable {
    /// Orange for −limit, paper for 0, blue for +limit.
    case diverging(limit: Double)
    /// Paper for 0, ink for limit.
    case sequential(limit: Double)
    /// No colour: the numbers speak.
    case none

    public func color(_ value: Double, _ theme: Theme) -> Color {
        if value.isNaN { return theme.panel }
        return switch self {
        case .diverging(let limit): limit > 0 ? theme.diverging(value / limit) : theme.paper
        case .sequential(let limit): limit > 0 ? theme.sequential(value / limit) : theme.paper
        case .none: theme.paper
        }
    }

    /// Diverging, with the largest finite magnitude as its limit.
    public static func fitting(_ values: some Sequence<Float>) -> ValueScale {
        var limit: Float = 0
        for value in values where value.isFinite { limit = max(limit, abs(value)) }
        return .diverging(limit: Double(limit))
    }

    /// Probabilities: paper for 0, ink for 1.
    public static let probability = ValueScale.sequential(limit: 1)
}
