import Wording

/// Words on one line, or wrapped where asked to; runs may differ in colour, weight and face.
public struct Text: Mark {
    public struct Run: Sendable, Hashable {
        public var string: String
        public var font: Font?
        public var tint: Tint?

        public init(_ string: String, font: Font? = nil, tint: Tint? = nil) {
            self.string = string
            self.font = font
            self.tint = tint
        }
    }

    public enum Wrapping: Sendable, Hashable {
        case none
        /// At the width of the room there is.
        case room
        case width(Double)
    }

    public var runs: [Run]
    private var font: Font?
    private var tint: Tint = .ink
    private var wrapping: Wrapping = .none
    private var alignment: ColumnAlignment = .leading
    private var phrase: Phrase?
    private var tag: Tag?

    public init(_ string: String) { runs = [Run(string)] }

    /// In the language of the figure.
    public init(_ phrase: Phrase) {
        runs = []
        self.phrase = phrase
    }

    public init(_ runs: [Run]) { self.runs = runs }

    /// Without this, the density's label font.
    public func font(_ font: Font) -> Text { with { $0.font = font } }
    public func color(_ tint: Tint) -> Text { with { $0.tint = tint } }
    public func color(_ role: Role) -> Text { with { $0.tint = .role(role) } }
    public func wrapped(_ wrapping: Wrapping = .room) -> Text { with { $0.wrapping = wrapping } }
    public func wrapped(width: Double) -> Text { with { $0.wrapping = .width(width) } }
    /// How the lines of wrapped text sit against each other.
    public func aligned(_ alignment: ColumnAlignment) -> Text { with { $0.alignment = alignment } }
    public func tagged(_ tag: Tag) -> Text { with { $0.tag = tag } }

    public var isRoomBound: Bool { wrapping != .none }

    public func extent(in space: Space) -> Extent {
        let lines = lines(in: space)
        let height = lines.reduce(0) { $0 + $1.height }
        let axis = lines.count == 1 ? lines[0].ascent - font(space).size * Canvas.capHeight / 2 : height / 2
        return Extent(lines.map { $0.width }.max() ?? 0, height, axis: axis)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        var y = rect.minY
        for line in lines(in: space.with(width: rect.width + 0.01)) {
            let left = rect.width - line.width
            var x = rect.minX + (alignment == .leading ? 0 : alignment == .center ? left / 2 : left)
            for piece in line.pieces {
                canvas.text(
                    piece.string, from: Point(x, y + line.ascent), piece.font, space.theme.color(piece.tint),
                    piece.metrics, tag: tag)
                x += piece.metrics.width
            }
            y += line.height
        }
    }

    private func font(_ space: Space) -> Font { font ?? space.density.label }

    private func lines(in space: Space) -> [LineBreaker.Line] {
        let font = font(space)
        let words = phrase.map { [Run(space.text($0))] } ?? runs
        let atoms = words.map { LineBreaker.Piece($0.string, $0.font ?? font, $0.tint ?? tint) }
        let width: Double =
            switch wrapping {
            case .none: .infinity
            case .room: space.width
            case .width(let width): min(width, space.width)
            }
        return LineBreaker(pieces: atoms, measurer: space.measurer).lines(width: width)
    }
}
