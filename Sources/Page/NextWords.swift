import Figures
import Reading
import Subjects
import Tensors
import Tokenizers
import Tracing
import Wording

/// What the model makes of the text in the end: the likeliest next tokens, the hidden words, the class, the translation.
/// Every share names its cell, so that it can be asked how it came to be.
struct NextWords {
    let request: FigureRequest
    let words: CellWords

    private static let most = 8
    /// Every place's guess is told as long as this many numbers have to be looked through; else the last one's.
    private static let mostNumbers = 200_000

    private var trace: Trace { request.trace }

    func write(to json: inout JSONWriter) {
        json.object("next") { json in
            if let step = trace[StepName(.classProbabilities)] {
                json.member("kind", "class")
                json.array("groups") { group("", nil, ranked(step, [0]), step, &$0) }
            } else if let step = trace[StepName(.maskedProbabilities)] {
                json.member("kind", "hidden")
                json.array("groups") { json in
                    for place in hidden {
                        group(label(place, trace.tokens), place, ranked(step, [0, place]), step, &json)
                    }
                }
            } else if let step = trace[StepName(.probabilities)], step.shape.rank == 3, step.shape[1] > 0 {
                let isTranslation = !trace.targetTokens.isEmpty
                json.member("kind", isTranslation ? "translation" : "next")
                json.array("groups") { json in
                    let isShort = isTranslation || step.shape[1] <= Self.mostNumbers / max(step.shape[2], 1)
                    for place in isShort ? Array(0..<step.shape[1]) : [step.shape[1] - 1] {
                        let tokens = isTranslation ? trace.targetTokens : trace.tokens
                        group(label(place, tokens), place, ranked(step, [0, place]), step, &json)
                    }
                }
            } else {
                json.member("kind", "none")
                json.array("groups") { _ in }
            }
        }
    }

    /// The places of masks.
    private var hidden: [Int] {
        guard let id = words.tokenizer?.id(of: .mask) ?? words.tokenizer?.id(ofSpelling: "[MASK]") else { return [] }
        return trace.tokens.indices.filter { trace.tokens[$0].id == id }
    }

    private func label(_ place: Int, _ tokens: [TraceToken]) -> String {
        tokens.indices.contains(place) ? CellWords.quoted(tokens[place].display) : ""
    }

    private func group(
        _ after: String, _ position: Int?, _ best: [(place: [Int], value: Float)], _ step: Step,
        _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("after", after)
            if let position { json.member("position", position) }
            json.member("step", step.name.description)
            if best.isEmpty,
                let fault = OperationWords.fault(step, at: position.map { [0, $0, 0] } ?? [0, 0], in: trace)
            {
                json.member("fault", fault[request.language])
            }
            json.array("candidates") { json in
                for each in best {
                    json.object { json in
                        json.member("label", name(each.place.last ?? 0, step))
                        json.member("index", each.place)
                        json.member("share", Double(each.value))
                    }
                }
            }
        }
    }

    private func name(_ place: Int, _ step: Step) -> String {
        step.name.label == .classProbabilities ? words.className(place) : words.display(place)
    }

    /// The largest numbers of a row, largest first.
    private func ranked(_ step: Step, _ row: [Int]) -> [(place: [Int], value: Float)] {
        let count = step.shape.rank > row.count ? step.shape[-1] : 0
        guard count > 0, let start = step.shape.offset(of: row + [0]) else { return [] }
        var best: [(place: [Int], value: Float)] = []
        step.tensor.withUnsafeBuffer { numbers in
            for column in 0..<count {
                let value = numbers[start + column]
                guard !value.isNaN else { continue }
                if best.count == Self.most, let last = best.last, value <= last.value { continue }
                var place = best.count
                while place > 0, best[place - 1].value < value { place -= 1 }
                best.insert((row + [column], value), at: place)
                if best.count > Self.most { best.removeLast() }
            }
        }
        return best
    }
}
