/// Horizontal bars with labels and values: probabilities, weights, counts.
public struct Bars: ComposedMark {
    public struct Bar: Sendable {
        public var label: TokenLabel
        public var value: Double
        /// What is written at the bar's end; a percentage without it.
        public var text: String?
        public var tint: Tint?
        public var isLit: Bool
        /// Whether there is nothing to see: a label, but neither bar nor value.
        package var isHidden = false
        /// The exact value as it is, where `value` is not it.
        package var exact: String?
        public var tag: Tag?

        public init(
            _ label: TokenLabel, _ value: Double, text: String? = nil, tint: Tint? = nil, lit: Bool = false,
            tag: Tag? = nil
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.tint = tint
            isLit = lit
            self.tag = tag
        }

        var words: String { isHidden && value.isFinite ? "–" : text ?? Numbers.percent(value) }
    }

    public var bars: [Bar]
    /// The value of a bar of full length; the largest magnitude without it.
    public var limit: Double?
    /// The length of a full bar at the comfortable density.
    public var length: Double
    private var tint: Tint = .role(.probability)
    private var rowHeight: Double?
    private var otherLabels: [TokenLabel] = []
    private var elision: Elision?
    private var isFixed = false

    public init(_ bars: [Bar], limit: Double? = nil, length: Double = 220) {
        self.bars = bars
        self.limit = limit
        self.length = length
    }

    public func color(_ tint: Tint) -> Bars { with { $0.tint = tint } }

    /// The distance from bar to bar; without it that of a matrix's rows, so that both line up.
    public func rowHeight(_ height: Double) -> Bars { with { $0.rowHeight = height } }

    /// Leaves room for these labels too, so that the bars of a motion's frames begin at one place.
    public func roomForLabels(_ labels: [TokenLabel]) -> Bars { with { $0.otherLabels = labels } }

    /// Only these, each on a track of a fixed length with its value behind it, beside the same rows of a matrix.
    package func besideRows(_ shown: [Int]) -> Bars {
        with {
            $0.elision = Elision(showing: shown, of: bars.count)
            $0.isFixed = true
        }
    }

    public func build(_ space: Space) -> AnyMark {
        let font = space.density.label
        let elision = elision ?? Elision(showing: Array(bars.indices), of: bars.count)
        let shown = elision.shown.map { bars[$0] }
        let cell = space.density.drawnCell
        let height =
            rowHeight
            ?? (isFixed
                ? cell.height + MatrixLayout.spacing(min(cell.width, cell.height))
                : max(cell.height + 2, font.size * 1.4))
        let largest = bars.reduce(0) { $1.value.isFinite ? max($0, abs($1.value)) : $0 }
        // A bar never leaves its track: where one is longer than the limit, the limit gives way.
        let most = isFixed ? limit ?? largest : limit.map { largest > $0 * 1.0001 ? largest : $0 } ?? largest
        let hasNegative = shown.contains { $0.value < 0 && $0.value.isFinite && !$0.isHidden }
        // With negative values the zero line is in the middle of the length.
        let zero = hasNegative ? 0.5 : 0
        let values = shown.map { space.width(of: $0.words, .mono(font)) }.max() ?? 0
        let labels = (shown.map { $0.label } + otherLabels).map { TokenText.width($0, font, space) }.max() ?? 0
        // A motion that knows where its bars end says how high its rows are, and no more is done to them.
        let own = length * (isFixed ? 1 : space.density.zoom) * (rowHeight == nil ? space.density.stretch.width : 1)
        let tracks = [
            Table.Track(alignment: 1),
            Table.Track(gap: 12, rule: isFixed ? nil : zero * own / max(1, own + Drawing.Bar.gap + values)),
        ]
        return Table(bars.count, tracks, pitch: height...height) { place, _ in
            let bar = bars[place]
            let label = Token(bar.label, font, isFaint: bar.isHidden).frame(width: labels, alignment: .trailing)
            let body = Drawing.Bar(
                bar.isHidden && bar.value.isFinite ? nil : bar.value, limit: most, bar.tint ?? tint, text: bar.words
            )
            return Table.Row([
                label.any,
                body.with {
                    $0.length = own
                    $0.words = values
                    $0.font = .mono(font)
                    $0.zero = zero
                    $0.isLit = bar.isLit
                    $0.showsTrack = isFixed
                    $0.tag = bar.tag
                }.any,
            ]).explained(
                isFixed ? bar.label.whole : "\(bar.label.whole): \(bar.words)", value: bar.exact ?? "\(bar.value)",
                tag: bar.tag)
        }.showing(elision).gaps(
            height: isFixed ? MatrixLayout.rowGap(space) + MatrixLayout.spacing(min(cell.width, cell.height)) : 26,
            track: 1
        ).any
    }
}

/// A token without a box.
struct Token: Mark {
    var label: TokenLabel
    var font: Font
    var isFaint = false

    init(_ label: TokenLabel, _ font: Font, isFaint: Bool = false) {
        self.label = label
        self.font = font
        self.isFaint = isFaint
    }

    func extent(in space: Space) -> Extent { Extent(TokenText.width(label, font, space), font.size * 1.4) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let color = isFaint ? space.theme.muted : space.theme.ink
        TokenText.place(
            label, at: Point(rect.minX, rect.midY), font, color, .leading, space, onto: &canvas)
    }
}
