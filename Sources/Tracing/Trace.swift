import Tensors
import Wording

/// Which model made a trace.
public struct ModelCard: Sendable, Hashable {
    public var name: String
    /// The family, as in `config.json`'s `model_type`.
    public var family: String
    /// What matters of its configuration, by the field's names: `layers`, `heads`, `width` …
    public var numbers: [String: Double]
    /// What a classifier's classes are called, in their order.
    public var classNames: [String] = []

    public init(name: String = "", family: String = "", numbers: [String: Double] = [:]) {
        self.name = name
        self.family = family
        self.numbers = numbers
    }
}

/// One token of the text that a trace is about.
public struct TraceToken: Sendable, Hashable {
    public var id: Int
    /// As people write it, with visible marks for spaces and for bytes that are part of a character.
    public var display: String
    public var isSpecial: Bool
    /// Whether the model itself wrote it.
    public var isGenerated: Bool

    public init(id: Int, display: String, isSpecial: Bool = false, isGenerated: Bool = false) {
        self.id = id
        self.display = display
        self.isSpecial = isSpecial
        self.isGenerated = isGenerated
    }
}

/// Everything that a run computed, in order. Read forward it is the lesson; read backward, back-propagation.
public struct Trace: Sendable {
    public internal(set) var steps: [Step]
    private var places: [StepName: Int]
    public var model: ModelCard
    public var tokens: [TraceToken]
    /// What the decoder of an encoder–decoder read and wrote; ``tokens`` is then the source.
    public var targetTokens: [TraceToken] = []
    /// The tokens, and those of the decoder, of the texts that were read beside the first.
    var otherTexts: [(tokens: [TraceToken], target: [TraceToken])] = []
    /// Words for the ids of the vocabulary, where known: candidates in figures.
    public var vocabulary: [Int: String] = [:]
    /// What was found when it was read: what is set aside and, of a trace from elsewhere, what it holds; empty for a run
    /// of ours.
    public var notes: [Phrase] = []
    /// Whether another program recorded it.
    public internal(set) var isElsewhere = false
    /// Whether it may lack any step: recorded elsewhere, or written without some.
    public internal(set) var isPartial = false

    init(steps: [Step], places: [StepName: Int], model: ModelCard, tokens: [TraceToken]) {
        self.steps = steps
        self.places = places
        self.model = model
        self.tokens = tokens
    }

    /// - Throws: ``TracingError/duplicateStep(_:)``; ``TracingError/order(step:input:)`` where a step reads one that
    ///   does not come before it.
    public init(steps: [Step], model: ModelCard = ModelCard(), tokens: [TraceToken] = []) throws(Failure) {
        var places: [StepName: Int] = [:]
        for (place, step) in steps.enumerated() {
            guard places.updateValue(place, forKey: step.name) == nil else {
                throw .duplicateStep(step.name.description)
            }
            if let input = step.inputs.first(where: { $0 < 0 || $0 >= place }) {
                let name = steps.indices.contains(input) ? steps[input].name.description : "#\(input)"
                throw Failure(TracingError.order(step: step.name.description, input: name))
            }
        }
        self.init(steps: steps, places: places, model: model, tokens: tokens)
    }

    /// All that is known of the run, with other steps.
    /// - Throws: as ``init(steps:model:tokens:)``.
    func holding(_ steps: [Step]) throws(Failure) -> Trace {
        let other = try Trace(steps: steps)
        var trace = self
        (trace.steps, trace.places) = (other.steps, other.places)
        return trace
    }

    public subscript(_ name: StepName) -> Step? { places[name].map { steps[$0] } }

    public func place(of name: StepName) -> Int? { places[name] }

    /// - Throws: ``TracingError/unknownStep(_:nearest:)`` with the names that come nearest.
    public func step(_ name: StepName) throws(Failure) -> Step {
        guard let place = places[name] else {
            throw .unknownStep(name.description, nearest: nearest(to: name.description))
        }
        return steps[place]
    }

    /// The blocks (layers) that the trace holds steps of, ascending: of a part of a run, some of the model's.
    public var layers: [Int] { layers { _ in true } }

    /// The blocks of one stack, ascending.
    public func layers(of stack: Stack) -> [Int] { layers { $0.isOf(stack) } }

    private func layers(_ isAsked: (StepName) -> Bool) -> [Int] {
        var found: Set<Int> = []
        var last: Int?
        for step in steps where step.name.block != last && step.name.block != nil && isAsked(step.name) {
            last = step.name.block
            if let last { found.insert(last) }
        }
        return found.sorted()
    }

    /// How many blocks (layers) the trace knows of.
    public var layerCount: Int { layers.count }

    /// The layer whose output leaves a stack; nil where the trace is known to lack it.
    public func lastLayer(of stack: Stack = .single) -> Int? {
        guard let last = layers(of: stack).last else { return nil }
        // Of two stacks the number of layers is that of both.
        guard stack == .single, let count = model.numbers["layers"] else { return last }
        return count == Double(last + 1) ? last : nil
    }

    /// How many attention heads a layer has; of a model of two stacks, that layer of the decoder, else of the encoder.
    public func headCount(layer: Int) -> Int {
        [Stack.single, .decoder, .encoder].lazy.map { headCount(layer: layer, stack: $0) }.first { $0 > 0 } ?? 0
    }

    /// How many attention heads a layer of one stack has.
    public func headCount(layer: Int, stack: Stack) -> Int {
        for (label, axis) in [(Label.pattern, 1), (.z, 2), (.query, 2)] {
            if let step = self[StepName(label, block: layer, stack: stack)], step.shape.rank == 4 {
                return step.shape[axis]
            }
        }
        return 0
    }

    /// The encoder and the decoder of a model that has both, else its single stack.
    public var stacks: [Stack] {
        // Blocks of one stack bear no name of another: the first tells, and most traces are asked no further.
        guard let some = places.keys.first(where: { $0.block != nil }), some.isOf(.encoder) || some.isOf(.decoder)
        else { return [.single] }
        let own = [Stack.encoder, .decoder].filter { stack in
            places.keys.contains { $0.block != nil && $0.isOf(stack) }
        }
        return own.isEmpty ? [.single] : own
    }

    /// Adds a step that reads earlier ones.
    /// - Throws: ``TracingError/duplicateStep(_:)``; ``TracingError/order(step:input:)``.
    public mutating func append(_ step: Step) throws(Failure) {
        if let input = step.inputs.first(where: { !steps.indices.contains($0) }) {
            throw Failure(TracingError.order(step: step.name.description, input: "#\(input)"))
        }
        guard places.updateValue(steps.count, forKey: step.name) == nil else {
            throw .duplicateStep(step.name.description)
        }
        steps.append(step)
    }

    private func nearest(to text: String) -> [String] {
        let wanted = Set(text.split(separator: ".").map(String.init))
        let scored = steps.filter { !$0.isParameter }.map { step in
            let name = step.name.description
            let shared = name.split(separator: ".").count { wanted.contains(String($0)) }
            return (name: name, score: shared * 100 - abs(name.utf8.count - text.utf8.count))
        }
        return scored.filter { $0.score > 0 }.sorted { $0.score > $1.score }.prefix(3).map { $0.name }
    }
}
