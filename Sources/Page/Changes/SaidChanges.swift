import Drawing
import Figures
import Reading
import Subjects
import Tracing
import Wording

/// What was changed in a run: which part, where it is seen, and how it is said.
struct SaidChanges {
    let run: TextRun
    let language: Language

    func write(to json: inout JSONWriter) {
        let changes = run.changes
        json.array("changes") { json in
            for text in changes.off { change("off", text, text, factor: 0, nil, &json) }
            for text in changes.scale {
                let (part, factor) = Self.sides(text)
                change("scale", text, part, factor: Double(factor), nil, &json)
            }
            for text in changes.patch {
                let (part, other) = Self.sides(text)
                change("patch", text, part, factor: nil, other, &json)
            }
        }
    }

    /// What stands before the first sign, and behind it.
    private static func sides(_ text: String) -> (String, String) {
        guard let sign = text.firstIndex(of: "=") else { return (text, "") }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    private func change(
        _ key: String, _ text: String, _ part: String, factor: Double?, _ other: String?, _ json: inout JSONWriter
    ) {
        let pieces = part.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        let place = pieces.count > 1 ? Int(pieces[1]) : nil
        let name = pieces.first ?? part
        let known = ChangedPart(name, place: key == "patch" ? nil : place, in: run.trace)
        json.object { json in
            json.member("key", key)
            json.member("text", text)
            json.member("title", (known?.title(in: run.trace) ?? Phrase(part))[language])
            json.member("words", words(factor, place, other)[language])
            json.member("kind", known?.kind ?? "step")
            if let known { known.write(to: &json) }
            if let factor { json.member("factor", factor) }
            if key == "patch", let place { json.member("position", place) }
        }
    }

    private func words(_ factor: Double?, _ place: Int?, _ other: String?) -> Phrase {
        if let other {
            let all = Phrase(en: "from “{text}”", zh: "取自“{text}”")
            let one = Phrase(en: "position {place} from “{text}”", zh: "位置 {place} 取自“{text}”")
            return (place == nil ? all : one).filled(["text": Phrase(other), "place": Phrase(String(place ?? 0))])
        }
        guard let factor, factor != 0 else { return Phrase(en: "off", zh: "关闭") }
        return Phrase("× " + Numbers.significant(factor))
    }
}

/// A part of the model that can be changed, with its name for people.
struct ChangedPart {
    let stack: Stack
    let place: ChangedPlace

    /// - Parameters:
    ///   - text: `decoder.L2H1`, or a step such as `blocks.1.mlp.post`.
    ///   - place: along the step's last axis.
    init?(_ text: String, place: Int?, in trace: Trace) {
        let name = StepName(text)
        let short =
            name.label == .hiddenPost && name.pass == 0 && place != nil
            ? name.stack.prefix() + "L\(name.block ?? 0)N\(place ?? 0)" : text
        guard let place = ChangedPlace(short) else { return nil }
        (self.place, stack) = (place, place.stack(in: trace))
    }

    var kind: String {
        switch place.part {
        case .head: "head"
        case .neuron: "neuron"
        case .attention: "attention"
        case .feedForward: "feedForward"
        case .layer: "layer"
        }
    }

    func write(to json: inout JSONWriter) {
        json.member("stack", stack.rawValue)
        json.member("cross", place.isCross)
        json.member("layer", place.layer)
        switch place.part {
        case .head(let number), .neuron(let number): json.member("place", number)
        default: break
        }
    }

    /// `L1 · H2`, `L1 · neuron 14`; of a model of two stacks with the stack's name.
    func title(in trace: Trace) -> Phrase {
        let layer = "L\(place.layer)"
        let part: Phrase
        switch place.part {
        case .head(let head): part = Phrase("\(layer) · H\(head)")
        case .neuron(let neuron): part = Phrase(en: "\(layer) · neuron \(neuron)", zh: "\(layer) · \(neuron) 号神经元")
        case .attention: part = Phrase(en: "\(layer) · attention", zh: "\(layer) · 注意力")
        case .feedForward: part = Phrase(en: "\(layer) · feed-forward", zh: "\(layer) · 前馈")
        case .layer: part = Phrase(en: "layer \(layer)", zh: "\(layer) 整层")
        }
        guard trace.stacks.count > 1 else { return part }
        let name =
            place.isCross
            ? Phrase(en: "cross", zh: "交叉")
            : stack == .encoder ? Phrase(en: "encoder", zh: "编码器") : Phrase(en: "decoder", zh: "解码器")
        return Phrase(en: "\(name.english) \(part.english)", zh: "\(name.chinese) \(part.chinese)")
    }
}
