import Models
import Tracing
import Wording

/// A `quality.json`: what was measured of a model when its training ended.
public protocol QualityFile: Sendable, Hashable, Codable {
    /// Whose it is, as the error for another file says it: `an encoder's`.
    static var owner: String { get }

    var measures: [Measure] { get }
}

extension QualityFile {
    /// - Throws: ``TrainingError/unreadable(path:reason:)``.
    public static func read(path: String) throws -> Self {
        try RunFolder.read(path, otherwise: Phrase(en: "not \(owner) quality.json", zh: "不是这种模型的 quality.json"))
    }
}

/// What was measured of a model that is not the next-word one.
public struct RunQuality: QualityFile {
    public static let owner = "a run's"

    public let name: String
    public let kind: String
    public let description: [String: String]
    /// The recipe's file name.
    public let recipe: String
    public let parameters: Int
    public let steps: Int
    public let finalLoss: Double
    public let measures: [Measure]

    /// The words in the languages' order.
    public var summary: Phrase { Phrase(en: description["en"] ?? name, zh: description["zh-Hans"] ?? name) }

    init<Made: Recipe>(_ recipe: Made, parameters: Int, steps: Int, finalLoss: Double, measures: [Measure]) {
        name = recipe.head.name
        kind = Made.kind
        description = recipe.head.description
        self.recipe = recipe.head.fileName
        self.parameters = parameters
        self.steps = steps
        self.finalLoss = finalLoss
        self.measures = measures
    }

    /// Of a model that was updated by gradients.
    init(_ recipe: some Recipe, of model: some ParametricModel, records: [TrainingRecord], measures: [Measure]) {
        self.init(
            recipe, parameters: model.parameters.count, steps: records.count, finalLoss: records.finalLoss,
            measures: measures)
    }
}

/// What only one kind of run finds out of its model.
public protocol QualityFindings: Sendable, Hashable, Codable {
    /// A text and what the model made of it.
    associatedtype Sample

    /// As in ``QualityFile/owner``.
    static var owner: String { get }
}

/// What every run measures beside what only this kind finds out; one flat object in the file.
@dynamicMemberLookup
public struct FoundQuality<Findings: QualityFindings>: QualityFile {
    public typealias Sample = Findings.Sample

    public static var owner: String { Findings.owner }

    let run: RunQuality
    let findings: Findings

    init(_ run: RunQuality, _ findings: Findings) {
        self.run = run
        self.findings = findings
    }

    public init(from decoder: any Swift.Decoder) throws {
        run = try RunQuality(from: decoder)
        findings = try Findings(from: decoder)
    }

    public func encode(to encoder: any Swift.Encoder) throws {
        try run.encode(to: encoder)
        try findings.encode(to: encoder)
    }

    public var measures: [Measure] { run.measures }

    public subscript<Value>(dynamicMember member: KeyPath<RunQuality, Value>) -> Value { run[keyPath: member] }
    public subscript<Value>(dynamicMember member: KeyPath<Findings, Value>) -> Value { findings[keyPath: member] }
}

extension [TrainingRecord] {
    /// The mean loss of the last hundred updates.
    var finalLoss: Double {
        let tail = suffix(100).map(\.loss)
        return tail.reduce(0, +) / Double(Swift.max(tail.count, 1))
    }
}

/// What was measured of a next-word model when its training ended; `quality.json` beside the model.
public struct Quality: QualityFile {
    public static let owner = "a model's"

    public struct Probe: Sendable, Hashable, Codable {
        public let text: String
        public let continuation: String
        public let tokens: [String]
        public let probabilities: [Double]
    }

    public struct Heads: Sendable, Hashable, Codable {
        public let previousToken: HeadScores.Place
        public let induction: HeadScores.Place
        /// `[layer][head]`
        public let previousTokenScores: [[Double]]
        public let inductionScores: [[Double]]
    }

    public let name: String
    public let description: [String: String]
    /// The recipe's file name.
    public let recipe: String
    public let parameters: Int
    public let steps: Int
    public let finalLoss: Double
    public let heldOutSentences: Int
    public let heldOutTokens: Int
    public let heldOutPerplexity: Double
    public let bigramPerplexity: Double
    public let heads: Heads
    public let probes: [Probe]

    public var measures: [Measure] {
        [
            Measure("held_out_perplexity", heldOutPerplexity, baseline: bigramPerplexity),
            Measure("previous_token_head", heads.previousToken.score),
            Measure("induction_head", heads.induction.score),
        ]
    }
}
