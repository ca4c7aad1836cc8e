import ArgumentParser
import Models
import Reading
import Subjects
import Tracing
import Wording

/// What is looked at: a text on a model, a trace file, a run, a comparison, a shared step, a published architecture, a
/// small calculation. Written here as options, read by the same reader as in chapters.
struct SubjectOptions: ParsableArguments {
    @Argument(help: RunText.text.help("text"))
    var text: String?

    @Option(
        name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: Typed.read(IndexList.init))
    var ids: IndexList?

    @OptionGroup var model: ModelOptions

    @Option(name: .long, parsing: .unconditional, help: TraceText.pair.help("text"))
    var pair: String?

    @Option(name: .long, parsing: .unconditional, help: TraceText.target.help("text"))
    var target: String?

    @Option(
        name: .long, parsing: .unconditional, help: TraceText.targetIDs.help("1,2"),
        transform: Typed.read(IndexList.init))
    var targetIds: IndexList?

    @Option(
        name: .long, parsing: .unconditional, help: TraceText.segments.help("0,0,1"),
        transform: Typed.read(IndexList.init))
    var segments: IndexList?

    @Option(
        name: .long, parsing: .unconditional, help: TraceText.mask.help("1,1,0"), transform: Typed.read(IndexList.init))
    var mask: IndexList?

    @Option(name: .long, parsing: .unconditional, help: DrawText.tokens.help("n"), transform: Typed.read(Count.init))
    var tokens: Count?

    @Flag(name: .long, help: RunText.backward.help)
    var backward = false

    @Option(
        name: .long, parsing: .unconditional, help: RunText.rate.help("rate"), transform: Typed.read(PlainNumber.rate))
    var rate: Double?

    @Option(name: .long, help: ChangeText.off.help("L0H2"))
    var off: [String] = []

    @Option(name: .long, help: ChangeText.patch.help("step=text"))
    var patch: [String] = []

    @Option(name: .long, help: RunText.trace.help("file"))
    var trace: String?

    @Option(name: .long, parsing: .unconditional, help: RunText.sequence.help("n"), transform: Typed.read(Count.init))
    var sequence: Count?

    @Option(name: .long, help: SubjectText.run.help("folder|recipe"))
    var run: String?

    @Option(name: .long, parsing: .unconditional, help: SubjectText.atStep.help("n"), transform: Typed.read(Count.init))
    var atStep: Count?

    @Option(name: .long, help: SubjectText.set.help("key=value"))
    var set: [String] = []

    @Option(name: .long, help: SubjectText.vary.help("key=a,b"))
    var vary: String?

    @Option(name: .long, parsing: .unconditional, help: SubjectText.input.help("x,y"))
    var input: String?

    @Option(name: .long, help: SubjectText.compare.help("a,b"))
    var compare: String?

    @Option(name: .long, help: CompareText.task.help("film|word-order"))
    var task: String?

    @Option(
        name: .long, parsing: .unconditional, help: CompareText.seed.help("n"), transform: Typed.read(PlainNumber.seed))
    var seed: UInt64?

    @Option(
        name: .long, parsing: .unconditional, help: SubjectText.workers.help("n"), transform: Typed.read(Count.init))
    var workers: Count?

    @Option(name: .long, help: ParallelText.how.help("data|tensor"))
    var how: String?

    @Option(name: .long, help: SubjectText.preset.help("gpt-3"))
    var preset: String?

    @Option(name: .long, parsing: .unconditionalSingleValue, help: SubjectText.calculate.help("line"))
    var calculate: [String] = []

    /// Whether nothing is named to look at; a command that needs something says so when it looks.
    var isEmpty: Bool { words().words.isEmpty }

    /// Whether no more than a model is named; a command that needs a text says so when it looks.
    var isModelAlone: Bool { words().words.allSatisfy { $0.key == "model" } }

    func validate() throws {
        guard !isModelAlone else { return }
        do throws(SubjectError) { _ = try SubjectSource(words()) } catch { throw CommandProblem.subject(error) }
    }

    /// As they were written, `-` still standing for standard input.
    private func words(scaled: [String] = [], layer: Int? = nil) -> SubjectWords {
        var words = SubjectWords(.options)
        words.add("text", text)
        words.add("ids", ids?.description)
        words.add("model", model.model)
        words.add("pair", pair)
        words.add("target", target)
        words.add("target-ids", targetIds?.description)
        words.add("segments", segments?.description)
        words.add("mask", mask?.description)
        words.add("tokens", tokens?.description)
        words.add("backward", if: backward)
        words.add("rate", rate.map { "\($0)" })
        words.add("off", all: off)
        words.add("scale", all: scaled)
        words.add("patch", all: patch)
        words.add("trace", trace)
        words.add("sequence", sequence?.description)
        words.add("run", run)
        words.add("at-step", atStep?.description)
        words.add("set", all: set)
        words.add("vary", vary)
        words.add("input", input)
        words.add("compare", compare)
        words.add("task", task)
        words.add("seed", seed.map { "\($0)" })
        words.add("workers", workers?.description)
        words.add("how", how)
        words.add("preset", preset)
        words.add("calculate", all: calculate)
        words.add("layer", layer.map { "\($0)" })
        return words
    }

    /// As they could be written again: what was read from standard input, which is read once, in its place.
    func written(_ source: SubjectSource, scaled: [String]) -> SubjectWords {
        var read: [String: String] = [:]
        if case .text(let source) = source {
            read = ["text": source.text, "pair": source.pair, "target": source.target].compactMapValues { $0 }
        }
        var written = SubjectWords(.options)
        for word in words(scaled: scaled).words {
            written.add(word.key, word.value == "-" ? read[word.key] ?? word.value : word.value)
        }
        return written
    }

    /// - Parameters:
    ///   - scaled: `--scale` of steps, where the command has it elsewhere.
    ///   - layer: which layer a shared step's figures show.
    func source(scaled: [String] = [], layer: Int? = nil) throws -> SubjectSource {
        let read: SubjectSource
        do throws(SubjectError) {
            read = try SubjectSource(words(scaled: scaled, layer: layer))
        } catch {
            throw CommandProblem.subject(error)
        }
        switch read {
        case .text(var source):
            source.text = try source.text.map(InputFile.text)
            source.pair = try source.pair.map(InputFile.text)
            source.target = try source.target.map(InputFile.text)
            return .text(source)
        case .trace(var source):
            source.path = InputFile.path(source.path)
            try InputFile.check(source.path)
            return .trace(source)
        case .workers(var source):
            source.texts = try source.texts.flatMap { $0 == "-" ? try InputFile.textLines("-") : [$0] }
            return .workers(source)
        default: return read
        }
    }

    func subject(scaled: [String] = [], layer: Int? = nil, goesOn: Bool = false) throws -> Subject {
        try Shelf.subjects.subject(source(scaled: scaled, layer: layer), goesOn: goesOn)
    }

    /// The steps of what is looked at, for commands that print them.
    func steps(scaled: [String]) throws -> Trace { try stepped(scaled: scaled).trace }

    /// What is looked at, with its steps: of a training the update that follows the step asked for, else the first.
    func stepped(scaled: [String]) throws -> Subject {
        let source = try source(scaled: scaled)
        guard case .run(let run) = source, run.input == nil, !Self.isRecorded(run) else {
            return try Shelf.subjects.subject(source)
        }
        return try Shelf.subjects.update(run)
    }

    /// Whether a training left a trace of that very step in its folder.
    private static func isRecorded(_ run: SubjectSource.RunSource) -> Bool {
        run.step.map { Place.exists("\(run.name)/step-\($0).safetensors") } ?? false
    }
}

/// `--scale` of commands that draw nothing: a change of the run.
struct ScaledSteps: ParsableArguments {
    @Option(name: .long, help: ChangeText.scale.help("step:place=factor"))
    var scale: [String] = []
}

/// `--scale` of `draw`: a picture's pixels, or a place of a step and its factor.
enum ScaleArgument: Sendable, Hashable {
    case picture(PictureScale)
    case step(String)

    init(_ argument: String) throws {
        self = argument.contains("=") ? .step(argument) : .picture(try PictureScale(argument))
    }
}
