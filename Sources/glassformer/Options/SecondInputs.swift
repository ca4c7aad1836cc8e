import ArgumentParser
import Models

/// What some models read besides a text: a second text, a target, segments, padding.
struct SecondInputs: ParsableArguments {
    @Option(name: .long, parsing: .unconditional, help: TraceText.pair.help("text"))
    var pair: String?

    @Option(name: .long, parsing: .unconditional, help: TraceText.target.help("text"))
    var target: String?

    @Option(name: .long, parsing: .unconditional, help: TraceText.targetIDs.help("1,2"), transform: IndexList.init)
    var targetIds: IndexList?

    @Option(name: .long, parsing: .unconditional, help: TraceText.segments.help("0,0,1"), transform: IndexList.init)
    var segments: IndexList?

    @Option(name: .long, parsing: .unconditional, help: TraceText.mask.help("1,1,0"), transform: IndexList.init)
    var mask: IndexList?

    /// The first option that was given.
    private var first: String? {
        [
            ("--pair", pair != nil), ("--target", target != nil), ("--target-ids", targetIds != nil),
            ("--segments", segments != nil), ("--mask", mask != nil),
        ].first(where: \.1)?.0
    }

    func validate() throws {
        if target != nil, targetIds != nil { throw CommandProblem.together("--target", "--target-ids") }
    }

    /// Texts do not go with ids, and nothing goes with a trace that is there already.
    func validate(ids: IndexList?, trace: String?) throws {
        for (option, isGiven) in [("--pair", pair != nil), ("--target", target != nil)] where isGiven && ids != nil {
            throw CommandProblem.together(option, "--ids")
        }
        if trace != nil, let first { throw CommandProblem.together(first, "--trace") }
    }

    /// What the model is to read, from texts or from ids.
    /// - Throws: ``CommandProblem/noSuchInput(option:model:)`` where it cannot read what was given.
    func reading(_ text: String?, _ ids: IndexList?, of model: LanguageModel) throws -> ModelInput {
        if case .decoder = model.network, let first {
            throw CommandProblem.noSuchInput(option: first, model: model.name)
        }
        var read =
            if let ids {
                ModelInput(ids: ids.values)
            } else {
                try model.input(
                    InputFile.text(text ?? ""), pair: pair.map(InputFile.text), target: target.map(InputFile.text))
            }
        if let segments { read.segments = segments.values }
        if let mask { read.mask = mask.values }
        if let targetIds { read.target = targetIds.values }
        return read
    }
}
