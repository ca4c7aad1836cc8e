import Tensors
import TestSupport
import Testing
import Wording

@testable import Tracing

@Suite struct ReplayTests {
    let trace: Trace
    init() throws { trace = try SampleTrace.make() }

    /// Every source given again, so that everything is computed anew, gradients too.
    @Test func nothingChangedGivesTheSameBits() throws {
        let sources = trace.steps.filter { $0.isSource }
        let own = Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0.tensor) })
        let again = try trace.replaying(own)
        #expect(again.steps.count == trace.steps.count + 2 * sources.count)
        for step in trace.steps {
            let found = try again.step(step.name)
            #expect(found.tensor.bits == step.tensor.bits, "\(step.name)")
            #expect(found.axes == step.axes)
        }
        #expect(try trace.replaying([:] as [StepName: Tensor]).steps.count == trace.steps.count)
    }

    @Test func aHeadSwitchedOffGivesNothing() throws {
        let z = StepName.block(0, .z)
        let off = try trace.replaying([.scale(z, axis: 2, place: 1, by: 0)])
        let (was, now) = (try trace.step(z), try off.step(z))
        for place in 0..<was.tensor.count {
            let isOff = was.shape.index(at: place)[2] == 1
            #expect(now.tensor[flat: place] == (isOff ? 0 : was.tensor[flat: place]))
        }
        #expect(try off.step("blocks.0.attn.z.unchanged").tensor.bits == was.tensor.bits)
        // What comes before is the very same; what comes after is another.
        for label in [Label.query, .pattern] {
            let name = StepName.block(0, label)
            #expect(try off.step(name).tensor.bits == trace.step(name).tensor.bits)
        }
        #expect(try off.step(StepName(.logits)).tensor.bits != trace.step(StepName(.logits)).tensor.bits)
        #expect(try off.step("blocks.0.attn.W_V.grad").tensor.bits != trace.step("blocks.0.attn.W_V.grad").tensor.bits)
        #expect(off.tokens == trace.tokens && off.vocabulary == trace.vocabulary)
        // The change explains itself: 0 times what it was.
        let explanation = try off.explain(z, at: [0, 0, 1, 0])
        #expect(explanation.inputs.map(\.description) == ["blocks.0.attn.z.unchanged"])
        #expect(explanation.value == 0)
        let kept = try off.explain(z, at: [0, 0, 0, 0])
        #expect(kept.terms.map(\.value) == [kept.value])
    }

    @Test func aGivenTensorStandsInAStepsPlace() throws {
        let name = StepName.block(0, .pattern)
        let even = Tensor(try trace.step(name).shape, repeating: 1.0 / 3)
        let replayed = try trace.replaying([name: even])
        #expect(try replayed.step(name).tensor.bits == even.bits)
        #expect(try replayed.explain(name, at: [0, 0, 0, 2]).inputs.count == 2)
        // Every query sees the mean of the values now.
        let (z, v) = (try replayed.step("blocks.0.attn.z").tensor, try trace.step("blocks.0.attn.v").tensor)
        let mean = (0..<3).map { v.cell([0, $0, 0, 0]) ?? .nan }.reduce(0, +) / 3
        #expect(abs((z.cell([0, 0, 0, 0]) ?? .nan) - mean) <= 1e-6)
    }

    @Test func severalChangesOfOneStepFollowEachOther() throws {
        let z = StepName.block(0, .z)
        let both = try trace.replaying((0..<2).map { .scale(z, axis: 2, place: $0, by: 0) })
        #expect(try both.step(z).tensor.scalars.allSatisfy { $0 == 0 })
        #expect(both["blocks.0.attn.z.changed.1"] != nil)
    }

    @Test func aReplayedTraceIsAFileAndVerifies() throws {
        let off = try trace.replaying([.scale(.block(0, .z), axis: 2, place: 1, by: 0)])
        let path = try Places.temporaryFolder() + "/off.safetensors"
        try TraceFile.write(off, to: path)
        let read = try TraceFile.read(path: path)
        TraceFileTests.expectEqual(read, off)
        #expect(read.verified().failures.isEmpty)
    }

    @Test func whatDoesNotFitIsAnError() throws {
        let unknown = try requireFailure(TracingError.self) {
            try trace.replaying(["blocks.0.attn.zz": Tensor(scalar: 1)])
        }
        #expect(unknown.explanation.english.contains("blocks.0.attn.z"))
        let wrong: [Change] = [
            .scale(.block(0, .z), axis: 4, place: 0, by: 0), .scale(.block(0, .z), axis: 2, place: 2, by: 0),
            .scale(.block(0, .z), axis: -1, place: 0, by: 0), .replace(.block(0, .z), by: Tensor(scalar: 1)),
        ]
        for change in wrong { #expect(throws: (any Error).self) { try trace.replaying([change]) } }
        // Without the weights nothing behind the change can be computed.
        let part = try trace.keeping { !$0.isParameter }
        expectFailure(TracingError.notReplayed(step: "blocks.0.attn.q")) {
            try part.replaying([.scale(.block(0, .residualPre), axis: 2, place: 0, by: 0)])
        }
    }

    @Test func everyAlteredNumberIsFound() throws {
        #expect(trace.verified().failures.isEmpty && trace.verified().worst == 0)
        for step in trace.steps where !step.isSource && step.tensor.count > 0 {
            let place = step.tensor.count / 2
            guard step.tensor[flat: place].isFinite else { continue }
            var tensor = step.tensor
            tensor.mutate { $0[place] = $0[place] == 0 ? 1e-3 : $0[place] * 1.001 }
            let altered = try Trace(
                steps: trace.steps.map {
                    $0.name == step.name
                        ? Step(name: $0.name, operation: $0.operation, inputs: $0.inputs, tensor: tensor, axes: $0.axes)
                        : $0
                })
            let found = altered.verified()
            let own = try #require(found.failures.first { $0.step == step.name }, "\(step.name)")
            #expect(own.index == step.shape.index(at: place))
            #expect(own.expected == Double(step.tensor[flat: place]))
        }
    }

    /// Forward and backward tell the same: who reads a cell lists it among its terms.
    @Test func whatReadsACellIsWhatIsExplainedByIt() throws {
        let name = StepName.block(0, .value)
        let readers = try trace.readers(of: name, at: [0, 1, 1, 0], limit: 1000)
        #expect(readers.isAll && readers.total == readers.listed.count && readers.total > 0)
        for reader in readers.listed {
            let terms = try trace.explain(reader.step, at: reader.index).terms
            #expect(terms.contains { $0.step == name && $0.index == [0, 1, 1, 0] }, "\(reader.step)")
        }
        let sums = readers.listed.filter { $0.step.label == .z && !$0.step.isGradient }
        // The first token does not see the second.
        #expect(sums.map(\.index) == [[0, 1, 1, 0], [0, 2, 1, 0]])
        let one = try trace.readers(of: name, at: [0, 1, 1, 0], limit: 1)
        #expect(one.listed.count == 1 && one.total == readers.total)
        #expect(throws: (any Error).self) { try trace.readers(of: name, at: [9, 9]) }
    }

    /// No cell is missed: asked one after the other, the same cells have it among their terms, but for shares that a
    /// mask makes zero.
    @Test func everyReaderOfEveryStepIsFound() throws {
        for step in trace.steps {
            for index in [step.shape.index(at: 0), step.shape.index(at: step.shape.count / 2)] {
                let found = try trace.readers(of: step.name, at: index, limit: 10_000)
                var asked: [Readers.Reader] = []
                for reader in trace.steps where reader.inputs.contains(trace.place(of: step.name) ?? -1) {
                    for cell in reader.shape.indices {
                        guard let value = reader.tensor.cell(cell),
                            value != 0 || !(reader.operation is Softmax),
                            try trace.explain(reader.name, at: cell).terms.contains(where: {
                                $0.step == step.name && $0.index == index
                            })
                        else { continue }
                        asked.append(.init(step: reader.name, index: cell, value: Double(value)))
                    }
                }
                #expect(found.isAll && found.listed == asked, "\(step.name)\(index)")
            }
        }
    }

    /// The same of every operation by itself.
    @Test(arguments: OperationCase.all) func everyReaderOfEveryOperationIsFound(it: OperationCase) throws {
        let sources = it.inputs.enumerated().map {
            Step(
                name: StepName(Label(rawValue: "input.\($0)")), operation: Source(.constant), tensor: $1,
                axes: [Axis](repeating: .unknown, count: $1.shape.rank))
        }
        let output = try it.operation.evaluate(it.inputs)
        let reader = Step(
            name: "output", operation: it.operation, inputs: Array(sources.indices), tensor: output,
            axes: [Axis](repeating: .unknown, count: output.shape.rank))
        let trace = try Trace(steps: sources + [reader])
        for source in sources {
            for index in source.shape.indices {
                let found = trace.cells(of: reader, reading: source.name, at: index)
                let asked = try output.shape.indices.filter { cell in
                    try (output.cell(cell) != 0 || !(it.operation is Softmax))
                        && trace.explain("output", at: cell).terms.contains {
                            $0.step == source.name && $0.index == index
                        }
                }
                #expect(found.isAll && found.cells == asked, "\(source.name)\(index)")
            }
        }
    }
}
