import Drawing
import Training
import Wording

/// What each worker keeps and what it sends, in bytes, beside a worker that does all alone.
package enum HoldingsFigure {
    package static let id = "parallel-memory"
    package static let title = Phrase(en: "What each worker keeps and sends", zh: "每个工作者保存什么、发送什么")

    /// - Parameters:
    ///   - holdings: the workers'.
    ///   - alone: of one worker with the whole model and the whole batch.
    ///   - subtitle: how the work is split.
    package static func slide(holdings: [WorkerHolding], alone: WorkerHolding, subtitle: Phrase) -> Slide {
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
private struct HoldingBars: ComposedMark {
    struct Kind: Sendable {
        var words: Phrase
        var tint: Tint
        var bytes: @Sendable (WorkerHolding) -> Int
    }

    static let kinds: [Kind] = [
        Kind(words: Phrase(en: "parameters", zh: "参数"), tint: .role(.embedding)) { $0.parameters },
        Kind(words: Phrase(en: "gradients", zh: "梯度"), tint: .role(.gradient)) { $0.gradients },
        Kind(words: Phrase(en: "optimiser state", zh: "优化器状态"), tint: .role(.scores)) { $0.optimizerState },
        Kind(words: Phrase(en: "activations", zh: "激活值"), tint: .role(.residual)) { $0.activations },
        Kind(words: Phrase(en: "sent", zh: "发送"), tint: .role(.attentionOutput)) { $0.sent },
    ]

    var holdings: [WorkerHolding]
    var alone: WorkerHolding

    func build(_ space: Space) -> AnyMark {
        let rows =
            [(Phrase(en: "alone", zh: "单独一个"), alone, Int?.none)]
            + holdings.map { (WorkerLook.name($0.worker), $0, Int?.some($0.worker)) }
        let most = rows.map { max($0.1.total, $0.1.sent) }.max() ?? 1
        let tracks = [Table.Track(), Table.Track(gap: 10), Table.Track(340...(.infinity), gap: 20)]
        return Table(rows.count, tracks, pitch: 36...220, fewest: rows.count) { place, _ in
            let (name, holding, worker) = rows[place]
            let look = Drawn(18, 18) { rect, space, canvas in
                if let worker { WorkerLook(worker: worker).paint(rect, space.theme, onto: &canvas) }
            }
            return Table.Row([
                look.any, Text(name).font(.label.semibold).any,
                Drawn(0, 0, stretch: .both) { rect, space, canvas in
                    paint(holding, space.text(name), rect, most: most, space, &canvas)
                }.any,
            ])
        }.any
    }

    private func paint(
        _ holding: WorkerHolding, _ name: String, _ rect: Rect, most: Int, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let length = rect.width - 110
        func width(_ bytes: Int) -> Double { most > 0 ? length * Double(bytes) / Double(most) : 0 }
        func bar(_ kind: Kind, _ box: Rect, _ stroke: Stroke?) {
            let bytes = kind.bytes(holding)
            canvas.fill(.rectangle(box), theme.color(kind.tint), stroke: stroke)
            canvas.hotSpot(box, "\(name), \(space.text(kind.words)): \(Bytes.text(bytes))", value: "\(bytes)")
        }
        let thick = rect.height * 0.46
        var x = rect.minX
        for kind in Self.kinds.dropLast() where kind.bytes(holding) > 0 {
            let box = Rect(x, rect.midY - thick / 2, width(kind.bytes(holding)), thick)
            bar(kind, box, Stroke(theme.paper, width: 1.5))
            x = box.maxX
        }
        canvas.text(
            Bytes.text(holding.total), at: Point(x + 10, rect.midY), .mono(.label), theme.ink, .leading, in: space)
        guard holding.sent > 0 else { return }
        let sent = Rect(
            rect.minX, rect.midY + thick / 2 + rect.height * 0.09, max(2, width(holding.sent)), rect.height * 0.13)
        bar(Self.kinds[4], sent, nil)
        canvas.text(
            Bytes.text(holding.sent), at: Point(sent.maxX + 10, sent.midY), .mono(.small), theme.muted, .leading,
            in: space)
    }
}
