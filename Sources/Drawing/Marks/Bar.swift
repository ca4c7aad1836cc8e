/// One horizontal bar with its value behind it, for a row of a table.
package struct Bar: Mark {
    /// Nil where there is none: hidden, or not asked about.
    var value: Double?
    /// The value of a bar that fills its track.
    var limit: Double
    var tint: Tint
    /// What is written behind it.
    var text: String?
    var font: Font?
    /// How long it is where no track says so.
    var length = 0.0
    /// The room for the words behind the longest bar.
    var words = 0.0
    /// Where 0 lies, as a share of the length.
    var zero = 0.0
    var isLit = false
    /// Whether its value is written as strongly as that of a lit one.
    var isStrong = false
    /// Whether the track is seen behind the bar, and the value stands behind the track.
    var showsTrack = false
    var tag: Tag?

    /// - Parameters:
    ///   - value: nil where there is none.
    ///   - limit: the value of a bar that fills its track.
    package init(_ value: Double?, limit: Double, _ tint: Tint = .role(.probability), text: String? = nil) {
        self.value = value
        self.limit = limit
        self.tint = tint
        self.text = text
    }

    package func font(_ font: Font) -> Bar { with { $0.font = font } }
    package func tagged(_ tag: Tag?) -> Bar { with { $0.tag = tag } }
    /// A length of its own, and the room behind it for the widest value of its column.
    package func length(_ length: Double, words: Double) -> Bar {
        with {
            $0.length = length
            $0.words = words
        }
    }
    /// Where 0 lies, as a share of the track, and the room behind it for the widest value of its column.
    package func around(zero: Double, words: Double) -> Bar {
        with {
            $0.zero = zero
            $0.words = words
        }
    }
    package func onTrack() -> Bar { with { $0.showsTrack = true } }

    package var stretch: Stretch { length > 0 ? .vertical : .both }

    package func extent(in space: Space) -> Extent {
        Extent(length + (words > 0 ? Self.gap + words : 0), 20)
    }

    /// From the bar to its value.
    static let gap = 12.0

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let track = rect.width - (words > 0 ? Self.gap + words : 0)
        let (start, reach) = (rect.minX + track * zero, track * (1 - zero))
        let thickness = min(24, rect.height * 0.52)
        if showsTrack {
            canvas.fill(
                .rounded(Rect(rect.minX, rect.midY - thickness / 2, track, thickness), radius: 4), theme.panel)
        }
        var end = start
        if let value, let odd = OddNumber(value) {
            end += canvas.oddBar(odd, at: Point(start, rect.midY), thickness: thickness, tag: tag, in: space)
        } else if let value, value != 0 {
            let share = limit > 0 ? min(1, abs(value) / limit) : 0
            let width = max(2, share * reach)
            let body = Rect(value < 0 ? start - width : start, rect.midY - thickness / 2, width, thickness)
            canvas.fill(
                .rounded(body, radius: min(4, width / 2)), theme.color(tint),
                stroke: isLit ? Stroke(theme.highlight, width: 3) : nil, tag: tag)
            end = max(start, body.maxX)
        }
        guard let text else { return }
        let x = showsTrack ? rect.minX + track + Self.gap : end + (isLit ? 11 : 9)
        canvas.text(
            text, at: Point(x, rect.midY), font ?? .mono(space.density.label),
            isLit || isStrong ? theme.ink : theme.muted,
            .leading, in: space)
    }
}
