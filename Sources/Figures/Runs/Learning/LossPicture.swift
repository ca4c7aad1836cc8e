import Drawing
import Platform
import Training
import Wording

/// Curves over one axis of updates: the losses large, everything else that was measured low and under them.
struct LossPicture: Mark {
    /// One measure over the whole run; NaN where it was not taken.
    struct Panel {
        var name: Phrase
        var values: [Double]
        var tint: Tint
        var isShare = false
    }

    var records: [TrainingRecord]
    var words: RunWords
    /// Losses to compare with, as lines across.
    var levels: [(loss: Double, name: Phrase)]
    /// Where each record lies: what is measured before an update stands at the updates made so far.
    var steps: [Double]
    var smooth: [Double]
    /// Losses beside the one that is trained.
    var further: [Panel]
    var panels: [Panel]

    /// More would leave none of them any room.
    private static let mostPanels = 3

    init(records: [TrainingRecord], words: RunWords, levels: [(loss: Double, name: Phrase)]) {
        self.records = records
        self.words = words
        self.levels = levels
        let isBefore = !words.isWhole && !words.isShare
        steps = records.map { Double($0.step - (isBefore ? 1 : 0)) }
        let losses = records.map { $0.loss }
        smooth = words.isWhole ? losses : LossCurve.smoothed(losses, at: steps)
        let keys = Set(records.flatMap { ($0.measures ?? [:]).keys })
        func panel(_ key: String, _ tint: Tint) -> Panel {
            Panel(
                name: RunWords.name(ofMeasure: key), values: records.map { $0.measures?[key] ?? .nan }, tint: tint,
                isShare: RunWords.shares.contains(key))
        }
        let known = ["reward", "kl", "accuracy", "friend_share", "slope", "intercept"]
        func order(_ key: String) -> Int { known.firstIndex(of: key) ?? known.count }
        let isLoss = { (key: String) in key.hasSuffix("_loss") }
        further = keys.filter(isLoss).sorted().map { panel($0, .muted) }
        var panels = keys.filter { !isLoss($0) }.sorted { (order($0), $0) < (order($1), $1) }
            .map { panel($0, .role(.value)) }
        let rates = records.map { $0.learningRate }
        if Set(rates).count > 1 {
            panels.append(Panel(name: Phrase(en: "learning rate", zh: "学习率"), values: rates, tint: .muted))
        }
        let norms = records.map { $0.gradientNorm ?? .nan }
        // Older runs wrote 0 where nothing was measured.
        if norms.contains(where: { $0.isFinite && $0 > 0 }) {
            panels.append(
                Panel(name: Phrase(en: "gradient norm", zh: "梯度范数"), values: norms, tint: .role(.gradient)))
        }
        self.panels = panels.filter { $0.values.contains(where: { $0.isFinite }) }
    }

    /// Whether the smoothed line is another than the updates' own.
    var isSmoothed: Bool { !words.isWhole && records.count / 40 > 0 }

    /// Whether no update is missing between the first that was kept and the last.
    var hasEveryUpdate: Bool { zip(records, records.dropFirst()).allSatisfy { $1.step == $0.step + 1 } }

    /// A run that bursts is drawn by powers of ten.
    private var bursts: Bool {
        let finite = records.map { $0.loss }.filter { $0.isFinite && $0 > 0 }
        return (finite.max() ?? 1) > 1000 * (finite.first ?? 1)
    }

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent {
        Extent(min(space.width, 980), min(space.height, 150 + 78 * Double(min(panels.count, Self.mostPanels))))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let gap = 14.0
        let low = max(56, rect.height * (panels.count > 2 ? 0.14 : 0.17))
        // The loss keeps its room; what does not fit under it is left out, the last first.
        let least = max(90, rect.height * 0.3)
        let fitting = min(Self.mostPanels, max(0, Int(clamping: (rect.height - 30 - least) / (low + gap))))
        let panels = panels.prefix(fitting)
        let dropped = self.panels.dropFirst(panels.count).map { $0.name }
        let count = Double(panels.count)
        let theme = space.theme
        let values = records.map { $0.loss }
        var curves = [
            Chart.Curve(
                steps, smooth, theme.ink, width: 3,
                name: further.isEmpty ? nil : space.text(Phrase(en: "training", zh: "训练")))
        ]
        for (place, other) in further.enumerated() {
            curves.append(
                Chart.Curve(
                    steps, other.values, theme.muted, width: 2.25,
                    dashes: place % 2 == 0 ? [8, 5] : [2, 4], name: space.text(other.name)))
        }
        let (right, x) = (max(84, Chart.room(curves, space)), AxisScale(steps: steps))
        let frame = Rect(rect.minX, rect.minY, rect.width, rect.height - count * (low + gap) - 30)
        var y = AxisScale(values: values + further.flatMap { $0.values } + levels.map { $0.loss })
        y.isLogarithmic = bursts
        let chart = Chart(in: frame, words.loss, x: x, y: y, right: right, share: words.isShare, space)
        chart.values(&canvas)
        let each = Chart.Curve(steps, values, theme.muted.mixed(with: theme.paper, 0.55), width: 1)
        let drawn = isSmoothed ? curves + [each] : curves
        for level in levels { chart.level(level.loss, space.text(level.name), avoiding: drawn, &canvas) }
        if isSmoothed { chart.draw(each, &canvas) }
        for curve in curves.reversed() { chart.draw(curve, &canvas) }
        chart.ends(curves, &canvas)
        var bottom = frame.maxY
        for panel in panels {
            let rect = Rect(rect.minX, bottom + gap, rect.width, low)
            let chart = Chart(
                in: rect, panel.name, x: x, y: AxisScale(values: panel.values), right: right, share: panel.isShare,
                space)
            chart.ends(of: panel.values, &canvas)
            let curve = Chart.Curve(steps, panel.values, theme.color(panel.tint), width: 1.75)
            chart.draw(curve, &canvas)
            chart.ends([curve], &canvas)
            bottom = rect.maxY
        }
        if !dropped.isEmpty {
            let names = Phrase(
                en: "not drawn: " + dropped.map { $0.english }.joined(separator: ", "),
                zh: "未画出：" + dropped.map { $0.chinese }.joined(separator: "、"))
            canvas.text(
                space.shortened(space.text(names), .small, to: rect.width * 0.5),
                at: Point(rect.maxX, rect.minY + 9), .small, theme.muted, .trailing, in: space)
        }
        guard !records.isEmpty else { return }
        chart.steps(under: bottom, name: words.step, &canvas)
    }
}
