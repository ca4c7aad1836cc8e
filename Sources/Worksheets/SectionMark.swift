import Drawing
import Wording

/// One part of a sheet: its heading and formula, what to do, tables to fill in, and a hint in the margin.
struct SectionMark {
    let section: SheetSection
    let number: Int
    let isAnswered: Bool
    let width: Double

    private var body: Double { width - SheetPages.hintWidth - SheetPages.hintGap }

    var mark: AnyMark {
        Margined(
            body: VStack(.leading, spacing: 8) {
                HStack(.axis, spacing: 10) {
                    numeral
                    Text(section.title).font(Font(size: 20, weight: .semibold))
                    Blank(14, 1)
                    Formula(section.formula).size(21)
                }
                Text(section.task).font(Font(size: 15)).wrapped(width: body)
                section.rows.map(row)
            }.any, margin: hint, width: width
        ).any
    }

    private var numeral: AnyMark {
        let number = "\(number)"
        return Drawn(28, 28) { rect, space, canvas in
            canvas.stroke(.circle(rect.center, radius: 13), Stroke(space.theme.ink, width: 1.6))
            canvas.text(number, at: rect.center, Font(size: 16, weight: .bold), space.theme.ink, in: space)
        }.any
    }

    private var hint: AnyMark {
        let width = SheetPages.hintWidth
        let font = Font(size: 14)
        return VStack(.leading, spacing: 4) {
            Text(SheetWords.hint.phrase).font(font.semibold).color(.muted)
            Text(section.hint).font(font).color(.muted).wrapped(width: width - 14)
        }.padding(Insets(top: 2, left: 12, bottom: 2, right: 0)).connected { _, rect, space, canvas in
            canvas.line(
                Point(rect.minX, rect.minY), Point(rect.minX, rect.maxY),
                Stroke(space.theme.hairline, width: 1.2, dashes: [1, 4]))
        }.any
    }

    private func row(_ row: SheetRow) -> AnyMark {
        HStack(row.alignment, spacing: row.spacing, row.pieces.map(piece)).any
    }

    private func piece(_ piece: SheetPiece) -> AnyMark {
        switch piece {
        case .grid(let grid): grid.mark(isAnswered: isAnswered)
        case .sign(let notation): Formula(notation).size(22).any
        case .worked(let sum): Text(sum).font(Font(.mono, size: 14)).color(.muted).any
        case .question(let words, let answer):
            SheetField(words: words, length: 120, answer: isAnswered ? answer : nil).any
        case .picture(let draw): draw(isAnswered)
        }
    }
}

/// The work, and what stands in the margin beside its beginning.
private struct Margined: Mark {
    var body: AnyMark
    var margin: AnyMark
    var width: Double

    func extent(in space: Space) -> Extent {
        let (work, side) = (body.extent(in: space), margin.extent(in: space))
        return Extent(
            max(width, work.width + SheetPages.hintGap + SheetPages.hintWidth), max(work.height, side.height))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        body.place(at: rect.origin, .topLeading, space, onto: &canvas)
        margin.place(
            at: Point(rect.minX + width - SheetPages.hintWidth, rect.minY), .topLeading, space, onto: &canvas)
    }
}
