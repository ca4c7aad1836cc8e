import Drawing
import Platform

/// A piece of the plane with equal units on both axes: a grid, arrows, and names beside them that no line crosses.
struct PlaneBoard {
    typealias Place = (x: Double, y: Double)

    let area: Rect
    /// What lies in the middle of the area, and how many pixels a unit has.
    private let middle: Place
    private let unit: Double
    private let space: Space
    /// Lines that names keep clear of.
    private var lines: [(Point, Point)] = []
    private var showsNumbers = false
    private var names: [(text: String, near: Point, from: Point, color: Color)] = []

    /// - Parameter places: what must be seen; the origin always is.
    init(showing places: [Place], in rect: Rect, _ space: Space) {
        let xs = places.map { $0.x }.filter { $0.isFinite } + [0]
        let ys = places.map { $0.y }.filter { $0.isFinite } + [0]
        let (left, right) = (xs.min() ?? 0, xs.max() ?? 1)
        let (low, high) = (ys.min() ?? 0, ys.max() ?? 1)
        let span = max(right - left, high - low, 1e-9)
        let pad = 0.13 * span
        area = rect
        middle = ((left + right) / 2, (low + high) / 2)
        unit = max(
            min(rect.width / max(right - left + 2 * pad, 1e-9), rect.height / max(high - low + 2 * pad, 1e-9)), 1e-9)
        self.space = space
    }

    var theme: Theme { space.theme }

    func point(_ place: Place) -> Point {
        Point(area.midX + (place.x - middle.x) * unit, area.midY - (place.y - middle.y) * unit)
    }

    func length(_ units: Double) -> Double { units * unit }

    private var xs: ClosedRange<Double> {
        (middle.x - area.width / 2 / unit)...(middle.x + area.width / 2 / unit)
    }
    private var ys: ClosedRange<Double> {
        (middle.y - area.height / 2 / unit)...(middle.y + area.height / 2 / unit)
    }

    /// The distance between lines of the grid: one, or a round number with room enough.
    private var step: Double {
        var step = 1.0
        while step * unit < 34 { step *= step.isPowerOfTenTimesTwo ? 2.5 : 2 }
        while step * unit > 180 { step /= 2 }
        return step
    }

    /// Where lines of the grid are.
    private func ticks(_ range: ClosedRange<Double>) -> [Double] {
        let step = step
        return stride(
            from: (range.lowerBound / step).rounded(.up), through: (range.upperBound / step).rounded(.down), by: 1
        ).map { $0 * step }
    }

    /// The lines of whole numbers, faint, the axes stronger with their numbers.
    mutating func grid(_ canvas: inout Canvas) {
        showsNumbers = true
        // Filled, as a ground: what is written stands on it.
        for x in ticks(xs) {
            let width = x == 0 ? 2.0 : 1
            canvas.fill(
                .rectangle(Rect(point((x, 0)).x - width / 2, area.minY, width, area.height)),
                x == 0 ? theme.muted : theme.hairline)
        }
        for y in ticks(ys) {
            let width = y == 0 ? 2.0 : 1
            canvas.fill(
                .rectangle(Rect(area.minX, point((0, y)).y - width / 2, area.width, width)),
                y == 0 ? theme.muted : theme.hairline)
        }
    }

    /// The numbers of the axes, where neither a line nor a name is.
    private func paintNumbers(clearOf taken: [Rect], _ canvas: inout Canvas) {
        let origin = point((0, 0))
        func fits(_ text: String, at place: Point, _ font: Font) -> Bool {
            let box = box(text, at: place, font)
            return area.contains(box) && !lines.contains { meets($0.0, $0.1, box.outset(by: 4)) }
                && !taken.contains { $0.intersection(box.outset(by: 2)) != nil }
        }
        let font = Font.mono(.small)
        for x in ticks(xs) where x != 0 {
            let text = Numbers.significant(x)
            let place = Point(point((x, 0)).x, origin.y + font.size * 0.8)
            if fits(text, at: place, font) { plate(text, at: place, font, theme.muted, &canvas) }
        }
        for y in ticks(ys) where y != 0 {
            let text = Numbers.significant(y)
            let place = Point(origin.x - 8 - space.width(of: text, font) / 2, point((0, y)).y)
            if fits(text, at: place, font) { plate(text, at: place, font, theme.muted, &canvas) }
        }
    }

    private func box(_ text: String, at place: Point, _ font: Font) -> Rect {
        let (width, height) = (space.width(of: text, font), font.size * 1.15)
        return Rect(place.x - width / 2, place.y - height / 2, width, height)
    }

    private func plate(_ text: String, at place: Point, _ font: Font, _ color: Color, _ canvas: inout Canvas) {
        canvas.fill(.rounded(box(text, at: place, font).outset(by: 2), radius: 4), theme.paper.opacity(0.85))
        canvas.text(text, at: place, font, color, in: space)
    }

    /// Notes a line that names keep clear of.
    mutating func keep(clearOf from: Place, _ to: Place) { lines.append((point(from), point(to))) }

    mutating func name(_ text: String, at place: Place, awayFrom from: Place, _ color: Color) {
        names.append((text, point(place), point(from), color))
    }

    func arrow(
        _ from: Place, _ to: Place, _ color: Color, width: Double = 5, dashes: [Double] = [], _ canvas: inout Canvas
    ) {
        let (start, end) = (point(from), point(to))
        guard (end - start).length > 1 else {
            canvas.fill(.circle(end, radius: width), color)
            return
        }
        let head = min(width * 3.6, (end - start).length * 0.6)
        canvas.line(start, end - (end - start).unit * (head * 0.7), Stroke(color, width: width, dashes: dashes))
        canvas.fill(.arrowHead(from: start, tip: end, length: head, width: head * 0.9), color)
    }

    func line(
        _ from: Place, _ to: Place, _ color: Color, width: Double = 2, dashes: [Double] = [], _ canvas: inout Canvas
    ) {
        canvas.line(point(from), point(to), Stroke(color, width: width, dashes: dashes))
    }

    /// The names, each beside its place where no line and no other name is.
    func paintNames(_ canvas: inout Canvas, font: Font = .label) {
        var taken: [Rect] = []
        for name in names {
            let size = Size(space.width(of: name.text, font.semibold) + 4, font.size * 1.3)
            let away = (name.near - name.from).unit
            let base = away.length > 0 ? atan2(away.y, away.x) : -Double.pi / 4
            var best: Rect?
            search: for reach in [1.0, 1.7, 2.6, 3.8] {
                for turn in [0.0, 0.6, -0.6, 1.2, -1.2, 1.8, -1.8, 2.4, -2.4, 3.1] {
                    let direction = Point(cos(base + turn), sin(base + turn))
                    let distance = (abs(direction.x) * size.width + abs(direction.y) * size.height) / 2 + 8 * reach
                    let center = name.near + direction * distance
                    let box = Rect(center.x - size.width / 2, center.y - size.height / 2, size.width, size.height)
                    guard area.contains(box), !taken.contains(where: { $0.intersection(box) != nil }),
                        !lines.contains(where: { meets($0.0, $0.1, box) })
                    else { continue }
                    best = box
                    break search
                }
            }
            guard let box = best else { continue }
            taken.append(box)
            canvas.fill(.rounded(box, radius: 4), theme.paper.opacity(0.85))
            canvas.text(name.text, at: box.center, font.semibold, name.color, in: space)
        }
        if showsNumbers { paintNumbers(clearOf: taken, &canvas) }
    }

    /// Whether a straight piece comes into a box: by its points, closer together than the box is high.
    private func meets(_ from: Point, _ to: Point, _ box: Rect) -> Bool {
        let steps = max(1, Int(clamping: (to - from).length / 4))
        return (0...steps).contains { box.contains(from + (to - from) * (Double($0) / Double(steps))) }
    }
}

extension Double {
    /// 2, 20, 0.2 …: the next round number is two and a half times as large.
    fileprivate var isPowerOfTenTimesTwo: Bool {
        var value = self
        while value >= 10 { value /= 10 }
        while value < 1, value > 0 { value *= 10 }
        return abs(value - 2) < 0.001
    }
}
