import Reading
import Tensors
import Wording

/// The trace file: safetensors with one tensor a step, and the steps' operations, inputs and axes in JSON under
/// the metadata key `glassformer`.
public enum TraceFile {
    /// More tensors than a run of a thousand blocks has, each with its gradient.
    private static let most = 100_000

    /// A trace that we wrote, of a file in memory.
    /// - Throws: `SafeTensorsError`; ``TracingError/traceFile(path:problem:)`` where the JSON is wrong, a step does not
    ///   follow from the ones it reads, or another program wrote it.
    public static func read(_ bytes: FileBytes) throws(Failure) -> Trace {
        guard let trace = try own(SafeTensors(bytes)) else {
            throw Failure.traceFile(
                bytes.path,
                Phrase(en: "metadata “\(TraceHeader.key)” is missing", zh: "缺少元数据“\(TraceHeader.key)”"))
        }
        return trace
    }

    /// A trace that we wrote; nil where another program did.
    static func own(_ file: SafeTensors) throws(Failure) -> Trace? {
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
        let tokens = header.tokens
        let claims = records.compactMap { claim($0, file) }
        // Only what reads a text has steps that mean what their names say; a network of neurons has its own.
        let isText =
            !tokens.isEmpty || !header.model.family.isEmpty
            || claims.contains { $0.name.block != nil || $0.name.label == .tokens }
        var check = ShapeCheck(
            isText ? claims : [], isElsewhere: header.isElsewhere, tokens: tokens.count { !$0.isGenerated })
        var places: [String: Int] = [:]
        var steps: [Step] = []
        for record in records {
            do throws(Failure) {
                let tensor = try file.tensor(record.name)
                check.checkIDs(StepName(record.name), tensor, written: record.name)
                guard check.lies[record.name] == nil else { continue }
                // A parameter is no part of a run: it has no axis for its texts.
                let isParameter = record.attributes.values["kind"] == .text(Source.Kind.parameter.rawValue)
                let isWhole =
                    !record.inputs.contains { check.lies[$0] != nil }
                    && !(isParameter && LabelAxes.own(StepName(record.name).label)?.first == .batch)
                steps.append(try step(isWhole ? record : record.alone, tensor, after: steps, places: places))
            } catch {
                guard error.cause(as: SafeTensorsError.self) == nil else { throw error }
                throw Failure.traceFile(path, error.explanation)
            }
            places[record.name] = steps.count - 1
        }
        var trace = try Trace(steps: steps, model: header.model, tokens: tokens)
        trace.notes = check.notes(records.map { $0.name })
        let count = check.positions(.single) ?? check.positions(.encoder) ?? tokens.count
        if tokens.count != count, tokens.count(where: { !$0.isGenerated }) != count {
            if !tokens.isEmpty { trace.notes.append(miscounted("tokens", tokens.count, count)) }
            let ids = (trace[StepName(.tokens)] ?? trace[StepName(.tokens, stack: .encoder)])?.tensor.scalars ?? []
            trace.tokens = (0..<count).map { place in
                TraceToken(
                    id: ids.indices.contains(place) ? Int(exactly: ids[place]) ?? place : place, display: "\(place)")
            }
        }
        trace.isElsewhere = header.isElsewhere
        trace.isPartial = header.isPartial || !check.lies.isEmpty
        trace.targetTokens = header.targetTokens
        trace.vocabulary = header.vocabulary
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
    ) throws(Failure) -> Step {
        var inputs: [Int] = []
        for input in record.inputs {
            guard let place = places[input] else { throw Failure(TracingError.order(step: record.name, input: input)) }
            inputs.append(place)
        }
        let axes = record.axes.map { Axis(rawValue: $0) ?? .unknown }
        guard axes.count == tensor.shape.rank else {
            throw Failure(TracingError.axes(step: record.name, axes: axes.count, shape: tensor.shape.description))
        }
        let step = Step(
            name: StepName(record.name),
            operation: try Operations.make(record.operation, attributes: record.attributes),
            inputs: inputs, tensor: tensor, axes: axes, nanoseconds: record.nanoseconds)
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

    /// - Throws: ``TracingError/notWhole(step:number:)``.
    static func wholeNumbers(_ step: Step) throws(Failure) -> [Int] {
        var numbers: [Int] = []
        for scalar in step.tensor.scalars {
            guard let number = Int(exactly: scalar) else {
                throw Failure(TracingError.notWhole(step: step.name.description, number: "\(scalar)"))
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Said of a list that does not fit the tensors.
    static func miscounted(_ list: String, _ found: Int, _ expected: Int) -> Phrase {
        Phrase(
            en: "“\(list)” has \(found) \(found == 1 ? "entry" : "entries"), expected \(expected): it is set aside",
            zh: "“\(list)”有 \(found) 项，应有 \(expected) 项，不予采用")
    }
}
