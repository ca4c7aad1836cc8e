import Drawing

/// A figure as lines of text, so that a change of any item shows in a difference.
enum FigureText {
    static func write(_ figure: Figure) -> String {
        var lines = ["\(figure.id) · \(figure.title) · \(number(figure.size.width)) × \(number(figure.size.height))"]
        for (index, frame) in figure.frames.enumerated() {
            lines.append("frame \(index): \(frame.altText)")
            lines += write(frame.items, indent: "  ")
            lines.append("  \(frame.hotSpots.count) hot spots")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ items: [Item], indent: String) -> [String] {
        items.flatMap { item -> [String] in
            let tag = item.tag.map { " @\($0.step)\($0.index)" } ?? ""
            switch item.content {
            case .text(let line):
                let font = "\(line.font.family.rawValue) \(number(line.font.size)) \(line.font.weight.rawValue)"
                let turn = line.isUpward ? " upward" : ""
                return [
                    "\(indent)text ‘\(line.string)’ \(font) \(color(line.color)) \(point(line.origin))\(turn)\(tag)"
                ]
            case .path(let path, let fill, let stroke):
                let box =
                    path.bounds.map { "\(point($0.origin)) \(number($0.width)) × \(number($0.height))" } ?? "empty"
                let paint = [
                    fill.map { "fill \(color($0))" }, stroke.map { "stroke \(color($0.color)) \(number($0.width))" },
                ]
                return ["\(indent)path \(box) \(paint.compactMap { $0 }.joined(separator: " "))\(tag)"]
            case .image(let raster, let rect):
                return ["\(indent)image \(raster.width) × \(raster.height) \(point(rect.origin))\(tag)"]
            case .group(let inner): return ["\(indent)group"] + write(inner, indent: indent + "  ")
            case .link(let target, let inner): return ["\(indent)link \(target)"] + write(inner, indent: indent + "  ")
            }
        }
    }

    /// Tenths of a pixel: finer differences are nobody's.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths % 10))")
    }

    private static func point(_ point: Point) -> String { "(\(number(point.x)), \(number(point.y)))" }

    private static func color(_ color: Color) -> String {
        "#"
            + color.bytes.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count < 2 ? "0" + digits : digits
            }.joined()
    }
}
