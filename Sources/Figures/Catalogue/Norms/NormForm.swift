/// Which normalisation gives one table from another.
enum NormForm: Sendable {
    /// The mean is taken away, and the spread divided out (Ba, Kiros & Hinton 2016).
    case layer
    /// The root mean square is divided out (Zhang & Sennrich 2019).
    case rms
    /// The numbers do not tell.
    case unknown

    /// As formulas write it.
    var symbol: String {
        switch self {
        case .layer: #"\mathrm{LN}"#
        case .rms: #"\mathrm{RMSNorm}"#
        case .unknown: #"\mathrm{Norm}"#
        }
    }

    /// Told from the numbers alone: the form whose best gain and bias give them, where the other's do not.
    ///
    /// - Parameters:
    ///   - before: `[position][width]`; likewise `after`. Fewer than three positions tell nothing.
    init(before: [[Float]], after: [[Float]]) {
        let rows = min(before.count, after.count, 32)
        let width = before.first?.count ?? 0
        let largest = after.joined().greatestMagnitude
        self = .unknown
        guard rows > 2, width > 1, largest > 0, (before + after).allSatisfy({ $0.count == width }) else { return }
        let layer = Self.distance(before, after, rows, isCentred: true) / largest
        let rms = Self.distance(before, after, rows, isCentred: false) / largest
        if layer < 5e-3, layer * 4 < rms { self = .layer }
        if rms < 5e-3, rms * 4 < layer { self = .rms }
    }

    /// How far the best gain and bias (the latter only with a mean taken away) miss, whatever was added to the
    /// variance.
    private static func distance(_ before: [[Float]], _ after: [[Float]], _ rows: Int, isCentred: Bool) -> Double {
        var best = Double.infinity
        for epsilon in [1e-12, 1e-8, 1e-6, 1e-5, 1e-3] {
            let scaled = before.prefix(rows).map { row in
                let mean = isCentred ? row.average : 0
                let spread = isCentred ? row.deviation : row.rootMeanSquare
                let root = (spread * spread + epsilon).squareRoot()
                return row.map { (Double($0) - mean) / root }
            }
            var worst = 0.0
            for column in scaled[0].indices {
                let x = scaled.map { $0[column] }
                let y = after.prefix(rows).map { Double($0[column]) }
                let count = isCentred ? Double(rows) : 0
                let (sumX, sumY) = (isCentred ? x.reduce(0, +) : 0, isCentred ? y.reduce(0, +) : 0)
                let squares = x.reduce(0) { $0 + $1 * $1 }
                let products = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
                let divisor = isCentred ? count * squares - sumX * sumX : squares
                let gain = divisor > 0 ? (isCentred ? count * products - sumX * sumY : products) / divisor : 0
                let bias = isCentred ? (sumY - gain * sumX) / count : 0
                for (one, other) in zip(x, y) { worst = max(worst, abs(gain * one + bias - other)) }
            }
            // What is not finite tells nothing.
            if worst < best { best = worst }
        }
        return best
    }
}
