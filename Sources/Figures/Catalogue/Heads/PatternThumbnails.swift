import Drawing
import Platform
import Tracing
import Wording

/// Small multiples of attention patterns: as large as the room allows, in as many columns as makes them largest.
struct PatternThumbnails: Mark {
    struct Thumbnail: Sendable {
        var title: Phrase
        /// Under the title; nil for none.
        var note: Phrase?
        /// `[query][key]`, weights from 0 to 1.
        var cells: [[Float]]
        var isLit: Bool
        var tag: Tag
        /// Which number each cell shows; nil where the tag's index goes on with query and key.
        var cellTag: (@Sendable (_ query: Int, _ key: Int) -> Tag)?
        var words: Phrase
    }

    var thumbnails: [Thumbnail]
    var labels: [TokenLabel]
    var isCausal: Bool
    var scale = ValueScale.probability
    /// A fixed number of columns; nil for the number that makes the pictures largest.
    var columns: Int?

    private static let leastSide = 34.0
    private static let mostCell = 84.0
    private static let line = 20.0

    private struct Plan {
        var columns: Int
        var rows: Int
        var side: Double
        var pitch: Double
        var labels: Double
        var notes: Bool
        var gap = Size(22, 22)
        /// How much larger than small the words over a picture are.
        var letters = 1.0
        var line: Double { PatternThumbnails.line * letters }
        var font: Font { .small.size(Font.small.size * letters) }
        var caption: Double { (notes ? 2 : 1) * line + 4 }
        var size: Size {
            Size(
                labels + Double(columns) * pitch + Double(columns - 1) * gap.width,
                Double(rows) * (side + caption) + Double(rows - 1) * gap.height)
        }
    }

    /// With notes and labels where there is room, else without.
    private func plan(_ space: Space) -> Plan {
        let hasNotes = thumbnails.contains { $0.note != nil }
        let labelWidth = labels.map { space.width(of: $0.display, .small) }.max() ?? 0
        var best: Plan?
        for (labelled, notes) in [(true, hasNotes), (false, hasNotes), (false, false)] {
            let tokens = thumbnails.first?.cells.count ?? 1
            if labelled, labels.isEmpty || tokens > 16 || thumbnails.count > 12 { continue }
            let plan = largest(space, labels: labelled ? labelWidth + 10 : 0, notes: notes)
            // Labels need a line each.
            if labelled, plan.side / Double(max(1, tokens)) < 17 { continue }
            best = plan
            if plan.size.fits(in: Size(space.width, space.height)) { return plan }
        }
        return best ?? largest(space, labels: 0, notes: false)
    }

    private func largest(_ space: Space, labels: Double, notes: Bool) -> Plan {
        let count = max(1, thumbnails.count)
        let tokens = Double(max(1, thumbnails.first?.cells.count ?? 1))
        let caption =
            thumbnails.map { thumbnail in
                max(
                    space.width(of: space.text(thumbnail.title), .small.semibold),
                    notes ? thumbnail.note.map { space.width(of: space.text($0), .small) } ?? 0 : 0)
            }.max() ?? 0
        let room = space.room(or: Size(1400, 600))
        var best: Plan?
        for columns in columns.map({ [$0] }) ?? Array(1...count) {
            let rows = (count + columns - 1) / columns
            var plan = Plan(columns: columns, rows: rows, side: 0, pitch: 0, labels: labels, notes: notes)
            let width = (room.width - labels - Double(columns - 1) * plan.gap.width) / Double(columns)
            let height = (room.height - Double(rows - 1) * plan.gap.height) / Double(rows) - plan.caption
            plan.side = min(width, height, max(3, tokens) * PatternThumbnails.mostCell)
            if width < caption { plan.side = 0 }
            plan.side = max(PatternThumbnails.leastSide, plan.side)
            plan.pitch = max(plan.side, caption)
            // Where pictures are as wide as they can be, their words take of the height what is left.
            if caption > 0, plan.size.height < room.height {
                let left = (room.height - plan.size.height) / Double(rows)
                plan.letters = max(1, min(1.5, plan.side / caption, 1 + left / plan.caption))
            }
            // Pictures are square: what is left of a side goes between them.
            let spread = space.density.stretch
            plan.gap.width += plan.side * (spread.width - 1) / 2
            plan.gap.height += plan.side * (spread.height - 1) / 2
            // Of plans of one size, the one without holes in its last row.
            let holes = columns * rows - count
            let isBetter =
                best.map { other in
                    plan.size.fits(in: room) && !other.size.fits(in: room)
                        || plan.size.fits(in: room) == other.size.fits(in: room)
                            && plan.side > other.side * (holes > other.columns * other.rows - count ? 1.12 : 0.9)
                } ?? true
            if isBetter { best = plan }
        }
        return best
            ?? Plan(columns: 1, rows: count, side: PatternThumbnails.leastSide, pitch: 40, labels: 0, notes: false)
    }

    func extent(in space: Space) -> Extent { Extent(plan(space).size) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let plan = plan(space)
        for (place, thumbnail) in thumbnails.enumerated() {
            let (row, column) = (place / plan.columns, place % plan.columns)
            let x = rect.minX + plan.labels + Double(column) * (plan.pitch + plan.gap.width)
            let y = rect.minY + Double(row) * (plan.side + plan.caption + plan.gap.height)
            let theme = space.theme
            canvas.text(
                space.text(thumbnail.title), at: Point(x, y + plan.line * 0.45), plan.font.semibold, theme.ink,
                .leading,
                in: space)
            if plan.notes, let note = thumbnail.note {
                canvas.text(
                    space.text(note), at: Point(x, y + plan.line * 1.45), plan.font, theme.muted, .leading, in: space)
            }
            let square = Rect(x, y + plan.caption, plan.side, plan.side)
            PatternPicture(thumbnail: thumbnail, isCausal: isCausal, scale: scale).paint(
                in: square, space, onto: &canvas)
            guard plan.labels > 0, column == 0 else { continue }
            let pitch = plan.side / Double(max(1, thumbnail.cells.count))
            for (token, label) in labels.prefix(thumbnail.cells.count).enumerated()
            where !thumbnail.cells[token].isEmpty {
                canvas.text(
                    label.display, at: Point(x - 10, square.minY + (Double(token) + 0.5) * pitch), .small, theme.ink,
                    .trailing, in: space)
            }
        }
    }
}

extension PatternThumbnails.Thumbnail {
    /// One head's pattern, with the habit that it shows.
    init(
        _ title: Phrase, _ habit: HeadHabit?, _ cells: [[Float]], head: Int, of view: HeadView, isLit: Bool = false
    ) {
        let note = habit?.words
        self.init(
            title: title, note: note, cells: cells, isLit: isLit,
            tag: Tag(step: view.name(.pattern), index: [0, head]), cellTag: { view.tag(.pattern, head: head, $0, $1) },
            words: note.map { note in
                Phrase(en: "\(title.english): \(note.english)", zh: "\(title.chinese)：\(note.chinese)")
            } ?? title)
    }
}

/// One pattern as a square picture: cells where they are large enough to be seen, else one raster.
struct PatternPicture {
    var thumbnail: PatternThumbnails.Thumbnail
    var isCausal: Bool
    var scale = ValueScale.probability

    func paint(in square: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let cells = thumbnail.cells
        let count = cells.count
        guard count > 0 else { return }
        let pitch = square.width / Double(count)
        if pitch >= 10 {
            paintCells(in: square, pitch, space, onto: &canvas)
        } else {
            // No finer than the pixels: of several weights under one pixel the largest shows.
            let pixels = min(count, max(1, Int(clamping: square.width)))
            let raster = Raster(width: pixels, height: pixels) { x, y in
                let rows = (y * count / pixels)..<max(y * count / pixels + 1, (y + 1) * count / pixels)
                let columns = (x * count / pixels)..<max(x * count / pixels + 1, (x + 1) * count / pixels)
                if isCausal, columns.lowerBound > rows.upperBound - 1 { return theme.panel }
                let weights = rows.flatMap { row in columns.map { $0 < cells[row].count ? cells[row][$0] : 0 } }
                return scale.color(Double(weights.tellingPlace.map { weights[$0] } ?? 0), theme)
            }
            canvas.add(.image(raster, square), tag: thumbnail.tag)
        }
        canvas.stroke(
            .rounded(square.outset(by: 2), radius: 5),
            Stroke(thumbnail.isLit ? theme.highlight : theme.hairline, width: thumbnail.isLit ? 3 : 1.5))
        canvas.hotSpot(square, space.text(thumbnail.words), tag: thumbnail.tag)
    }

    private func paintCells(in square: Rect, _ pitch: Double, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let digits = Font.mono(.small.size(max(Font.small.size, min(22, pitch * 0.28))))
        let hasDigits = space.showsDigits && space.width(of: "0.00", digits) + 6 <= pitch
        for (row, weights) in thumbnail.cells.enumerated() {
            for (column, weight) in weights.enumerated() {
                let isHidden = isCausal && column > row
                let rect = Rect(
                    square.minX + Double(column) * pitch, square.minY + Double(row) * pitch, pitch, pitch
                ).inset(by: pitch >= 18 ? 1 : 0.5)
                let ground = isHidden ? theme.panel : scale.color(Double(weight), theme)
                let tag =
                    thumbnail.cellTag?(row, column)
                    ?? Tag(step: thumbnail.tag.step, index: thumbnail.tag.index + [row, column])
                if let odd = OddNumber(weight) {
                    canvas.odd(odd, in: rect, font: hasDigits ? digits : nil, tag: tag, in: space)
                    continue
                }
                canvas.fill(.rounded(rect, radius: min(4, pitch * 0.1)), ground, tag: tag)
                if hasDigits, !isHidden {
                    canvas.text(
                        Numbers.fixed(Double(weight)), at: rect.center, digits, theme.contrastingInk(on: ground),
                        in: space)
                }
            }
        }
    }
}
