import Foundation
import Tensors

/// The trace file: safetensors with one tensor a step, and the steps' operations, inputs and axes in JSON under
/// the metadata key `glassformer`.
public enum TraceFile {
    static let version = 1
    static let metadataKey = "glassformer"

    private struct Header: Codable {
        struct Token: Codable {
            var id: Int
            var display: String
            var special: Bool?
            var generated: Bool?
        }
        struct StepRecord: Codable {
            var name: String
            var operation: String
            var inputs: [String]
            var axes: [String]
            var numbers: [String: Double]?
            var words: [String: String]?
            var nanoseconds: Int?
        }
        struct Model: Codable {
            var name: String
            var family: String
            var numbers: [String: Double]
        }

        var version: Int
        var model: Model
        var tokens: [Token]
        var vocabulary: [String: String]?
        var steps: [StepRecord]
    }

    /// The whole file in bytes, weights included, so that every number in it can be explained.
    public static func data(of trace: Trace) throws -> Data {
        var writer = SafeTensorsWriter()
        for step in trace.steps {
            if step.isInteger {
                writer.add(step.name.description, integers: step.tensor.scalars.map { Int($0) }, shape: step.shape)
            } else {
                writer.add(step.name.description, step.tensor)
            }
        }
        let header = Header(
            version: version,
            model: .init(name: trace.model.name, family: trace.model.family, numbers: trace.model.numbers),
            tokens: trace.tokens.map {
                .init(
                    id: $0.id, display: $0.display, special: $0.isSpecial ? true : nil,
                    generated: $0.isGenerated ? true : nil)
            },
            vocabulary: trace.vocabulary.isEmpty
                ? nil : Dictionary(uniqueKeysWithValues: trace.vocabulary.map { (String($0.key), $0.value) }),
            steps: trace.steps.map { record($0, in: trace) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        writer.metadata = [(metadataKey, String(decoding: try encoder.encode(header), as: UTF8.self))]
        return writer.data()
    }

    private static func record(_ step: Step, in trace: Trace) -> Header.StepRecord {
        var numbers: [String: Double] = [:]
        var words: [String: String] = [:]
        for (key, value) in step.operation.attributes.values {
            switch value {
            case .number(let number): numbers[key] = number
            case .text(let text): words[key] = text
            }
        }
        return .init(
            name: step.name.description, operation: type(of: step.operation).name,
            inputs: step.inputs.map { trace.steps[$0].name.description }, axes: step.axes.map(\.rawValue),
            numbers: numbers.isEmpty ? nil : numbers, words: words.isEmpty ? nil : words,
            nanoseconds: step.nanoseconds == 0 ? nil : step.nanoseconds)
    }

    public static func write(_ trace: Trace, to path: String) throws {
        do {
            try data(of: trace).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch let error as NSError {
            throw SafeTensorsError.unreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// Reads a trace that we wrote.
    /// - Throws: ``SafeTensorsError``; ``TracingError/traceFile(path:problem:)`` where the JSON is missing or wrong.
    public static func read(path: String) throws -> Trace {
        let file = try SafeTensors(path: path)
        guard let text = file.metadata[metadataKey] else {
            throw TracingError.traceFile(path: path, problem: "its metadata has no “\(metadataKey)”")
        }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(text.utf8))
        } catch {
            throw TracingError.traceFile(
                path: path, problem: "“\(metadataKey)” is not the JSON expected: \(reason(error))")
        }
        guard header.version == version else {
            throw TracingError.traceFile(path: path, problem: "version \(header.version), expected \(version)")
        }
        var places: [String: Int] = [:]
        var steps: [Step] = []
        for record in header.steps {
            steps.append(try step(record, after: steps, places: places, file: file))
            places[record.name] = steps.count - 1
        }
        var trace = try Trace(
            steps: steps,
            model: ModelCard(name: header.model.name, family: header.model.family, numbers: header.model.numbers),
            tokens: header.tokens.map {
                TraceToken(
                    id: $0.id, display: $0.display, isSpecial: $0.special ?? false, isGenerated: $0.generated ?? false)
            })
        for (id, word) in header.vocabulary ?? [:] {
            if let id = Int(id) { trace.vocabulary[id] = word }
        }
        return trace
    }

    private static func step(
        _ record: Header.StepRecord, after earlier: [Step], places: [String: Int], file: SafeTensors
    ) throws -> Step {
        let tensor = try file.tensor(record.name)
        let inputs = try record.inputs.map { input in
            guard let place = places[input] else {
                throw TracingError.traceFile(
                    path: file.path, problem: "step “\(record.name)” reads “\(input)”, which does not come before it")
            }
            return place
        }
        let axes = record.axes.map { Axis(rawValue: $0) ?? .unknown }
        guard axes.count == tensor.shape.rank else {
            throw TracingError.traceFile(
                path: file.path,
                problem: "step “\(record.name)” has \(axes.count) axes, its tensor \(tensor.shape.rank)")
        }
        var attributes = Attributes()
        for (key, number) in record.numbers ?? [:] { attributes.values[key] = .number(number) }
        for (key, word) in record.words ?? [:] { attributes.values[key] = .text(word) }
        let operation = try Operations.make(record.operation, attributes: attributes)
        // A gradient's shape is that of the step it belongs to; what is given from outside has no inputs.
        if !(operation is Source) {
            let expected = try operation.outputShape(inputs.map { earlier[$0].shape })
            guard expected == tensor.shape else {
                throw TracingError.traceFile(
                    path: file.path, problem: "step “\(record.name)” has shape \(tensor.shape), expected \(expected)")
            }
        }
        return Step(
            name: StepName(record.name), operation: operation, inputs: inputs, tensor: tensor, axes: axes,
            nanoseconds: record.nanoseconds ?? 0)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "key “\(key.stringValue)” is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "key “\(context.codingPath.map(\.stringValue).joined(separator: "."))” has the wrong kind"
        default: "malformed JSON"
        }
    }
}
