import Drawing
import Figures
import Reading
import Subjects
import Tracing
import Wording

/// One figure as the page shows it: its words apart, its picture as SVG, in which every cell says which number it is.
struct FigureAnswer {
    private let run: PageSession.TextRun
    private let look: Look
    private let style: SlideStyle
    private let placement: Catalogue.Placement
    private let frame: Int?
    /// The token asked about.
    private let place: Int?
    private let wanted: Size
    private let isQuiet: Bool

    /// The least and the greatest side that is drawn; a page scales beyond them.
    private static let sides = 120.0...4000.0

    /// - Throws: ``PageError/noFigure(_:)``, ``PageError/missing(_:)``.
    init(run: PageSession.TextRun, style: SlideStyle, question: PageQuestion) throws(Failure) {
        self.run = run
        placement = try Self.placement(run, question)
        guard let width = question.number("width"), let height = question.number("height") else {
            throw Failure(PageError.missing("width, height"))
        }
        wanted = Size(Self.side(width), Self.side(height))
        frame = question.whole("frame")
        isQuiet = question.isTrue("quiet") ?? true
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
        style.size = wanted
        style.isQuiet = isQuiet
        self.style = style
    }

    private static func side(_ length: Double) -> Double { min(max(length, sides.lowerBound), sides.upperBound) }

    /// A figure by its name, or a step's numbers as they are.
    private static func placement(
        _ run: PageSession.TextRun, _ question: PageQuestion
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
        let at = min(max(asked ?? slide.frames.count - 1, 0), max(0, slide.frames.count - 1))
        let figure = try laidOut(slide, only: at)
        guard let drawn = figure.frames.first else { throw Failure(PageError.noFigure(placement.name)) }
        let (shown, language) = (slide.frames[at], style.language)
        var writer = SVGWriter(letters: SVGLetters(), prefix: "g-\(placement.name)-")
        let svg = try writer.write(figure, drawn, transparent: isQuiet)
        let legend = isQuiet ? try legend(slide, figure) : nil
        json.object { json in
            json.member("name", placement.name)
            json.member("kind", placement.figure.id)
            func words(_ name: String, _ phrase: Phrase?) {
                json.member(name, (phrase?[language] ?? "").shown.isolated)
            }
            words("title", slide.title)
            words("subtitle", slide.subtitle)
            words("takeaway", shown.takeaway ?? slide.takeaway)
            words("caption", shown.caption)
            words("note", slide.note)
            json.member("alt", drawn.altText)
            json.member("formula", (shown.formula ?? slide.formula)?.mathML() ?? "")
            json.member("frames", slide.frames.count)
            json.member("frame", at)
            json.member("width", figure.size.width)
            json.member("height", figure.size.height)
            json.member("wasTooSmall", figure.size != wanted)
            let ink = drawn.items.ink ?? Rect(origin: .zero, size: figure.size)
            json.member("ink", [ink.minX, ink.minY, ink.width, ink.height])
            json.array("groups") { json in
                for name in drawn.items.groupNames where figure.origins[name] != nil {
                    json.object { json in
                        let derived = Tag(step: name).derivedName
                        json.member(derived == nil ? "step" : "name", derived ?? name)
                        json.member("from", figure.origins[name] ?? [])
                    }
                }
            }
            json.member("svg", svg.string)
            if let legend { json.member("legend", legend) }
        }
    }

    /// At the size asked for, else at the least that it needs: the page scales it. A wider room may ask for a little more
    /// height in turn, so that the first answer need not be the last.
    private func laidOut(_ slide: Slide, only frame: Int) throws(Failure) -> Figure {
        var style = style
        var tries = 4
        while true {
            do {
                return try slide.figure(style, only: frame)
            } catch {
                guard let least = error.leastSize, tries > 0 else { throw error }
                tries -= 1
                style.size = Size(max(style.size.width, least.width), max(style.size.height, least.height))
            }
        }
    }

    /// The scales and marks of a figure, as a small picture of their own; empty where there are none.
    private func legend(_ slide: Slide, _ figure: Figure) throws(Failure) -> String {
        guard !slide.legend.isEmpty else { return "" }
        let width = wanted.width
        let space = style.space.with(width: width)
        let marks = slide.legend
        let flow = Flow(spacing: Size(28, 6), width: width, marks)
        let size = flow.size(in: space)
        var canvas = Canvas()
        flow.place(in: Rect(0, 0, size.width, size.height), space, onto: &canvas)
        let picture = Figure(
            id: "legend", title: "", size: size, paper: figure.paper, language: style.language,
            frames: [Figure.Frame(items: canvas.items)])
        var writer = SVGWriter(letters: SVGLetters(), prefix: "l-\(placement.name)-")
        return try writer.write(picture, picture.frames[0], transparent: true).string
    }
}
