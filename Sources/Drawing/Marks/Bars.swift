/// Horizontal bars with labels and values: probabilities, weights, counts.
public struct Bars: Mark {
    public struct Bar: Sendable {
        public var label: TokenLabel
        public var value: Double
        /// What is written at the bar's end; a percentage without it.
        public var text: String?
        public var tint: Tint?
        public var isLit: Bool
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
    }

    public var bars: [Bar]
    /// The value of a bar of full length; the largest magnitude without it.
    public var limit: Double?
    /// The length of a full bar at the comfortable density.
    public var length: Double
    private var tint: Tint = .role(.probability)
    private var rowHeight: Double?
    private var otherLabels: [TokenLabel] = []

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

    private struct Measures {
        var row: Double
        var font: Font
        var labels: Double
        var values: Double
        var hasNegative: Bool
        var length: Double
    }

    private func measure(_ space: Space) -> Measures {
        let font = space.density.label
        return Measures(
            row: rowHeight ?? max(space.density.cell.height + 2, font.size * 1.4), font: font,
            labels: (bars.map { $0.label } + otherLabels).map { TokenText.width($0, font, space) }.max() ?? 0,
            values: bars.map { space.width(of: text($0), .mono(font)) }.max() ?? 0,
            hasNegative: bars.contains { $0.value < 0 && $0.value.isFinite }, length: length * space.density.zoom)
    }

    private func text(_ bar: Bar) -> String { bar.text ?? Numbers.percent(bar.value) }

    public func extent(in space: Space) -> Extent {
        let measures = measure(space)
        return Extent(measures.labels + 12 + measures.length + 12 + measures.values, measures.row * Double(bars.count))
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let measures = measure(space)
        let theme = space.theme
        let largest = bars.reduce(0) { $1.value.isFinite ? max($0, abs($1.value)) : $0 }
        // A bar never leaves its track: where one is longer than the limit, the limit gives way.
        let most = limit.map { largest > $0 * 1.0001 ? largest : $0 } ?? largest
        let start = rect.minX + measures.labels + 12
        let thickness = min(24, measures.row * 0.52)
        // With negative values the zero line is in the middle of the length.
        let zero = measures.hasNegative ? start + measures.length / 2 : start
        let reach = measures.hasNegative ? measures.length / 2 : measures.length
        for (index, bar) in bars.enumerated() {
            let y = rect.minY + (Double(index) + 0.5) * measures.row
            TokenText.place(
                bar.label, at: Point(start - 12, y), measures.font, theme.ink, Alignment(horizontal: 1, vertical: 0.5),
                space, onto: &canvas)
            let odd = OddNumber(bar.value)
            let share = most > 0 && odd == nil ? min(1, abs(bar.value) / most) : 0
            var width = max(bar.value == 0 || odd != nil ? 0 : 2, share * reach)
            let left = bar.value < 0 ? zero - width : zero
            let body = Rect(left, y - thickness / 2, width, thickness)
            if width > 0 {
                let stroke = bar.isLit ? Stroke(theme.highlight, width: 3) : nil
                canvas.fill(
                    .rounded(body, radius: min(4, width / 2)), theme.color(bar.tint ?? tint), stroke: stroke,
                    tag: bar.tag)
            }
            if let odd {
                width = canvas.oddBar(odd, at: Point(zero, y), thickness: thickness, tag: bar.tag, in: space)
            }
            let end = bar.value < 0 && odd == nil ? zero : zero + width
            canvas.text(
                text(bar), at: Point(end + (bar.isLit ? 11 : 9), y), .mono(measures.font),
                bar.isLit ? theme.ink : theme.muted, .leading, in: space)
            canvas.hotSpot(
                Rect(rect.minX, y - measures.row / 2, rect.width, measures.row), "\(bar.label.whole): \(text(bar))",
                value: "\(bar.value)", tag: bar.tag)
        }
        canvas.line(
            Point(zero, rect.minY + 2), Point(zero, rect.minY + measures.row * Double(bars.count) - 2),
            Stroke(theme.hairline, width: 1.5))
    }
}
