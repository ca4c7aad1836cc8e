import Foundation
import Tensors
import Wording

/// What a trace file says of a run beside its tensors: JSON under the metadata key `glassformer`.
struct TraceHeader: Codable {
    struct Token: Codable {
        var id: Int
        var display: String
        var special: Bool?
        var generated: Bool?

        init(_ token: TraceToken) {
            id = token.id
            display = token.display
            special = token.isSpecial ? true : nil
            generated = token.isGenerated ? true : nil
        }

        var token: TraceToken {
            TraceToken(id: id, display: display, isSpecial: special ?? false, isGenerated: generated ?? false)
        }
    }
    struct StepRecord: Codable {
        var name: String
        var operation: String
        var inputs: [String]
        var axes: [String]
        var numbers: [String: Double]?
        var words: [String: String]?
        var nanoseconds: Int?

        init(_ step: Step, in trace: Trace) {
            name = step.name.description
            operation = type(of: step.operation).name
            inputs = step.inputs.map { trace.steps[$0].name.description }
            axes = step.axes.map(\.rawValue)
            for (key, value) in step.operation.attributes.values {
                switch value {
                case .number(let number):
                    numbers = numbers ?? [:]
                    numbers?[key] = number
                case .text(let text):
                    words = words ?? [:]
                    words?[key] = text
                }
            }
            nanoseconds = step.nanoseconds == 0 ? nil : step.nanoseconds
        }

        var attributes: Attributes {
            var attributes = Attributes()
            for (key, number) in numbers ?? [:] { attributes.values[key] = .number(number) }
            for (key, word) in words ?? [:] { attributes.values[key] = .text(word) }
            return attributes
        }

        /// Where what it reads was set aside: as if recorded elsewhere.
        var alone: StepRecord {
            var record = self
            record.operation = Source.name
            record.inputs = []
            record.numbers = nil
            record.words = ["kind": Source.Kind.unexplained.rawValue]
            return record
        }
    }
    struct Model: Codable {
        var name: String
        var family: String
        var numbers: [String: Double]
        var classNames: [String]?
    }

    var version: Int
    var model: Model
    var tokens: [Token]
    var targetTokens: [Token]?
    var vocabulary: [String: String]?
    /// Whether some of the run's steps were left out.
    var partial: Bool?
    /// Whether another program recorded it.
    var elsewhere: Bool?
    var steps: [StepRecord]

    static let key = "glassformer"
    private static let version = 1

    init(_ trace: Trace) {
        version = Self.version
        model = Model(
            name: trace.model.name, family: trace.model.family, numbers: trace.model.numbers,
            classNames: trace.model.classNames.isEmpty ? nil : trace.model.classNames)
        tokens = trace.tokens.map(Token.init)
        targetTokens = trace.targetTokens.isEmpty ? nil : trace.targetTokens.map(Token.init)
        vocabulary =
            trace.vocabulary.isEmpty
            ? nil : Dictionary(uniqueKeysWithValues: trace.vocabulary.map { (String($0.key), $0.value) })
        partial = trace.isPartial ? true : nil
        elsewhere = trace.isElsewhere ? true : nil
        steps = trace.steps.map { StepRecord($0, in: trace) }
    }

    /// - Throws: ``TracingError/traceFile(path:problem:)``.
    init(_ text: String, path: String) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        } catch {
            throw Failure.traceFile(path, Self.problem(error))
        }
        guard version == Self.version else {
            throw Failure.traceFile(
                path,
                Phrase(en: "version \(version), expected \(Self.version)", zh: "版本是 \(version)，应为 \(Self.version)"))
        }
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private static func problem(_ error: any Error) -> Phrase {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            Phrase(
                en: "“\(Self.key)”: key “\(key.stringValue)” is missing",
                zh: "“\(Self.key)”里缺少键“\(key.stringValue)”")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            Phrase(
                en: "“\(Self.key)”: key “\(keys(context))” has the wrong kind",
                zh: "“\(Self.key)”里键“\(keys(context))”的类型不对")
        default: Phrase(en: "“\(Self.key)” is malformed JSON", zh: "“\(Self.key)”不是合法的 JSON")
        }
    }

    private static func keys(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
