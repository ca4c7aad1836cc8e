import Drawing
import Models
import Platform
import Wording

/// The eight cases of three inputs as the corners of a cube, cut by a perceptron's plane.
package enum PerceptronCube: CalculationFigure {
    package static let id = "perceptron-cube"
    package static let title = Phrase(en: "Eight cases, one plane", zh: "八种情况，一个平面")
    package static let example = "perceptron-cube([0.3, 0.5, 0.4], 0.6)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let weights = try given.vector(0, [0.3, 0.5, 0.4], count: 3...3)
        let threshold = try given.number(1, 0.6, in: -1000...1000)
        let perceptron = Perceptron(weights: weights, threshold: threshold)
        let corners = (0..<8).map { number in (0..<3).map { Double(number >> (2 - $0) & 1) } }
        let count = corners.count { perceptron.fires($0) }
        let takeaway: Phrase =
            count == 0 || count == 8
            ? Phrase(
                en: "All eight corners lie on one side of the plane: the perceptron always says {answer}.",
                zh: "八个角都在平面的同一侧：感知机永远说“{answer}”。"
            ).filled(["answer": count == 0 ? Phrase(en: "no", zh: "否") : Phrase(en: "yes", zh: "是")])
            : Phrase(
                en:
                    "In {count} of the 8 cases the sum is greater than {threshold}: they lie beyond the plane. No bend is possible: what one plane cannot part, a perceptron cannot learn.",
                zh: "8 种情况中有 {count} 种的加权和大于 {threshold}，落在平面的另一侧。平面不能弯：一个平面分不开的，感知机学不会。"
            ).filled(["count": Phrase("\(count)"), "threshold": Phrase(Numbers.plain(threshold))])
        let sum =
            "\(Numbers.plain(weights[0])) x₀ + \(Numbers.factor(weights[1])) x₁ + \(Numbers.factor(weights[2])) x₂"
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "It fires where \(sum) > \(Numbers.plain(threshold)).",
                zh: "当 \(sum) > \(Numbers.plain(threshold)) 时激活。"),
            formula: Formula(#"w_0 x_0 + w_1 x_1 + w_2 x_2 > t"#), takeaway: takeaway,
            legend: [
                LegendKey(.dot(.role(.value)), Phrase(en: "fires", zh: "激活")).any,
                LegendKey(.dot(.muted), Phrase(en: "does not", zh: "不激活")).any,
                LegendKey(.fill(.highlight), Phrase(en: "where the sum is the threshold", zh: "加权和等于阈值的平面")).any,
            ],
            altText: Phrase(
                en:
                    "A cube whose corners are the cases 000 to 111 of three inputs, with their sums; a plane cuts it. Those that fire: {cases}. {takeaway}",
                zh: "一个立方体，八个角是三个输入的 000 到 111，各标出加权和；一个平面切过它。激活的有：{cases}。{takeaway}"
            ).filled([
                "cases": Phrase(
                    corners.filter { perceptron.fires($0) }.map { name($0) }.joined(separator: ", ").ifEmpty("–")),
                "takeaway": takeaway,
            ])
        ) { _ in Cube(perceptron: perceptron, weights: weights, threshold: threshold, corners: corners) }
    }

    fileprivate static func name(_ corner: [Double]) -> String { corner.map { $0 > 0 ? "1" : "0" }.joined() }

    private struct Cube: Mark {
        var perceptron: Perceptron
        var weights: [Double]
        var threshold: Double
        var corners: [[Double]]

        var stretch: Stretch { .both }
        func extent(in space: Space) -> Extent { Extent(180 * 1.46 + 2 * beside(space), 340) }

        private func words(_ corner: [Double]) -> String {
            "\(PerceptronCube.name(corner)): \(Numbers.plain((perceptron.sum(corner) * 1e6).rounded() / 1e6))"
        }

        /// The room that a corner and its words take outside the cube.
        private func beside(_ space: Space) -> Double {
            let font = space.density.label
            return (corners.map { space.width(of: words($0), .mono(font)) }.max() ?? 0) + font.size * 1.6
        }

        func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
            let (theme, font) = (space.theme, space.density.label)
            // x₀ to the right, x₁ upwards, x₂ to the back.
            let labels = font.size * 2.6
            // As wide or as high as the page, up to twice the other.
            let most = Size((rect.width - 2 * beside(space)) / 1.46, (rect.height - labels) / 1.36)
            let side = Size(min(most.width, most.height * 2), min(most.height, most.width * 2))
            let (deepX, deepY) = (side.width * 0.46, side.height * 0.3)
            let left = rect.midX - (side.width + deepX) / 2
            let bottom = rect.midY + (side.height + deepY) / 2
            func point(_ at: [Double]) -> Point {
                Point(left + at[0] * side.width + at[2] * deepX, bottom - at[1] * side.height - at[2] * deepY)
            }
            var cut: [[Double]] = []
            for (one, other) in edges() {
                let hidden =
                    one[0] == 0 && other[0] == 0 && one[2] + other[2] > 0
                    || one[1] + other[1] == 0 && one[2] + other[2] > 0 && !(one[0] == 1 && other[0] == 1)
                canvas.stroke(
                    .line(point(one), point(other)),
                    Stroke(theme.muted, width: hidden ? 1.5 : 2.5, dashes: hidden ? [7, 6] : []))
                let (from, to) = (perceptron.sum(one) - threshold, perceptron.sum(other) - threshold)
                guard (from > 0) != (to > 0) else { continue }
                let share = from / (from - to)
                cut.append(zip(one, other).map { $0 + ($1 - $0) * share })
            }
            if cut.count > 2 {
                let points = cut.map(point)
                let middle = points.reduce(Point.zero) { $0 + $1 } * (1 / Double(points.count))
                let round = points.sorted {
                    atan2($0.y - middle.y, $0.x - middle.x) < atan2($1.y - middle.y, $1.x - middle.x)
                }
                canvas.fill(
                    .polyline(round, closed: true), theme.highlight.opacity(0.38),
                    stroke: Stroke(theme.highlight, width: 2.5))
            }
            for corner in corners {
                let (center, fires) = (point(corner), perceptron.fires(corner))
                canvas.fill(
                    .circle(center, radius: font.size * 0.62), fires ? theme.accent(.value) : theme.muted,
                    stroke: Stroke(theme.paper, width: 2))
                let text = words(corner)
                let (width, isLeft) = (space.width(of: text, .mono(font)), isLeft(corner))
                let middle = Point(
                    center.x + (isLeft ? -1 : 1) * (width / 2 + font.size),
                    center.y + (isBelow(corner) ? 1 : -1) * font.size * 0.75)
                let box = Rect(middle.x - width / 2 - 3, middle.y - font.size * 0.65, width + 6, font.size * 1.3)
                canvas.fill(.rounded(box, radius: 4), theme.paper)
                canvas.text(text, at: middle, .mono(font), fires ? theme.accent(.value) : theme.ink, in: space)
            }
        }

        /// Those at the cube's outline stand outside, the two within it inside.
        private func isLeft(_ corner: [Double]) -> Bool {
            corner == [0, 0, 1] ? false : corner == [1, 1, 0] ? true : corner[0] == 0
        }

        /// On which side of a corner no edge runs.
        private func isBelow(_ corner: [Double]) -> Bool {
            corner[2] == 0 && (corner[0] == 1 || corner[1] == 0)
        }

        private func edges() -> [([Double], [Double])] {
            corners.flatMap { one in
                (0..<3).compactMap { axis in
                    guard one[axis] == 0 else { return nil }
                    var other = one
                    other[axis] = 1
                    return (one, other)
                }
            }
        }
    }
}

extension String {
    fileprivate func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
