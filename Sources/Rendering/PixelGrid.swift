/// A painted picture in bytes.
package struct PixelGrid: Sendable {
    package let width: Int
    package let height: Int
    /// `[height × width × 4]`: red, green, blue, alpha, not multiplied.
    package internal(set) var bytes: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        bytes = [UInt8](repeating: 0, count: width * height * 4)
    }

    /// What the pixels of a rectangle have in common: their colour, each weighed by how much it covers, and the share
    /// of the rectangle that they cover.
    package func mean(
        _ columns: Range<Int>, _ rows: Range<Int>
    ) -> (red: Double, green: Double, blue: Double, coverage: Double) {
        var sums = (0, 0, 0, 0)
        let columns = columns.clamped(to: 0..<width)
        let rows = rows.clamped(to: 0..<height)
        for y in rows {
            for x in columns {
                let from = (y * width + x) * 4
                let alpha = Int(bytes[from + 3])
                sums.0 += Int(bytes[from]) * alpha
                sums.1 += Int(bytes[from + 1]) * alpha
                sums.2 += Int(bytes[from + 2]) * alpha
                sums.3 += alpha
            }
        }
        let area = columns.count * rows.count
        guard area > 0, sums.3 > 0 else { return (0, 0, 0, 0) }
        func part(_ sum: Int) -> Double { Double(sum) / Double(sums.3) / 255 }
        return (part(sums.0), part(sums.1), part(sums.2), Double(sums.3) / Double(255 * area))
    }
}
