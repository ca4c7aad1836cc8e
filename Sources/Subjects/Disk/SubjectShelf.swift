import Figures
import Models
import Reading
import Tracing
import Training
import Wording

/// Makes subjects of what was written, each once, and keeps them: asking twice costs nothing.
package final class SubjectShelf: Sendable {
    package let models: ModelShelf
    package let recipes: RecipeShelf
    /// Told what is worth knowing beside the subject: a head that is not read, a note in a trace file.
    let notice: @Sendable (Phrase) -> Void
    private let subjects = MadeTable<Wanted, Subject>()
    let comparisons = MadeTable<SubjectSource.ComparisonSource, Comparison>()
    let sharedSteps = MadeTable<SubjectSource.WorkersSource, SharedStep>()
    private let measurements = MadeTable<String, NumberTable>()

    private struct Wanted: Hashable, Sendable {
        var source: SubjectSource
        var goesOn: Bool
    }

    package init(home: Home? = nil, notice: @Sendable @escaping (Phrase) -> Void = { _ in }) {
        models = ModelShelf(home: home)
        recipes = RecipeShelf(models)
        self.notice = notice
    }

    /// How many tokens a decoder goes on for, so that the chain of words can be drawn.
    private static let usual = 6

    /// - Parameter goesOn: whether a decoder goes on with a text where nobody says for how long.
    /// - Throws: ``SubjectError``, and what reading, running and training throw.
    package func subject(_ source: SubjectSource, goesOn: Bool = false) throws -> Subject {
        try subjects.value(Wanted(source: source, goesOn: goesOn)) {
            switch source {
            case .text(let text): try read(text, goesOn: goesOn)
            case .trace(let file): try read(file)
            case .run(let run): try read(run)
            case .comparison(let wanted): Subject(try comparison(wanted))
            case .workers(let wanted): Subject(try sharedStep(wanted))
            case .preset(let name): Subject(ParameterCount(preset: try Preset.named(name)))
            case .calculation(let lines):
                Subject(try Calculation(lines, figures: calculations), title: lines.joined(separator: "; "))
            }
        }
    }

    package func model(_ name: String?) throws -> LanguageModel { try models.model(name, notice: notice) }

    /// What was measured of a model when its training ended, by path: `heads.induction.layer`.
    /// - Throws: `ReadingError`.
    package func measurements(_ model: LanguageModel) throws -> NumberTable {
        try measurements.value(model.folder) {
            NumberTable(of: model.name, try Measurements.read(model.folder))
        }
    }

    // MARK: Texts and files

    private func read(_ source: TextSource, goesOn: Bool) throws -> Subject {
        let model = try model(source.model)
        let input = try source.input(of: model)
        let title = source.text ?? input.ids.map { String($0) }.joined(separator: " ")
        var traced = TracedText(
            trace: try trace(source, input, of: model, goesOn: goesOn), tokenizer: model.tokenizer,
            text: source.text ?? "")
        traced.trace = try source.changed(traced.trace, of: model)
        return Subject(title: title, traced: traced)
    }

    private func trace(
        _ source: TextSource, _ input: ModelInput, of model: LanguageModel, goesOn: Bool
    ) throws -> Trace {
        if let rate = source.rate { return try model.trainingTrace(input.ids, rate: rate) }
        var count = source.tokens ?? model.usualLength(input)
        if case .decoder(let decoder) = model.network, source.tokens == nil, goesOn, source.changes.isEmpty,
            decoder.configuration.hasHead
        {
            count = min(Self.usual, max(0, model.network.sizes.context - input.ids.count))
        }
        return try model.trace(input, generating: count, stop: model.endOfText)
    }

    private func read(_ source: SubjectSource.TraceSource) throws -> Subject {
        var trace = try TraceFile.read(path: source.path)
        for note in trace.notes { notice(note) }
        if let sequence = source.sequence {
            trace = try trace.sequence(sequence)
        } else if trace.sequenceCount > 1 {
            notice(
                Phrase(
                    en:
                        "A batch of {count} {count|text|texts}: figures show number 0; --sequence 0 … {last} chooses one.",
                    zh: "一批共 {count} 段文本：图中画的是第 0 段；可用 --sequence 0 … {last} 另选。"
                ).filled(["count": "\(trace.sequenceCount)", "last": "\(trace.sequenceCount - 1)"]))
        }
        trace = try source.changes.changing(trace) { (_) throws(Failure) in
            throw Failure(SubjectError.together("--patch", "--trace"))
        }
        let name = source.path.split(separator: "/").last.map { String($0) } ?? source.path
        let title = source.path == "/dev/stdin" ? "trace" : name
        return Subject(title: title, traced: models.named(trace, by: source.model))
    }
}
