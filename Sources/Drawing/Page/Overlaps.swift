/// Something on a figure that a reader would stumble over; for tests.
public enum Fault: Sendable, Hashable, CustomStringConvertible {
    /// Two texts share ink.
    case overlap(String, String)
    /// A text or a path leaves the canvas.
    case outside(String)
    /// A line runs through a text.
    case crossed(String)
    /// A text is smaller than the least size.
    case small(String, Double)

    public var description: String {
        switch self {
        case .overlap(let first, let second): "‘\(first)’ overlaps ‘\(second)’"
        case .outside(let what): "‘\(what)’ leaves the canvas"
        case .crossed(let what): "a line crosses ‘\(what)’"
        case .small(let what, let size): "‘\(what)’ is set in \(size) px"
        }
    }
}

extension Figure {
    /// Every fault of every frame.
    public var faults: [Fault] { frames.flatMap { faults(in: $0) } }

    /// The smallest type that a figure should have, so that it is read from the last row: in proportion to the shorter side, 18 pixels at 900.
    public var leastType: Double {
        max(SlideStyle.leastType, Font.leastSize * min(size.width, size.height) / SlideStyle.side)
    }

    /// Texts that overlap, leave the canvas, are crossed by a line, or are too small to read.
    public func faults(in frame: Frame) -> [Fault] {
        var seen = Seen()
        collect(frame.items, &seen)
        var texts = seen.texts
        let canvas = Rect(origin: .zero, size: size)
        var faults: [Fault] = []
        // Sorted by their left edges, a text can only meet those that begin before it ends.
        texts.sort { $0.rect.minX < $1.rect.minX }
        for (index, text) in texts.enumerated() {
            if !canvas.contains(text.rect) { faults.append(.outside(text.line.string)) }
            if text.line.font.size < SlideStyle.leastType - 0.01, text.line.font.family != .math {
                faults.append(.small(text.line.string, text.line.font.size))
            }
            for other in texts[(index + 1)...] {
                if other.rect.minX >= text.rect.maxX { break }
                // Neighbouring letters of a formula lean over each other a little, the more the larger they are.
                let slack = 0.072 * min(text.line.font.size, other.line.font.size)
                if let common = text.rect.intersection(other.rect), common.width > slack, common.height > slack {
                    faults.append(.overlap(text.line.string, other.line.string))
                }
            }
        }
        for (path, stroke, order) in seen.lines {
            guard let bounds = path.bounds else { continue }
            if !canvas.outset(by: 0.5).contains(bounds) { faults.append(.outside("path at \(bounds)")) }
            let half = stroke.width / 2
            let segments = path.segments()
            for text in texts where text.rect.intersection(bounds.outset(by: half)) != nil {
                let core = text.rect.inset(by: max(0, 0.05 * text.line.font.size - half))
                // What a ground covers before the text is written does not cross it.
                let isCovered = seen.grounds.contains {
                    $0.order > order && $0.order < text.order && $0.rect.contains(core)
                }
                if !isCovered, segments.contains(where: { meets($0.0, $0.1, core) }) {
                    faults.append(.crossed(text.line.string))
                }
            }
        }
        return faults
    }

    /// What is painted, in its order: texts, lines, and opaque grounds.
    private struct Seen {
        var texts: [(line: TextLine, rect: Rect, order: Int)] = []
        var lines: [(path: Path, stroke: Stroke, order: Int)] = []
        var grounds: [(rect: Rect, order: Int)] = []
        var count = 0
    }

    private func collect(_ items: [Item], _ seen: inout Seen) {
        for item in items {
            seen.count += 1
            switch item.content {
            case .text(let line):
                if !line.string.allSatisfy({ $0 == " " }) { seen.texts.append((line, line.inkRect, seen.count)) }
            case .path(let path, let fill, let stroke):
                // Fences and roots are filled or belong to a formula; what is filled is ground, not a line.
                if let stroke, fill == nil || fill?.alpha == 0 { seen.lines.append((path, stroke, seen.count)) }
                if let fill, fill.alpha >= 1, let bounds = path.bounds { seen.grounds.append((bounds, seen.count)) }
            case .image: break
            case .group(let items), .link(_, let items): collect(items, &seen)
            }
        }
    }

    /// Whether a straight piece runs through a rectangle (Liang and Barsky's clipping).
    private func meets(_ from: Point, _ to: Point, _ rect: Rect) -> Bool {
        var (low, high) = (0.0, 1.0)
        let delta = to - from
        let edges = [
            (-delta.x, from.x - rect.minX), (delta.x, rect.maxX - from.x), (-delta.y, from.y - rect.minY),
            (delta.y, rect.maxY - from.y),
        ]
        for (p, q) in edges {
            if p == 0 {
                if q <= 0 { return false }
            } else if p < 0 {
                low = max(low, q / p)
            } else {
                high = min(high, q / p)
            }
            if low >= high { return false }
        }
        return true
    }
}
