import Wording

/// A token as people write it: characters whole, a visible space mark, lone bytes as bytes, special tokens by name.
public struct TokenLabel: Sendable, Hashable, ExpressibleByStringLiteral {
    public enum Kind: Sendable, Hashable {
        case plain
        /// The bytes of a character that this token holds a part of.
        case bytes
        /// A token that stands for no text: `<|endoftext|>`, `[CLS]`.
        case special
    }

    public var kind: Kind
    /// What is shown: `␣the`, `⏎`, `‹E4 B8›`, `[CLS]`.
    public var display: String
    /// All of it, where `display` leaves out the middle: for alternative texts.
    public var whole: String

    /// Words of ours, shown as they are.
    public init(kind: Kind = .plain, display: String) {
        self.kind = kind
        self.display = display.shownInLine
        whole = self.display
    }

    /// A token's display, which may be of any length: the middle of a long one is left out.
    public init(kind: Kind = .plain, token: String) {
        self.kind = kind
        whole = token.shownInLine
        display = MiddleElision.shortened(whole.stacked(atMost: 8))
    }

    /// A token's text, its white space and what is not seen made visible.
    public init(_ text: String) { self.init(token: text.shownAsToken) }

    public init(stringLiteral value: String) { self.init(value) }

    /// A token's bytes, which need not be a whole character.
    public init(bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.init(text)
        } else {
            self.init(kind: .bytes, token: "‹" + bytes.map(Numbers.hexadecimal).joined(separator: " ") + "›")
        }
    }

    public init(special name: String) { self.init(kind: .special, token: name) }

    /// Whether all of it is Chinese characters.
    var isHan: Bool {
        kind == .plain && !display.isEmpty && display.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
    }

    /// The face that its kind is set in, as large as `like`.
    public func font(_ like: Font) -> Font { kind == .plain ? like : .mono(like) }

    /// At most `count` characters, the rest behind an ellipsis.
    public func shortened(to count: Int) -> TokenLabel {
        guard display.count > count else { return self }
        var label = self
        label.display = String(display.prefix(max(1, count - 1))) + "…"
        return label
    }
}

/// A token in a rounded box.
public struct Chip: Mark {
    public var label: TokenLabel
    /// Under the text, small: an id, a position.
    public var note: String?
    public var tint: Tint?
    public var isLit: Bool
    private var font: Font?
    private var tag: Tag?

    public init(_ label: TokenLabel, note: String? = nil, tint: Tint? = nil, lit: Bool = false) {
        self.label = label
        self.note = note
        self.tint = tint
        isLit = lit
    }

    public func font(_ font: Font) -> Chip { with { $0.font = font } }
    public func tagged(_ tag: Tag) -> Chip { with { $0.tag = tag } }

    private func face(_ space: Space) -> Font { label.font(font ?? space.density.label) }

    private func boxSize(_ space: Space) -> Size {
        let font = face(space)
        let width = space.width(of: label.display, font)
        let height = font.size * 1.9
        return Size(max(height, width + font.size * 1.1), height)
    }

    public var isRoomBound: Bool { false }

    public func extent(in space: Space) -> Extent {
        let box = boxSize(space)
        guard let note else { return Extent(box) }
        let metrics = space.metrics(note, .mono(.small))
        return Extent(max(box.width, metrics.width), box.height + 4 + metrics.height, axis: box.height / 2)
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let size = boxSize(space)
        let box = Rect(rect.midX - size.width / 2, rect.minY, size.width, size.height)
        let theme = space.theme
        let edge = isLit ? theme.highlight : tint.map(theme.color) ?? theme.hairline
        let ground =
            isLit
            ? theme.paper.mixed(with: theme.highlight, 0.16)
            : tint.map { theme.paper.mixed(with: theme.color($0), 0.12) } ?? theme.panel
        let stroke = Stroke(edge, width: isLit ? 2 : 1.25, dashes: label.kind == .special ? [4, 3] : [])
        canvas.fill(.rounded(box, radius: size.height * 0.26), ground, stroke: stroke, tag: tag)
        var color = theme.ink
        if label.kind != .plain { color = theme.muted }
        TokenText.place(label, at: box.center, face(space), color, .center, space, onto: &canvas)
        if let note {
            canvas.text(
                note, at: Point(box.midX, box.maxY + 4), .mono(.small), theme.muted, .top, in: space)
        }
    }
}

/// A token's text with its space mark paler than its letters.
package enum TokenText {
    static func place(
        _ label: TokenLabel, at point: Point, _ font: Font, _ color: Color, _ alignment: Alignment, _ space: Space,
        onto canvas: inout Canvas
    ) {
        let font = label.font(font)
        guard label.kind == .plain, label.display.count > 1, label.display.first == "␣" else {
            canvas.text(label.display, at: point, font, color, alignment, in: space)
            return
        }
        let rest = String(label.display.dropFirst())
        let whole = space.width(of: "␣", font) + space.width(of: rest, font)
        let x = point.x - whole * alignment.horizontal
        let side = Alignment(horizontal: 0, vertical: alignment.vertical)
        let faint = space.theme.muted
        let mark = canvas.text("␣", at: Point(x, point.y), font, faint, side, in: space)
        canvas.text(rest, at: Point(mark.maxX, point.y), font, color, side, in: space)
    }

    package static func width(_ label: TokenLabel, _ font: Font, _ space: Space) -> Double {
        let font = label.font(font)
        guard label.kind == .plain, label.display.count > 1, label.display.first == "␣" else {
            return space.width(of: label.display, font)
        }
        return space.width(of: "␣", font) + space.width(of: String(label.display.dropFirst()), font)
    }
}
