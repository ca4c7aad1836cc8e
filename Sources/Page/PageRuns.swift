import Drawing
import Figures
import Models
import Subjects
import Tokenizers
import Tracing
import Wording

/// A text, its trace and what can be drawn of it, in the order in which one steps through it.
struct TextRun {
    let subject: Subject
    /// What is looked at: after the changes, or before them.
    let trace: Trace
    let placements: [Catalogue.Placement]
    /// What was asked for; of a run that is over its own text and the changes.
    let typed: TypedText
    /// The same run without the changes, and with them.
    let unchanged: Trace
    let changed: Trace

    var changes: ChangeWords { typed.source.changes }
}

/// The runs that a page looks at: the present one, and those from which another follows at once, such as the same one
/// without its changes.
final class PageRuns {
    /// Where numbers come from.
    enum Origin {
        /// It reads whatever is typed.
        case model(LanguageModel)
        /// A run that is over: it was computed elsewhere or before, and nothing else can be typed.
        case run(TracedText)
    }

    let origin: Origin
    private(set) var now: TextRun?
    /// The newest last.
    private var kept: [TextRun] = []
    private static let most = 3

    init(_ origin: Origin) { self.origin = origin }

    var tokenizer: AnyTokenizer? {
        switch origin {
        case .model(let model): model.tokenizer
        case .run(let run): run.tokenizer
        }
    }

    var model: LanguageModel? {
        if case .model(let model) = origin { model } else { nil }
    }

    /// Turns to the run of a question; one that is there already stays: another language or theme changes no number.
    func read(_ question: PageQuestion, _ style: SlideStyle) throws(Failure) {
        let typed = try typed(question)
        if now?.typed == typed { return }
        if let known = kept.first(where: { $0.typed == typed }) {
            now = known
            return
        }
        let unchanged = try unchanged(typed)
        let changed = try changed(unchanged, typed)
        let traced = traced(typed.isBefore ? unchanged : changed, typed)
        let subject = Subject(title: traced.text, traced: traced)
        let run = TextRun(
            subject: subject, trace: traced.trace, placements: try Stages.of(subject, style, traced.trace),
            typed: typed,
            unchanged: unchanged, changed: changed)
        if kept.count == Self.most { kept.removeFirst() }
        kept.append(run)
        now = run
    }

    private func unchanged(_ typed: TypedText) throws(Failure) -> Trace {
        let plain = typed.unchanged
        if let known = kept.first(where: { $0.typed.unchanged == plain }) { return known.unchanged }
        switch origin {
        case .model(let model): return try TextReader(model: model).unchanged(plain)
        case .run(let run): return run.trace
        }
    }

    /// What depends on the changes is computed again.
    private func changed(_ trace: Trace, _ typed: TypedText) throws(Failure) -> Trace {
        if let known = kept.first(where: { $0.typed.changed == typed.changed }) { return known.changed }
        switch origin {
        case .model(let model): return try TextReader(model: model).changed(trace, typed)
        case .run:
            return try typed.source.changes.changing(trace) { (_) throws(Failure) in
                throw Failure(PageError.noOtherText)
            }
        }
    }

    private func traced(_ trace: Trace, _ typed: TypedText) -> TracedText {
        switch origin {
        case .model(let model):
            let source = typed.source
            let text = source.text ?? (source.ids ?? []).map { String($0) }.joined(separator: ",")
            return TracedText(trace: trace, tokenizer: model.tokenizer, text: text)
        case .run(var run):
            run.trace = trace
            return run
        }
    }

    /// What is to be read, in the words that the command line and chapters use too.
    private func typed(_ question: PageQuestion) throws(Failure) -> TypedText {
        if case .run(let run) = origin {
            var source = TextSource(text: run.text)
            source.changes = ChangeWords(question.words(ChangeWords.keys))
            return TypedText(source: source, isBefore: question.isTrue("before") ?? false)
        }
        if question.wholes("ids") == nil { _ = try question.needed("text") }
        let put = try PutToken.list(question.wholes("put") ?? [])
        do throws(SubjectError) {
            guard case .text(let source) = try SubjectSource(question.words(SubjectSource.textKeys)) else {
                throw .oneOf(expected: ["text", "ids"], found: [])
            }
            return TypedText(source: source, put: put, isBefore: question.isTrue("before") ?? false)
        } catch {
            throw Failure(error)
        }
    }
}
