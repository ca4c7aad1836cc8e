import Drawing
import Tensors
import Tracing
import Wording

/// Every parameter of the model as an area to scale, and the share of each kind.
package enum Parameters: TraceFigure {
    package static let id = "parameters"
    package static let title = Phrase(en: "Where the parameters are", zh: "参数都在哪里")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.embedding, .positions, .queryWeight, .hiddenWeight, .unembedding]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace.steps.contains { $0.isParameter && $0.shape.rank > 1 }
    }

    /// The kinds whose shares are compared.
    private enum Kind: Int, CaseIterable {
        case embedding, position, attention, feedForward, output, small

        var words: Phrase {
            switch self {
            case .embedding: Phrase(en: "embedding", zh: "词嵌入")
            case .position: Phrase(en: "position", zh: "位置")
            case .attention: Phrase(en: "attention", zh: "注意力")
            case .feedForward: Phrase(en: "feed-forward", zh: "前馈")
            case .output: Phrase(en: "output", zh: "输出")
            case .small: Phrase(en: "norms and biases", zh: "归一化与偏置")
            }
        }

        var role: Role {
            switch self {
            case .embedding: .embedding
            case .position: .position
            case .attention: .attentionOutput
            case .feedForward: .feedForward
            case .output: .probability
            case .small: .token
            }
        }

        init(_ parameter: Parameter) {
            self =
                switch parameter.name.label {
                case .embedding: .embedding
                case .positions: .position
                case .unembedding: .output
                default:
                    parameter.shape.rank < 2 || parameter.name.label.rawValue.contains(".b_")
                        ? .small
                        : parameter.name.label.rawValue.hasPrefix("attn.")
                            ? .attention : parameter.name.label.rawValue.hasPrefix("mlp.") ? .feedForward : .small
                }
        }
    }

    package typealias Parameter = (name: StepName, shape: Shape)

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        slide(request.trace.steps.filter { $0.isParameter }.map { ($0.name, $0.shape) })
    }

    /// Of a model that need not be there: its shapes are enough.
    package static func slide(_ steps: [Parameter]) -> Slide {
        let total = steps.reduce(0) { $0 + $1.shape.count }
        let counts = Kind.allCases.map { kind in
            (kind, steps.filter { Kind($0) == kind }.reduce(0) { $0 + $1.shape.count })
        }.filter { $0.1 > 0 }
        let map = Treemap(root: tree(steps))
        let most = counts.max { $0.1 < $1.1 }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Each area is to scale: one number of the model is one equal speck of it.",
                zh: "面积按比例画：模型里的每个数占同样大小的一点。"),
            here: .span(.embedding, .output),
            takeaway: Phrase(
                en: "{total} parameters in all; {name} hold {share} of them.",
                zh: "一共 {total} 个参数，其中{name}占 {share}。"
            ).filled([
                "total": Phrase(Numbers.count(total)),
                "name": Phrase(
                    en: "the \(most?.0.words.english ?? "") matrices", zh: most?.0.words.chinese ?? ""),
                "share": Phrase(Numbers.percent(Double(most?.1 ?? 0) / Double(max(1, total)))),
            ])
        ) { _ in
            Adaptive { space in
                let bars = counts.map { kind, count in
                    Bars.Bar(
                        TokenLabel(display: kind.words[space.language]), Double(count) / Double(max(1, total)),
                        tint: .role(kind.role))
                }
                let shares = VStack(.leading, spacing: 10) {
                    Text(Phrase(en: "share of all parameters", zh: "占全部参数的比例")).font(.small).color(.muted)
                    Bars(bars, length: max(70, min(220, space.width * 0.15))).rowHeight(44)
                }
                let width = space.width - shares.extent(in: space).width - 40
                return HStack(.axis, spacing: 40) {
                    map.frame(width: max(300, width), height: max(180, space.height))
                    shares
                }.any
            }.any
        }
    }

    private static func tree(_ steps: [Parameter]) -> Treemap.Node {
        var groups: [Treemap.Node] = []
        let outside = steps.filter { $0.name.block == nil }
        for step in outside where Kind(step) != .small && Kind(step) != .output { groups.append(group(step)) }
        let blocks = Set(steps.compactMap { $0.name.block }).sorted()
        if blocks.count > mostLayers {
            let words = Phrase(en: "{count} layers together", zh: "{count} 层合在一起")
                .filled(["count": Phrase(String(blocks.count))])
            groups.append(layer(words, merged(steps.filter { $0.name.block != nil })))
        } else {
            for block in blocks {
                let words = PlaceName.layer(block)
                groups.append(layer(words, steps.filter { $0.name.block == block }.map { ($0.name, $0.shape, 1) }))
            }
        }
        for step in outside where Kind(step) == .output { groups.append(group(step)) }
        return Treemap.Node(words: "", role: .residual, isRow: true, parts: groups)
    }

    /// Columns of more layers than these would be too thin to see.
    private static let mostLayers = 24

    private typealias Copies = (name: StepName, shape: Shape, count: Int)

    /// The same matrix of all layers as one, as large as they are together.
    private static func merged(_ steps: [Parameter]) -> [Copies] {
        var all: [Copies] = []
        for step in steps {
            if let place = all.firstIndex(where: { $0.name.label == step.name.label && $0.shape == step.shape }) {
                all[place].count += 1
            } else {
                all.append((step.name, step.shape, 1))
            }
        }
        return all
    }

    private static func layer(_ words: Phrase, _ own: [Copies]) -> Treemap.Node {
        func of(_ kind: Kind) -> [Copies] { own.filter { Kind(($0.name, $0.shape)) == kind } }
        let attention = of(.attention).map { leaf(($0.name, $0.shape), copies: $0.count) }
        let feedForward = of(.feedForward).map { leaf(($0.name, $0.shape), copies: $0.count) }
        var parts: [Treemap.Node] = []
        if !attention.isEmpty {
            parts.append(
                .init(words: Kind.attention.words, role: .attentionOutput, isRow: false, parts: pairs(attention)))
        }
        if !feedForward.isEmpty {
            parts.append(.init(words: Kind.feedForward.words, role: .feedForward, isRow: false, parts: feedForward))
        }
        let small = of(.small).reduce(0) { $0 + $1.shape.count * $1.count }
        if small > 0 {
            parts.append(.init(nil, words: Kind.small.words, shape: nil, count: small, role: .token, step: nil))
        }
        return Treemap.Node(words: words, role: .residual, isRow: false, parts: parts)
    }

    private static func group(_ step: Parameter) -> Treemap.Node {
        Treemap.Node(words: Kind(step).words, role: Kind(step).role, isRow: true, parts: [leaf(step)])
    }

    /// Two in a row, so that each is nearer a square.
    private static func pairs(_ nodes: [Treemap.Node]) -> [Treemap.Node] {
        stride(from: 0, to: nodes.count, by: 2).map {
            Treemap.Node(words: "", role: .residual, isRow: true, parts: Array(nodes[$0..<min($0 + 2, nodes.count)]))
        }
    }

    private static func leaf(_ step: Parameter, copies: Int = 1) -> Treemap.Node {
        let symbol = StepSymbol.of(step.name)
        return Treemap.Node(
            Formula(symbol.notation).color(.role(symbol.role)), shape: step.shape.dimensions,
            count: step.shape.count * copies, role: symbol.role, step: step.name.description)
    }
}
