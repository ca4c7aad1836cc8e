import Foundation
import Tensors
import Wording

/// The trace file: safetensors with one tensor a step, and the steps' operations, inputs and axes in JSON under
/// the metadata key `glassformer`.
public enum TraceFile {
    /// More tensors than a run of a thousand blocks has, each with its gradient.
    private static let most = 100_000

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
        writer.metadata = [(TraceHeader.key, try TraceHeader(trace).text())]
        writer.addChecksums()
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
        return try own(file) ?? RecordedFile(file).contents().trace
    }

    /// Reads a trace file and looks at every number in it: by arithmetic, as far as the file tells, and by checksums,
    /// where it has any.
    /// - Throws: as ``read(path:)``.
    public static func verified(path: String) throws -> (trace: Trace, result: Verification) {
        try verified(SafeTensors(path: path))
    }

    /// The same of a file in memory.
    package static func verified(_ file: SafeTensors) throws -> (trace: Trace, result: Verification) {
        let trace: Trace
        var result: Verification
        var names: [String: StepName] = [:]
        if let own = try own(file) {
            (trace, result) = (own, own.verified())
        } else {
            let recorded = try RecordedFile(file).contents()
            let checks = try RecordedChecks(recorded.trace, recorded.arithmetic, file: file)
            (trace, names) = (checks.trace, recorded.names)
            result = trace.verified(within: checks.tolerance) { checks.expected[$0] }
        }
        if let checksums = file.checked() {
            result.add(checksums, to: trace) { names[$0] ?? StepName($0) }
        }
        return (trace, result)
    }

    /// A trace that we wrote; nil where another program did.
    private static func own(_ file: SafeTensors) throws -> Trace? {
        let path = file.path
        guard file.entries.count <= most else {
            throw Failure.traceFile(
                path,
                Phrase(
                    en: "\(file.entries.count) tensors, expected at most \(most)",
                    zh: "有 \(file.entries.count) 个张量，最多应为 \(most) 个"))
        }
        guard let text = file.metadata[TraceHeader.key] else { return nil }
        let header = try TraceHeader(text, path: path)
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

    private static func claim(_ record: TraceHeader.StepRecord, _ file: SafeTensors) -> ShapeCheck.Claim? {
        let name = StepName(record.name)
        guard let axes = LabelAxes.own(name.label), let shape = file.entries[record.name]?.shape.dimensions else {
            return nil
        }
        return ShapeCheck.Claim(name: name, shape: shape, axes: axes, written: record.name)
    }

    private static func step(
        _ record: TraceHeader.StepRecord, _ tensor: Tensor, after earlier: [Step], places: [String: Int]
    ) throws -> Step {
        let inputs = try record.inputs.map { input in
            guard let place = places[input] else { throw Failure(TracingError.order(step: record.name, input: input)) }
            return place
        }
        let axes = record.axes.map { Axis(rawValue: $0) ?? .unknown }
        guard axes.count == tensor.shape.rank else {
            throw Failure(TracingError.axes(step: record.name, axes: axes.count, shape: tensor.shape.description))
        }
        let step = Step(
            name: StepName(record.name),
            operation: try Operations.make(record.operation, attributes: record.attributes),
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
}
