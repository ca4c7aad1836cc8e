import Drawing
import Figures
import Reading
import Subjects
import Tracing
import Wording

/// One figure as the page shows it: its words apart, its picture as SVG, in which every cell says which number it is.
struct FigureAnswer {
    private let run: TextRun
    private let look: Look
    private let style: SlideStyle
    private let placement: Catalogue.Placement
    private let frame: Int?
    /// The token asked about.
    private let place: Int?
    private let isQuiet: Bool
    private let keepsWidths: Bool

    /// The least and the greatest side that is drawn; a page scales beyond them.
    private static let sides = 120.0...4000.0

    /// - Parameter isWhole: whether it stands alone, with head and foot, where the question does not say.
    /// - Throws: ``PageError/noFigure(_:)``, ``PageError/missing(_:)``.
    init(
        run: TextRun, style: SlideStyle, question: PageQuestion, keepsWidths: Bool = false,
        isWhole: Bool = false
    ) throws(Failure) {
        self.run = run
        self.keepsWidths = keepsWidths
        placement = try Self.placement(run, question)
        guard let width = question.number("width"), let height = question.number("height") else {
            throw Failure(PageError.missing("width, height"))
        }
        frame = question.whole("frame")
        isQuiet = question.isTrue("quiet") ?? !isWhole
        var look = Look()
        // What shows all heads of a layer stands in the story of one of them.
        (look.layer, look.head) = (placement.layer, placement.head ?? question.whole("head"))
        look.stack = placement.stack == .single ? nil : placement.stack
        // A page may still ask for a place that another text had.
        let tokens = placement.stack == .decoder ? run.trace.targetTokens : run.trace.tokens.filter { !$0.isGenerated }
        place = question.whole("position").flatMap { tokens.indices.contains($0) ? $0 : nil }
        if let place { look.position = .index(place) }
        self.look = look
        var style = style
        style.size = Size(Self.side(width), Self.side(height))
        style.isQuiet = isQuiet
        self.style = style
    }

    private static func side(_ length: Double) -> Double { min(max(length, sides.lowerBound), sides.upperBound) }

    /// A figure by its name, or a step's numbers as they are.
    private static func placement(
        _ run: TextRun, _ question: PageQuestion
    ) throws(Failure) -> Catalogue.Placement {
        if let text = question.text("table") { return Catalogue.values(of: try run.trace.step(StepName(text)).name) }
        let name = try question.needed("name")
        guard let found = run.placements.first(where: { $0.name == name }) else {
            throw Failure(PageError.noFigure(name))
        }
        return found
    }

    func write(to json: inout JSONWriter) throws(Failure) {
        let slide = try run.subject.slide(placement, look, style)
        let asked = frame ?? place.flatMap { place in slide.frames.firstIndex { $0.position == place } }
        let at = min(max(asked ?? slide.opening ?? slide.frames.count - 1, 0), max(0, slide.frames.count - 1))
        let answer = SlideAnswer(slide: slide, name: placement.name, kind: placement.figure.id, style: style)
        try answer.write(frame: at, to: &json) { (figure, frame, prefix) throws(Failure) in
            var writer = SVGWriter(letters: SVGLetters(keepsWidths: keepsWidths), prefix: prefix)
            return try writer.write(figure, frame, transparent: isQuiet).string
        }
    }
}

extension FigureAnswer {
    /// The whole figure, laid out as a picture of its own: with head and foot, at the size asked for or the least that it
    /// needs; and which frame was asked for.
    func figure() throws(Failure) -> (figure: Figure, frame: Int) {
        let slide = try run.subject.slide(placement, look, style)
        let asked = frame ?? place.flatMap { place in slide.frames.firstIndex { $0.position == place } }
        let at = min(max(asked ?? slide.opening ?? slide.frames.count - 1, 0), max(0, slide.frames.count - 1))
        do {
            return (try slide.figure(style), at)
        } catch {
            guard let least = error.leastSize else { throw error }
            var style = style
            style.size = Size(max(style.size.width, least.width), max(style.size.height, least.height))
            return (try slide.figure(style), at)
        }
    }
}
