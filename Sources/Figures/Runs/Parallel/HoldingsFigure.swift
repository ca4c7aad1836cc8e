import Drawing
import Training
import Wording

/// What each worker keeps and what it sends, in bytes, beside a worker that does all alone.
public enum HoldingsFigure {
    public static let id = "parallel-memory"
    public static let title = Phrase(en: "What each worker keeps and sends", zh: "每个工作者保存什么、发送什么")

    /// - Parameters:
    ///   - holdings: the workers'.
    ///   - alone: of one worker with the whole model and the whole batch.
    ///   - subtitle: how the work is split.
    public static func slide(holdings: [WorkerHolding], alone: WorkerHolding, subtitle: Phrase) -> Slide {
        let most = holdings.map { $0.total }.max() ?? 0
        let sent = holdings.map { $0.sent }.max() ?? 0
        let takeaway = Phrase(
            en: "Alone: {alone}. Shared by {n}: at most {most} each, and each sends up to {sent} per step.",
            zh: "单独一个：{alone}。{n} 个分担：每个最多 {most}，每一步最多发送 {sent}。"
        ).filled([
            "alone": Phrase(Bytes.text(alone.total)), "n": Phrase("\(holdings.count)"),
            "most": Phrase(Bytes.text(most)), "sent": Phrase(Bytes.text(sent)),
        ])
        return Slide(
            id: id, title: title, subtitle: subtitle, takeaway: takeaway,
            legend: HoldingBars.kinds.map { LegendKey(.fill($0.tint), $0.words).any },
            densities: [.comfortable]
        ) { _ in HoldingBars(holdings: holdings, alone: alone) }
    }
}

/// A stacked bar for each worker, and a thin one under it for what it sends.
private struct HoldingBars: Mark {
    struct Kind: Sendable {
        var words: Phrase
        var tint: Tint
        var bytes: @Sendable (WorkerHolding) -> Int
    }

    static let kinds: [Kind] = [
        Kind(words: Phrase(en: "parameters", zh: "参数"), tint: .role(.embedding)) { $0.parameters },
        Kind(words: Phrase(en: "gradients", zh: "梯度"), tint: .role(.gradient)) { $0.gradients },
        Kind(words: Phrase(en: "optimiser state", zh: "优化器状态"), tint: .role(.scores)) { $0.optimizerState },
        Kind(words: Phrase(en: "activations", zh: "中间结果"), tint: .role(.residual)) { $0.activations },
        Kind(words: Phrase(en: "sent", zh: "发送"), tint: .role(.attentionOutput)) { $0.sent },
    ]

    var holdings: [WorkerHolding]
    var alone: WorkerHolding

    private static let label = 150.0
    private static let value = 110.0

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent {
        Extent(Self.label + Self.value + 240, Double(holdings.count + 1) * 36)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let rows =
            [(Phrase(en: "alone", zh: "单独一个"), alone, Int?.none)]
            + holdings.map { (WorkerLook.name($0.worker), $0, Int?.some($0.worker)) }
        let row = min(96, rect.height / Double(rows.count))
        let top = rect.minY + (rect.height - row * Double(rows.count)) / 2
        let most = rows.map { max($0.1.total, $0.1.sent) }.max() ?? 1
        let length = rect.width - Self.label - Self.value
        func width(_ bytes: Int) -> Double { most > 0 ? length * Double(bytes) / Double(most) : 0 }
        for (place, (name, holding, worker)) in rows.enumerated() {
            let y = top + Double(place) * row
            let thick = row * 0.46
            let start = rect.minX + Self.label
            if let worker {
                WorkerLook(worker: worker).paint(Rect(rect.minX, y + row * 0.3 - 9, 18, 18), theme, onto: &canvas)
            }
            canvas.text(
                space.text(name), at: Point(rect.minX + 28, y + row * 0.3), .label.semibold, theme.ink, .leading,
                in: space)
            var x = start
            for kind in Self.kinds.dropLast() {
                let bytes = kind.bytes(holding)
                guard bytes > 0 else { continue }
                let box = Rect(x, y + row * 0.3 - thick / 2, width(bytes), thick)
                canvas.fill(.rectangle(box), theme.color(kind.tint), stroke: Stroke(theme.paper, width: 1.5))
                canvas.hotSpot(
                    box, "\(space.text(name)), \(space.text(kind.words)): \(Bytes.text(bytes))", value: "\(bytes)")
                x += box.width
            }
            canvas.text(
                Bytes.text(holding.total), at: Point(x + 10, y + row * 0.3), .mono(.label), theme.ink, .leading,
                in: space)
            guard holding.sent > 0 else { continue }
            let box = Rect(start, y + row * 0.3 + thick / 2 + row * 0.09, max(2, width(holding.sent)), row * 0.13)
            canvas.fill(.rectangle(box), theme.color(Self.kinds[4].tint))
            canvas.hotSpot(
                box, "\(space.text(name)), \(space.text(Self.kinds[4].words)): \(Bytes.text(holding.sent))",
                value: "\(holding.sent)")
            canvas.text(
                Bytes.text(holding.sent), at: Point(box.maxX + 10, box.midY), .mono(.small), theme.muted, .leading,
                in: space)
        }
    }
}
