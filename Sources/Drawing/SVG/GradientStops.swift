/// A strip of colours that run smoothly into each other, as a few of them with straight ways between.
struct GradientStops {
    var isUpright: Bool
    var stops: [(place: Double, color: Color)] = []

    /// What is drawn alike has the same.
    struct Key: Hashable {
        var isUpright: Bool
        var places: [Double]
        var colors: [Color]
    }

    var key: Key { Key(isUpright: isUpright, places: stops.map { $0.place }, colors: stops.map { $0.color }) }

    private static let least = 16
    private static let most = 12
    /// How far a colour on a straight way may lie from its own, in 255ths.
    private static let tolerance = 2

    /// nil where the picture is no such strip.
    init?(_ raster: Raster) {
        guard min(raster.width, raster.height) == 1, max(raster.width, raster.height) >= Self.least else { return nil }
        isUpright = raster.width == 1
        let colors = (0..<max(raster.width, raster.height)).map {
            Self.components(isUpright ? raster.pixel(0, $0) : raster.pixel($0, 0))
        }
        // A colour stands in the middle of its cell.
        func add(_ place: Int) {
            let rgba = colors[place]
            let packed = UInt32(rgba[0] << 16 | rgba[1] << 8 | rgba[2])
            stops.append(
                ((Double(place) + 0.5) / Double(colors.count), Color(packed, alpha: Double(rgba[3]) / 255)))
        }
        var from = 0
        add(0)
        while from < colors.count - 1 {
            guard stops.count < Self.most else { return nil }
            var to = from + 1
            while to + 1 < colors.count, Self.isStraight(colors, from, to + 1) { to += 1 }
            add(to)
            from = to
        }
    }

    private static func components(_ pixel: UInt32) -> [Int] {
        [pixel >> 24, pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255].map { Int($0) }
    }

    private static func isStraight(_ colors: [[Int]], _ from: Int, _ to: Int) -> Bool {
        let length = to - from
        return (from + 1..<to).allSatisfy { place in
            (0..<4).allSatisfy { part in
                let (first, last) = (colors[from][part], colors[to][part])
                let straight = first * length + (last - first) * (place - from)
                return abs(colors[place][part] * length - straight) <= tolerance * length
            }
        }
    }
}
