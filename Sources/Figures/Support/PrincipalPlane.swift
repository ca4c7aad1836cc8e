import Platform

/// The plane in which a few points lie farthest apart: their first two principal components, found exactly.
///
/// The points are few and their space is wide, so the eigenvectors are those of the points' inner products, by Jacobi's
/// rotations: always the same, in the order of the eigenvalues, with the largest coordinate of each axis positive.
struct PrincipalPlane: Sendable {
    /// How much of the points' spread (the sum of squared distances from their mean) the plane keeps.
    let share: Double
    /// `[point][axis]`
    let points: [[Double]]
    private let mean: [Double]
    private let centred: [[Double]]
    /// By which multiples of the centred points each axis is spanned: `[axis][point]`.
    private let spans: [[Double]]

    /// nil where the points do not spread.
    init?(_ rows: [[Float]]) {
        guard let width = rows.first?.count, rows.count > 1, rows.allSatisfy({ $0.count == width }) else { return nil }
        let count = Double(rows.count)
        let mean = (0..<width).map { column in rows.reduce(0) { $0 + Double($1[column]) } / count }
        let centred = rows.map { row in zip(row, mean).map { Double($0) - $1 } }
        let gram = centred.map { left in centred.map { Self.dot(left, $0) } }
        let (values, vectors) = Self.eigen(gram)
        let total = values.reduce(0) { $0 + max(0, $1) }
        guard total > 0, total.isFinite else { return nil }
        let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
        var (spans, coordinates): ([[Double]], [[Double]]) = ([], [])
        var kept = 0.0
        for axis in order.prefix(2) {
            let value = values[axis]
            guard value > total * 1e-12 else {
                spans.append([Double](repeating: 0, count: rows.count))
                coordinates.append([Double](repeating: 0, count: rows.count))
                continue
            }
            var vector = rows.indices.map { vectors[$0][axis] }
            let strongest = vector.max { abs($0) < abs($1) - 1e-12 } ?? 0
            if strongest < 0 { vector = vector.map { -$0 } }
            let length = value.squareRoot()
            spans.append(vector.map { $0 / length })
            coordinates.append(vector.map { $0 * length })
            kept += value
        }
        while coordinates.count < 2 {
            spans.append([Double](repeating: 0, count: rows.count))
            coordinates.append([Double](repeating: 0, count: rows.count))
        }
        self.mean = mean
        self.centred = centred
        self.spans = spans
        share = kept / total
        points = rows.indices.map { point in coordinates.map { $0[point] } }
    }

    /// Where any vector's shadow falls in the plane.
    func projected(_ row: [Float]) -> [Double] {
        let own = zip(row, mean).map { Double($0) - $1 }
        let products = centred.map { Self.dot($0, own) }
        return spans.map { Self.dot($0, products) }
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Eigenvalues and eigenvectors (in columns) of a symmetric matrix, by rotations that each make one pair of cells
    /// zero (Jacobi 1846).
    private static func eigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
        let count = matrix.count
        var a = matrix
        var v = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<60 {
            var off = 0.0
            var all = 0.0
            for row in 0..<count {
                for column in 0..<count {
                    all += a[row][column] * a[row][column]
                    if row != column { off += a[row][column] * a[row][column] }
                }
            }
            guard off > all * 1e-24, off.isFinite else { break }
            for p in 0..<count {
                for q in p + 1..<max(p + 1, count) where a[p][q] != 0 {
                    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<count {
                        let (x, y) = (a[k][p], a[k][q])
                        (a[k][p], a[k][q]) = (c * x - s * y, s * x + c * y)
                    }
                    for k in 0..<count {
                        let (x, y) = (a[p][k], a[q][k])
                        (a[p][k], a[q][k]) = (c * x - s * y, s * x + c * y)
                        let (w, z) = (v[k][p], v[k][q])
                        (v[k][p], v[k][q]) = (c * w - s * z, s * w + c * z)
                    }
                }
            }
        }
        return ((0..<count).map { a[$0][$0] }, v)
    }
}
