import Drawing
import Platform
import Tracing
import Wording

/// A dial for each token and each pair of numbers: the hand before, the hand after, and the angle between.
struct Dials: Mark {
    var turns: Turns
    /// What is turned: queries or keys.
    var words: Phrase
    var labels: [TokenLabel]
    /// The token that is lit.
    var focus: Int

    private static let mostDial = 104.0
    private static let leastDial = 46.0
    private static let mostColumns = 8
    /// Room for the angle under a dial.
    private static let foot = 24.0
    private static let header = 50.0
    private static let gapHeight = 26.0

    private struct Layout {
        var rows: [Elision.Slot]
        var columns: [Int]
        var labels: Double
        var dial: Double
        var pitch: Double
        var size: Size
    }

    private func layout(_ space: Space) -> Layout {
        let room = space.room(or: Size(1400, 560))
        let tall = Self.leastDial + Self.foot
        let mostRows = max(1, min(8, Int(clamping: (room.height - Self.header - Self.gapHeight * 2) / tall)))
        let window = TokenWindow(count: labels.count, named: [focus])
        let rows = Elision(showing: window.shown(mostRows), of: labels.count)
        let shown = rows.shown.count
        let gaps = Double(rows.gapCount) * Self.gapHeight
        let dial = min(
            Self.mostDial,
            max(Self.leastDial, (room.height - Self.header - gaps) / Double(max(1, shown)) - Self.foot))
        let widest =
            (labels.map { space.width(of: $0.display, .label) } + positions(space) + [
                space.width(of: space.text(words), .label.semibold)
            ]).max() ?? 0
        let pitch = max(dial + 26, heads(space).map { space.width(of: $0, .small) + 18 }.max() ?? 0)
        let left = widest + 30
        // Of many pairs, some at even distances: neighbours turn almost alike.
        let most = max(2, min(Self.mostColumns, Int(clamping: (room.width - left + 1) / pitch)))
        let count = min(most, turns.pairs)
        let columns = (0..<count).map { count > 1 ? $0 * (turns.pairs - 1) / (count - 1) : 0 }
        return Layout(
            rows: rows.slots, columns: columns, labels: left, dial: dial, pitch: pitch,
            size: Size(left + pitch * Double(count), Self.header + gaps + Double(shown) * (dial + Self.foot)))
    }

    private func positions(_ space: Space) -> [Double] {
        [space.width(of: positionWords(max(0, labels.count - 1), space), .small)]
    }

    private func positionWords(_ place: Int, _ space: Space) -> String {
        space.text(Phrase(en: "position \(turns.start + place)", zh: "位置 \(turns.start + place)"))
    }

    private func shareWords(_ count: Int, _ space: Space) -> String {
        space.text(Phrase(en: "\(count) of \(turns.pairs) pairs", zh: "\(turns.pairs) 对中的 \(count) 对"))
    }

    private func heads(_ space: Space) -> [String] {
        (0..<turns.pairs).flatMap { [name($0, space), speed($0, space)] }
    }

    private func name(_ pair: Int, _ space: Space) -> String {
        space.text(Phrase(en: "numbers \(pair), \(pair + turns.pairs)", zh: "第 \(pair)、\(pair + turns.pairs) 个数"))
    }

    private func speed(_ pair: Int, _ space: Space) -> String {
        guard let speeds = turns.speeds else { return "" }
        let degrees = Self.degrees(speeds[pair])
        return space.text(Phrase(en: "\(degrees) a position", zh: "每位 \(degrees)"))
    }

    static func degrees(_ radians: Double) -> String {
        let degrees = radians * 180 / .pi
        return (abs(degrees) >= 100 ? Numbers.fixed(degrees, decimals: 0) : Numbers.significant(degrees, digits: 2))
            + "°"
    }

    func extent(in space: Space) -> Extent { Extent(layout(space).size) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        let isWhole = layout.columns.count == turns.pairs
        let end = rect.minX + layout.labels - 18
        if !isWhole {
            canvas.text(
                shareWords(layout.columns.count, space), at: Point(end, rect.minY + 32), .small, theme.muted, .trailing,
                in: space)
        }
        canvas.text(
            space.text(words), at: Point(end, rect.minY + (isWhole ? 21 : 10)), .label.semibold,
            theme.accent(turns.role), .trailing, in: space)
        var x = rect.minX + layout.labels
        for pair in layout.columns {
            let middle = x + layout.pitch / 2
            canvas.text(name(pair, space), at: Point(middle, rect.minY + 10), .small, theme.muted, in: space)
            canvas.text(
                speed(pair, space), at: Point(middle, rect.minY + 32), .small, theme.accent(.position), in: space)
            x += layout.pitch
        }
        var y = rect.minY + Self.header
        for row in layout.rows {
            switch row {
            case .gap(let count):
                let middle = Point(rect.minX + layout.labels + layout.pitch / 2, y + Self.gapHeight / 2)
                canvas.text("⋯ \(space.more(count)) ⋯", at: middle, .small, theme.muted, in: space)
                y += Self.gapHeight
            case .shown(let place):
                paintRow(place, Rect(rect.minX, y, rect.width, layout.dial + Self.foot), layout, space, &canvas)
                y += layout.dial + Self.foot
            }
        }
    }

    private func paintRow(
        _ place: Int, _ area: Rect, _ layout: Layout, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let middle = area.minY + layout.dial / 2
        if place == focus {
            canvas.stroke(
                .rounded(Rect(area.minX, area.minY - 3, layout.size.width, area.height - 1), radius: 8),
                Stroke(theme.highlight, width: 2.5))
        }
        let end = area.minX + layout.labels - 18
        let label = labels[place]
        canvas.text(
            label.display, at: Point(end, middle - 9), label.font(.label), theme.ink,
            .trailing, in: space)
        canvas.text(positionWords(place, space), at: Point(end, middle + 13), .small, theme.muted, .trailing, in: space)
        var x = area.minX + layout.labels
        for pair in layout.columns {
            paint(place, pair, Point(x + layout.pitch / 2, middle), layout.dial / 2 - 2, space, &canvas)
            canvas.text(
                Self.degrees(turns.angle(position: place, pair: pair)),
                at: Point(x + layout.pitch / 2, area.minY + layout.dial + 8), .mono(.small), theme.accent(.position),
                in: space)
            x += layout.pitch
        }
    }

    private func paint(
        _ place: Int, _ pair: Int, _ center: Point, _ radius: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        canvas.fill(.circle(center, radius: radius), theme.panel, stroke: Stroke(theme.hairline, width: 1.5))
        let (old, new) = (turns.before.cells[place], turns.after.cells[place])
        let angle = turns.angle(position: place, pair: pair)
        let color = theme.accent(turns.role)
        let tag = Tag(step: turns.after.name, index: [0, place, turns.after.head, pair])
        canvas.fill(.circle(center, radius: 3), color, tag: tag)
        let odd = [old, new].lazy.flatMap { [$0[pair], $0[pair + turns.pairs]] }.compactMap { OddNumber($0) }.first
        if let odd {
            canvas.odd(odd, in: Rect(center.x - 9, center.y - 9, 18, 18), tag: tag, in: space)
        } else if turns.length(old, pair) > 0 {
            let first = turns.hand(old, pair)
            canvas.fill(
                Self.wedge(from: atan2(first.y, first.x), by: angle, center, radius * 0.62),
                theme.tint(.position, 0.35))
            canvas.line(
                center, tip(first, center, radius - 4),
                Stroke(theme.panel.mixed(with: color, 0.7), width: 2, dashes: [5, 4], isRound: false))
            canvas.arrow(center, tip(turns.hand(new, pair), center, radius - 4), Stroke(color, width: 3), head: 10)
        }
        for (part, number) in [(0.0, pair), (1.0, pair + turns.pairs)] {
            canvas.hotSpot(
                Rect(center.x - radius + part * radius, center.y - radius, radius, 2 * radius),
                "\(labels[place].display) [\(number)]", value: "\(new[number])",
                tag: Tag(step: turns.after.name, index: [0, place, turns.after.head, number]))
        }
    }

    /// Hands are drawn equally long: turning changes their direction only.
    private func tip(_ hand: (x: Double, y: Double), _ center: Point, _ radius: Double) -> Point {
        let length = (hand.x * hand.x + hand.y * hand.y).squareRoot()
        guard length > 0 else { return center }
        return Point(center.x + hand.x / length * radius, center.y - hand.y / length * radius)
    }

    /// A slice of a circle; of more than a whole turn, what is left of it.
    private static func wedge(from start: Double, by angle: Double, _ center: Point, _ radius: Double) -> Path {
        let rest = angle.truncatingRemainder(dividingBy: 2 * .pi)
        let points = (0...24).map { step in
            let at = start + rest * Double(step) / 24
            return Point(center.x + cos(at) * radius, center.y - sin(at) * radius)
        }
        return .polyline([center] + points, closed: true)
    }
}
