import Tensors
import TestSupport
import Testing
import Tracing

@Suite struct RecorderTests {
    let width: [Axis] = [.width]

    @Test func recordingRetainsAndNeverCopies() throws {
        let recorder = Recorder()
        let tensor = Tensor.test([4])
        let x = try recorder.source(tensor, .parameter, as: .embedding, axes: width)
        let alias = try recorder.alias(x, as: .embed, axes: width)
        let trace = recorder.trace()
        #expect(trace.steps.count == 2)
        #expect(trace.steps.allSatisfy { $0.tensor.isSame(as: tensor) })
        #expect(alias.tensor.isSame(as: tensor))
        #expect(trace.steps.map(\.inputs) == [[], [0]])
    }

    /// What happens to a value after it was recorded does not reach the trace.
    @Test func aRecordedTensorNeverChanges() throws {
        let recorder = Recorder()
        var tensor = Tensor.test([4])
        let before = tensor.scalars
        _ = try recorder.source(tensor, .parameter, as: .embedding, axes: width)
        tensor.mutate { $0.update(repeating: 0) }
        var recorded = recorder.trace().steps[0].tensor
        recorded.accumulate(recorded)
        #expect(recorder.trace().steps[0].tensor.scalars == before)
        #expect(tensor.scalars == [0, 0, 0, 0])
    }

    @Test func withRecordingOffNothingIsKept() throws {
        let recorder = Recorder(recording: false)
        let x = try recorder.source(.test([4]), .parameter, as: .embedding, axes: width)
        let y = try recorder.apply(Add(), x, x, as: .embed, axes: width)
        _ = try recorder.alias(y, as: .embed, axes: width)
        #expect(y.tensor == x.tensor.scaled(by: 2))
        #expect(recorder.trace().steps.isEmpty)
        #expect(recorder.trace().layerCount == 0)
    }

    @Test func aParameterIsRecordedOnceAStepOnlyOnce() throws {
        let recorder = Recorder()
        let weights = Tensor.test([4])
        let first = try recorder.source(weights, .parameter, as: .embedding, axes: width)
        recorder.pass = 1
        let second = try recorder.source(weights, .parameter, as: .embedding, axes: width)
        _ = try recorder.apply(Add(), first, second, as: .embed, axes: width)
        #expect(recorder.trace().steps.map(\.name.description) == ["embed.W_E", "generated.1.embed"])
        expectFailure(TracingError.duplicateStep("generated.1.embed")) {
            try recorder.apply(Add(), first, second, as: .embed, axes: width)
        }
        expectFailure(TracingError.duplicateStep("embed.W_E"), "other numbers are another parameter") {
            try recorder.source(.test([4], seed: 9), .parameter, as: .embedding, axes: width)
        }
    }

    /// A value has its place in the trace of the recorder that wrote it down, and in no other.
    @Test func valuesOfAnotherRunAreErrors() throws {
        let other = Recorder()
        let foreign = try other.source(.test([4]), .parameter, as: .embedding, axes: width)
        let recorder = Recorder()
        let own = try recorder.source(.test([4]), .parameter, as: .embedding, axes: width)
        for value in [foreign, Value(.test([4]))] {
            expectFailure(TracingError.notRecorded) {
                try recorder.apply(Add(), own, value, as: .embed, axes: width)
            }
            expectFailure(TracingError.notRecorded) { try recorder.alias(value, as: .embed, axes: width) }
        }
        #expect(recorder.trace().steps.count == 1)
    }

    @Test func shapesThatDoNotFitLeaveNoStep() throws {
        let recorder = Recorder()
        let x = try recorder.source(.test([4]), .parameter, as: .embedding, axes: width)
        let y = try recorder.source(.test([5]), .parameter, as: .positions, axes: width)
        expectFailure(TensorError.self) { try recorder.apply(Add(), x, y, as: .embed, axes: width) }
        #expect(recorder.trace().steps.count == 2)
    }

    @Test func operationsAreTimedAndGivenTensorsAreNot() throws {
        let recorder = Recorder()
        let x = try recorder.source(.test([300, 300]), .parameter, as: .embedding, axes: [.position, .width])
        _ = try recorder.apply(Linear(), x, x, as: .embed, axes: [.position, .width])
        #expect(recorder.trace().steps[0].nanoseconds == 0)
        #expect(recorder.trace().steps[1].nanoseconds > 0)
    }
}

@Suite struct TraceTests {
    private func step(_ name: StepName, _ shape: Shape = [2], inputs: [Int] = []) -> Step {
        Step(
            name: name, operation: inputs.isEmpty ? Source(.constant) : Same(), inputs: inputs, tensor: .test(shape),
            axes: Array(repeating: .unknown, count: shape.rank))
    }

    @Test func stepsAreFoundByName() throws {
        let trace = try Trace(steps: [step("embed"), step("blocks.3.resid_pre", inputs: [0])])
        #expect(trace.place(of: "blocks.3.resid_pre") == 1)
        #expect(try trace.step("embed").shape == [2])
        #expect(trace.layers == [3] && trace.layerCount == 1)
        expectFailure(TracingError.unknownStep("blocks.3.resid_pro", nearest: ["blocks.3.resid_pre"])) {
            try trace.step("blocks.3.resid_pro")
        }
    }

    @Test func namesAreUniqueAndInputsComeFirst() {
        expectFailure(TracingError.duplicateStep("embed")) { try Trace(steps: [step("embed"), step("embed")]) }
        expectFailure(TracingError.order(step: "embed", input: "embed")) {
            try Trace(steps: [step("embed", inputs: [0])])
        }
        expectFailure(TracingError.order(step: "embed", input: "logits")) {
            try Trace(steps: [step("embed", inputs: [1]), step("logits")])
        }
        for outside in [-1, 2] {
            expectFailure(TracingError.order(step: "logits", input: "#\(outside)")) {
                try Trace(steps: [step("embed"), step("logits", inputs: [outside])])
            }
        }
    }

    @Test(arguments: [([1, 3, 4, 4], 3), ([4, 4], 0), ([], 0)] as [([Int], Int)])
    func headsAreCountedFromThePattern(shape: [Int], heads: Int) throws {
        let trace = try Trace(steps: [step("blocks.0.attn.pattern", Shape(shape))])
        #expect(trace.headCount(layer: 0) == heads)
        #expect(trace.headCount(layer: 1) == 0)
    }

    @Test func statisticsLeaveOutWhatIsNotFinite() throws {
        let statistics = Statistics(try Tensor([5], [1, -.infinity, 4, .nan, -2]))
        #expect(statistics.minimum == -2)
        #expect(statistics.maximum == 4)
        #expect(statistics.mean == 1)
        #expect(statistics.notFinite == 2 && statistics.nan == 1 && statistics.infinite == 1)
    }
}
