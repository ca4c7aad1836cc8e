import Drawing
import Wording

/// A style with fixed metrics, the same on every machine.
func style(
    _ size: Size = .slide, _ mode: Theme.Mode = .light, _ language: Language = .english
) -> SlideStyle {
    SlideStyle(
        size: size, theme: .named(mode), language: language, measurer: FixedMeasurer(), command: "glassformer draw")
}

func space(_ density: Density = .comfortable) -> Space {
    Space(theme: .light, language: .english, density: density, measurer: FixedMeasurer())
}

/// What a mark paints at its own size.
func placed(_ mark: any Mark, _ space: Space = space()) -> Canvas {
    var canvas = Canvas()
    mark.place(in: Rect(origin: Point(0, 0), size: mark.size(in: space)), space, onto: &canvas)
    return canvas
}

/// The strings of a canvas, in the order they were placed.
func strings(_ items: [Item]) -> [String] {
    items.flatMap { item -> [String] in
        switch item.content {
        case .text(let line): [line.string]
        case .group(let items), .link(_, let items): strings(items)
        case .path, .image: []
        }
    }
}

/// A figure's items as lines of text, rounded to the pixel: what goldens compare.
func summary(_ items: [Item]) -> [String] {
    func round(_ value: Double) -> Int { Int(value.rounded()) }
    return items.map { item in
        let tag = item.tag.map { " @\($0.step)\($0.index)" } ?? ""
        switch item.content {
        case .text(let line):
            return "text \(line.string) \(round(line.font.size)) \(line.color.hex) "
                + "\(round(line.origin.x)),\(round(line.origin.y))\(tag)"
        case .path(let path, let fill, let stroke):
            let box = path.bounds ?? Rect(0, 0, 0, 0)
            let fill = fill.map { " fill \($0.hex)" } ?? ""
            let stroke = stroke.map { " stroke \($0.color.hex) \($0.width)" } ?? ""
            return "path \(round(box.minX)),\(round(box.minY)) \(round(box.width))×\(round(box.height))"
                + "\(fill)\(stroke)\(tag)"
        case .image(let raster, let rect):
            return "image \(raster.width)×\(raster.height) in \(round(rect.width))×\(round(rect.height))\(tag)"
        case .group(let items): return "group \(items.count)\(tag)"
        case .link(let target, let items): return "link \(target) \(items.count)\(tag)"
        }
    }
}

/// A slide with most marks on it.
func sampleSlide() -> Slide {
    let tokens: [TokenLabel] = ["我", "爱", "吃", "苹", "果"]
    let value: @Sendable (Int, Int, Int) -> Float = { seed, row, column in
        Float((seed * 31 + row * 17 + column * 7) % 41) / 10 - 2
    }
    let queries = Matrix(rows: 5, columns: 6) { value(1, $0, $1) }.rows(tokens).named("Q", .query)
        .tagged("blocks.0.attn.q") { [0, $0, 1, $1] }.highlighting(row: 4)
    let keys = Matrix(rows: 5, columns: 6) { value(2, $0, $1) }.named("K", .key)
    let scores = Matrix(rows: 5, columns: 5) { $1 > $0 ? -.infinity : value(3, $0, $1) }.causal()
        .rows(tokens).columns(tokens).named(words: Phrase(en: "scores", zh: "分数"), .scores)
        .axes(rows: Phrase(en: "query", zh: "查询"), columns: Phrase(en: "key", zh: "键"))
    return Slide(
        id: "sample", title: Phrase(en: "Every query meets every key", zh: "每个查询遇见每个键"),
        subtitle: Phrase(
            en: "Their dot products, divided by the root of the head width, are the scores.",
            zh: "点积除以头宽的平方根，就是分数。"),
        here: MiniMap(.attention, layer: 0, head: 1),
        formula: Formula(#"S = \frac{\role{query}{Q}\role{key}{K}^\top}{\sqrt{d}}"#),
        takeaway: Phrase(en: "‘果’ looks at ‘吃’.", zh: "“果”在看“吃”。"),
        legend: [ColorScale(queries.valueScale, Phrase(en: "value", zh: "数值")).any]
    ) { _ in
        ThatFits {
            HStack {
                queries
                Symbol("·")
                keys
                Arrow(above: Formula(#"\div\sqrt{6}"#).size(20).any)
                scores
            }
            VStack {
                HStack {
                    queries
                    Symbol("·")
                    keys
                }
                scores
            }
        }
    }
}
