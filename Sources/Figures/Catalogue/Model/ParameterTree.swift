import Drawing
import Tensors
import Tracing
import Wording

/// A model's parameters as nested areas: what lies before the layers, each layer of each stack, what lies behind.
enum ParameterTree {
    private typealias Parameter = Parameters.Parameter
    private typealias Kind = ParameterKind
    private typealias Copies = (name: StepName, shape: Shape, count: Int)

    /// Columns of more layers than these would be too thin to see.
    private static let mostLayers = 24

    static func tree(_ steps: [Parameters.Parameter]) -> Treemap.Node {
        var groups: [Treemap.Node] = []
        func add(_ group: Treemap.Node, of stack: Stack) {
            var group = group
            if stack != .single { group.family = words(stack) }
            groups.append(group)
        }
        func outside(_ stack: Stack, _ kinds: [Kind]) {
            for kind in kinds {
                let own = steps.filter { $0.name.block == nil && $0.name.stack == stack && Kind($0.name.label) == kind }
                guard !own.isEmpty else { continue }
                let parts = kind == .small ? [small(own.map { ($0.name, $0.shape, 1) })] : own.map { leaf($0) }
                add(Treemap.Node(words: kind.words, role: kind.role, isRow: false, parts: parts), of: stack)
            }
        }
        let before: [Kind] = [.embedding, .position, .segment]
        outside(.single, before)
        for stack in [Stack.encoder, .decoder, .single] {
            if stack != .single { outside(stack, before) }
            layers(steps.filter { $0.name.block != nil && $0.name.stack == stack }) { add($0, of: stack) }
            if stack != .single { outside(stack, Kind.allCases.filter { !before.contains($0) }) }
        }
        outside(.single, Kind.allCases.filter { !before.contains($0) })
        return Treemap.Node(words: "", role: .residual, isRow: true, parts: groups)
    }

    private static func words(_ stack: Stack) -> Phrase {
        stack == .encoder ? Phrase(en: "encoder", zh: "编码器") : Phrase(en: "decoder", zh: "解码器")
    }

    private static func layers(_ steps: [Parameter], add: (Treemap.Node) -> Void) {
        let blocks = Set(steps.compactMap { $0.name.block }).sorted()
        if blocks.count > mostLayers {
            let words = Phrase(en: "{count} {count|layer|layers} together", zh: "{count} 层合在一起")
                .filled(["count": Phrase(String(blocks.count))])
            add(layer(words, merged(steps)))
        } else {
            for block in blocks {
                add(
                    layer(
                        PlaceName.layer(block), steps.filter { $0.name.block == block }.map { ($0.name, $0.shape, 1) }))
            }
        }
    }

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
        var parts: [Treemap.Node] = []
        for kind in Kind.allCases {
            let members = own.filter { Kind($0.name.label) == kind }
            guard !members.isEmpty else { continue }
            if kind == .small {
                parts.append(small(members))
                continue
            }
            let leaves = members.map { leaf(($0.name, $0.shape), copies: $0.count) }
            let isAttention = kind == .attention || kind == .crossAttention
            parts.append(
                .init(words: kind.words, role: kind.role, isRow: false, parts: isAttention ? pairs(leaves) : leaves))
        }
        return Treemap.Node(words: words, role: .residual, isRow: false, parts: parts)
    }

    private static func small(_ members: [Copies]) -> Treemap.Node {
        .init(
            nil, words: Kind.small.words, shape: nil, count: members.reduce(0) { $0 + $1.shape.count * $1.count },
            role: .token, step: nil)
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
            Formula(symbol.notation), shape: step.shape.dimensions,
            count: step.shape.count * copies, role: symbol.role, step: step.name.description)
    }
}
