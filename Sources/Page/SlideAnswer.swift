import Drawing
import Figures
import Reading
import Tracing
import Wording

/// One picture of a slide, and its words: what the page shows, whether it asked for it or has it drawn.
struct SlideAnswer {
    let slide: Slide
    let name: String
    let kind: String
    /// For the room that there is.
    let style: SlideStyle

    /// Writes a frame of a figure as SVG, every id with a prefix.
    typealias Picture = (_ figure: Figure, _ frame: Figure.Frame, _ prefix: String) throws(Failure) -> String

    /// - Parameter namesPlaces: whether what stands where is told, too: of what the page cannot ask anybody about.
    func write(
        frame at: Int, to json: inout JSONWriter, namesPlaces: Bool = false, picture: Picture
    ) throws(Failure) {
        let figure = try laidOut(only: at)
        guard let drawn = figure.frames.first, slide.frames.indices.contains(at) else {
            throw Failure(PageError.noFigure(name))
        }
        let (shown, language) = (slide.frames[at], style.language)
        let svg = try picture(figure, drawn, "g-\(name)-")
        let legend = style.isQuiet ? try legend(figure, picture) : nil
        json.object { json in
            json.member("name", name)
            json.member("kind", kind)
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
            json.member("wasTooSmall", figure.size != style.size)
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
            if namesPlaces { Self.write(drawn.hotSpots, to: &json) }
            json.member("svg", svg)
            if let legend { json.member("legend", legend) }
        }
    }

    /// Left, top, width, height, words and, where there is a number, that.
    private static func write(_ spots: [HotSpot], to json: inout JSONWriter) {
        func tenths(_ length: Double) -> JSONText {
            let rounded = length.isFinite ? (length * 10).rounded() / 10 : 0
            return Int(exactly: rounded).map { .integer($0) } ?? .number(rounded)
        }
        let places = spots.map { spot -> JSONText in
            let sides = [spot.rect.minX, spot.rect.minY, spot.rect.width, spot.rect.height].map(tenths)
            return .array(sides + [.text(spot.words)] + (spot.value.map { [.text($0)] } ?? []))
        }
        json.key("spots")
        json.value(JSONText.array(places))
    }

    /// At the size asked for, else at the least that it needs: the page scales it. A wider room may ask for a little more
    /// height in turn, so that the first answer need not be the last.
    private func laidOut(only frame: Int) throws(Failure) -> Figure {
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
    private func legend(_ figure: Figure, _ draw: Picture) throws(Failure) -> String {
        guard !slide.legend.isEmpty else { return "" }
        let width = style.size.width
        let space = style.space.with(width: width)
        let marks = slide.legend
        let flow = Flow(spacing: Size(28, 6), width: width, marks)
        let size = flow.size(in: space)
        var canvas = Canvas()
        flow.place(in: Rect(0, 0, size.width, size.height), space, onto: &canvas)
        let picture = Figure(
            id: "legend", title: "", size: size, paper: figure.paper, language: style.language,
            frames: [Figure.Frame(items: canvas.items)])
        return try draw(picture, picture.frames[0], "l-\(name)-")
    }
}
