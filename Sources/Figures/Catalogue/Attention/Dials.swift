import Drawing
import Platform
import Tracing
import Wording

/// A dial for each token and each pair of numbers: the hand before, the hand after, and the angle between.
struct Dials: ComposedMark {
    var turns: Turns
    /// What is turned: queries or keys.
    var words: Phrase
    /// Of all that stand side by side: they have the same columns.
    var allWords: [Phrase]
    var labels: [TokenLabel]
    /// The token that is lit.
    var focus: Int

    private static let mostDial = 104.0
    private static let leastDial = 46.0
    /// With its angle beside it, where many rows are to be seen.
    private static let leastFlat = 38.0
    private static let mostColumns = 8
    /// Room for the angle under a dial.
    private static let foot = 24.0
    private static let header = 54.0
    private static let gapHeight = 26.0

    func build(_ space: Space) -> AnyMark {
        let room = space.room(or: Size(1400, 560))
        let isFlat = isFlat(space)
        let tall = isFlat ? Self.leastFlat : Self.leastDial + Self.foot
        let free = room.height - Self.header
        let all = Int(clamping: free / tall + 0.001)
        let mostRows =
            all >= labels.count
            ? labels.count : max(1, min(TokenWindow.most, Int(clamping: (free - Self.gapHeight * 2) / tall)))
        let shown = TokenWindow(count: labels.count, named: [focus]).shown(mostRows)
        let table = Table(
            labels.count, tracks(room.width, space), pitch: tall...(Self.mostDial + (isFlat ? 0 : Self.foot)),
            header: Self.header
        ) { place, height in
            let words: [AnyMark] = [
                Text(labels[place].display).font(labels[place].font(.label)).any,
                Text(positionWords(place, space)).font(.small).color(.muted).any,
            ]
            let label = isFlat ? HStack(spacing: 8, words).any : VStack(.trailing, spacing: 4, words).any
            let dials = columns(room.width, space).map { pair in
                Drawn(0, 0, stretch: .both) { rect, space, canvas in
                    let dial = isFlat ? min(rect.height, rect.width - Self.angle) : rect.height - Self.foot
                    let center = Point(
                        isFlat ? rect.midX - Self.angle / 2 : rect.midX, isFlat ? rect.midY : rect.minY + dial / 2)
                    paint(place, pair, center, dial / 2 - 2, space, &canvas)
                    canvas.text(
                        Self.degrees(turns.angle(position: place, pair: pair)),
                        at: isFlat
                            ? Point(center.x + dial / 2 + 4, center.y) : Point(center.x, rect.minY + dial + 8),
                        .mono(.small), space.theme.accent(.position), isFlat ? .leading : .center, in: space)
                }.any as AnyMark?
            }
            return Table.Row([label] + dials, lit: place == focus)
        }
        return table.showing(Elision(showing: shown, of: labels.count)).gaps(height: Self.gapHeight, track: 1).any
    }

    /// Whether angles stand beside their dials: where under them, rows would have to be left out.
    private func isFlat(_ space: Space) -> Bool {
        let free = space.room(or: Size(1400, 560)).height - Self.header
        return Double(labels.count) * (Self.leastDial + Self.foot) > free
    }

    /// Room for an angle beside a dial.
    private static let angle = 48.0

    /// From one dial to the next.
    private func pitch(_ space: Space) -> Double {
        let heads = (0..<turns.pairs).flatMap { [name($0), speed($0)] }
        let own = isFlat(space) ? Self.leastFlat + Self.angle : Self.leastDial
        return max(own + (isFlat(space) ? 6 : 14), heads.map { space.width(of: $0, .small) + 18 }.max() ?? 0)
    }

    /// The widest of what stands at the left.
    private func left(_ space: Space) -> Double {
        let place = space.width(of: positionWords(max(0, labels.count - 1), space), .small)
        let widths =
            labels.map { space.width(of: $0.display, $0.font(.label)) + (isFlat(space) ? 8 + place : 0) } + [
                place,
                (allWords.map { space.width(of: space.text($0), .label.semibold) }.max() ?? 0) + 8
                    + space.width(of: space.text(numbers(turns.pairs - 1)), .small),
                space.width(of: space.text(Self.perPosition), .small),
            ]
        return (widths.max() ?? 0) + 30
    }

    /// Of many pairs, some at even distances: neighbours turn almost alike.
    private func columns(_ width: Double, _ space: Space) -> [Int] {
        let most = max(2, min(Self.mostColumns, Int(clamping: (width - left(space) + 1) / pitch(space))))
        let count = min(most, turns.pairs)
        return (0..<count).map { count > 1 ? $0 * (turns.pairs - 1) / (count - 1) : 0 }
    }

    private func tracks(_ width: Double, _ space: Space) -> [Table.Track] {
        let columns = columns(width, space)
        let count = columns.count
        let title = VStack(.trailing, spacing: 4) {
            HStack(spacing: 8) {
                Text(words).font(.label.semibold).color(.role(turns.role))
                Text(numbers(count)).font(.small).color(.muted)
            }
            if turns.speeds != nil { Text(Self.perPosition).font(.small).color(.role(.position)) }
        }
        let least = pitch(space)
        return [Table.Track(alignment: 1, head: title.any)]
            + columns.enumerated().map { index, pair in
                let head = VStack(spacing: 4) {
                    Text(name(pair)).font(.small).color(.muted)
                    if turns.speeds != nil { Text(speed(pair)).font(.small).color(.role(.position)) }
                }
                return Table.Track(
                    least...max(least, Self.mostDial + 14 + (isFlat(space) ? Self.angle : 0)), alignment: 0.5,
                    gap: index == 0 ? 30 : 0, head: head.any)
            }
    }

    private func positionWords(_ place: Int, _ space: Space) -> String {
        space.text(Phrase(en: "position \(turns.start + place)", zh: "位置 \(turns.start + place)"))
    }

    /// What stands over the dials: which numbers, and that some pairs are left out.
    private func numbers(_ count: Int) -> Phrase {
        count < turns.pairs
            ? Phrase(en: "\(count) of \(turns.pairs) pairs", zh: "\(turns.pairs) 对中的 \(count) 对")
            : Phrase(en: "numbers", zh: "第几个数")
    }

    private static let perPosition = Phrase(en: "turn a position", zh: "每个位置转")

    private func name(_ pair: Int) -> String { "\(pair), \(pair + turns.pairs)" }

    private func speed(_ pair: Int) -> String { turns.speeds.map { Self.degrees($0[pair]) } ?? "" }

    static func degrees(_ radians: Double) -> String {
        let degrees = radians * 180 / .pi
        return (abs(degrees) >= 100 ? Numbers.fixed(degrees, decimals: 0) : Numbers.significant(degrees, digits: 2))
            + "°"
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
