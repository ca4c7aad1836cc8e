import Drawing
import Models
import Tensors
import Tracing
import Training
import Wording

/// A bowl of losses with its true contours, and the ways of four optimisers down it.
package enum LossSurface: CalculationFigure {
    package static let id = "loss-surface"
    package static let title = Phrase(en: "Four ways down the same bowl", zh: "同一个碗，四种下法")
    package static let example = "loss-surface([[1, 0], [0, 12]], [−3, 2], [2, 1], 30)"

    /// `½ (w − m)ᵀ A (w − m)`
    struct Bowl: Sendable {
        var a: [[Double]]
        var middle: [Double]

        func loss(_ w: [Double]) -> Double {
            let d = [w[0] - middle[0], w[1] - middle[1]]
            return 0.5 * (a[0][0] * d[0] * d[0] + (a[0][1] + a[1][0]) * d[0] * d[1] + a[1][1] * d[1] * d[1])
        }

        func slope(_ w: [Double]) -> [Double] {
            let d = [w[0] - middle[0], w[1] - middle[1]]
            let cross = (a[0][1] + a[1][0]) / 2
            return [a[0][0] * d[0] + cross * d[1], cross * d[0] + a[1][1] * d[1]]
        }

        /// The curvatures along its axes, the smaller first.
        var curvatures: (Double, Double) {
            let cross = (a[0][1] + a[1][0]) / 2
            let mean = (a[0][0] + a[1][1]) / 2
            let half = (((a[0][0] - a[1][1]) / 2) * ((a[0][0] - a[1][1]) / 2) + cross * cross).squareRoot()
            return (mean - half, mean + half)
        }
    }

    package struct Way: Sendable {
        package var name: Phrase
        package var rate: Double
        package var path: [[Double]]
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let a = try given.matrix(0, [[1, 0], [0, 12]], rows: 2...2, columns: 2...2)
        let start = try given.vector(1, [-3, 2], count: 2...2)
        let middle = try given.vector(2, [2, 1], count: 2...2)
        let steps = try given.count(3, 30, in: 1...500)
        let bowl = Bowl(a: a, middle: middle)
        let (low, high) = bowl.curvatures
        try CalculationArguments.require(
            low > 0,
            Phrase(en: "the matrix should make a bowl: both its eigenvalues positive", zh: "矩阵应使损失成碗形：两个特征值都为正"))
        let ways = ways(bowl, start, steps: steps)
        let ends = ways.map { way in (way, bowl.loss(way.path[way.path.count - 1])) }
        let order = ends.sorted { $0.1 < $1.1 }
        let places = ways.flatMap { $0.path } + [middle]
        func span(_ axis: Int) -> Double {
            max((places.map { $0[axis] }.max() ?? 1) - (places.map { $0[axis] }.min() ?? 0), 1e-6)
        }
        let shape = span(0) / span(1)
        let takeaway = Phrase(
            en: "After {steps} {steps|step|steps} from a loss of {start}: ", zh: "从损失 {start} 出发，走 {steps} 步之后："
        ).filled(["steps": Phrase("\(steps)"), "start": Phrase(Numbers.significant(bowl.loss(start)))])
        let list = order.map { (way, loss) in
            Phrase(en: "{name} {loss}", zh: "{name} {loss}").filled([
                "name": way.name, "loss": Phrase(Numbers.significant(loss, digits: 2)),
            ])
        }
        let said = Phrase(
            en: takeaway.english + list.map { $0.english }.joined(separator: ", ") + ".",
            zh: takeaway.chinese + list.map { $0.chinese }.joined(separator: "，") + "。")
        let ratio = Numbers.significant(high / low, digits: 2)
        return Slide(
            id: id, title: title,
            subtitle: (Double(ratio) == 1
                ? Phrase(
                    en: "The bowl is as steep one way as the other; each contour lies at half the loss of the next.",
                    zh: "碗在各个方向上一样陡；每条等高线的损失是外面一条的一半。")
                : Phrase(
                    en:
                        "The bowl is {ratio} times as steep one way as the other; each contour lies at half the loss of the next.",
                    zh: "碗在一个方向上的陡度是另一个方向的 {ratio} 倍；每条等高线的损失是外面一条的一半。"
                ).filled(["ratio": Phrase(ratio)])),
            formula: Formula(#"L = \frac{1}{2} (w - m)^\top A\, (w - m), \quad \role{gradient}{\nabla L} = A (w - m)"#),
            takeaway: said,
            altText: Phrase(
                en:
                    "Four maps of the same elliptic contours around {middle}, on each the way of one optimiser from {start}. {takeaway}",
                zh: "四幅相同的椭圆等高线图，中心在 {middle}，各画一种优化器从 {start} 出发的路径。{takeaway}"
            ).filled([
                "middle": Phrase(Numbers.vector(middle)), "start": Phrase(Numbers.vector(start)), "takeaway": said,
            ])
        ) { _ in
            Panels(least: Size(240, 100), shape: max(0.7, min(3, shape)), ways.map { panel($0, ways, bowl) }).steady()
        }
    }

    /// The project's own optimisers, each with a rate that suits it: plain descent and momentum by the steepest
    /// curvature, Adam and LAMB by how far there is to go.
    package static func ways(
        _ a: [[Double]], _ start: [Double], _ middle: [Double], steps: Int
    ) -> [Way] { ways(Bowl(a: a, middle: middle), start, steps: steps) }

    private static func ways(_ bowl: Bowl, _ start: [Double], steps: Int) -> [Way] {
        let steep = bowl.curvatures.1
        let far =
            ((start[0] - bowl.middle[0]) * (start[0] - bowl.middle[0])
            + (start[1] - bowl.middle[1]) * (start[1] - bowl.middle[1])).squareRoot()
        let kinds: [(Phrase, OptimizerSettings, Double)] = [
            ("SGD", OptimizerSettings(.sgd), 1.7 / steep),
            (Phrase(en: "momentum 0.8", zh: "动量 0.8"), OptimizerSettings(.sgd, momentum: 0.8), 0.5 / steep),
            ("Adam", OptimizerSettings(.adam), 0.08 * far), ("LAMB", OptimizerSettings(.lamb), 0.12),
        ]
        return kinds.map { name, settings, rate in
            // Written with two digits, and used as written.
            let rate = Double(Numbers.significant(rate, digits: 2)) ?? rate
            var parameters = ParameterSet([
                Parameter(
                    name: StepName(Label(rawValue: "w")),
                    tensor: Tensor([2]) { buffer in
                        for place in buffer.indices { buffer.initializeElement(at: place, to: Float(start[place])) }
                    }, axes: [.width])
            ])
            var optimizer = settings.make(for: parameters)
            var path = [start]
            for _ in 0..<steps {
                let slope = bowl.slope(path[path.count - 1])
                let gradient = Tensor([2]) { buffer in
                    for place in buffer.indices { buffer.initializeElement(at: place, to: Float(slope[place])) }
                }
                optimizer.update(&parameters, gradients: [gradient], rate: rate)
                path.append(parameters.all[0].tensor.scalars.map { Double($0) })
            }
            return Way(name: name, rate: rate, path: path)
        }
    }

    private static func panel(_ way: Way, _ all: [Way], _ bowl: Bowl) -> Panels.Panel {
        let end = bowl.loss(way.path[way.path.count - 1])
        return Panels.Panel(
            name: way.name,
            note: Phrase(en: "rate {rate}, loss at the end {loss}", zh: "学习率 {rate}，最后的损失 {loss}").filled([
                "rate": Phrase(Numbers.plain(way.rate)), "loss": Phrase(Numbers.significant(end, digits: 2)),
            ])
        ) { rect, space, canvas in
            let theme = space.theme
            // One map for all four.
            let places = all.flatMap { $0.path } + [bowl.middle]
            func range(_ axis: Int, _ length: Double) -> ClosedRange<Double> {
                let (low, high) = (places.map { $0[axis] }.min() ?? 0, places.map { $0[axis] }.max() ?? 1)
                let pad = max(0.1 * (high - low), 1e-6)
                return (low - pad)...(high + pad)
            }
            let (xs, ys) = (range(0, rect.width), range(1, rect.height))
            let spanX = xs.upperBound - xs.lowerBound
            let spanY = ys.upperBound - ys.lowerBound
            // Equal units, so that the gradient stands at right angles on the contours.
            let unit = min(rect.width / spanX, rect.height / spanY)
            func point(_ w: [Double]) -> Point {
                Point(
                    rect.midX + (w[0] - (xs.lowerBound + xs.upperBound) / 2) * unit,
                    rect.midY - (w[1] - (ys.lowerBound + ys.upperBound) / 2) * unit)
            }
            func place(_ point: Point) -> [Double] {
                [
                    (xs.lowerBound + xs.upperBound) / 2 + (point.x - rect.midX) / unit,
                    (ys.lowerBound + ys.upperBound) / 2 - (point.y - rect.midY) / unit,
                ]
            }
            let top = bowl.loss(way.path[0]) * 4
            contours(rect, top, { bowl.loss(place($0)) }, theme, &canvas)
            let points = way.path.map(point).map {
                Point(min(rect.maxX, max(rect.minX, $0.x)), min(rect.maxY, max(rect.minY, $0.y)))
            }
            canvas.stroke(.polyline(points), Stroke(theme.paper, width: 6))
            canvas.stroke(.polyline(points), Stroke(theme.accent(.gradient), width: 3))
            for point in points {
                canvas.fill(.circle(point, radius: 4), theme.accent(.gradient), stroke: Stroke(theme.paper, width: 1))
            }
            let middle = point(bowl.middle)
            for side in [Point(8, 8), Point(8, -8)] {
                canvas.line(middle - side, middle + side, Stroke(theme.ink, width: 3))
            }
            canvas.fill(.circle(points[0], radius: 8), theme.highlight, stroke: Stroke(theme.ink, width: 2))
        }
    }

    /// Where the loss is `top`, half of it, a quarter …: bands that darken inwards, with a line at each edge.
    private static func contours(
        _ rect: Rect, _ top: Double, _ loss: (Point) -> Double, _ theme: Theme, _ canvas: inout Canvas
    ) {
        let bands = 9
        func band(_ value: Double) -> Int {
            var (level, place) = (top, 0)
            while value < level, place < bands {
                level /= 2
                place += 1
            }
            return place
        }
        let (width, height) = (max(2, Int(clamping: rect.width / 2)), max(2, Int(clamping: rect.height / 2)))
        let cell = Point(rect.width / Double(width), rect.height / Double(height))
        var rows: [[Int]] = []
        for y in 0...height {
            rows.append(
                (0...width).map { x in
                    band(loss(Point(rect.minX + (Double(x) + 0.5) * cell.x, rect.minY + (Double(y) + 0.5) * cell.y)))
                })
        }
        let raster = Raster(width: width, height: height) { x, y in
            let own = rows[y][x]
            // A dark pixel where the next one lies in another band.
            let isEdge = own != rows[y][x + 1] || own != rows[y + 1][x]
            let ground = theme.paper.mixed(with: theme.full, 0.02 + 0.16 * Double(bands - own) / Double(bands))
            return isEdge ? theme.muted : ground
        }
        canvas.add(.image(raster, rect))
    }
}
