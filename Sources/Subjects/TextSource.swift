import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A text, or the ids of its tokens, and what a model is to make of it.
package struct TextSource: Sendable, Hashable {
    package var text: String?
    package var ids: [Int]?
    /// A shipped model's name or a folder; nil for the model that is used where none is named.
    package var model: String?
    package var pair: String?
    package var target: String?
    package var targetIDs: [Int]?
    package var segments: [Int]?
    package var mask: [Int]?
    /// How many tokens the model goes on for; nil for as many as is usual.
    package var tokens: Int?
    /// The learning rate of a training step; nil for a run that learns nothing.
    package var rate: Double?
    package var changes = ChangeWords()

    /// What may stand beside the text.
    static let beside = ["pair", "target", "target-ids", "segments", "mask", "tokens", "backward", "rate"]

    package init(text: String? = nil, ids: [Int]? = nil, model: String? = nil, tokens: Int? = nil) {
        self.text = text
        self.ids = ids
        self.model = model
        self.tokens = tokens
    }

    /// - Throws: ``SubjectError``.
    init(_ words: SubjectWords) throws(SubjectError) {
        text = words.text("text")
        ids = try words.indices("ids")
        model = words.text("model")
        pair = words.text("pair")
        target = words.text("target")
        targetIDs = try words.indices("target-ids")
        segments = try words.indices("segments")
        mask = try words.indices("mask")
        tokens = try words.count("tokens")
        changes = ChangeWords(words)
        if ids != nil { try words.refuse(["pair", "target"], beside: "ids") }
        if target != nil, targetIDs != nil { throw .together(words.name("target"), words.name("target-ids")) }
        rate = try words.value("rate", PlainNumber.rate)
        if try words.isTrue("backward") {
            if tokens != nil { throw .together(words.name("tokens"), words.name("backward")) }
            rate = rate ?? 1e-3
        } else if rate != nil {
            throw .needs(words.name("rate"), words.name("backward"))
        }
    }

    /// The first thing beside a text that only some models read.
    private var second: String? {
        [
            ("--pair", pair != nil), ("--target", target != nil), ("--target-ids", targetIDs != nil),
            ("--segments", segments != nil), ("--mask", mask != nil),
        ].first { $0.1 }?.0
    }

    /// What the model is to read.
    /// - Throws: ``SubjectError/noSuchInput(option:model:)`` where it cannot read what was given; what the tokenizer
    ///   says of the text.
    package func input(of model: LanguageModel) throws(Failure) -> ModelInput {
        if case .decoder = model.network, let second {
            throw Failure(SubjectError.noSuchInput(option: second, model: model.name))
        }
        var input: ModelInput
        if let ids {
            input = ModelInput(ids: ids)
        } else {
            input = try model.input(text ?? "", pair: pair, target: target)
        }
        if let segments { input.segments = segments }
        if let mask { input.mask = mask }
        if let targetIDs { input.target = targetIDs }
        return input
    }

    /// The changes that were asked for, with what they take from other texts.
    package func changed(_ trace: Trace, of model: LanguageModel) throws(Failure) -> Trace {
        try changed(trace, of: model) { (other) throws(Failure) in
            try model.trace(other, generating: model.usualLength(other))
        }
    }

    /// - Parameter run: how another text is run, as this one was.
    package func changed(
        _ trace: Trace, of model: LanguageModel, run: (ModelInput) throws(Failure) -> Trace
    ) throws(Failure) -> Trace {
        guard !changes.isEmpty else { return trace }
        let input = try input(of: model)
        return try changes.changing(trace) { (text) throws(Failure) in
            var source = self
            (source.text, source.ids, source.changes) = (text, nil, ChangeWords())
            var other = try source.input(of: model)
            other.segments = other.segments ?? input.segments
            return try run(other)
        }
    }
}

/// A run that is looked at, with what is known of its text.
package struct TracedText: Sendable {
    package var trace: Trace
    /// Of the model that made it, where that is at hand.
    package var tokenizer: AnyTokenizer?
    /// Empty where only ids are known.
    package var text: String

    package init(trace: Trace, tokenizer: AnyTokenizer? = nil, text: String = "") {
        self.trace = trace
        self.tokenizer = tokenizer
        self.text = text
    }
}
