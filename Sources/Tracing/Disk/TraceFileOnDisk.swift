import Foundation
import Tensors
import Wording

extension TraceFile {
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
        writer.metadata = [(TraceHeader.key, TraceHeader(trace).text)]
        writer.addChecksums()
        return writer
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
}
