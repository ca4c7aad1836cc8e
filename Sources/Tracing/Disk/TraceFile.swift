import Foundation
import Tensors
import Wording

/// The trace file: safetensors with one tensor a step, and the steps' operations, inputs and axes in JSON under
/// the metadata key `glassformer`.
public enum TraceFile {
    static let version = 1
    static let metadataKey = "glassformer"
    /// More tensors than a run of a thousand blocks has, each with its gradient.
    private static let most = 100_000

    private struct Header: Codable {
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
    }

    /// The whole file in bytes, weights included, so that every number in it can be explained.
    /// - Throws: ``TracingError/notWhole(step:number:)`` where a token's id is no whole number.
    public static func data(of trace: Trace) throws -> Data { try writer(of: trace).data() }

    /// The same bytes piece by piece, tensors from where they lie: a large trace is never in memory twice.
    /// - Throws: as ``data(of:)``, and what `body` throws.
    public static func forEachPiece(of trace: Trace, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try writer(of: trace).forEachPiece(body)
    }

    private static func writer(of trace: Trace) throws -> SafeTensorsWriter {
        var writer = SafeTensorsWriter()
        for step in trace.steps {
            if step.isInteger {
                writer.add(step.name.description, integers: try wholeNumbers(step), shape: step.shape)
            } else {
                writer.add(step.name.description, step.tensor)
            }
        }
        let header = Header(
            version: version,
            model: .init(
                name: trace.model.name, family: trace.model.family, numbers: trace.model.numbers,
                classNames: trace.model.classNames.isEmpty ? nil : trace.model.classNames),
            tokens: trace.tokens.map(Header.Token.init),
            targetTokens: trace.targetTokens.isEmpty ? nil : trace.targetTokens.map(Header.Token.init),
            vocabulary: trace.vocabulary.isEmpty
                ? nil : Dictionary(uniqueKeysWithValues: trace.vocabulary.map { (String($0.key), $0.value) }),
            partial: trace.isPartial ? true : nil, elsewhere: trace.isElsewhere ? true : nil,
            steps: trace.steps.map { record($0, in: trace) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        writer.metadata = [(metadataKey, String(decoding: try encoder.encode(header), as: UTF8.self))]
        return writer
    }

    private static func wholeNumbers(_ step: Step) throws(Failure) -> [Int] {
        var numbers: [Int] = []
        for scalar in step.tensor.scalars {
            guard let number = Int(exactly: scalar) else {
                throw Failure(TracingError.notWhole(step: step.name.description, number: "\(scalar)"))
            }
            numbers.append(number)
        }
        return numbers
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

    /// - Throws: as ``data(of:)``; `SafeTensorsError.unwritable(path:reason:)`.
    public static func write(_ trace: Trace, to path: String) throws {
        try writer(of: trace).write(to: path)
    }

    /// Reads a trace that we wrote or, where the metadata has none of our facts, one that another program recorded
    /// under TransformerLens' names.
    ///
    /// A step whose tensor does not fit its name and the others is left out; ``Trace/notes`` names it.
    ///
    /// - Throws: `SafeTensorsError`; ``TracingError/traceFile(path:problem:)`` where the JSON is wrong, or a step does
    ///   not follow from the ones it reads.
    public static func read(path: String) throws -> Trace {
        let file = try SafeTensors(path: path)
        guard file.entries.count <= most else {
            throw Failure.traceFile(
                path,
                Phrase(
                    en: "\(file.entries.count) tensors, expected at most \(most)",
                    zh: "有 \(file.entries.count) 个张量，最多应为 \(most) 个"))
        }
        guard let text = file.metadata[metadataKey] else {
            return try RecordedFile(file).trace()
        }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(text.utf8))
        } catch {
            throw Failure.traceFile(path, problem(error))
        }
        guard header.version == version else {
            throw Failure.traceFile(
                path,
                Phrase(en: "version \(header.version), expected \(version)", zh: "版本是 \(header.version)，应为 \(version)"))
        }
        let records = header.steps
        let tokens = header.tokens.map(\.token)
        let claims = records.compactMap { claim($0, file) }
        // Only what reads a text has steps that mean what their names say; a network of neurons has its own.
        let isText =
            !tokens.isEmpty || !header.model.family.isEmpty
            || claims.contains { $0.name.block != nil || $0.name.label == .tokens }
        var check = ShapeCheck(
            isText ? claims : [], isElsewhere: header.elsewhere ?? false,
            tokens: tokens.count { !$0.isGenerated })
        var places: [String: Int] = [:]
        var steps: [Step] = []
        for record in records {
            do {
                let tensor = try file.tensor(record.name)
                check.checkIDs(StepName(record.name), tensor, written: record.name)
                guard check.lies[record.name] == nil else { continue }
                // A parameter is no part of a run: it has no axis for its texts.
                let isParameter = record.words?["kind"] == Source.Kind.parameter.rawValue
                let isWhole =
                    !record.inputs.contains { check.lies[$0] != nil }
                    && !(isParameter && LabelAxes.own(StepName(record.name).label)?.first == .batch)
                steps.append(try step(isWhole ? record : record.alone, tensor, after: steps, places: places))
            } catch let failure as Failure where failure.cause(as: SafeTensorsError.self) != nil {
                throw failure
            } catch let error as any ExplainedError {
                throw Failure.traceFile(path, error.explanation)
            }
            places[record.name] = steps.count - 1
        }
        var trace = try Trace(
            steps: steps,
            model: ModelCard(name: header.model.name, family: header.model.family, numbers: header.model.numbers),
            tokens: tokens)
        trace.notes = check.notes(records.map(\.name))
        let count = check.positions(.single) ?? check.positions(.encoder) ?? tokens.count
        if tokens.count != count, tokens.count(where: { !$0.isGenerated }) != count {
            if !tokens.isEmpty { trace.notes.append(RecordedFile.miscounted("tokens", tokens.count, count)) }
            let ids = (trace[StepName(.tokens)] ?? trace[StepName(.tokens, stack: .encoder)])?.tensor.scalars ?? []
            trace.tokens = (0..<count).map { place in
                TraceToken(
                    id: ids.indices.contains(place) ? Int(exactly: ids[place]) ?? place : place, display: "\(place)")
            }
        }
        trace.isElsewhere = header.elsewhere ?? false
        trace.isPartial = header.partial ?? false || !check.lies.isEmpty
        trace.model.classNames = header.model.classNames ?? []
        trace.targetTokens = (header.targetTokens ?? []).map(\.token)
        for (id, word) in header.vocabulary ?? [:] {
            if let id = Int(id) { trace.vocabulary[id] = word }
        }
        return trace
    }

    private static func claim(_ record: Header.StepRecord, _ file: SafeTensors) -> ShapeCheck.Claim? {
        let name = StepName(record.name)
        guard let axes = LabelAxes.own(name.label), let shape = file.entries[record.name]?.shape.dimensions else {
            return nil
        }
        return ShapeCheck.Claim(name: name, shape: shape, axes: axes, written: record.name)
    }

    private static func step(
        _ record: Header.StepRecord, _ tensor: Tensor, after earlier: [Step], places: [String: Int]
    ) throws -> Step {
        let inputs = try record.inputs.map { input in
            guard let place = places[input] else { throw Failure(TracingError.order(step: record.name, input: input)) }
            return place
        }
        let axes = record.axes.map { Axis(rawValue: $0) ?? .unknown }
        guard axes.count == tensor.shape.rank else {
            throw Failure(TracingError.axes(step: record.name, axes: axes.count, shape: tensor.shape.description))
        }
        var attributes = Attributes()
        for (key, number) in record.numbers ?? [:] { attributes.values[key] = .number(number) }
        for (key, word) in record.words ?? [:] { attributes.values[key] = .text(word) }
        let step = Step(
            name: StepName(record.name), operation: try Operations.make(record.operation, attributes: attributes),
            inputs: inputs, tensor: tensor, axes: axes, nanoseconds: record.nanoseconds ?? 0)
        if step.isInteger { _ = try wholeNumbers(step) }
        // What is given from outside has the shape that it has.
        if !step.isSource {
            let expected = try step.operation.outputShape(inputs.map { earlier[$0].shape })
            guard expected == tensor.shape else {
                throw Failure(
                    TracingError.shape(
                        step: record.name, expected: expected.description, found: tensor.shape.description))
            }
        }
        return step
    }

    private static func problem(_ error: any Error) -> Phrase {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            Phrase(
                en: "“\(metadataKey)”: key “\(key.stringValue)” is missing",
                zh: "“\(metadataKey)”里缺少键“\(key.stringValue)”")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            Phrase(
                en: "“\(metadataKey)”: key “\(keys(context))” has the wrong kind",
                zh: "“\(metadataKey)”里键“\(keys(context))”的类型不对")
        default: Phrase(en: "“\(metadataKey)” is malformed JSON", zh: "“\(metadataKey)”不是合法的 JSON")
        }
    }

    private static func keys(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
