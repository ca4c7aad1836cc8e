import Drawing
import Figures
import Testing
import Tracing
import Wording

/// What a generation keeps, pass by pass.
@Suite struct KeyValueCacheFigureTests {
    private func placement(_ sample: Sample?, _ layer: Int = 1) throws -> (Catalogue.Placement?, FigureRequest) {
        let request = try #require(sample).request(.english, measurer: FixedMeasurer())
        let all = Catalogue.placements(request, layers: [layer], heads: [0])
        return (all.first { $0.figure.id == KeyValueCacheFigure.id }, request)
    }

    @Test func everyPassIsAFrameAndAddsOneRow() throws {
        let sample = try #require(Samples.chinese)
        let (placement, request) = try placement(sample)
        let figure = try Catalogue.draw(try #require(placement), request)
        let prompt = try #require(sample.trace[StepName.block(1, .pattern)]).shape[2]
        // The third token was written, and never read.
        #expect(figure.frames.count == 3)
        for (pass, frame) in figure.frames.enumerated() {
            let spots = frame.hotSpots.filter { $0.tag?.step.hasSuffix(".attn.k_cache") == true }
            let rows = Set(spots.compactMap { $0.tag?.index[1] })
            #expect(rows == Set(0..<(prompt + pass)), "pass \(pass): \(rows.sorted())")
        }
        let last = try #require(figure.frames.last?.altText)
        #expect(last.contains("1 row in place of \(prompt + 2)") && last.contains("\(prompt + 1) kept keys"))
    }

    @Test func withoutAGenerationThereIsNone() throws {
        #expect(try placement(Samples.rotary).0 == nil)
        #expect(try placement(Samples.oneToken).0 == nil)
    }
}
