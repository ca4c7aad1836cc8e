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

/// 'You are here': the stages in a row, the present one boxed, and after them which layer and head.
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
    ///   - layer: counted from zero, shown as it is typed: `L2`.
    ///   - head: likewise.
    public init(_ here: Stage, in stages: [Stage] = Stage.decoder, layer: Int? = nil, head: Int? = nil) {
        let index = stages.firstIndex(of: here)
        let detail = PlaceName.of(layer: layer, head: head)
        self.init(stages.map { $0.phrase }, lit: index.map { $0...$0 }, detail: detail)
    }

    private static let padding = 10.0
    private static let join = 8.0
    private static let boxHeight = 27.0
    private static let detailGap = 14.0

    private func font(_ index: Int) -> Font { lit?.contains(index) == true ? .small.semibold : .small }

    /// Where all names do not fit, only the stages that are lit keep theirs; the others are plain boxes.
    private func widths(_ space: Space) -> [(width: Double, isNamed: Bool)] {
        let named = stages.indices.map {
            (width: space.width(of: space.text(stages[$0]), font($0)) + 2 * Self.padding, isNamed: true)
        }
        guard row(named) + detailWidth(space) > space.width else { return named }
        return stages.indices.map { lit?.contains($0) == true ? named[$0] : (width: 18, isNamed: false) }
    }

    private func row(_ boxes: [(width: Double, isNamed: Bool)]) -> Double {
        boxes.reduce(0) { $0 + $1.width } + Self.join * Double(max(0, boxes.count - 1))
    }

    private func detailWidth(_ space: Space) -> Double {
        detail.map { space.width(of: space.text($0), .small.semibold) + Self.detailGap } ?? 0
    }

    public func extent(in space: Space) -> Extent {
        Extent(row(widths(space)) + detailWidth(space), Self.boxHeight)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let y = rect.minY + Self.boxHeight / 2
        var x = rect.minX
        for (index, (width, isNamed)) in widths(space).enumerated() {
            let box = Rect(x, rect.minY, width, Self.boxHeight)
            let isLit = lit?.contains(index) == true
            canvas.fill(
                .rounded(box.inset(by: 1), radius: 8),
                isLit ? theme.paper.mixed(with: theme.highlight, 0.16) : theme.panel,
                stroke: isLit ? Stroke(theme.highlight, width: 2) : nil)
            if isNamed {
                canvas.text(
                    space.text(stages[index]), at: Point(box.midX, y), font(index), isLit ? theme.ink : theme.muted,
                    in: space)
            }
            x += width
            if index + 1 < stages.count {
                canvas.line(Point(x, y), Point(x + Self.join, y), Stroke(theme.hairline, width: 2))
                x += Self.join
            }
        }
        guard let detail else { return }
        canvas.text(
            space.text(detail), at: Point(x + Self.detailGap, y), .small.semibold, theme.ink, .leading, in: space)
    }
}

/// Layers and heads as they are counted, from zero, and as they are typed; the same in every language.
package enum PlaceName {
    package static func layer(_ layer: Int) -> Phrase { Phrase("L\(layer)") }
    package static func head(_ head: Int) -> Phrase { Phrase("H\(head)") }

    package static func head(_ head: Int, of layer: Int) -> Phrase { Phrase("L\(layer) · H\(head)") }

    /// `L2 · H1`; nil where there is neither.
    package static func of(layer: Int?, head: Int?) -> Phrase? {
        let parts = [layer.map { "L\($0)" }, head.map { "H\($0)" }].compactMap { $0 }
        return parts.isEmpty ? nil : Phrase(parts.joined(separator: " · "))
    }
}
