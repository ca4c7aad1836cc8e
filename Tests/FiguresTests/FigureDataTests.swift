import Drawing
import Figures
import Testing
import Wording

extension Figure {
    /// What is lost when the figure is written as data and read again; nothing but the fractions of hundredths of pixels.
    func whatDataLoses() throws -> [String] {
        var lost: [String] = []
        let data = data
        let read = try Figure(data: data, source: id)
        if read.data != data { lost.append("written again, it is other data") }
        if (read.id, read.title, read.language, read.metadata) != (id, title, language, metadata) {
            lost.append("words")
        }
        if read.frames.count != frames.count { return lost + ["frames"] }
        for (number, (own, other)) in zip(frames, read.frames).enumerated() {
            if (own.caption, own.altText) != (other.caption, other.altText) { lost.append("words of frame \(number)") }
            func facts(_ spot: HotSpot) -> [String?] { [spot.words, spot.value, spot.tag.map { "\($0)" }] }
            if own.hotSpots.map(facts) != other.hotSpots.map(facts) { lost.append("spots of frame \(number)") }
            var (before, after) = (SVGWriter(letters: SVGLetters()), SVGWriter(letters: SVGLetters()))
            let svg = try before.write(self, own, transparent: false).string
            if try after.write(read, other, transparent: false).string != svg { lost.append("picture \(number)") }
        }
        return lost
    }
}

@Suite("Figures as data") struct FigureDataTests {
    @Test("every figure is read as it was written", arguments: Catalogue.all.map { $0.id })
    func everyFigure(_ id: String) throws {
        let samples = [Samples.everything, Samples.trained, Samples.rotary].compactMap { $0 }
        for sample in samples + TranslationFigureTests.samples.prefix(1) + Samples.encoders.prefix(1) {
            let request = sample.request(.chinese, measurer: FixedMeasurer())
            for placement in Catalogue.placements(request, layers: [0], heads: [0]) where placement.figure.id == id {
                let lost = try Catalogue.draw(placement, request).whatDataLoses()
                #expect(lost.isEmpty, "\(sample.name): \(lost)")
            }
        }
    }
}
