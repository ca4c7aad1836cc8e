import Drawing

/// How well texts stand out from what lies under them.
struct Contrast {
    /// A text and its contrast with the ground that it stands on at its worst (WCAG 2.1).
    struct Reading {
        var text: String
        var ratio: Double
        /// What it must be: 4.5, of large type 3.
        var least: Double
    }

    private enum Ground {
        case path(Path, Rect, Color)
        case raster(Raster, Rect)
    }

    private let paper: Color
    /// Sizes are in proportion to a picture whose shorter side is 900.
    private let zoom: Double
    private var grounds: [Ground] = []
    private(set) var readings: [Reading] = []

    init(_ figure: Figure, _ frame: Figure.Frame) {
        paper = figure.paper
        zoom = min(figure.size.width, figure.size.height) / 900
        paint(frame.items)
    }

    var worst: Reading? { readings.min { $0.ratio / $0.least < $1.ratio / $1.least } }

    private mutating func paint(_ items: [Item]) {
        for item in items {
            switch item.content {
            case .group(let inner), .link(_, let inner): paint(inner)
            case .path(let path, let fill, _):
                if let fill, fill.alpha > 0, let box = path.bounds { grounds.append(.path(path, box, fill)) }
            case .image(let raster, let rect): grounds.append(.raster(raster, rect))
            case .text(let line): read(line)
            }
        }
    }

    private mutating func read(_ line: TextLine) {
        guard !line.string.allSatisfy(\.isWhitespace) else { return }
        let ink = line.inkRect
        let ratio = [0.25, 0.5, 0.75].map { share in
            let ground = color(
                at: line.isUpward
                    ? Point(ink.midX, ink.minY + ink.height * share) : Point(ink.minX + ink.width * share, ink.midY))
            return line.color.over(ground).contrast(with: ground)
        }.min()
        let isLarge =
            line.font.size >= 24 * zoom || line.font.size >= 18.66 * zoom && line.font.weight.rawValue >= 700
        readings.append(Reading(text: line.string, ratio: ratio ?? 21, least: isLarge ? 3 : 4.5))
    }

    /// What has been painted so far at a place.
    private func color(at point: Point) -> Color {
        var over: [Color] = []
        for ground in grounds.reversed() {
            guard let color = color(of: ground, at: point) else { continue }
            over.append(color)
            if color.alpha >= 1 { break }
        }
        return over.reversed().reduce(paper) { $1.over($0) }
    }

    private func color(of ground: Ground, at point: Point) -> Color? {
        switch ground {
        case .path(let path, let box, let fill):
            guard box.contains(point) else { return nil }
            switch path.whole {
            case .rectangle: return fill
            case .circle(let center, let radius): return (point - center).length <= radius ? fill : nil
            case nil: return Self.isInside(path, point) ? fill : nil
            }
        case .raster(let raster, let rect):
            guard rect.contains(point), rect.width > 0, rect.height > 0, raster.width > 0, raster.height > 0 else {
                return nil
            }
            let x = min(raster.width - 1, Int((point.x - rect.minX) / rect.width * Double(raster.width)))
            let y = min(raster.height - 1, Int((point.y - rect.minY) / rect.height * Double(raster.height)))
            let pixel = raster.pixel(x, y)
            return Color(pixel >> 8, alpha: Double(pixel & 255) / 255)
        }
    }

    /// By the number of edges that a ray to the right crosses.
    private static func isInside(_ path: Path, _ point: Point) -> Bool {
        path.segments().count {
            ($0.y > point.y) != ($1.y > point.y)
                && point.x < ($1.x - $0.x) * (point.y - $0.y) / ($1.y - $0.y) + $0.x
        } % 2 == 1
    }
}
