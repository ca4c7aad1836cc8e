import ArgumentParser
import Drawing
import Reading
import Subjects
import Tracing
import Wording

/// `glassformer steps`: every tensor of a run, in the order in which it was computed.
struct Steps: GuidedCommand {
    static let guide = CommandGuide(
        name: "steps", abstract: StepsText.abstract.phrase, discussion: StepsText.discussion.phrase,
        examples: [
            "glassformer steps 中华人民", "glassformer steps 'the cat sat' --backward",
            "glassformer steps 'the cat sat on the' --json",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps

    @Flag(name: .long, help: StepsText.parameters.help)
    var parameters = false

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let trace = try input.steps(scaled: scaled.scale)
        try StandardOutput.write(facts.json ? Self.json(trace).page : table(trace))
    }

    static func json(_ trace: Trace) -> JSONText {
        let first = trace.firstNotFinite
        return .array(
            trace.steps.map { step in
                let statistics = trace.statistics(of: step)
                func number(_ value: Double) -> JSONText { statistics.isEmpty ? .null : .number(value) }
                var members: [(String, JSONText)] = [
                    ("name", .text(step.name.description)), ("operation", .text(step.operation.name)),
                    ("inputs", .texts(step.inputs.map { trace.steps[$0].name.description })),
                    ("shape", .integers(step.shape.dimensions)), ("axes", .texts(step.axes.map(\.rawValue))),
                    ("min", number(statistics.minimum)), ("mean", number(statistics.mean)),
                    ("max", number(statistics.maximum)), ("not_finite", .integer(statistics.notFinite)),
                ]
                if statistics.isOdd {
                    members += [("nan", .integer(statistics.nan)), ("infinite", .integer(statistics.infinite))]
                }
                if let first, first.step == step.name { members.append(("begins", first.json)) }
                return .members(members)
            })
    }

    private func table(_ trace: Trace) -> String {
        var table = TextTable(
            [.left, .left, .left, .right, .right, .right],
            heading: [StepsText.name, .operation, .shape, .minimum, .mean, .maximum])
        var hidden = 0
        var hasMasked = false
        var odd = 0
        for step in trace.steps {
            if step.isAboutParameter && !parameters {
                hidden += 1
                continue
            }
            let statistics = trace.statistics(of: step)
            let (isMasked, isOdd) = (statistics.masked > 0, statistics.isOdd)
            hasMasked = hasMasked || isMasked
            odd += isOdd ? 1 : 0
            let none = statistics.nan == step.tensor.count && isOdd ? "NaN" : "–"
            func number(_ value: Double) -> String { statistics.isEmpty ? none : Numbers.significant(value) }
            table.add(
                step.name.description, step.operation.name, step.shape.description,
                number(statistics.minimum) + (isMasked ? "*" : "") + (isOdd ? "†" : ""), number(statistics.mean),
                number(statistics.maximum))
        }
        var text = table.text(style: common.style)
        var notes: [String] = []
        if hasMasked { notes.append(StepsText.masked.text) }
        if odd > 0 { notes.append(StepsText.odd.text(["count": "\(odd)"])) }
        if let first = trace.firstNotFinite { notes.append(RunText.begins.text(["where": first.phrase])) }
        if hidden > 0 { notes.append(StepsText.hidden.text(["count": "\(hidden)"])) }
        if !notes.isEmpty { text += "\n" + notes.map { common.style.dim($0) + "\n" }.joined() }
        return text
    }
}

extension NotFinite {
    /// Where it is, and why.
    var json: JSONText {
        .object([
            "step": .text(step.description), "index": .integers(index), "value": .number(value),
            "origin": .text(origin.rawValue),
        ])
    }
}

extension Step {
    /// A parameter, or what an update did with it; its gradient is a step like any other.
    var isAboutParameter: Bool {
        isParameter || (operation is any UpdateOperation && shape.rank > 0)
            || ((operation as? Source)?.kind == .constant && name.label.rawValue.hasSuffix(".before"))
            || name.label.rawValue.hasSuffix(".squares")
    }
}
