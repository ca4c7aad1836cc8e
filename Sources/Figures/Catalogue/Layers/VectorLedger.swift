import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// Vectors of one width under each other, as a sum is written on paper: each row's name, its cells, the number of one
/// column, and the row's size as a bar. The cells are as wide as the room allows.
struct VectorLedger: Mark {
    struct Row: Sendable {
        /// How a row meets the line of the residual stream at the left.
        enum Kind: Sendable, Hashable {
            /// The stream itself.
            case stream
            /// Added to the stream.
            case addition
            /// The stream after a normalisation.
            case normalized
        }

        var kind: Kind
        var name: Phrase
        var role: Role
        var step: StepName
        var values: [Float]
        /// The place in the step's tensor, but for the last axis.
        var index: [Int]
        /// The size that the bar shows.
        var size: Double
        /// Whether a line above says that this row is the sum of those before it.
        var isTotal = false

        init(_ kind: Kind, _ name: Phrase, _ role: Role, _ step: Step, position: Int) {
            self.kind = kind
            self.name = name
            self.role = role
            self.step = step.name
            let place = min(position, max(0, (step.shape.rank > 1 ? step.shape[1] : 1) - 1))
            index = [0, place]
            values = step.row(0, place)
            size = values.rootMeanSquare
        }
    }

    var rows: [Row]
    /// The column whose numbers are written out.
    var column: Int?
    var scale: ValueScale
    var cellsTitle: Phrase
    var sizeTitle: Phrase

    func extent(in space: Space) -> Extent {
        let layout = VectorLedgerLayout(self, space)
        return Extent(layout.width, layout.height)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = VectorLedgerLayout(self, space)
        VectorLedgerPainter(ledger: self, layout: layout, space: space, origin: rect.origin).paint(onto: &canvas)
    }
}

/// Where the columns of a ledger lie, relative to its top left corner.
struct VectorLedgerLayout {
    var rowSlots: [Elision.Slot] = []
    var slots: [Elision.Slot] = []
    /// From one cell to the next.
    var cell = 0.0
    var pitch = 0.0
    var thickness: Double { min(44, pitch * (showsSteps ? 0.62 : 0.7)) }
    var showsSteps: Bool { pitch >= 52 && isWide }
    /// Whether the steps' names leave the cells enough room.
    var isWide = true
    let gutter = 40.0
    var nameWidth = 0.0
    var stripX = 0.0
    var stripWidth = 0.0
    var numberX = 0.0
    var numberWidth = 0.0
    var barX = 0.0
    var barLength = 0.0
    var width = 0.0
    var height = 0.0
    var decimals = 2
    var digitFont: Font?
    let header = 30.0
    var footer = 0.0

    static let gap = 34.0
    static let spacing = 24.0
    static let leastPitch = 22.0
    static let leastRows = 7

    init(_ ledger: VectorLedger, _ space: Space) {
        let room = space.room(or: Size(1200, 520))
        let count = ledger.rows.map { $0.values.count }.max() ?? 0
        footer = 26
        isWide = room.width >= 1000
        let rowRoom = room.height - header - footer
        let most = max(Self.leastRows, Int(clamping: rowRoom / Self.leastPitch))
        let isCut = ledger.rows.count > most
        // What is left out takes a row of its own.
        rowSlots = Elision(ledger.rows.count, most: isCut ? most - 1 : most).slots
        let rows = Double(max(1, rowSlots.count))
        pitch = min(84, max(Self.leastPitch, rowRoom / rows))
        nameWidth =
            ledger.rows.map { row in
                max(
                    space.width(of: space.text(row.name), nameFont),
                    showsSteps ? space.width(of: row.step.description, .mono(.small)) : 0)
            }.max() ?? 0
        if isCut {
            nameWidth = max(nameWidth, space.width(of: "⋯ \(space.more(ledger.rows.count)) ⋯", .small))
        }
        if let column = ledger.column {
            let texts = ledger.rows.map { number($0, column, isFirst: false) }
            let title = space.width(of: space.text(Self.columnTitle(column)), .small)
            numberWidth = max(title, texts.map { space.width(of: $0, numberFont) }.max() ?? 0)
        }
        let sizes = ledger.rows.map { space.width(of: Numbers.significant($0.size), .mono(.small)) }.max() ?? 0
        barLength = max(60, min(190, room.width * 0.12))
        let title = space.width(of: space.text(ledger.sizeTitle), .small)
        let barWidth = max(title, barLength + 8 + sizes)
        stripX = gutter + nameWidth + 18
        let rest = barWidth + Self.spacing + (numberWidth > 0 ? numberWidth + Self.spacing : 0)
        let free = max(120, room.width - stripX - rest)
        measureCells(count, free, ledger, space)
        numberX = stripX + stripWidth + Self.spacing
        barX = numberX + (numberWidth > 0 ? numberWidth + Self.spacing : 0)
        width = barX + barWidth
        height = header + pitch * rows + footer
    }

    private mutating func measureCells(_ count: Int, _ free: Double, _ ledger: VectorLedger, _ space: Space) {
        let least = 5.5
        slots = (0..<count).map { .shown($0) }
        if Double(count) * least > free {
            // Two gaps at most, where the kept column lies in the middle.
            slots =
                Elision(count, most: max(4, Int(clamping: (free - 2 * Self.gap) / 13)), keeping: ledger.column).slots
        }
        let gaps = Double(slots.count { if case .gap = $0 { true } else { false } })
        let shown = Double(slots.count) - gaps
        cell = shown > 0 ? min(76, (free - gaps * Self.gap - 8) / shown) : 0
        stripWidth = cell * shown + gaps * Self.gap + 8
        let longest =
            ledger.rows.flatMap { $0.values }.map { Numbers.fixed(Double($0)) }.max { $0.count < $1.count } ?? ""
        let font = Font.mono(.small)
        if space.width(of: longest, font) + 6 <= cell, thickness >= 22 { digitFont = font }
    }

    var nameFont: Font { pitch >= 34 ? .label.semibold : .small.semibold }
    var numberFont: Font { .mono(pitch >= 34 ? .label : .small) }

    func number(_ row: VectorLedger.Row, _ column: Int, isFirst: Bool) -> String {
        guard column < row.values.count else { return "" }
        let value = Double(row.values[column])
        let text = Numbers.fixed(value, decimals: decimals)
        switch row.kind {
        case .addition: return value >= 0 ? "+" + text : text
        case .stream: return isFirst ? text : "= " + text
        case .normalized: return "→ " + text
        }
    }

    static func columnTitle(_ column: Int) -> Phrase {
        BlockText.column.phrase.filled(["number": Phrase(String(column))])
    }

    /// Where each slot begins, from the strip's left edge.
    var starts: [Double] {
        var x = 4.0
        return slots.map { slot in
            defer { if case .gap = slot { x += Self.gap } else { x += cell } }
            return x
        }
    }
}
