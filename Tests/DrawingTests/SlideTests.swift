import Testing
import Wording

@testable import Drawing

@Suite struct SlideTests {
    @Test(arguments: [Size.slide, .wide, .square, Size(1280, 720), Size(1000, 1400)], Language.allCases)
    func nothingOverlaps(_ size: Size, _ language: Language) throws {
        for mode in Theme.Mode.allCases {
            let figure = try sampleSlide().figure(style(size, mode, language))
            #expect(figure.faults == [])
            #expect(figure.size == size)
            #expect(figure.title == (language == .english ? "Every query meets every key" : "每个查询遇见每个键"))
        }
    }

    @Test func aLargerCanvasGivesLargerCells() throws {
        func cellWidth(_ size: Size) throws -> Double {
            try #require(sampleSlide().figure(style(size)).frames[0].hotSpots.first).rect.width
        }
        #expect(try cellWidth(.slide) > cellWidth(.wide))
    }

    @Test func tooSmallNamesTheLeastSize() throws {
        let found = Size(500, 300)
        do {
            _ = try sampleSlide().figure(style(found))
            Issue.record("fits into \(found)")
        } catch {
            let cause = try #require(error.cause(as: DrawingError.self))
            guard case .tooSmall(let least, found) = cause else { throw cause }
            #expect(least.width > found.width || least.height > found.height)
            // The size that the error names is enough.
            _ = try sampleSlide().figure(style(least))
        }
    }

    @Test(arguments: [Size(1, 1), Size(60, 60), Size(800, 300), Size(200, 900), Size(1590, 10)])
    func theLeastSizeCouldNotBeMuchSmaller(_ found: Size) throws {
        do {
            _ = try sampleSlide().figure(style(found))
            Issue.record("fits into \(found)")
        } catch {
            let least = try #require(error.leastSize)
            #expect(least.width >= found.width && least.height >= found.height)
            #expect(try sampleSlide().figure(style(least)).faults == [])
            for smaller in [Size(least.width * 0.97, least.height), Size(least.width, least.height * 0.97)]
            where smaller.width >= found.width && smaller.height >= found.height {
                #expect(throws: Failure.self) { try sampleSlide().figure(style(smaller)) }
            }
        }
    }

    @Test func framesKeepWhatDoesNotChange() throws {
        let slide = Slide(
            id: "product", title: "matrix product",
            frames: (0..<3).map { frame in
                Slide.Frame(caption: Phrase("cell \(frame)")) { _ in
                    Matrix([[1, 2, 3]]).named("C", .scores).state { $1 > frame ? .empty : .plain }
                }
            })
        let figure = try slide.figure(style())
        #expect(figure.frames.map(\.caption) == ["cell 0", "cell 1", "cell 2"])
        let names = figure.frames.map { frame in summary(frame.items).first { $0.contains("𝐶") } }
        #expect(names[0] != nil && names[0] == names[1] && names[1] == names[2])
        #expect(
            figure.frames.map { strings($0.items).filter { $0.count == 1 && "123".contains($0) }.count } == [1, 2, 3])
    }

    @Test func faultsAreFound() {
        let measurer = FixedMeasurer()
        func text(_ string: String, _ x: Double, _ y: Double, _ size: Double = 20) -> Item {
            let font = Font(size: size)
            return Item(
                .text(
                    TextLine(
                        string, font: font, color: .black, origin: Point(x, y),
                        metrics: measurer.metrics(of: string, in: font))))
        }
        let line = Item(.path(.line(Point(0, 93), Point(200, 93)), fill: nil, stroke: Stroke(.black)))
        let frame = Figure.Frame(items: [
            text("first", 10, 50), text("second", 30, 55), text("outside", 180, 150), text("crossed", 10, 100),
            text("tiny", 10, 190, 9), line,
        ])
        let figure = Figure(
            id: "f", title: "f", size: Size(200, 200), paper: .white, language: .english, frames: [frame])
        #expect(
            Set(figure.faults) == [
                .overlap("first", "second"), .outside("outside"), .crossed("crossed"), .small("tiny", 9),
            ])
    }

    @Test func metadataSaysHowTheFigureWasMade() throws {
        let figure = try sampleSlide().figure(style())
        #expect(figure.metadata.command == "glassformer draw")
        // Where a figure says no more than its caption, title and subtitle are said before it.
        #expect(figure.frames[0].altText.hasSuffix(" ‘果’ looks at ‘吃’."))
        #expect(figure.frames[0].altText.hasPrefix("Every query meets every key."))
        #expect(figure.metadata.description == figure.frames[0].altText)
    }

    @Test func chartsKeepTheirNamesApart() {
        let space = style().space
        let steps = (0...10).map { Double($0) }
        let curves = (0..<4).map { index in
            Chart.Curve(steps, steps.map { _ in Double(index) * 0.01 }, space.theme.ink, name: "curve \(index)")
        }
        let size = Size(480, 280)
        let chart = Chart(
            in: Rect(10, 10, 460, 220), "loss", x: AxisScale(steps: steps),
            y: AxisScale(values: curves.flatMap { $0.values }), right: Chart.room(curves, space), space)
        var canvas = Canvas()
        chart.values(&canvas)
        for curve in curves { chart.draw(curve, &canvas) }
        chart.ends(curves, &canvas)
        chart.steps(under: chart.rect.maxY, name: "step", &canvas)
        let figure = Figure(
            id: "p", title: "p", size: size, paper: .white, language: .english,
            frames: [Figure.Frame(items: canvas.items)])
        #expect(figure.faults == [])
    }

    @Test(arguments: [(0.0...3000, false), (0.0...120, true), (0.6...5.6, false), (-0.02...0.03, false)])
    func ticksAreRoundAndInside(_ range: ClosedRange<Double>, _ logarithmic: Bool) {
        let ticks = AxisScale(range, logarithmic: logarithmic).ticks(5)
        #expect(ticks.count >= 2 && ticks.count <= 12)
        for tick in ticks { #expect(range.contains(tick) || abs(tick) < 1e-9, "\(tick)") }
    }
}
