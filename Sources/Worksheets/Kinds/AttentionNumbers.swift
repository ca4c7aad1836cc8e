import Tensors
import Wording

/// Whole numbers for one head of attention whose scores, powers and weights are short too.
///
/// Scores are chosen first, of rows whose powers of two add up to what divides evenly; queries and their weights
/// are then solved for in whole numbers, since what they are divided by has determinant 1 or −1.
struct AttentionNumbers {
    private(set) var x: [[Int]] = []
    private(set) var queryWeight: [[Int]] = []
    private(set) var keyWeight: [[Int]] = []
    private(set) var valueWeight: [[Int]] = []

    static let tokens = 3
    static let width = 4

    /// Rows of scores: their powers of two add up to 4, 5, 8, 10, 16 or 20.
    static let niceRows: [[Int]] = {
        var rows: [[Int]] = []
        for a in 0...3 {
            for b in 0...3 {
                for c in 0...3 where [4, 5, 8, 10, 16, 20].contains((1 << a) + (1 << b) + (1 << c)) {
                    rows.append([a, b, c])
                }
            }
        }
        return rows
    }()

    init(_ random: inout RandomSource) throws(Failure) {
        for _ in 0..<200_000 where found(&random) { return }
        throw Failure(WorksheetProblem.noNumbers)
    }

    private mutating func found(_ random: inout RandomSource) -> Bool {
        x = Self.table(3, 4, of: [0, 0, 1, 1, 1, 2], &random)
        guard let inverse = SmallMatrix.inverse(x), Set(x).count == 3 else { return false }
        keyWeight = Self.table(4, 4, of: [0, 0, 0, 1, 1, -1], &random)
        let keys = SmallMatrix.product(x, keyWeight)
        guard SmallMatrix.largest(keys) <= 3, let keyInverse = SmallMatrix.inverse(keys),
            keys.allSatisfy({ $0.contains { $0 != 0 } })
        else { return false }
        let scores = (0..<3).map { _ in Self.niceRows[random.integer(below: Self.niceRows.count)] }
        guard Set(scores).count == 3, let last = scores.last, let most = last.max(),
            last.count(where: { $0 == most }) == 1
        else { return false }
        var queries: [[Int]] = []
        for row in scores {
            let free = random.integer(below: 4) - 1
            let right = zip(row, keys).map { 2 * $0 - free * $1[3] }
            queries.append(keyInverse.map { zip($0, right).reduce(0) { $0 + $1.0 * $1.1 } } + [free])
        }
        guard SmallMatrix.largest(queries) <= 4 else { return false }
        guard let weight = Self.weight(of: queries, x, inverse), SmallMatrix.largest(weight) <= 2 else { return false }
        queryWeight = weight
        valueWeight = Self.table(4, 4, of: [0, 0, 1, 1, -1, 2], &random)
        let values = SmallMatrix.product(x, valueWeight)
        return SmallMatrix.largest(values) <= 6 && Set(values).count == 3
    }

    /// `W` with `x W = q`, its last row chosen so that its numbers are small.
    private static func weight(of queries: [[Int]], _ x: [[Int]], _ inverse: [[Int]]) -> [[Int]]? {
        var columns: [[Int]] = []
        for column in 0..<width {
            let tries = [0, 1, -1].map { last -> [Int] in
                let right = (0..<tokens).map { queries[$0][column] - last * x[$0][3] }
                return inverse.map { zip($0, right).reduce(0) { $0 + $1.0 * $1.1 } } + [last]
            }
            func size(_ column: [Int]) -> Int { column.map { abs($0) }.max() ?? 0 }
            guard let best = tries.min(by: { size($0) < size($1) }) else { return nil }
            columns.append(best)
        }
        return (0..<width).map { row in columns.map { $0[row] } }
    }

    private static func table(
        _ rows: Int, _ columns: Int, of choices: [Int], _ random: inout RandomSource
    ) -> [[Int]] {
        (0..<rows).map { _ in (0..<columns).map { _ in choices[random.integer(below: choices.count)] } }
    }
}

/// Matrices of whole numbers, as lists of rows.
enum SmallMatrix {
    static func product(_ left: [[Int]], _ right: [[Int]]) -> [[Int]] {
        left.map { row in
            (right.first ?? []).indices.map { column in zip(row, right).reduce(0) { $0 + $1.0 * $1.1[column] } }
        }
    }

    static func largest(_ matrix: [[Int]]) -> Int { matrix.joined().map { abs($0) }.max() ?? 0 }

    /// Of the first three columns of three rows, where it is whole: their determinant is 1 or −1.
    static func inverse(_ m: [[Int]]) -> [[Int]]? {
        func minor(_ r: Int, _ c: Int) -> Int {
            let (r1, r2, c1, c2) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3)
            return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
        }
        guard m.count == 3, m.allSatisfy({ $0.count >= 3 }) else { return nil }
        let determinant = (0..<3).reduce(0) { $0 + m[0][$1] * minor(0, $1) }
        guard abs(determinant) == 1 else { return nil }
        return (0..<3).map { row in (0..<3).map { minor($0, row) * determinant } }
    }

    static func tensor(_ matrix: [[Int]], _ shape: Shape) throws(Failure) -> Tensor {
        try Tensor(shape, matrix.joined().map { Float($0) })
    }
}
