import Drawing
import Platform

/// Finds a place for words beside a point, where neither other words nor lines are.
struct FreePlaces {
    private var taken: [Rect] = []
    private var lines: [(Point, Point)] = []
    let room: Rect

    init(in room: Rect) { self.room = room }

    mutating func block(_ rect: Rect) { taken.append(rect) }
    mutating func block(_ from: Point, _ to: Point) { lines.append((from, to)) }

    /// The middle of a box of this size near the point, and takes it; nil where all places around it are taken.
    mutating func place(_ size: Size, beside point: Point, gap: Double) -> Point? {
        let (x, y) = (size.width / 2 + gap, size.height / 2 + gap)
        let near = [
            Point(x, 0), Point(-x, 0), Point(0, -y), Point(0, y), Point(x, -y * 0.8), Point(-x, -y * 0.8),
            Point(x, y * 0.8), Point(-x, y * 0.8), Point(size.width * 0.3, -y), Point(-size.width * 0.3, -y),
            Point(size.width * 0.3, y), Point(-size.width * 0.3, y), Point(0, -y * 1.9), Point(0, y * 1.9),
        ]
        for offset in near {
            let middle = point + offset
            let box = Rect(
                middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
            guard room.contains(box), !taken.contains(where: { $0.intersection(box) != nil }),
                !lines.contains(where: { Self.meets($0.0, $0.1, box.outset(by: 2)) })
            else { continue }
            taken.append(box)
            return middle
        }
        return nil
    }

    /// Whether a straight piece runs through a box.
    private static func meets(_ from: Point, _ to: Point, _ box: Rect) -> Bool {
        let steps = max(1, Int(clamping: (to - from).length / 3))
        return (0...steps).contains { step in
            box.contains(from + (to - from) * (Double(step) / Double(steps)))
        }
    }
}
