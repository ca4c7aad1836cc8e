import Drawing
import Tensors
import Tracing
import Wording

/// How a text goes on, one token a frame: the model reads everything so far, a token is chosen, and is read in turn.
package enum WordChain: TraceFigure {
    package static let id = "word-chain"
    package static let title = Phrase(en: "One token at a time", zh: "一个词元接一个词元")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { !links(request).isEmpty }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        request.trace.tokens.filter { $0.isGenerated }.indices.map { StepName(.probabilities, pass: $0) }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let links = links(request)
        let scene = ChainScene(request, links)
        let frames = links.indices.map { index in
            let takeaway = takeaway(scene, index)
            let what = Phrase(
                en:
                    "The text so far goes into the model; bars of the likeliest next tokens; one of them joins the text.",
                zh: "已有的文字进入模型，得到最可能的几个词元，用条表示；其中一个接到文字后面。")
            return Slide.Frame(
                caption: takeaway, altText: request.altText(what, takeaway), takeaway: takeaway
            ) { _ in
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
                #"\#(Symbols.token.at("i+1")) \sim \#(Symbols.probability.math)"#
                    + #"(\,\cdot \mid \#(Symbols.token.at("0")), \dots, \#(Symbols.token.at("i")))"#),
            frames: frames)
    }

    private static func takeaway(_ scene: ChainScene, _ index: Int) -> Phrase {
        let link = scene.links[index]
        let phrase =
            link.isMostProbable
            ? Phrase(en: "After “{text}” comes {next}, {share}.", zh: "“{text}”之后是{next}：{share}。")
            : Phrase(
                en: "After “{text}” {next} is drawn, {share}; the most probable was {best}.",
                zh: "“{text}”之后抽到{next}：{share}；概率最大的其实是{best}。")
        return phrase.filled([
            "text": Phrase(scene.text(before: index)), "next": scene.label(link.chosen.id).spoken,
            "share": link.shares.phrase(link.chosen.value),
            "best": scene.label(link.best.first?.id ?? 0).spoken,
        ])
    }

    /// What the trace knows of each token that the model wrote: the probabilities it was chosen from.
    static func links(_ request: FigureRequest) -> [Guess] {
        let generated = request.trace.tokens.filter { $0.isGenerated }
        var links: [Guess] = []
        for (pass, token) in generated.enumerated() {
            guard let step = request.trace[StepName(.probabilities, pass: pass)], step.shape.rank == 3 else { break }
            let place = step.shape[1] - 1
            let link = Guess(request, step, position: place, most: Guess.mostOfChain, next: token.id)
            guard link.truth != nil else { break }
            links.append(link)
        }
        return links
    }
}

/// Of a token that the model wrote: it, and what else it might have written.
extension Guess {
    static let mostOfChain = 8...8

    var chosen: RankedToken { truth ?? RankedToken(id: -1, value: .nan) }
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
    var links: [Guess]
    var layers: Int

    init(_ request: FigureRequest, _ links: [Guess]) {
        prompt = request.labels
        self.links = links
        layers = request.trace.layerCount
    }

    /// All chips, the prompt's and those of every frame.
    var chips: [TokenLabel] { prompt + links.map { label($0.chosen.id) } }

    /// The end of the text that the model has read, short enough for a sentence.
    func text(before index: Int) -> String {
        var shown: ArraySlice<TokenLabel> = []
        let read = chips.prefix(prompt.count + index)
        for place in read.indices.reversed() {
            guard shown.isEmpty || Array(read[place...]).written.count <= 32 else { return "…" + Array(shown).written }
            shown = read[place...]
        }
        return Array(shown).written
    }
}
