import Drawing
import Platform
import Wording

/// Layers as rows, heads as columns, each pattern as a small picture; as large as the room allows. Many heads of few
/// layers stand in several lines a layer.
struct HeadsGrid: Mark {
    /// `[layer][head]`; nil where a layer has no such head or its pattern is not known.
    var thumbnails: [[PatternThumbnails.Thumbnail?]]
    /// Which layers these are, counted from zero.
    var layers: [Int]
    var isCausal: Bool
    var scale = ValueScale.probability

    private static let leastSide = 12.0
    private static let mostSide = 200.0
    private static let header = 26.0

    private struct Plan {
        var side: Double
        var pitch: Size
        var label: Double
        var notes: Bool
        /// How many lines the heads of a layer take, and how many of them stand on one.
        var lines = 1
        var perLine: Int
        /// Layers stand in so many groups side by side.
        var groups = 1
        var size: Size

        /// From one group of layers to the next.
        var groupPitch: Double { (size.width + HeadsGrid.groupGap) / Double(groups) }
    }

    private var columns: Int { thumbnails.map { $0.count }.max() ?? 0 }

    private func name(_ layer: Int, _ space: Space) -> String {
        space.text(PlaceName.layer(layer))
    }

    /// `L2 · H0–H15`, and `H16–H31` under it.
    private func name(_ layer: Int, line: Int, of perLine: Int, _ space: Space) -> String {
        let (first, last) = (line * perLine, min(columns, (line + 1) * perLine) - 1)
        let heads = "H\(first)–H\(last)"
        return line == 0 ? name(layer, space) + " · " + heads : heads
    }

    private func plan(_ space: Space) -> Plan {
        var label = (layers.map { space.width(of: name($0, space), .small) }.max() ?? 0) + 14
        let notes = thumbnails.joined().compactMap { $0?.note.map { space.width(of: space.text($0), .small) } }
        let room = space.room(or: Size(1400, 600))
        let note = (notes.max() ?? -8) + 8
        // Under each picture its habit, where the words fit.
        if note > 0 {
            let noted = (1...4).map {
                make(room, space.density.stretch, label: label, least: note, caption: 20, gap: 18, groups: $0)
            }
            .filter { $0.side >= 56 && $0.size.fits(in: room) && $0.groups <= max(1, layers.count) }
            if let best = noted.max(by: { $0.side * 1.02 < $1.side }) { return best }
        }
        var plain = make(
            room, space.density.stretch, label: label, least: 0, caption: 0,
            gap: columns > 16 || layers.count > 10 ? 6 : 14)
        label =
            (layers.map { space.width(of: name($0, line: 0, of: columns, space), .small) }.max() ?? 0) + 14
        for lines in 2...4 where columns >= 8 * lines {
            let folded = make(room, space.density.stretch, label: label, least: 0, caption: 0, gap: 6, lines: lines)
            // A picture must gain by it: one line a layer is read more easily.
            if folded.size.fits(in: room), folded.side > plain.side * 1.25 { plain = folded }
        }
        for groups in 2...4 where groups <= layers.count && plain.lines == 1 {
            let apart = make(room, space.density.stretch, label: label, least: 0, caption: 0, gap: 6, groups: groups)
            if apart.size.fits(in: room), apart.side > plain.side * 1.1 { plain = apart }
        }
        plain.notes = false
        return plain
    }

    /// Between the layers, where each takes several lines.
    private static func layerGap(_ lines: Int) -> Double { lines > 1 ? 12 : 0 }
    private static let groupGap = 36.0

    private func make(
        _ room: Size, _ spread: Size, label: Double, least: Double, caption: Double, gap: Double, lines: Int = 1,
        groups: Int = 1
    ) -> Plan {
        let perLine = max(1, (self.columns + lines - 1) / lines)
        let tall = max(1, (layers.count + groups - 1) / groups)
        let (rows, columns) = (Double(tall * lines), Double(perLine))
        let between = HeadsGrid.layerGap(lines) * Double(tall - 1)
        let own = (room.width - HeadsGrid.groupGap * Double(groups - 1)) / Double(groups)
        let width = (own - label - (columns - 1) * gap) / columns
        let height = (room.height - HeadsGrid.header - between - (rows - 1) * gap) / rows - caption
        let tokens = thumbnails.joined().compactMap { $0?.cells.count }.max() ?? 1
        let side = max(HeadsGrid.leastSide, min(width, height, HeadsGrid.mostSide, 62 * Double(max(3, tokens))))
        // Pictures are square: what is left of a side goes between them.
        let apart = Size(gap + side * (spread.width - 1), gap + side * (spread.height - 1))
        let pitch = Size(max(side, least) + apart.width, side + caption + apart.height)
        let block = label + columns * pitch.width - apart.width
        return Plan(
            side: side, pitch: pitch, label: label, notes: caption > 0, lines: lines, perLine: perLine, groups: groups,
            size: Size(
                block * Double(groups) + HeadsGrid.groupGap * Double(groups - 1),
                HeadsGrid.header + between + rows * pitch.height - apart.height))
    }

    func extent(in space: Space) -> Extent { Extent(plan(space).size) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let plan = plan(space)
        let theme = space.theme
        // Every n-th number where heads stand closer than their numbers are wide.
        let widest = space.width(of: "H\(columns)", .small) + 8
        let stride = max(1, Int(clamping: (widest / plan.pitch.width).rounded(.up)))
        let tall = max(1, (layers.count + plan.groups - 1) / plan.groups)
        for group in 0..<plan.groups {
            for head in 0..<columns where head % stride == 0 && plan.lines == 1 {
                let x =
                    rect.minX + Double(group) * plan.groupPitch + plan.label + Double(head) * plan.pitch.width
                    + plan.side / 2
                let long = space.text(PlaceName.head(head))
                let fits = space.width(of: long, .small) <= plan.pitch.width - 6
                canvas.text(
                    fits ? long : String(head), at: Point(x, rect.minY + 10), .small, theme.muted, in: space)
            }
        }
        let lines = max(1, Int(clamping: (18 / plan.pitch.height).rounded(.up)))
        for (place, heads) in thumbnails.enumerated() {
            let row = place % tall
            let left = rect.minX + Double(place / tall) * plan.groupPitch
            let top =
                rect.minY + HeadsGrid.header + Double(row * plan.lines) * plan.pitch.height
                + Double(row) * HeadsGrid.layerGap(plan.lines)
            for line in 0..<plan.lines where row % lines == 0 && place < layers.count {
                let text =
                    plan.lines == 1
                    ? name(layers[place], space) : name(layers[place], line: line, of: plan.perLine, space)
                let y = top + Double(line) * plan.pitch.height + plan.side / 2
                canvas.text(
                    text, at: Point(left + plan.label - 14, y), .small, theme.muted, .trailing, in: space)
            }
            for (head, thumbnail) in heads.enumerated() {
                guard let thumbnail else { continue }
                let (line, column) = (head / plan.perLine, head % plan.perLine)
                let x = left + plan.label + Double(column) * plan.pitch.width
                let square = Rect(x, top + Double(line) * plan.pitch.height, plan.side, plan.side)
                PatternPicture(thumbnail: thumbnail, isCausal: isCausal, scale: scale).paint(
                    in: square, space, onto: &canvas)
                guard plan.notes, let note = thumbnail.note else { continue }
                canvas.text(
                    space.text(note), at: Point(x, square.maxY + 13), .small, theme.muted, .leading, in: space)
            }
        }
    }
}
