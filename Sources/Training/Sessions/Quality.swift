import Models
import Wording

/// What only one kind of run finds out of its model.
package protocol QualityFindings: Sendable, Hashable, Codable {
    /// Whose they are, as the error for another file says it: `an encoder's`.
    static var owner: String { get }
}

/// A `quality.json`: what was measured of a model when its training ended. What every run measures and what only this
/// kind finds out are one flat object in the file.
@dynamicMemberLookup
package struct Quality<Findings: QualityFindings>: Sendable, Hashable, Codable {
    let run: RunFacts
    let findings: Findings

    init(_ run: RunFacts, _ findings: Findings) {
        self.run = run
        self.findings = findings
    }

    package init(from decoder: any Swift.Decoder) throws {
        run = try RunFacts(from: decoder)
        findings = try Findings(from: decoder)
    }

    package func encode(to encoder: any Swift.Encoder) throws {
        try run.encode(to: encoder)
        try findings.encode(to: encoder)
    }

    /// - Throws: ``TrainingError/unreadable(path:reason:)``.
    package static func read(path: String) throws -> Self {
        try RunFolder.read(
            path, otherwise: Phrase(en: "not \(Findings.owner) quality.json", zh: "不是这种模型的 quality.json"))
    }

    package subscript<Value>(dynamicMember member: KeyPath<RunFacts, Value>) -> Value { run[keyPath: member] }
    package subscript<Value>(dynamicMember member: KeyPath<Findings, Value>) -> Value { findings[keyPath: member] }
}

/// What every run measures.
package struct RunFacts: Sendable, Hashable, Codable {
    package let name: String
    package let kind: String
    package let description: [String: String]
    /// The recipe's file name.
    package let recipe: String
    package let parameters: Int
    package let steps: Int
    package let finalLoss: Double
    package let measures: [Measure]

    /// The words in the languages' order.
    package var summary: Phrase { Phrase(en: description["en"] ?? name, zh: description["zh-Hans"] ?? name) }

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
}

/// Of a run that is measured and nothing else.
package struct NoFindings: QualityFindings {
    package static let owner = "a run's"
}

extension [TrainingRecord] {
    /// The mean loss of the last hundred updates.
    var finalLoss: Double {
        let tail = suffix(100).map(\.loss)
        return tail.reduce(0, +) / Double(Swift.max(tail.count, 1))
    }
}
