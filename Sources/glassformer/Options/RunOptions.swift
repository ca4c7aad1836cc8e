import ArgumentParser
import Models
import Reading
import Tracing
import Training
import Wording

/// Which model, and what it is to read.
struct ModelOptions: ParsableArguments {
    @Option(name: [.short, .long], help: RunText.model.help("model"))
    var model: String?

    var name: String { model ?? ModelLibrary.standard }

    /// - Throws: ``ModelError``.
    func load() throws -> LanguageModel { try Shelf.load(name) }
}

/// The models that can be named.
enum Shelf {
    static func load(_ name: String) throws -> LanguageModel {
        let model = try LanguageModel.load(folder: folder(name))
        if !model.unreadTensors.isEmpty {
            let names = model.unreadTensors.joined(separator: ", ")
            StandardError.write(RunText.unread.text(["model": .init(model.name), "names": .init(names)]) + "\n")
        }
        return model
    }

    /// The folder of a shipped model, or a folder itself, which needs none of the project's own folders around.
    /// - Throws: ``ModelError/unknownModel(_:shipped:)``, ``ModelError/noHome(searched:)``.
    static func folder(_ name: String) throws -> String {
        func isModel(_ folder: String) -> Bool { InputFile.exists(folder + "/config.json") }
        do {
            let library = ModelLibrary(home: try .locate())
            let shipped = library.home.models + "/" + name
            if isModel(shipped) { return shipped }
            if isModel(name) { return name }
            throw ModelLibrary.failure(name) ?? Failure(ModelError.unknownModel(name, shipped: library.names))
        } catch let failure as Failure {
            guard case .noHome? = failure.cause(as: ModelError.self) else { throw failure }
            if isModel(name) { return name }
            if let other = ModelLibrary.failure(name) { throw other }
            guard name.contains("/") else { throw failure }
            throw CommandProblem.unreadable(path: name + "/config.json", reason: SystemReason.missing.phrase)
        }
    }
}

/// A text, or the ids of its tokens.
struct TextOptions: ParsableArguments {
    @Argument(help: RunText.text.help("text"))
    var text: String?

    @Option(name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: IndexList.init)
    var ids: IndexList?

    @OptionGroup var model: ModelOptions

    func validate() throws { try Self.requireOne([("TEXT", text != nil), ("--ids", ids != nil)]) }

    /// - Throws: ``CommandProblem/oneInput(expected:found:)`` unless exactly one is given.
    static func requireOne(_ inputs: [(name: String, isGiven: Bool)]) throws {
        let given = inputs.filter(\.isGiven).map(\.name)
        guard given.count == 1 else { throw CommandProblem.oneInput(expected: inputs.map(\.name), found: given) }
    }

    /// The ids that the model reads: a text's inside what the tokenizer puts around it.
    func tokens(of model: LanguageModel) throws -> [Int] {
        if let ids { return ids.values }
        return try model.input(InputFile.text(text ?? "")).ids
    }
}

/// A run to look at: made from a text now, or read from a trace file.
struct TraceOptions: ParsableArguments {
    @Argument(help: RunText.text.help("text"))
    var text: String?

    @Option(name: .long, parsing: .unconditional, help: RunText.ids.help("1,2,3"), transform: IndexList.init)
    var ids: IndexList?

    @Option(name: .long, help: RunText.trace.help("file"))
    var trace: String?

    @Option(name: .long, parsing: .unconditional, help: RunText.sequence.help("n"), transform: Count.init)
    var sequence: Count?

    @OptionGroup var model: ModelOptions
    @OptionGroup var others: SecondInputs
    @OptionGroup var training: BackwardOptions
    @OptionGroup var changes: ChangeOptions

    func validate() throws {
        if sequence != nil, trace == nil { throw CommandProblem.needs("--sequence", "--trace") }
        try others.validate(ids: ids, trace: trace)
        try TextOptions.requireOne([("TEXT", text != nil), ("--ids", ids != nil), ("--trace", trace != nil)])
        if trace != nil, training.backward { throw CommandProblem.together("--trace", "--backward") }
    }

    /// - Parameter scaled: `--scale` of steps, where the command has it elsewhere.
    func run(scaled: [String] = []) throws -> Trace {
        if let trace {
            let read = try reading(trace)
            return try changes.changing(read, scaled: scaled) { _ in
                throw CommandProblem.together("--patch", "--trace")
            }
        }
        let model = try model.load()
        let input = try others.reading(text, ids, of: model)
        let own =
            try training.trace(input.ids, of: model)
            ?? model.trace(input, generating: model.usualLength(input))
        return try changes.changing(own, scaled: scaled) { try other($0, like: input, of: model) }
    }

    /// The run of another text, for what is to be taken from it.
    func other(_ text: String, like input: ModelInput, of model: LanguageModel) throws -> Trace {
        var other = try others.reading(text, nil, of: model)
        other.segments = other.segments ?? input.segments
        return try model.trace(other, generating: model.usualLength(other))
    }

    private func reading(_ trace: String) throws -> Trace {
        let path = InputFile.path(trace)
        try InputFile.check(path)
        let read = try TraceFile.read(path: path)
        for note in read.notes { StandardError.write(note.text + "\n") }
        if let sequence { return try read.sequence(sequence.value) }
        if read.sequenceCount > 1 {
            StandardError.write(
                RunText.sequences.text([
                    "count": "\(read.sequenceCount)", "last": "\(read.sequenceCount - 1)",
                ]) + "\n")
        }
        return read
    }
}

/// Whether the run is a training step, gradients and update included.
struct BackwardOptions: ParsableArguments {
    @Flag(name: .long, help: RunText.backward.help)
    var backward = false

    @Option(
        name: .long, parsing: .unconditional, help: RunText.rate.help("rate"), transform: OptionNumber.rate)
    var rate: Double?

    func validate() throws {
        if rate != nil, !backward { throw CommandProblem.needs("--rate", "--backward") }
    }

    /// The training step; nil where none is asked for.
    func trace(_ ids: [Int], of model: LanguageModel) throws -> Trace? {
        backward ? try model.trainingTrace(ids, rate: rate ?? 1e-3) : nil
    }
}

/// Whole numbers with commas or blanks between them: `1,2,3`.
struct IndexList: Sendable, Hashable {
    let values: [Int]

    init(_ values: [Int]) { self.values = values }

    /// The index of a cell; empty for a step that is a single number, such as the loss.
    static func cell(_ argument: String) throws -> IndexList {
        argument.isEmpty ? IndexList([]) : try IndexList(argument)
    }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    init(_ argument: String) throws {
        let parts = argument.split { $0 == "," || $0 == " " || $0 == "\t" || $0 == "\n" }
        let values = parts.compactMap { Int($0) }
        guard !values.isEmpty, values.count == parts.count, values.allSatisfy({ $0 >= 0 }) else {
            throw CommandProblem.list(expected: "1,2,3 …", found: argument)
        }
        self.values = values
    }
}

/// A number of tokens or levels: whole, not negative.
struct Count: Sendable, Hashable, CustomStringConvertible {
    let value: Int

    init(_ value: Int) { self.value = value }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    init(_ argument: String) throws {
        guard let value = Int(argument), (0...Int(Int32.max)).contains(value) else {
            throw CommandProblem.list(expected: "0, 1, 2 …", found: argument)
        }
        self.value = value
    }

    var description: String { "\(value)" }
}

/// Plain numbers as options take them: each refusal says what was expected.
enum OptionNumber {
    /// - Throws: ``CommandProblem/list(expected:found:)``.
    static func finite(_ argument: String) throws -> Double {
        guard let value = Double(argument), value.isFinite else {
            throw CommandProblem.list(expected: Phrase(en: "a number", zh: "一个数"), found: argument)
        }
        return value
    }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    static func rate(_ argument: String) throws -> Double {
        guard let value = Double(argument), value.isFinite, value >= 0 else {
            throw CommandProblem.list(expected: "0 …", found: argument)
        }
        return value
    }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    static func whole(_ argument: String) throws -> Int {
        guard let value = Int(argument) else {
            throw CommandProblem.list(expected: Phrase(en: "a whole number", zh: "整数"), found: argument)
        }
        return value
    }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    static func seed(_ argument: String) throws -> UInt64 {
        guard let value = UInt64(argument) else {
            throw CommandProblem.list(expected: "0 … \(UInt64.max)", found: argument)
        }
        return value
    }
}
