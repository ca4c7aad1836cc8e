import Drawing
import Tensors
import Tracing
import Wording

/// How a text goes on, one token a frame: the model reads everything so far, a token is chosen, and is read in turn.
public enum WordChain: TraceFigure {
    public static let id = "word-chain"
    public static let title = Phrase(en: "One token at a time", zh: "一个词元接一个词元")
    public static let scope = FigureScope.once
    public static let shows: [Label] = [.probabilities]

    public static func isPossible(_ request: FigureRequest) -> Bool { !links(request).isEmpty }

    public static func numbers(_ request: FigureRequest) -> [StepName] {
        request.trace.tokens.filter { $0.isGenerated }.indices.map { StepName(.probabilities, pass: $0) }
    }

    public static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let links = links(request)
        let scene = ChainScene(request, links)
        let frames = links.indices.map { index in
            let takeaway = takeaway(scene, index)
            return Slide.Frame(caption: takeaway, takeaway: takeaway) { _ in
                ChainFrame(scene: scene, index: index).any
            }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The model reads the text so far and spreads its expectation; the chosen token joins the text.",
                zh: "模型读完已有的文字，给出下一个词元的概率；选中的那个接到文字后面，再读一遍。"),
            here: MiniMap(.output),
            formula: Formula(
                #"\role{token}{t_{n+1}} \sim \role{probability}{p}(\,\cdot \mid \role{token}{t_0}, \dots, \role{token}{t_n})"#
            ),
            frames: frames)
    }

    private static func takeaway(_ scene: ChainScene, _ index: Int) -> Phrase {
        let link = scene.links[index]
        let phrase =
            link.isMostProbable
            ? Phrase(en: "After “{text}”: “{next}”, {share}.", zh: "“{text}”之后是“{next}”：{share}。")
            : Phrase(
                en: "After “{text}” “{next}” is drawn, {share}; the most probable was “{best}”.",
                zh: "“{text}”之后抽到“{next}”：{share}；概率最大的其实是“{best}”。")
        return phrase.filled([
            "text": Phrase(scene.text(before: index)), "next": Phrase(scene.label(link.chosen.id).display),
            "share": link.shares.phrase(link.chosen.value),
            "best": Phrase(scene.label(link.best.first?.id ?? 0).display),
        ])
    }

    /// What the trace knows of each token that the model wrote: the probabilities it was chosen from.
    static func links(_ request: FigureRequest) -> [ChainLink] {
        let generated = request.trace.tokens.filter { $0.isGenerated }
        var links: [ChainLink] = []
        for (pass, token) in generated.enumerated() {
            guard let step = request.trace[StepName(.probabilities, pass: pass)], step.shape.rank == 3 else { break }
            let place = step.shape[1] - 1
            let row = step.row(0, place)
            guard row.indices.contains(token.id) else { break }
            links.append(
                ChainLink(
                    chosen: RankedToken(id: token.id, value: row[token.id]),
                    best: largest(row, max(1, min(request.top ?? ChainLink.most, ChainLink.most))),
                    shares: Shares(row: row), step: step.name.description, place: place))
        }
        return links
    }
}

/// One token that the model wrote, and what else it might have written.
struct ChainLink: Sendable {
    var chosen: RankedToken
    var best: [RankedToken]
    /// How its probabilities are written.
    var shares: Shares
    var step: String
    var place: Int

    static let most = 8

    var isMostProbable: Bool { best.first?.id == chosen.id || (best.first?.value ?? 0) <= chosen.value }

    /// The best, with the chosen one in the last place where it is not among them.
    func shown(_ count: Int) -> [RankedToken] {
        var result = Array(best.prefix(count))
        if !result.contains(where: { $0.id == chosen.id }), !result.isEmpty { result[result.count - 1] = chosen }
        return result
    }
}

/// Everything that the frames have in common, so that what does not change stays in place.
struct ChainScene: CandidateScene {
    var prompt: [TokenLabel]
    var links: [ChainLink]
    var labels: [Int: TokenLabel]
    var layers: Int

    init(_ request: FigureRequest, _ links: [ChainLink]) {
        prompt = request.labels
        self.links = links
        labels = Self.labels(of: links, request)
        layers = request.trace.layerCount
    }

    /// All chips, the prompt's and those of every frame.
    var chips: [TokenLabel] { prompt + links.map { label($0.chosen.id) } }

    /// The end of the text that the model has read, short enough for a sentence.
    func text(before index: Int) -> String {
        var text = ""
        for label in chips.prefix(prompt.count + index).reversed() {
            let longer = String(label.display.map { $0 == "␣" ? " " : $0 }) + text
            if longer.count > 32, !text.isEmpty { return "…" + text }
            text = longer
        }
        return text
    }
}
