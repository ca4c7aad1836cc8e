import Drawing
import Figures
import Rendering
import Subjects
import TestSupport
import Testing
import Wording

/// Every picture of a small calculation: drawn without faults in every way, and its numbers against numbers that were
/// worked out elsewhere.
@Suite struct CalculationFigureTests {
    struct Way: Sendable, CustomTestStringConvertible {
        var language: Language
        var theme: Theme.Mode
        var size: Size
        var testDescription: String { "\(language.rawValue), \(theme.rawValue), \(size.width) × \(size.height)" }
    }

    static let ways: [Way] = [Size.slide, .square, Size(800, 600)].flatMap { size in
        [Theme.Mode.light, .dark].flatMap { theme in
            [Language.english, .chinese].map { Way(language: $0, theme: theme, size: size) }
        }
    }

    static func slide(_ line: String) throws -> Slide {
        let slides = try Calculation([line], figures: Shelf.shared.calculations).slides
        return try #require(slides.first)
    }

    /// Every example, and a name alone, is the same picture.
    @Test(arguments: ways)
    func eachIsDrawnWithoutFaults(_ way: Way) throws {
        let measurer = PangoMeasurer()
        let style = SlideStyle(
            size: way.size, theme: .named(way.theme), language: way.language, measurer: measurer)
        for kind in Shelf.shared.calculations {
            let figure = try Self.slide(kind.example).figure(style)
            #expect(figure.id == kind.id)
            #expect(figure.faults.isEmpty, "\(kind.id): \(figure.faults.prefix(3))")
            for frame in figure.frames {
                #expect(frame.altText.count > frame.caption.count, "\(kind.id): “\(frame.altText)”")
                #expect(!(frame.altText + frame.caption).contains("{"), "\(kind.id): “\(frame.altText)”")
            }
            for text in Set(figure.frames.flatMap { Self.texts($0.items) }) {
                #expect(measurer.unknownGlyphs(in: text) == 0, "\(kind.id): “\(text)”")
            }
        }
    }

    @Test func aNameAloneIsTheExample() throws {
        for kind in Shelf.shared.calculations {
            let (alone, example) = (try Self.slide(kind.id), try Self.slide(kind.example))
            #expect(alone.frames.map(\.altText) == example.frames.map(\.altText), "\(kind.id)")
        }
    }

    static func texts(_ items: [Item]) -> [String] {
        items.flatMap { item -> [String] in
            switch item.content {
            case .text(let line): [line.string]
            case .group(let inner), .link(_, let inner): texts(inner)
            case .path, .image: []
            }
        }
    }

    /// By NumPy where nothing else is said: `numpy.degrees(numpy.arccos(11 / (13 * 17) ** 0.5))` is 42.27.
    @Test(arguments: [
        ("vector-addition", "(4, 3)"), ("dot-product", "42.3°"),
        // [[2, 1], [1, 3], [0, -1]] @ [3, -2]
        ("matrix-vector", "(4, −3, 2)"), ("plane", "1.5"), ("matrix-product", "4 × 1 + 5 × 0 + 6 × 2 = 16"),
        ("list-table-stack", "2 × 3 × 4 = 24"),
        // (80 - 70) / std([90, 80, 70, 60, 50])
        ("normalise", "0.707"), ("two-linear-layers-are-one", "(−5, −3)"),
        // s (1 - s) of sigmoid at 4
        ("activation-functions", "0.0177"),
        // (1 - s) s of sigmoid at 1, times the inputs and weights
        ("one-neuron-backward", "∂/∂x₀ ≈ 0.393"),
        // (1 - 2 · 0.03)²⁴ of the first excess is left: the standardised bowl is round
        ("learning-rates", "0.03 leaves 23%"), ("learning-rates", "1.04 leaves 634%"),
        ("perceptron-correction", "0.7 > 0.5"), ("perceptron-cube", "4 of the 8"),
        // numpy.float16(0.1)
        ("float-formats", "0.0999755859375"), ("loss-scaling", "1.0×10⁻⁵"),
        // softmax([1, .5, 0, -.5] + .8 (onehot(1) - p)) is 0.4696
        ("policy-gradient", "from 28% to 47%"), ("ppo-clip", "1.2"), ("targets", "5 questions"),
        // SplitMix64 in Python: 11 of the first 24 places of seed 1 are under 0.5
        ("dropout", "11 of 24"), ("shapes", "(2, 8, 10, 64)"),
        // Thirty steps of each rule, written out in NumPy from the papers: .001468, .005033, .3061, .004934
        ("loss-surface", "SGD 0.0015, LAMB 0.0049, momentum 0.8 0.005, Adam 0.31"),
        // .001 (1 + cos(π 20 / 45)) / 2
        ("schedules", "0.00059"), ("clipping", "(1.87, 0.702)"),
        // (6/7 · 3/6 · 1/5 · (1/2)/4) ** 0.25
        ("bleu", "32.2"),
        // wte + wpe + 12 layers + the last norm of the released GPT-2
        ("to-scale", "124\u{2009}439\u{2009}808"),
        // struct.unpack("<f", bytes.fromhex("F63952BE"))
        ("bytes", "−0.205"),
    ])
    func itsNumberIsRight(_ id: String, _ expected: String) throws {
        let figure = try Self.slide(id).figure(SlideStyle(language: .english, measurer: FixedMeasurer()))
        let said = figure.frames.flatMap { [$0.altText, $0.caption] + Self.texts($0.items) }
        #expect(said.contains { $0.contains(expected) }, "\(id): \(said.prefix(2))")
    }

    /// Of 2,000 chosen words; three standard deviations are 2.7 and 2 points.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func eightyTenTen(_ seed: UInt64) {
        let counts = Masking.counts("the cat sat on the mat and the dog lay by the door", seed: seed)
        let all = Double(counts.all)
        #expect(counts.all == 2000)
        #expect(abs(Double(counts.hidden) / all - 0.8) < 0.027)
        // A random word may be the word itself, one time in ten or so.
        #expect(abs(Double(counts.exchanged) / all - 0.1) < 0.03)
    }

    @Test(arguments: [
        "plane([[1, 2, 3], [4, 5, 6]])", "plane(3)", "dot-product([1, 2, 3], [1, 2])",
        "matrix-product([[1, 2]], [[1, 2]])",
        "bleu(1, 2)", "normalise([1])", "loss-surface([[1, 0], [0, -1]])", "1 + plane([[1, 0], [0, 1]])", "\"a text\"",
        "shapes(2, 10, 511, 8)", "float-formats(\"a\")", "targets(\"one\")", "bleu(\"a",
    ])
    func whatCannotBeDrawnIsSaid(_ line: String) {
        #expect(throws: Failure.self) { try Calculation([line], figures: Shelf.shared.calculations) }
    }

    /// Numbers of earlier lines, odd numbers, texts with a semicolon.
    @Test func linesWorkTogether() throws {
        let lines = [
            "a = [3, 1]; b = a - [2, −1]; vector-addition(a, b)",
            "plane([[0, 0], [0, 0]]); plane; dot-product([0, 0], [1, 0])",
        ]
        let calculation = try Calculation(lines + ["targets(\"one; two; three\")"], figures: Shelf.shared.calculations)
        #expect(calculation.hasSteps)
        #expect(
            calculation.slides.map(\.id) == ["vector-addition", "plane", "plane-again-1", "dot-product", "targets"])
        let style = SlideStyle(language: .english, measurer: FixedMeasurer())
        for slide in calculation.slides { #expect(try !slide.figure(style).frames.isEmpty) }
        #expect(try calculation.slides[0].figure(style).frames.last?.caption.contains("(4, 3)") == true)
    }
}
