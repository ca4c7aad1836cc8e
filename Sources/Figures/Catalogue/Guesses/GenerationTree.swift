import Drawing
import Tensors
import Tracing
import Wording

/// Where the text may go: the likeliest next tokens, and behind each the likeliest after it, from real passes.
package enum GenerationTree: TraceFigure {
    package static let id = "generation-tree"
    package static let title = Phrase(en: "Where the text may go", zh: "文本可能怎样续写")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        let trace = request.trace
        guard !trace.stacks.contains(.decoder), trace[StepName(.tokens, pass: 1)]?.tensor.count == 1,
            let step = trace[StepName(.probabilities)], step.shape.rank == 3, step.shape[0] == 1
        else { return false }
        return trace[StepName(.probabilities, pass: 1)] != nil && Shares(row: step.row(0, step.shape[1] - 1)).areWhole
    }

    package static func isOnDemand(_ request: FigureRequest) -> Bool { true }

    package static func numbers(_ request: FigureRequest) -> [StepName] { [StepName(.probabilities)] }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let tree = try ContinuationTree(request)
        let takeaway = takeaway(tree)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "Each branch is a pass of its own; the number is the token's probability after all that stands before it.",
                zh: "每个分支都真正计算了一遍；数字是这个词元在前文之后的概率。"),
            here: MiniMap(.output),
            formula: Formula(
                #"\role{probability}{p}(\role{token}{a\,b\,c}) = \role{probability}{p}(\role{token}{a})\;\role{probability}{p}(\role{token}{b} \mid \role{token}{a})\;\role{probability}{p}(\role{token}{c} \mid \role{token}{a\,b})"#
            ),
            takeaway: takeaway,
            legend: [
                LegendKey(.line(.role(.probability), dashed: false), Phrase(en: "thicker: more probable", zh: "越粗概率越大"))
                    .any,
                LegendKey(.frame(.highlight), Phrase(en: "the likeliest of these ways", zh: "这些路径中概率最大的")).any,
            ],
            altText: request.altText(altText(tree), takeaway)
        ) { _ in TreePicture(tree: tree).steady() }
    }

    private static func takeaway(_ tree: ContinuationTree) -> Phrase {
        guard let best = tree.best else { return title }
        let greedy = tree.leaves.first
        let sum = tree.leaves.reduce(0) { $0 + $1.total }
        let phrase: Phrase =
            greedy?.path == best.path
            ? Phrase(
                en: "Likeliest is “{text}”: {factors} ≈ {total}. The {count} {count|way|ways} together hold {sum}.",
                zh: "概率最大的是“{text}”：{factors} ≈ {total}。这 {count} 条路径合计 {sum}。")
            : Phrase(
                en:
                    "Likeliest is “{text}”: {factors} ≈ {total}, though not every token in it is the first choice at its place. The {count} {count|way|ways} together hold {sum}.",
                zh: "概率最大的是“{text}”：{factors} ≈ {total}，但并非每一步都选了首选。这 {count} 条路径合计 {sum}。")
        return phrase.filled([
            "text": Phrase(tree.text(best)),
            "factors": Phrase(best.shares.map { Numbers.percent($0) }.joined(separator: " × ")),
            "total": Phrase(Numbers.percent(best.total)), "count": Phrase(String(tree.leaves.count)),
            "sum": Phrase(Numbers.percent(sum)),
        ])
    }

    private static func altText(_ tree: ContinuationTree) -> Phrase {
        let list = tree.leaves.map { "“\(tree.text($0))” \(Numbers.percent($0.total))" }
        return Phrase(
            en: "A tree that grows to the right from the end of the text; its ways and their probabilities: {list}.",
            zh: "从文本末尾向右长出的一棵树；各条路径及其概率：{list}。"
        ).filled(["list": Phrase(en: list.joined(separator: "; "), zh: list.joined(separator: "；"))])
    }
}

/// The likeliest continuations of a text, step by step.
struct ContinuationTree: Sendable {
    struct Node: Sendable {
        var id: Int
        var share: Double
        var path: [Int]
        var shares: [Double]
        var children: [Node] = []

        /// The probability of the whole way.
        var total: Double { shares.reduce(1, *) }
    }

    /// How many branches each step has at most.
    private static let branches = [3, 2, 2]

    let start: TokenLabel
    private(set) var roots: [Node] = []
    private var labels: [Int: TokenLabel] = [:]

    func label(_ id: Int) -> TokenLabel { labels[id] ?? TokenLabel(display: "#\(id)") }

    /// The ways to the end, from top to bottom.
    var leaves: [Node] { Self.leaves(roots) }
    var best: Node? { leaves.max { $0.total < $1.total } }
    var depth: Int { leaves.map { $0.path.count }.max() ?? 0 }

    private static func leaves(_ nodes: [Node]) -> [Node] {
        nodes.flatMap { $0.children.isEmpty ? [$0] : leaves($0.children) }
    }

    /// The way as a text.
    func text(_ node: Node) -> String {
        let text = node.path.map { label($0) }.written
        return String(text.drop(while: { $0.isWhitespace }))
    }

    init(_ request: FigureRequest) throws(Failure) {
        let trace = request.trace
        start = request.labels.last ?? TokenLabel(display: "…")
        let step = try request.step(StepName(.probabilities))
        var depth = 1
        while depth < Self.branches.count, trace[StepName(.tokens, pass: depth)]?.tensor.count == 1,
            trace[StepName(.probabilities, pass: depth)] != nil
        {
            depth += 1
        }
        // What follows the last step that is asked cannot change it.
        let last = trace.place(of: StepName(.probabilities, pass: depth - 1)) ?? trace.steps.count - 1
        let part = try Trace(steps: Array(trace.steps[...last]), model: trace.model)
        roots = try Self.grown(part, row: step.row(0, step.shape[1] - 1), path: [], shares: [], depth: depth, request)
        for node in roots { name(node, request) }
    }

    private mutating func name(_ node: Node, _ request: FigureRequest) {
        labels[node.id] = request.label(id: node.id)
        for child in node.children { name(child, request) }
    }

    /// The branches behind a way, each with those behind it: the run computed anew with all of the way's tokens.
    private static func grown(
        _ trace: Trace, row: [Float], path: [Int], shares: [Double], depth: Int, _ request: FigureRequest
    ) throws(Failure) -> [Node] {
        let count = path.isEmpty ? max(1, min(request.top ?? branches[0], 5)) : branches[path.count]
        var nodes: [Node] = []
        for token in largest(row, count) {
            var node = Node(
                id: token.id, share: Double(token.value), path: path + [token.id],
                shares: shares + [Double(token.value)])
            let pass = node.path.count
            // A way ends with the text.
            if pass < depth, request.label(id: token.id).kind != .special {
                var tokens: [StepName: Tensor] = [:]
                for (place, id) in node.path.enumerated() {
                    tokens[StepName(.tokens, pass: place + 1)] = try Tensor([1, 1], [Float(id)])
                }
                if let step = try trace.replaying(tokens)[StepName(.probabilities, pass: pass)] {
                    node.children = try grown(
                        trace, row: step.row(0, 0), path: node.path, shares: node.shares, depth: depth, request)
                }
            }
            nodes.append(node)
        }
        return nodes
    }
}
