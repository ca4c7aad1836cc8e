import Drawing
import Rendering
import Testing
import Wording

@Suite struct DeterminismTests {
    private let renderer = Renderer()

    @Test(arguments: Language.allCases, Theme.Mode.allCases)
    func theSameFigureGivesTheSameBytes(_ language: Language, _ mode: Theme.Mode) throws {
        let (first, second) = (try sampleFigure(language, mode), try sampleFigure(language, mode))
        #expect(first == second)
        #expect(try renderer.png(first) == renderer.png(second))
        #expect(try renderer.svg(first) == renderer.svg(second))
        #expect(try renderer.pdf(first) == renderer.pdf(second))
    }

    @Test func manyThreadsDrawWhatOneDraws() async throws {
        let figures = try Language.allCases.flatMap { language in
            try Theme.Mode.allCases.map { try sampleFigure(language, $0) }
        }
        let alone = try figures.map { [Array(try renderer.svg($0).utf8), try renderer.png($0), try renderer.pdf($0)] }
        let together = try await withThrowingTaskGroup(of: (Int, [[UInt8]]).self) { group in
            for round in 0..<12 {
                let renderer = renderer
                let figure = figures[round % figures.count]
                group.addTask {
                    (
                        round % 4,
                        [Array(try renderer.svg(figure).utf8), try renderer.png(figure), try renderer.pdf(figure)]
                    )
                }
            }
            var results: [(Int, [[UInt8]])] = []
            for try await result in group { results.append(result) }
            return results
        }
        #expect(together.count == 12)
        for (index, files) in together { #expect(files == alone[index]) }
    }

    /// Two pictures of one kind, of other texts only: what one names, the other does not.
    @Test func picturesOnOnePageShareNoNames() throws {
        let figures =
            try [sampleFigure(.chinese), sampleFigure(.english)]
            + ["the cat that sat there", "QUERY QUERIES 42 24"].map(strip)
        let names = try figures.map { figure in
            Set(
                try renderer.svg(figure).split(separator: "id=\"").dropFirst().compactMap {
                    $0.split(separator: "\"").first.map(String.init)
                })
        }
        #expect(names.allSatisfy { $0.count > 3 })
        for (place, first) in names.enumerated() {
            for second in names[..<place] { #expect(first.isDisjoint(with: second)) }
        }
    }

    private func strip(_ text: String) throws -> Figure {
        let chips = text.split(separator: " ").map { Chip(TokenLabel(String($0))).any }
        return try Slide(id: "strip", title: "strip") { _ in HStack { chips } }
            .figure(SlideStyle(language: .english, measurer: renderer.measurer))
    }
}
