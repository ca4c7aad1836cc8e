import Drawing
import Wording

@testable import Decks

/// A figure by hand: one item of each kind, a matrix of two by two, two frames.
enum Sample {
    static let cells = [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 1, 1]]
    static let step = "blocks.0.attn.pattern"

    static func text(
        _ string: String, _ x: Double, _ y: Double, size: Double = 20, weight: Font.Weight = .regular,
        isUpward: Bool = false
    ) -> Item.Content {
        let font = Font(size: size, weight: weight)
        return .text(
            TextLine(
                string, font: font, color: Theme.light.ink, origin: Point(x, y),
                metrics: FixedMeasurer().metrics(of: string, in: font), isUpward: isUpward))
    }

    static func figure(_ language: Language, theme: Theme = .light) -> Figure {
        let title = language == .chinese ? "每个查询与\n每个键" : "Every query & \"every\" key"
        return Figure(
            id: "pattern", title: title.filter { $0 != "\n" }, size: .slide, paper: theme.paper, language: language,
            frames: [0, 1].map { frame($0, title, language) })
    }

    private static func frame(_ number: Int, _ title: String, _ language: Language) -> Figure.Frame {
        var canvas = Canvas()
        for (place, line) in title.split(separator: "\n").enumerated() {
            // As far apart as wrapped lines are.
            canvas.add(text(String(line), 67, 90 + Double(place) * 49.2, size: 41, weight: .bold))
        }
        for (place, index) in cells.enumerated() {
            let rect = Rect(200 + Double(place % 2) * 90, 300 + Double(place / 2) * 60, 88, 58)
            let tag = Tag(step: step, index: index)
            let shade = place == number ? Theme.light.highlight : Theme.light.sequential(Double(place) / 4)
            canvas.fill(.rounded(rect, radius: 5), shade, tag: tag)
            let metrics = FixedMeasurer().metrics(of: "0.2\(place)", in: Font(size: 20))
            canvas.text(
                "0.2\(place)", from: Point(rect.midX - metrics.width / 2, rect.midY + 7), Font(size: 20),
                Theme.light.ink, metrics, tag: tag)
            canvas.hotSpot(rect, "cell", value: "0.2\(place)", tag: tag)
        }
        canvas.arrow(Point(500, 400), Point(700, 300), Stroke(.black, width: 2))
        canvas.fill(.circle(Point(800, 400), radius: 30), Theme.light.positive.opacity(0.5))
        canvas.stroke(.ribbon(Point(820, 400), Point(900, 600)), Stroke(.black, width: 2, dashes: [6, 3]))
        canvas.add(text("query", 150, 400, isUpward: true))
        canvas.add(.image(Raster(width: 2, height: 2) { x, y in x == y ? .black : .white }, Rect(1000, 300, 90, 90)))
        canvas.add(.link("https://example.org/?a=1&b=2", [Item(text("link", 1000, 500))]))
        canvas.add(text("第 1 句话，“民”看“华” 🙂 <&>", 67, 760))
        return Figure.Frame(
            items: canvas.items, caption: "frame \(number)", hotSpots: canvas.hotSpots,
            altText: "Four cells & an arrow.")
    }

    static func deck(_ language: Language, theme: Theme = .light) -> Deck {
        let figure = figure(language, theme: theme)
        return Deck(
            title: "A & B", language: language, theme: theme, command: "glassformer slides 'a & b'",
            slides: DeckSlide.slides(of: figure, section: "One") { ["said \($0)", "glassformer draw 'a & b' <x>"] }
                + DeckSlide.slides(of: figure, frames: [1], section: "Two"))
    }
}
