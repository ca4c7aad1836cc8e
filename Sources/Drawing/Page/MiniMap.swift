import Wording

/// The stages of a transformer, as the small map names them.
public enum Stage: PhraseTable, Hashable {
    case tokens, embedding, position, encoder, attention, crossAttention, feedForward, output

    public var phrase: Phrase {
        switch self {
        case .tokens: Phrase(en: "tokens", zh: "词元")
        case .embedding: Phrase(en: "embedding", zh: "嵌入")
        case .position: Phrase(en: "position", zh: "位置")
        case .encoder: Phrase(en: "encoder", zh: "编码器")
        case .attention: Phrase(en: "attention", zh: "注意力")
        case .crossAttention: Phrase(en: "cross-attention", zh: "交叉注意力")
        case .feedForward: Phrase(en: "feed-forward", zh: "前馈")
        case .output: Phrase(en: "output", zh: "输出")
        }
    }

    public static let decoder: [Stage] = [.tokens, .embedding, .position, .attention, .feedForward, .output]
    public static let encoderDecoder: [Stage] = [
        .tokens, .embedding, .encoder, .attention, .crossAttention, .feedForward, .output,
    ]
}

/// 'You are here': the stages in a row, the present one boxed, and a line that says which layer and head.
public struct MiniMap: Mark {
    public var stages: [Phrase]
    /// Which stages are lit: indices into `stages`.
    public var lit: ClosedRange<Int>?
    public var detail: Phrase?

    public init(_ stages: [Phrase], lit: ClosedRange<Int>?, detail: Phrase? = nil) {
        self.stages = stages
        self.lit = lit
        self.detail = detail
    }

    /// - Parameters:
    ///   - here: the stage that is lit.
    ///   - stages: all of the way.
    ///   - layer: counted from zero, shown from one.
    ///   - head: likewise.
    public init(_ here: Stage, in stages: [Stage] = Stage.decoder, layer: Int? = nil, head: Int? = nil) {
        let index = stages.firstIndex(of: here)
        var parts: [Phrase] = []
        if let layer { parts.append(DrawingText.layer.phrase.filled(["count": Phrase(String(layer + 1))])) }
        if let head { parts.append(DrawingText.head.phrase.filled(["count": Phrase(String(head + 1))])) }
        let detail = Phrase(
            en: parts.map { $0.english }.joined(separator: " · "), zh: parts.map { $0.chinese }.joined(separator: " · ")
        )
        self.init(stages.map { $0.phrase }, lit: index.map { $0...$0 }, detail: parts.isEmpty ? nil : detail)
    }

    private static let padding = 11.0
    private static let join = 8.0
    private static let boxHeight = 30.0
    private static let detailHeight = 24.0

    private func font(_ index: Int) -> Font { lit?.contains(index) == true ? .small.semibold : .small }

    private func widths(_ space: Space) -> [Double] {
        stages.indices.map { space.width(of: space.text(stages[$0]), font($0)) + 2 * MiniMap.padding }
    }

    public func extent(in space: Space) -> Extent {
        let widths = widths(space)
        let row = widths.reduce(0, +) + MiniMap.join * Double(max(0, widths.count - 1))
        let detail = detail.map { space.width(of: space.text($0), .small) + 2 * MiniMap.padding } ?? 0
        return Extent(max(row, detail), MiniMap.boxHeight + (detail > 0 ? MiniMap.detailHeight : 0), axis: 15)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let widths = widths(space)
        let row = widths.reduce(0, +) + MiniMap.join * Double(max(0, widths.count - 1))
        var x = rect.maxX - row
        let y = rect.minY + MiniMap.boxHeight / 2
        var here: Rect?
        for (index, width) in widths.enumerated() {
            let box = Rect(x, rect.minY, width, MiniMap.boxHeight)
            let isLit = lit?.contains(index) == true
            canvas.fill(
                .rounded(box.inset(by: 1), radius: 8),
                isLit ? theme.paper.mixed(with: theme.highlight, 0.16) : theme.panel,
                stroke: isLit ? Stroke(theme.highlight, width: 2) : nil)
            canvas.text(
                space.text(stages[index]), at: Point(box.midX, y), font(index), isLit ? theme.ink : theme.muted,
                in: space)
            if isLit { here = here?.union(box) ?? box }
            x += width
            if index + 1 < widths.count {
                canvas.line(Point(x, y), Point(x + MiniMap.join, y), Stroke(theme.hairline, width: 2))
                x += MiniMap.join
            }
        }
        guard let detail else { return }
        let text = space.text(detail)
        let half = space.width(of: text, .small) / 2
        // Under the lit stage, kept inside the map.
        let middle = min(rect.maxX - half, max(rect.minX + half, here?.midX ?? rect.maxX - half))
        canvas.text(
            text, at: Point(middle, rect.minY + MiniMap.boxHeight + MiniMap.detailHeight / 2 + 2), .small, theme.muted,
            in: space)
    }
}
