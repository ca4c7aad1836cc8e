import Drawing
import Platform
import Wording

/// Two arrows, the angle between them, and the shadow that one throws on the other.
package enum DotProductFigure: CalculationFigure {
    package static let id = "dot-product"
    package static let title = Phrase(en: "The dot product: how far two vectors agree", zh: "点积：两个向量有多一致")
    package static let example = "dot-product([2, 3], [4, 1])"

    private struct Numbers2 {
        var a: [Double]
        var b: [Double]
        var dot: Double { a[0] * b[0] + a[1] * b[1] }
        var lengthA: Double { (a[0] * a[0] + a[1] * a[1]).squareRoot() }
        var lengthB: Double { (b[0] * b[0] + b[1] * b[1]).squareRoot() }
        /// nil where a vector has no direction.
        var cosine: Double? {
            lengthA > 0 && lengthB > 0 ? max(-1, min(1, dot / lengthA / lengthB)) : nil
        }
        var degrees: Double? { cosine.map { atan2((1 - $0 * $0).squareRoot(), $0) * 180 / .pi } }
        /// Of a on b, signed.
        var shadow: Double? { lengthB > 0 ? dot / lengthB : nil }
        var foot: (x: Double, y: Double)? {
            lengthB > 0 ? (b[0] * dot / (lengthB * lengthB), b[1] * dot / (lengthB * lengthB)) : nil
        }
    }

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let a = try given.vector(0, [2, 3], count: 2...2)
        let b = try given.vector(1, [4, 1], count: 2...2)
        let pair = Numbers2(a: a, b: b)
        let takeaway = takeaway(pair)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "An attention score is this number: a query's shadow on a key, times the key's length.",
                zh: "注意力得分就是这样一个数：查询在键上的投影长，乘以键的长度。"),
            formula: Formula(
                #"\role{query}{a} \cdot \role{key}{b} = \role{query}{a_1} \role{key}{b_1} + \role{query}{a_2} \role{key}{b_2} = |\role{query}{a}|\, |\role{key}{b}| \cos\theta"#
            ),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.highlight, dashed: false), Phrase(en: "the shadow of a on b", zh: "a 在 b 方向上的投影")).any
            ],
            altText: Phrase(
                en:
                    "Two arrows from the origin, a to {a} and b to {b}; from the tip of a a dashed line falls at a right angle on the line of b. {takeaway}",
                zh: "从原点出发的两个箭头，a 到 {a}，b 到 {b}；从 a 的终点向 b 所在的直线作垂线。{takeaway}"
            ).filled(["a": Phrase(Numbers.vector(a)), "b": Phrase(Numbers.vector(b)), "takeaway": takeaway])
        ) { _ in Split(board(pair), beside: SumLines(lines(pair))) }
    }

    private static func takeaway(_ pair: Numbers2) -> Phrase {
        guard let degrees = pair.degrees else {
            return Phrase(en: "A vector of length 0 points nowhere: the dot product is 0.", zh: "长度为 0 的向量没有方向：点积是 0。")
        }
        let words: Phrase =
            pair.dot > 0
            ? Phrase(
                en: "They point {angle} apart, less than 90°: the dot product, {dot}, is positive.",
                zh: "两者夹角 {angle}，小于 90°：点积 {dot}，为正。")
            : pair.dot < 0
                ? Phrase(
                    en: "They point {angle} apart, more than 90°: the dot product, {dot}, is negative.",
                    zh: "两者夹角 {angle}，大于 90°：点积 {dot}，为负。")
                : Phrase(
                    en: "They stand at a right angle: the dot product is 0, however long they are.",
                    zh: "两者互相垂直：无论多长，点积都是 0。")
        return words.filled([
            "angle": Phrase(Numbers.fixed(degrees, decimals: 1) + "°"), "dot": Phrase(Numbers.plain(pair.dot)),
        ])
    }

    private static func lines(_ pair: Numbers2) -> [SumLines.Line] {
        func length(_ vector: [Double], _ length: Double) -> String {
            let squares = vector.map { Numbers.factor($0) + "²" }.joined(separator: " + ")
            return "√(\(squares)) \(Numbers.equals(length)) \(Numbers.plain(length))"
        }
        var lines = [
            SumLines.Line(
                Phrase(en: "number by number, then added", zh: "逐个相乘，再相加"),
                "a · b = " + Numbers.products(Array(zip(pair.a, pair.b)))),
            SumLines.Line(
                Phrase(en: "length of a", zh: "a 的长度"), "|a| = " + length(pair.a, pair.lengthA), .role(.query)),
            SumLines.Line(Phrase(en: "length of b", zh: "b 的长度"), "|b| = " + length(pair.b, pair.lengthB), .role(.key)),
        ]
        if let degrees = pair.degrees, let cosine = pair.cosine, let shadow = pair.shadow {
            lines.append(
                SumLines.Line(
                    Phrase(en: "angle between them", zh: "夹角"),
                    "cos θ ≈ \(Numbers.fixed(cosine, decimals: 3)),  θ ≈ \(Numbers.fixed(degrees, decimals: 1))°"))
            lines.append(
                SumLines.Line(
                    Phrase(en: "shadow of a on b, with its sign", zh: "a 在 b 上的投影长（带符号）"),
                    "a · b / |b| \(Numbers.equals(shadow)) \(Numbers.plain(shadow))"))
        }
        return lines
    }

    private static func board(_ pair: Numbers2) -> some Mark {
        Drawn(320, 320, stretch: .both) { rect, space, canvas in
            let (zero, tipA, tipB) = ((0.0, 0.0), (pair.a[0], pair.a[1]), (pair.b[0], pair.b[1]))
            let theme = space.theme
            var board = PlaneBoard(showing: [tipA, tipB] + (pair.foot.map { [($0.x, $0.y)] } ?? []), in: rect, space)
            board.keep(clearOf: zero, tipA)
            board.keep(clearOf: zero, tipB)
            if let foot = pair.foot {
                board.keep(clearOf: tipA, (foot.x, foot.y))
                board.keep(clearOf: zero, (foot.x, foot.y))
            }
            board.grid(&canvas)
            if let foot = pair.foot {
                let end = (foot.x, foot.y)
                board.line(zero, end, theme.highlight.mixed(with: theme.paper, 0.2), width: 15, &canvas)
                board.line(tipA, end, theme.muted, width: 2.5, dashes: [8, 6], &canvas)
            }
            board.arrow(zero, tipB, theme.accent(.key), &canvas)
            board.arrow(zero, tipA, theme.accent(.query), &canvas)
            board.name("a " + Numbers.vector(pair.a), at: tipA, awayFrom: zero, theme.accent(.query))
            board.name("b " + Numbers.vector(pair.b), at: tipB, awayFrom: zero, theme.accent(.key))
            if let degrees = pair.degrees, degrees > 1 { angle(pair, board, &canvas, &board) }
            board.paintNames(&canvas, font: space.density.label)
        }
    }

    private static func angle(_ pair: Numbers2, _ shown: PlaneBoard, _ canvas: inout Canvas, _ board: inout PlaneBoard)
    {
        let theme = shown.theme
        let (from, to) = (atan2(pair.a[1], pair.a[0]), atan2(pair.b[1], pair.b[0]))
        // The short way round.
        var turn = to - from
        if turn > .pi { turn -= 2 * .pi }
        if turn < -.pi { turn += 2 * .pi }
        let radius = 0.3 * min(pair.lengthA, pair.lengthB)
        let places = (0...24).map { from + turn * Double($0) / 24 }.map { (radius * cos($0), radius * sin($0)) }
        canvas.stroke(.polyline(places.map { shown.point(($0.0, $0.1)) }), Stroke(theme.ink, width: 2.5))
        for (one, other) in zip(places, places.dropFirst()) { board.keep(clearOf: one, other) }
        board.name("θ", at: (places[12].0, places[12].1), awayFrom: (0, 0), theme.ink)
    }
}
