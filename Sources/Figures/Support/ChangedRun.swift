import Drawing
import Tensors
import Tracing
import Wording

/// What was done to a run before it was drawn: heads switched off, numbers scaled or taken from another run. A figure of
/// such a run says so, or a guess that it shows would pass for the model's own.
struct ChangedRun: Sendable {
    let sentence: Phrase

    /// nil for a run as it was.
    init?(_ trace: Trace) {
        var parts: [Phrase] = []
        for step in trace.steps where step.name.label.rawValue.hasSuffix(Self.suffix) {
            var name = step.name
            let label = String(name.label.rawValue.dropLast(Self.suffix.count))
            // Several changes of one step stand one behind the other.
            var count = 1
            while true {
                name.label = Label(rawValue: label + ".changed.\(count)")
                guard let between = trace[name] else { break }
                name.label = Label(rawValue: label)
                parts.append(Self.words(between, name))
                count += 1
            }
            name.label = Label(rawValue: label)
            if let last = trace[name] { parts.append(Self.words(last, name)) }
        }
        guard !parts.isEmpty else { return nil }
        let shown = parts.prefix(3)
        let more = parts.count > 3 ? " …" : ""
        sentence = Phrase(
            en: "This run was changed: " + shown.map { $0.english }.joined(separator: ", ") + more + ".",
            zh: "这次运行被改动过：" + shown.map { $0.chinese }.joined(separator: "，") + more + "。")
    }

    private static let suffix = ".unchanged"

    private static func words(_ step: Step, _ name: StepName) -> Phrase {
        let place = PlaceName.of(layer: name.block, head: nil) ?? Phrase(name.description)
        switch step.operation {
        case let scaled as ScalePart:
            let isHead = step.axes.indices.contains(scaled.axis) && step.axes[scaled.axis] == .head
            let part =
                isHead
                ? PlaceName.of(layer: name.block, head: scaled.place) ?? place
                : Phrase("\(name.description):\(scaled.place)")
            return factor(scaled.factor, part)
        case let magnified as Magnify: return factor(magnified.factor, Phrase(name.description))
        default:
            return Phrase(en: "{step} from elsewhere", zh: "{step} 换成了别处的数").filled([
                "step": Phrase(name.description)
            ])
        }
    }

    private static func factor(_ factor: Double, _ part: Phrase) -> Phrase {
        factor == 0
            ? Phrase(en: "{part} switched off", zh: "{part} 已关闭").filled(["part": part])
            : Phrase(en: "{part} × {factor}", zh: "{part} × {factor}").filled([
                "part": part, "factor": Phrase(Numbers.significant(factor)),
            ])
    }

    /// The slide with the sentence before its note, and behind its pictures in words.
    func said(of slide: Slide) -> Slide {
        var slide = slide
        slide.note =
            slide.note.map {
                Phrase(en: sentence.english + " " + $0.english, zh: sentence.chinese + $0.chinese)
            } ?? sentence
        for place in slide.frames.indices {
            let words = slide.frames[place].altText
            slide.frames[place].altText = Phrase(
                en: words.english + " " + sentence.english, zh: words.chinese + sentence.chinese)
        }
        return slide
    }
}
