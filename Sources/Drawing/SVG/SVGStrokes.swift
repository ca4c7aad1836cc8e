import Wording

/// Lines of a picture. How most of them end and turn is said once, around all; so is that they are not filled.
struct SVGStrokes {
    /// The ends and corners that the picture's root names; nil where it says nothing, and neither of what is not filled.
    private(set) var around: Ends?

    enum Ends {
        case round
        /// As SVG has them where nothing is said.
        case plain
    }

    /// - Parameter items: of a picture whose root may say what most have in common.
    init(_ items: [Item]) {
        var (round, plain) = (0, 0)
        Self.count(items, &round, &plain)
        around = round > plain ? .round : .plain
    }

    /// Each says all of itself.
    init() {}

    private static func count(_ items: [Item], _ round: inout Int, _ plain: inout Int) {
        for item in items {
            switch item.content {
            case .path(let path, _, let stroke?):
                if stroke.isRound, path.whole == nil { round += 1 } else { plain += 1 }
            case .group(let inner), .link(_, let inner): count(inner, &round, &plain)
            case .path, .text, .image: break
            }
        }
    }

    func writeAround(_ text: inout SVGText) {
        guard let around else { return }
        text.raw(" fill=\"none\"")
        if around == .round { text.raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\"") }
    }

    func write(_ stroke: Stroke, of path: Path, _ text: inout SVGText) {
        text.attribute("stroke", stroke.color, opacity: "stroke-opacity")
        if SVGText.hundredths(stroke.width) != 100 { text.attribute("stroke-width", stroke.width) }
        let isRound = stroke.isRound && path.whole == nil
        if isRound != (around == .round) {
            // What has no ends, or no corners, says nothing of them.
            let hasEnds = path.whole == nil || !stroke.dashes.isEmpty
            if hasEnds { text.raw(isRound ? " stroke-linecap=\"round\"" : " stroke-linecap=\"butt\"") }
            if path.hasCorners { text.raw(isRound ? " stroke-linejoin=\"round\"" : " stroke-linejoin=\"miter\"") }
        }
        guard !stroke.dashes.isEmpty else { return }
        text.raw(" stroke-dasharray=\"")
        for (place, length) in stroke.dashes.enumerated() {
            if place > 0 { text.raw(" ") }
            text.number(length)
        }
        text.raw("\"")
    }
}

extension Path {
    /// Whether somewhere one line or curve goes over into another.
    fileprivate var hasCorners: Bool {
        switch whole {
        case .circle?: return false
        case .rectangle(_, let radius)?: return SVGText.hundredths(radius) <= 0
        case nil:
            var length = 0
            for element in elements {
                switch element {
                case .move: length = 0
                case .line, .curve: length += 1
                case .close: return true
                }
                if length > 1 { return true }
            }
            return false
        }
    }
}
