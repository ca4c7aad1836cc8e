import Drawing
import Wording

/// Models as squares whose areas are their parameters, each row a thousand times as many.
package enum ToScale {
    package static let id = "to-scale"
    package static let title = Phrase(en: "From four numbers to 175 billion, to scale", zh: "从 4 个数到 1750 亿个，按比例画")

    package struct Model: Sendable {
        var name: Phrase
        var count: Int64

        package init(_ name: Phrase, _ count: Int64) { (self.name, self.count) = (name, count) }
    }

    /// - Parameter models: from the smallest to the largest.
    package static func slide(_ models: [Model]) -> Slide {
        let (least, most) = (models.first?.count ?? 1, models.last?.count ?? 1)
        let ratio = Double(most) / Double(max(1, least))
        let takeaway = Phrase(
            en:
                "{large} has about {ratio} times the parameters of the {small}. If one parameter were a square millimetre, it would cover {area} square kilometres.",
            zh: "{large} 的参数约为{small}的 {ratio}倍。如果一个参数占 1 平方毫米，它要占 {area} 平方千米。"
        ).filled([
            "large": models.last?.name ?? "", "small": models.first?.name ?? "",
            "ratio": Self.words(ratio),
            "area": Phrase(Numbers.significant(Double(most) / 1e12, digits: 2)),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each pair of squares is to scale: the smaller model is drawn again inside the larger one.",
                zh: "每一对方块都按面积比例：小模型画在大模型里面。"),
            takeaway: takeaway,
            altText: Phrase(
                en: "Squares whose areas are parameter counts: {models}. {takeaway}",
                zh: "面积表示参数个数的方块：{models}。{takeaway}"
            ).filled([
                "models": Phrase(
                    en: models.map { "\($0.name.english) \(Numbers.count64($0.count))" }.joined(separator: ", "),
                    zh: models.map { "\($0.name.chinese) \(Numbers.count64($0.count))" }.joined(separator: "，")),
                "takeaway": takeaway,
            ])
        ) { _ in
            Panels(
                least: Size(170, 150), shape: 1.0,
                models.indices.map { place in panel(models[place], before: place > 0 ? models[place - 1] : nil) }
            ).steady()
        }
    }

    /// A large ratio as people say it: `44 billion`.
    private static func words(_ ratio: Double) -> Phrase {
        func short(_ part: Double) -> String { Numbers.significant(part, digits: 2) }
        if ratio < 10_000 { return Phrase(en: short(ratio), zh: short(ratio) + " ") }
        let english = ratio >= 1e9 ? short(ratio / 1e9) + " billion" : short(ratio / 1e3) + " thousand"
        return Phrase(en: english, zh: ratio >= 1e8 ? short(ratio / 1e8) + " 亿" : short(ratio / 1e4) + " 万")
    }

    private static func panel(_ model: Model, before: Model?) -> Panels.Panel {
        let times = before.map { Double(model.count) / Double(max(1, $0.count)) }
        let count = Numbers.count64(model.count)
        return Panels.Panel(
            name: model.name,
            note: times.map {
                Phrase(en: "{times} times the last", zh: "前一个的 {times}倍").filled(["times": words($0)])
            } ?? Phrase(en: "parameters", zh: "参数个数")
        ) { rect, space, canvas in
            let theme = space.theme
            let font = Font.mono(space.density.label)
            canvas.text(count, at: Point(rect.minX, rect.minY + font.size * 0.7), font, theme.ink, .leading, in: space)
            let top = rect.minY + font.size * 1.8
            let side = min(rect.width, rect.maxY - top) - 26
            let square = Rect(rect.minX + 13, top + (rect.maxY - top - side) / 2, side, side)
            canvas.fill(.rectangle(square), theme.tint(.value, 0.3), stroke: Stroke(theme.accent(.value), width: 2))
            guard let times, times >= 1 else { return }
            // Never thinner than a speck that can be seen; the words say the true ratio.
            let inner = max(1, side / times.squareRoot())
            let speck = Rect(square.minX, square.maxY - inner, inner, inner)
            canvas.fill(.rectangle(speck), theme.accent(.gradient))
            if inner < 8 {
                canvas.stroke(.circle(speck.center, radius: 11), Stroke(theme.accent(.gradient), width: 2))
            }
        }
    }
}

extension Numbers {
    /// A count beyond what 32 bits hold.
    static func count64(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude))
        guard digits.count > 4 else { return String(digits) }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append("\u{2009}") }
            text.append(digit)
        }
        return text
    }
}
