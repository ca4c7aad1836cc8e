import Foundation
import Reading
import Tensors
import TestSupport
import Testing
import Tracing

@Suite struct TraceFileTests {
    let trace: Trace
    init() throws { trace = try SampleTrace.make() }

    private func write() throws -> String {
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(trace, to: path)
        return path
    }

    static func expectEqual(_ found: Trace, _ expected: Trace) {
        #expect(found.model == expected.model)
        #expect(found.tokens == expected.tokens)
        #expect(found.vocabulary == expected.vocabulary)
        #expect(found.steps.map(\.name) == expected.steps.map(\.name))
        for (a, b) in zip(found.steps, expected.steps) {
            #expect(type(of: a.operation) == type(of: b.operation))
            #expect(a.operation.attributes == b.operation.attributes)
            #expect(a.inputs == b.inputs)
            #expect(a.axes == b.axes)
            #expect(a.nanoseconds == b.nanoseconds)
            #expect(a.shape == b.shape)
            #expect(a.tensor.bits == b.tensor.bits, "\(a.name)")
            #expect(found.place(of: a.name) == expected.place(of: b.name))
        }
    }

    @Test func whatIsWrittenReadsBackBitForBit() throws {
        Self.expectEqual(try TraceFile.read(path: write()), trace)
    }

    /// What is not finite is written too: masked scores and whatever went wrong.
    @Test func numbersThatAreNotFiniteSurvive() throws {
        let odd = try Tensor([5], [.infinity, -.infinity, .nan, -0.0, .leastNonzeroMagnitude])
        let trace = try Trace(steps: [Step(name: "odd", operation: Source(.constant), tensor: odd, axes: [.width])])
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(trace, to: path)
        #expect(try TraceFile.read(path: path).steps[0].tensor.bits == odd.bits)
    }

    @Test func anEmptyTraceIsAFileToo() throws {
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try TraceFile.write(Trace(steps: []), to: path)
        #expect(try TraceFile.read(path: path).steps.isEmpty)
    }

    @Test func theSameTraceGivesTheSameBytes() throws {
        let first = try TraceFile.data(of: trace)
        #expect(try TraceFile.data(of: trace) == first)
        #expect(try TraceFile.data(of: TraceFile.read(path: write())) == first)
    }

    @Test func idsThatAreNotWholeAreAnErrorWhenWritten() throws {
        for id: Float in [.nan, .infinity, 0.5] {
            let step = Step(name: "tokens", operation: Source(.tokens), tensor: Tensor(scalar: id), axes: [])
            expectFailure(TracingError.notWhole(step: "tokens", number: "\(id)")) {
                try TraceFile.data(of: Trace(steps: [step]))
            }
        }
    }

    @Test func aFolderThatIsNotThereIsAnError() throws {
        let path = try Places.temporaryFolder() + "/missing/trace.safetensors"
        let error = try requireFailure(ReadingError.self) { try TraceFile.write(trace, to: path) }
        guard case .unwritable(path, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    // MARK: Python as a witness

    @Test func pythonOpensIt() throws {
        let script = """
            import json, sys
            from safetensors import safe_open
            with safe_open(sys.argv[1], "np") as f:
                glass = json.loads(f.metadata()["glassformer"])
                assert glass["version"] == 1
                assert list(f.metadata()) == ["glassformer"], list(f.metadata())
                assert sorted(f.keys()) == sorted(s["name"] for s in glass["steps"])
                assert glass["model"]["name"] == "样例 “sample”", glass["model"]
                assert [t["id"] for t in glass["tokens"]] == [4, 0, 4], glass["tokens"]
                assert glass["vocabulary"]["3"] == chr(10) + chr(1) + chr(34) + chr(92)
                for step in glass["steps"]:
                    tensor = f.get_tensor(step["name"])
                    assert len(step["axes"]) == tensor.ndim, step
                    print(step["name"], step["operation"], ",".join(step["inputs"]), tensor.dtype,
                          "x".join(map(str, tensor.shape)), repr(float(tensor.astype("float64").ravel()[-1])))
                print(f.get_tensor("tokens").tolist(), f.get_tensor("targets").tolist())
            """
        let path = try write()
        guard let output = try Python.run(script, needing: ["safetensors", "numpy"], arguments: [path]) else { return }
        var lines = output.split(separator: "\n").map(String.init)
        #expect(lines.popLast() == "[[4, 0, 4]] [[0, 4, -1]]")
        #expect(lines.count == trace.steps.count)
        for (line, step) in zip(lines, trace.steps) {
            let last = Double(step.tensor.scalars.last ?? .nan)
            let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            #expect(parts[0] == step.name.description)
            #expect(parts[1] == type(of: step.operation).name)
            #expect(parts[2] == step.inputs.map { trace.steps[$0].name.description }.joined(separator: ","))
            #expect(parts[3] == (step.isInteger ? "int64" : "float32"))
            #expect(parts[4] == step.shape.dimensions.map(String.init).joined(separator: "x"))
            #expect(Double(parts[5].replacing("inf", with: "infinity")) == last)
        }
    }

    /// Python writes tensors in another order, at other offsets.
    @Test func whatPythonWritesAgainReadsBack() throws {
        let script = """
            import sys
            from safetensors import safe_open
            from safetensors.numpy import save_file
            with safe_open(sys.argv[1], "np") as f:
                save_file({k: f.get_tensor(k) for k in f.keys()}, sys.argv[2], metadata=f.metadata())
            """
        let path = try write()
        let again = path + ".again"
        guard try Python.run(script, needing: ["safetensors", "numpy"], arguments: [path, again]) != nil else { return }
        Self.expectEqual(try TraceFile.read(path: again), trace)
    }
}
