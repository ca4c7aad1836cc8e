import Platform

/// The values along one axis, and which of them are named.
package struct AxisScale: Sendable, Hashable {
    package var range: ClosedRange<Double>
    /// At the logarithm of one more than they are, so that the first few are seen and 0 has a place.
    package var isLogarithmic: Bool
    /// The room beyond the range's end, as a share of it.
    private var headroom = 0.0

    package init(_ range: ClosedRange<Double>, logarithmic: Bool = false) {
        self.range = range
        isLogarithmic = logarithmic
    }

    /// From the least to the largest of whole steps; at least one step long.
    package init(steps: [Double], logarithmic: Bool = false) {
        let (first, last) = (steps.min() ?? 0, steps.max() ?? 1)
        self.init(first < last ? first...last : first - (first >= 1 ? 1 : 0)...first + 1, logarithmic: logarithmic)
    }

    /// From zero or the least of these values to zero or the largest, with a little room above.
    package init(values: [Double]) {
        let finite = values.filter { $0.isFinite }
        let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
        self.init(low...(low < high ? high : low + 1))
        headroom = 0.04
    }

    /// The finite ones of these values, with some of their span on either side.
    package init(around values: [Double], room: Double) {
        let finite = values.filter { $0.isFinite }
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        let pad = max((high - low) * room, abs(high) * 0.01, 1e-6)
        self.init(low - pad...high + pad)
    }

    private func scaled(_ value: Double) -> Double { isLogarithmic ? log(1 + max(value, 0)) : value }

    /// Where a value lies: 0 at the axis' beginning, 1 at its end.
    package func share(_ value: Double) -> Double {
        let (low, high) = (scaled(range.lowerBound), scaled(range.upperBound))
        return (scaled(value) - low) / ((high - low) * (1 + headroom))
    }

    /// What lies at such a share of the axis; of an axis that is not logarithmic.
    package func value(at share: Double) -> Double {
        range.lowerBound + share * (range.upperBound - range.lowerBound) * (1 + headroom)
    }

    /// Round numbers inside the range, at most about `count` of them; of a logarithmic axis 0 and powers of ten.
    package func ticks(_ count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return [range.lowerBound] }
        guard !isLogarithmic else {
            var ticks: [Double] = [0, 1]
            while let tick = ticks.last, tick * 10 <= range.upperBound { ticks.append(tick * 10) }
            return ticks.filter { range.contains($0) }
        }
        var power = 1.0
        while power > span { power /= 10 }
        while power * 10 <= span { power *= 10 }
        let step =
            [0.1, 0.2, 0.5, 1, 2, 5].map { $0 * power }.first { span / $0 <= Double(max(1, count)) } ?? power * 10
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    }
}
