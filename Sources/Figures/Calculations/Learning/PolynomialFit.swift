import Drawing
import Platform
import Tensors
import Wording

/// A curve fitted to points by polynomials of growing degree: with as many numbers as points the points are learned by
/// heart, and points that were kept back are met worse.
package enum PolynomialFit: CalculationFigure {
    package static let id = "polynomial-fit"
    package static let title = Phrase(
        en: "A curve through points, with more and more parameters", zh: "用越来越多的参数，让曲线贴近同样的点")
    package static let example = "polynomial-fit([1, 3, 9], 10, 0.3)"

    /// The rule that the points follow but for chance.
    private static func rule(_ x: Double) -> Double { sin(2.5 * x) }

    private struct Point: Sendable {
        var x: Double
        var y: Double
    }

    private struct Fit: Sendable {
        var degree: Int
        var curve: LegendreSeries
        var training: Double
        var heldOut: Double
        var parameters: Int { degree + 1 }
    }

    private struct Fits: Sendable {
        var learned: [Point]
        var keptBack: [Point]
        var all: [Fit]
        /// The mean squared error of the rule itself on the points that were kept back: what chance leaves.
        var chance: Double
    }

    /// - Throws: ``CalculationProblem``.
    private static func fits(_ given: CalculationArguments) throws(Failure) -> Fits {
        let degrees = try given.vector(0, [1, 3, 9], count: 1...6)
        let count = try given.count(1, 10, in: 3...60)
        let noise = try given.number(2, 0.3, in: 0...2)
        let seed = try given.count(3, 1, in: 0...1_000_000)
        var random = RandomSource(seed: UInt64(seed))
        // Evenly over −1 … 1; those that are kept back lie half-way between them.
        func points(_ first: Double, _ count: Int, apart step: Double) -> [Point] {
            (0..<count).map { place in
                let x = first + step * Double(place)
                return Point(x: x, y: rule(x) + noise * random.normal())
            }
        }
        let step = 2 / Double(count - 1)
        let learned = points(-1, count, apart: step)
        let keptBack = points(-1 + step / 2, count - 1, apart: step)
        var all: [Fit] = []
        for number in degrees {
            guard let degree = Int(exactly: number), (0...30).contains(degree), degree < count else {
                throw Failure(
                    CalculationProblem(
                        Phrase(
                            en:
                                "degrees should be whole numbers from 0 to \(min(30, count - 1)), fewer than the points",
                            zh: "次数应为 0 到 \(min(30, count - 1)) 的整数，要少于点数")))
            }
            let curve = LegendreSeries(
                fitting: learned.map { $0.x }, to: learned.map { $0.y }, degree: degree)
            all.append(
                Fit(
                    degree: degree, curve: curve, training: error(learned) { curve($0) },
                    heldOut: error(keptBack) { curve($0) }))
        }
        return Fits(learned: learned, keptBack: keptBack, all: all, chance: error(keptBack, rule))
    }

    private static func error(_ points: [Point], _ curve: (Double) -> Double) -> Double {
        points.reduce(0) { sum, point in
            let error = curve(point.x) - point.y
            return sum + error * error
        } / Double(max(points.count, 1))
    }

    /// `points`, `chance`, and of each degree `degree.9.parameters`, `degree.9.training`, `degree.9.held_out`.
    package static func numbers(_ given: CalculationArguments) throws(Failure) -> [String: Double] {
        let fits = try fits(given)
        var numbers = ["points": Double(fits.learned.count), "chance": fits.chance]
        for fit in fits.all {
            let name = "degree.\(fit.degree)."
            numbers[name + "parameters"] = Double(fit.parameters)
            numbers[name + "training"] = fit.training
            numbers[name + "held_out"] = fit.heldOut
        }
        return numbers
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let fits = try fits(given)
        let takeaway = takeaway(fits)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Each curve is the one of least squares through the {count} filled points; the hollow ones it never saw.",
                zh: "每条曲线都是对 {count} 个实心点的最小二乘拟合；空心点它没有见过。"
            ).filled(["count": Phrase("\(fits.learned.count)")]),
            formula: Formula(#"y = c_0 + c_1 x + c_2 x^2 + \dots + c_d x^d"#), takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.feedForward), dashed: false), Phrase(en: "the fitted curve", zh: "拟合的曲线")).any,
                LegendKey(.line(.muted, dashed: true), Phrase(en: "the rule behind the points", zh: "点背后的规律")).any,
                LegendKey(.dot(.ink), Phrase(en: "learned from", zh: "用来拟合")).any,
                LegendKey(.frame(.role(.gradient)), Phrase(en: "kept back", zh: "留出不看")).any,
            ],
            altText: Phrase(
                en:
                    "{panels} charts with the same {count} points to learn from and {kept} kept back between them, each with a curve of another degree. {takeaway}",
                zh: "{panels} 张图，点都一样：{count} 个用来拟合，夹在中间的 {kept} 个留出；每张图的曲线次数不同。{takeaway}"
            ).filled([
                "kept": Phrase("\(fits.keptBack.count)"), "panels": Phrase("\(fits.all.count)"),
                "count": Phrase("\(fits.learned.count)"), "takeaway": takeaway,
            ])
        ) { _ in Panels(least: Size(230, 180), shape: 1.15, fits.all.map { panel($0, fits) }).steady() }
    }

    /// An error that rounding alone has left is none.
    private static func number(_ error: Double) -> String {
        error < 1e-12 ? "0" : Numbers.significant(error, digits: 2)
    }

    private static func takeaway(_ fits: Fits) -> Phrase {
        let words = fits.all.map { fit in
            Phrase(
                en: "{count} learned {training}, kept back {held}", zh: "{count}：拟合点 {training}，留出点 {held}"
            ).filled([
                "count": fit.parameters == 1
                    ? Phrase(en: "1 parameter:", zh: "1 个参数")
                    : Phrase(en: "{n} parameters:", zh: "{n} 个参数").filled(["n": Phrase("\(fit.parameters)")]),
                "training": Phrase(number(fit.training)), "held": Phrase(number(fit.heldOut)),
            ])
        }
        return Phrase(
            en: "Mean squared error. " + words.map { $0.english }.joined(separator: "; ") + ".",
            zh: "均方误差。" + words.map { $0.chinese }.joined(separator: "；") + "。")
    }

    private static func panel(_ fit: Fit, _ fits: Fits) -> Panels.Panel {
        Panels.Panel(
            name: Phrase(en: "degree {degree}: {count}", zh: "{degree} 次：{count}").filled([
                "degree": Phrase("\(fit.degree)"),
                "count": fit.parameters == 1
                    ? Phrase(en: "1 parameter", zh: "1 个参数")
                    : Phrase(en: "{n} parameters", zh: "{n} 个参数").filled(["n": Phrase("\(fit.parameters)")]),
            ]),
            note: Phrase(en: "error: learned {training}, kept back {held}", zh: "误差：拟合点 {training}，留出点 {held}").filled([
                "training": Phrase(number(fit.training)), "held": Phrase(number(fit.heldOut)),
            ])
        ) { rect, space, canvas in
            let theme = space.theme
            let values = (fits.learned + fits.keptBack).map { $0.y }
            // The points' own room and some more; a curve that leaves it is cut off there.
            let (low, high) = (values.min() ?? -1, values.max() ?? 1)
            let pad = 0.35 * max(high - low, 0.1)
            let chart = Chart(
                in: Rect(rect.minX, rect.minY, rect.width, rect.height - Font.small.size * 2), "y",
                x: AxisScale(-1...1), y: AxisScale(low - pad...high + pad), right: 12, space)
            chart.values(&canvas)
            let steps = (0...240).map { -1 + 2 * Double($0) / 240 }
            chart.draw(
                Chart.Curve(steps, steps.map { rule($0) }, theme.muted, width: 2, dashes: [7, 5]), &canvas)
            // In pieces, where it leaves the chart.
            var piece: [Double] = []
            for step in steps + [.nan] {
                let value = fit.curve(step)
                if value >= low - pad, value <= high + pad {
                    piece.append(step)
                } else if !piece.isEmpty {
                    let values = piece.map { fit.curve($0) }
                    chart.draw(Chart.Curve(piece, values, theme.accent(.feedForward), width: 4), &canvas)
                    piece = []
                }
            }
            for point in fits.keptBack {
                canvas.fill(
                    .circle(chart.point(point.x, point.y), radius: 5), theme.paper,
                    stroke: Stroke(theme.accent(.gradient), width: 2))
            }
            for point in fits.learned {
                canvas.fill(
                    .circle(chart.point(point.x, point.y), radius: 5.5), theme.ink,
                    stroke: Stroke(theme.paper, width: 1))
            }
            chart.steps(under: chart.rect.maxY, name: "x", whole: false, &canvas)
        }
    }
}

/// A polynomial on −1 … 1 as a sum of Legendre's, which stay apart where powers of x grow alike.
struct LegendreSeries: Sendable {
    private(set) var coefficients: [Double]

    /// Of least squares, by Householder's reflections, in double precision.
    init(fitting xs: [Double], to ys: [Double], degree: Int) {
        let columns = degree + 1
        var rows = xs.map { Self.values(at: $0, count: columns) }
        var right = ys
        coefficients = Array(repeating: 0, count: columns)
        guard rows.count >= columns, right.count == rows.count else { return }
        for column in 0..<columns {
            let length = (column..<rows.count).reduce(0.0) { $0 + rows[$1][column] * rows[$1][column] }.squareRoot()
            guard length > 0 else { continue }
            var mirror = (column..<rows.count).map { rows[$0][column] }
            mirror[0] += mirror[0] < 0 ? -length : length
            let square = mirror.reduce(0) { $0 + $1 * $1 }
            guard square > 0 else { continue }
            for other in column..<columns {
                let dot = mirror.indices.reduce(0.0) { $0 + mirror[$1] * rows[column + $1][other] }
                for place in mirror.indices { rows[column + place][other] -= 2 * dot / square * mirror[place] }
            }
            let dot = mirror.indices.reduce(0.0) { $0 + mirror[$1] * right[column + $1] }
            for place in mirror.indices { right[column + place] -= 2 * dot / square * mirror[place] }
        }
        for column in (0..<columns).reversed() {
            let known = (column + 1..<columns).reduce(0.0) { $0 + rows[column][$1] * coefficients[$1] }
            guard abs(rows[column][column]) > 1e-12 else { continue }
            coefficients[column] = (right[column] - known) / rows[column][column]
        }
    }

    func callAsFunction(_ x: Double) -> Double {
        zip(coefficients, Self.values(at: x, count: coefficients.count)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// P₀(x), P₁(x) … by their recurrence.
    private static func values(at x: Double, count: Int) -> [Double] {
        var values = [1.0, x]
        while values.count < count {
            let n = Double(values.count - 1)
            values.append(((2 * n + 1) * x * values[values.count - 1] - n * values[values.count - 2]) / (n + 1))
        }
        return Array(values.prefix(count))
    }
}
