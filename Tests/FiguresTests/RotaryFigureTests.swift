import Drawing
import Figures
import Tensors
import Testing
import Tracing
import Wording

/// The dials of rotary positions, and what the figures around them say of turned vectors.
@Suite struct RotaryFigureTests {
    private func draw(_ id: String, _ language: Language = .english, of trace: Trace? = nil) throws -> Figure {
        var sample = try #require(Samples.rotary)
        if let trace { sample.trace = trace }
        let request = sample.request(language, measurer: FixedMeasurer())
        let placements = Catalogue.placements(request, layers: [1], heads: [3])
        return try Catalogue.draw(try #require(placements.first { $0.figure.id == id }), request)
    }

    /// Head width 8, so four pairs: 1, 1/10, 1/100 and 1/1000 radians a position (Su et al. 2021, section 3.2.2).
    @Test func anglesAreThoseOfThePaper() throws {
        let figure = try draw(RotaryFigure.id)
        #expect(figure.frames.count == 1)
        let words = figure.texts.map(\.string)
        for speed in ["57°", "5.7°", "0.57°", "0.057°"] {
            #expect(words.contains(speed), "\(speed): \(words)")
        }
        // Position 2: twice as far.
        for angle in ["115°", "11°", "1.1°", "0.11°"] { #expect(words.contains(angle), "\(angle): \(words)") }
    }

    @Test func turnedVectorsAreCalledSo() throws {
        for id in ["scores", "one-head"] {
            let words = try draw(id).texts.map(\.string).joined(separator: " ")
            #expect(words.contains("queries, turned") && words.contains("keys, turned"), "\(id): \(words)")
        }
    }

    /// Numbers that were not turned in Llama's way cannot be drawn as hands.
    @Test func anotherLayoutHasNoDials() throws {
        let sample = try #require(Samples.rotary)
        let turned: [Label] = [.rotatedQuery, .rotatedKey]
        let steps = try sample.trace.steps.map { step in
            let tensor =
                turned.contains(step.name.label)
                ? try Tensor(step.shape, step.tensor.scalars.map { $0 * 1.5 }) : step.tensor
            return Step(name: step.name, operation: Source(.unexplained), tensor: tensor, axes: step.axes)
        }
        let request = Sample(name: "other", trace: try Trace(steps: steps), text: "").request(.english)
        #expect(!Catalogue.placements(request).contains { $0.figure.id == RotaryFigure.id })
    }

    @Test func modelsWithoutTurnsHaveNone() throws {
        let sample = try #require(Samples.everything)
        #expect(!Catalogue.placements(sample.request(.english)).contains { $0.figure.id == RotaryFigure.id })
    }
}
