import Drawing
import Platform
import Training

/// Values over the plane as a map of colours, with points on it.
struct PlanePicture {
    /// `[row × column]`, top row first, as many columns as rows.
    var values: [Float]
    /// What the map's full colours stand for; beyond it they stay.
    var limit = 1.0

    private var side: Int { Int(clamping: Double(values.count).squareRoot().rounded()) }

    func paint(_ rect: Rect, _ theme: Theme, onto canvas: inout Canvas) {
        let scale = ValueScale.diverging(limit: limit)
        let side = side
        let raster = Raster(width: side, height: side) { x, y in scale.color(Double(values[y * side + x]), theme) }
        canvas.add(.image(raster, rect))
    }

    /// Where the values cross zero: short pieces from side to side of each square of four neighbours.
    func boundary(in rect: Rect) -> [(Point, Point)] {
        let side = side
        guard side > 1 else { return [] }
        let cell = rect.width / Double(side)
        func point(_ x: Double, _ y: Double) -> Point {
            Point(rect.minX + (x + 0.5) * cell, rect.minY + (y + 0.5) * cell)
        }
        var pieces: [(Point, Point)] = []
        for y in 0..<side - 1 {
            for x in 0..<side - 1 {
                let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
                let found = corners.map { Double(values[$0.1 * side + $0.0]) }
                var crossings: [Point] = []
                for edge in 0..<4 {
                    let (from, to) = (found[edge], found[(edge + 1) % 4])
                    guard (from >= 0) != (to >= 0), from.isFinite, to.isFinite else { continue }
                    let share = from / (from - to)
                    let (a, b) = (corners[edge], corners[(edge + 1) % 4])
                    crossings.append(
                        point(Double(a.0) + share * Double(b.0 - a.0), Double(a.1) + share * Double(b.1 - a.1)))
                }
                for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                    pieces.append((crossings[pair], crossings[pair + 1]))
                }
            }
        }
        return pieces
    }

    func paintBoundary(in rect: Rect, _ theme: Theme, width: Double, onto canvas: inout Canvas) {
        var path = Path()
        for (from, to) in boundary(in: rect) {
            path.move(to: from)
            path.line(to: to)
        }
        guard !path.elements.isEmpty else { return }
        canvas.stroke(path, Stroke(theme.paper, width: width + 2.5))
        canvas.stroke(path, Stroke(theme.ink, width: width))
    }
}

/// A point of the plane: a disc for +1, a diamond for −1; filled where it is learned from, hollow where it tests.
struct PointLook {
    var label: Double
    var isTest: Bool

    /// The class's colour, or for a number between the map's, always away from the paper.
    func color(_ theme: Theme) -> Color {
        let strength = 0.15 + 0.85 * min(1, abs(label))
        return theme.paper.mixed(with: label >= 0 ? theme.positive : theme.negative, strength).mixed(
            with: theme.ink, 0.42)
    }

    func path(_ center: Point, radius: Double) -> Path {
        guard label < 0 else { return .circle(center, radius: radius) }
        let reach = radius * 1.28
        return .polyline(
            [
                center + Point(0, -reach), center + Point(reach, 0), center + Point(0, reach),
                center + Point(-reach, 0),
            ], closed: true)
    }

    func paint(_ center: Point, radius: Double, _ theme: Theme, onto canvas: inout Canvas) {
        let color = color(theme)
        if isTest {
            canvas.fill(path(center, radius: radius), theme.paper, stroke: Stroke(color, width: radius * 0.45))
        } else {
            canvas.fill(path(center, radius: radius), color, stroke: Stroke(theme.paper, width: 1))
        }
    }

    /// Not more than so many of each kind, spread over all of them.
    static func thinned(_ points: [PlanePoint], most: Int) -> [PlanePoint] {
        let step = max(1, (points.count + most - 1) / max(most, 1))
        return stride(from: 0, to: points.count, by: step).map { points[$0] }
    }

    /// The points that are drawn, those beyond the plane's edge left out.
    static func paint(
        training: [PlanePoint], test: [PlanePoint], in rect: Rect, radius: Double, _ theme: Theme,
        onto canvas: inout Canvas
    ) {
        for (points, isTest) in [(test, true), (training, false)] {
            for point in points where abs(point.x) <= 6 && abs(point.y) <= 6 {
                let reach = radius * 1.5
                let center = Point(
                    min(max(rect.minX + (point.x + 6) / 12 * rect.width, rect.minX + reach), rect.maxX - reach),
                    min(max(rect.minY + (6 - point.y) / 12 * rect.height, rect.minY + reach), rect.maxY - reach))
                PointLook(label: point.label, isTest: isTest).paint(center, radius: radius, theme, onto: &canvas)
            }
        }
    }
}
