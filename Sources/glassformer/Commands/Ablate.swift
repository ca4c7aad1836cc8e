import ArgumentParser
import Drawing
import Models
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// `glassformer ablate`: what matters for one guess.
struct Ablate: GuidedCommand {
    static let guide = CommandGuide(
        name: "ablate", abstract: AblateText.abstract.phrase, discussion: AblateText.discussion.phrase,
        examples: [
            "glassformer ablate 中华人民", "glassformer ablate 'the cat sat on the' --target ␣mat --json",
            "glassformer ablate '这部电影很好看' --model classifier",
        ])

    @OptionGroup var input: TextOptions

    @Option(name: .long, parsing: .unconditional, help: AblateText.target.help("token"))
    var target: String?

    @Option(name: .long, parsing: .unconditional, help: TraceText.pair.help("text"))
    var pair: String?

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let model = try input.model.load()
        // Only an encoder–decoder reads a target; of any other model it is the token to watch.
        var isRead = false
        if case .encoderDecoder = model.network { isRead = true }
        let read =
            if let ids = input.ids {
                ModelInput(ids: ids.values)
            } else {
                try model.input(
                    InputFile.text(input.text ?? ""), pair: pair, target: isRead ? target : nil)
            }
        let trace = try model.trace(read, generating: model.usualLength(read))
        let watched = try WatchedGuess(trace, token: isRead ? nil : target)
        let ablation = try watched.ablation(of: trace)
        try StandardOutput.write(
            facts.json ? Self.json(ablation, watched).page : text(ablation, watched))
    }

    private static func json(_ ablation: Ablation, _ watched: WatchedGuess) -> JSONText {
        func part(_ part: Ablation.Part) -> JSONText {
            var members: [(String, JSONText)] = [
                ("name", .text(part.name)), ("stack", .text(part.isCross ? "cross" : part.stack.rawValue)),
                ("layer", .integer(part.layer)),
            ]
            if let head = part.head { members.append(("head", .integer(head))) }
            return .members(members + [("after", .number(part.after))])
        }
        return .object([
            "target": .text(watched.token), "step": .text(watched.step.description),
            "index": .integers(watched.index), "before": .number(ablation.before),
            "heads": .array(ablation.heads.map(part)),
            "feed_forwards": .array(ablation.feedForwards.map(part)),
            "layers": .array(ablation.layers.map(part)),
        ])
    }

    private func text(_ ablation: Ablation, _ watched: WatchedGuess) -> String {
        var table = TextTable(
            [.left, .right, .right, .right], heading: ["", AblateText.after.text, AblateText.change.text, ""])
        let parts = ablation.heads + ablation.feedForwards + ablation.layers
        let largest = parts.map { abs($0.after - ablation.before) }.max() ?? 0
        for part in parts {
            let change = part.after - ablation.before
            let percent = (change < 0 ? "−" : "+") + Numbers.percent(abs(change))
            let length = largest > 0 ? (abs(change) / largest * 12).rounded() : 0
            table.add(part.name, Numbers.percent(part.after), percent, String(repeating: "█", count: Int(length)))
        }
        return AblateText.before.text([
            "token": .init(watched.token), "before": .init(Numbers.percent(ablation.before)),
        ])
            + "\n\n" + table.text(style: common.style)
    }
}
