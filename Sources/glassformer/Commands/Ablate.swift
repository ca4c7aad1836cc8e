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
        let watched = try Watched(trace, token: isRead ? nil : target)
        let ablation = try trace.ablating(watched.step, at: watched.index)
        try StandardOutput.write(
            facts.json ? Self.json(ablation, watched).page : text(ablation, watched))
    }

    private static func json(_ ablation: Ablation, _ watched: Watched) -> JSONText {
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
        ])
    }

    private func text(_ ablation: Ablation, _ watched: Watched) -> String {
        var table = TextTable(
            [.left, .right, .right, .right], heading: ["", AblateText.after.text, AblateText.change.text, ""])
        let parts = ablation.heads + ablation.feedForwards
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

/// The probability that is watched: of one token or class, at the place where the model says what it expects.
private struct Watched {
    let step: StepName
    let index: [Int]
    let token: String

    /// - Throws: ``CommandProblem/outside(option:expected:found:)``; what asking the trace throws.
    init(_ trace: Trace, token wanted: String?) throws {
        let names = [Label.probabilities, .maskedProbabilities, .classProbabilities].map { StepName($0) }
        guard let name = names.first(where: { trace[$0] != nil }) else { throw CommandProblem.noGuess }
        let found = try trace.step(name)
        var row: [Int] = [0]
        if found.shape.rank == 3 {
            // The masked token where there is one, else the last that was read.
            let masked = name.label == .maskedProbabilities ? trace.tokens.firstIndex { $0.display == "[MASK]" } : nil
            row.append(masked ?? found.shape[1] - 1)
        }
        func word(_ id: Int) -> String {
            let classes = trace.model.classNames
            if name.label == .classProbabilities { return classes.indices.contains(id) ? classes[id] : "\(id)" }
            return trace.vocabulary[id] ?? "\(id)"
        }
        let ids = 0..<found.shape[-1]
        if let wanted {
            let text = wanted.replacing(" ", with: "␣")
            guard let id = ids.first(where: { word($0) == text }) ?? Int(wanted), ids.contains(id) else {
                throw CommandProblem.outside(
                    option: "--target", expected: "\(word(0)), \(word(1)) … 0 … \(ids.count - 1)", found: wanted)
            }
            index = row + [id]
        } else {
            let likeliest = ids.max { (found.tensor.cell(row + [$0]) ?? 0) < (found.tensor.cell(row + [$1]) ?? 0) }
            index = row + [likeliest ?? 0]
        }
        step = name
        token = word(index.last ?? 0)
    }
}
