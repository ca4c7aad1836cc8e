import Drawing
import Wording

/// The plane before and after a matrix: its grid, its unit vectors, and what becomes of an area of one.
package enum PlaneFigure: CalculationFigure {
    package static let id = "plane"
    package static let title = Phrase(en: "A matrix turns the whole plane", zh: "矩阵改变整个平面")
    package static let example = "plane([[1, 1], [0.5, 2]])"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let m = try given.matrix(0, [[1, 1], [0.5, 2]], rows: 2...2, columns: 2...2)
        let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0]
        let takeaway = takeaway(determinant)
        let sum =
            "\(Numbers.factor(m[0][0])) × \(Numbers.factor(m[1][1])) − \(Numbers.factor(m[0][1])) × \(Numbers.factor(m[1][0]))"
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Its columns say where the two unit vectors go; everything else goes along with them.",
                zh: "矩阵的两列就是两个单位向量的去处，其余的点跟着走。"),
            formula: Formula(
                #"\begin{pmatrix} a & b \\ c & d \end{pmatrix}: \quad \mathrm{det} = a d - b c"#),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.query), dashed: false), Phrase(en: "first unit vector", zh: "第一个单位向量")).any,
                LegendKey(.line(.role(.key), dashed: false), Phrase(en: "second unit vector", zh: "第二个单位向量")).any,
                LegendKey(
                    .fill(.highlight), Phrase(en: "an area of 1, and what becomes of it", zh: "面积为 1 的一块，和它变成的样子")
                )
                .any,
            ],
            altText: Phrase(
                en:
                    "Two planes: on the left the square grid with both unit vectors, on the right the same grid after the matrix; the first unit vector goes to {one}, the second to {two}. {takeaway}",
                zh: "两个平面：左边是方格和两个单位向量，右边是同一张方格经过矩阵之后；第一个单位向量变为 {one}，第二个变为 {two}。{takeaway}"
            ).filled([
                "one": Phrase(Numbers.vector([m[0][0], m[1][0]])), "two": Phrase(Numbers.vector([m[0][1], m[1][1]])),
                "takeaway": takeaway,
            ])
        ) { _ in
            Filling { space in
                let boards = [board(nil, as: m), board(m, as: m)]
                let middle = VStack(.center, spacing: 10) {
                    Matrix(numbers: m).named("M").withoutShape()
                        .highlighting(column: 0, .role(.query)).highlighting(column: 1, .role(.key))
                    Text("det = \(sum)").font(.mono(.small))
                    Text("\(Numbers.equals(determinant)) \(Numbers.plain(determinant))")
                        .font(.mono(space.density.label).semibold)
                }
                // Whatever makes the boards largest.
                let (size, gap) = (middle.size(in: space), space.density.gap)
                let beside = min((space.width - size.width) / 2 - gap, space.height)
                let over = min((space.width - gap) / 2, space.height - size.height - gap)
                let stacked = min(space.width - size.width - gap, (space.height - gap) / 2)
                if beside >= max(over, stacked) {
                    return HStack(.middle) {
                        boards[0]
                        middle
                        boards[1]
                    }.any
                }
                return over >= stacked
                    ? VStack {
                        HStack(.middle) {
                            boards[0]
                            boards[1]
                        }
                        middle
                    }.any
                    : HStack(.middle) {
                        VStack {
                            boards[0]
                            boards[1]
                        }
                        middle
                    }.any
            }
        }
    }

    private static func takeaway(_ determinant: Double) -> Phrase {
        let values: KeyValuePairs<String, Phrase> = [
            "area": Phrase(Numbers.plain(abs(determinant))), "det": Phrase(Numbers.plain(determinant)),
        ]
        if determinant == 0 {
            return Phrase(
                en: "The determinant is 0: the plane is pressed flat, and nothing brings it back.",
                zh: "行列式为 0：平面被压扁了，再也变不回来。")
        }
        if determinant < 0 {
            return Phrase(
                en: "The area of 1 becomes {area}; the determinant, {det}, is negative: the plane is turned over.",
                zh: "面积 1 变为 {area}；行列式 {det} 为负：平面翻了个面。"
            ).filled(values)
        }
        return Phrase(
            en: "The area of 1 becomes {area}: that is the determinant.", zh: "面积 1 变为 {area}：这就是行列式。"
        ).filled(values)
    }

    /// - Parameter matrix: nil for the plane as it is; `all` decides the scale of both.
    private static func board(_ matrix: [[Double]]?, as all: [[Double]]) -> some Mark {
        Drawn(220, 220, stretch: .both) { rect, space, canvas in
            func moved(_ x: Double, _ y: Double) -> PlaneBoard.Place {
                guard let m = matrix else { return (x, y) }
                return (m[0][0] * x + m[0][1] * y, m[1][0] * x + m[1][1] * y)
            }
            let theme = space.theme
            let reach =
                max(
                    1.2, abs(all[0][0]), abs(all[0][1]), abs(all[1][0]), abs(all[1][1]),
                    abs(all[0][0] + all[0][1]), abs(all[1][0] + all[1][1])) * 1.12
            let ends: [PlaneBoard.Place] = [(-reach * 0.5, -reach * 0.5), (reach, reach)]
            let side = min(rect.width, rect.height)
            let square = Rect(rect.midX - side / 2, rect.midY - side / 2, side, side)
            var board = PlaneBoard(showing: ends, in: square, space)
            let lines = grid(board, square, moved)
            for (from, to, isAxis) in lines {
                canvas.fill(
                    .polyline(thick(from, to, isAxis ? 2.4 : 1.1), closed: true),
                    isAxis ? theme.muted : theme.muted.mixed(with: theme.paper, 0.55))
            }
            let corners = [moved(0, 0), moved(1, 0), moved(1, 1), moved(0, 1)].map { board.point($0) }
            canvas.fill(.polyline(corners, closed: true), theme.highlight.opacity(0.45))
            for (tip, role, name) in [(moved(1, 0), Role.query, (1.0, 0.0)), (moved(0, 1), .key, (0.0, 1.0))] {
                board.keep(clearOf: (0, 0), tip)
                board.arrow((0, 0), tip, theme.accent(role), &canvas)
                let place = matrix == nil ? [name.0, name.1] : [tip.x, tip.y]
                board.name(Numbers.vector(place), at: tip, awayFrom: (0, 0), theme.accent(role))
            }
            board.paintNames(&canvas, font: space.density.label)
        }
    }

    /// The lines of whole numbers, moved, as far as they are inside.
    private static func grid(
        _ board: PlaneBoard, _ area: Rect, _ moved: (Double, Double) -> PlaneBoard.Place
    ) -> [(Point, Point, Bool)] {
        let far = 40
        return (-far...far).flatMap { line -> [(Point, Point, Bool)] in
            let (at, end) = (Double(line), Double(far))
            return [
                (board.point(moved(at, -end)), board.point(moved(at, end))),
                (board.point(moved(-end, at)), board.point(moved(end, at))),
            ].compactMap { from, to in clipped(from, to, area).map { ($0.0, $0.1, line == 0) } }
        }
    }

    /// A straight line as a thin strip.
    private static func thick(_ from: Point, _ to: Point, _ width: Double) -> [Point] {
        let side = (to - from).unit.turned * (width / 2)
        return [from + side, to + side, to - side, from - side]
    }

    /// What of a straight piece lies inside a rectangle (Liang and Barsky's clipping).
    private static func clipped(_ from: Point, _ to: Point, _ rect: Rect) -> (Point, Point)? {
        var (low, high) = (0.0, 1.0)
        let delta = to - from
        for (p, q) in [
            (-delta.x, from.x - rect.minX), (delta.x, rect.maxX - from.x), (-delta.y, from.y - rect.minY),
            (delta.y, rect.maxY - from.y),
        ] {
            if p == 0 {
                if q < 0 { return nil }
            } else if p < 0 {
                low = max(low, q / p)
            } else {
                high = min(high, q / p)
            }
            if low >= high { return nil }
        }
        return (from + delta * low, from + delta * high)
    }
}
