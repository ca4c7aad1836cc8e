import Reading

/// One token as a figure, a table or the terminal shows it.
public struct TokenPiece: Sendable, Hashable {
    public let id: Int

    /// What the token stands for; empty where no token has this id.
    public let bytes: [UInt8]

    /// The token made visible: `␣the`, `⏎`, `麻子`, a part of a character as its bytes `‹E4 B8›`.
    public let display: String

    /// Whether the token is no part of a text (end of text, padding, mask).
    public let isSpecial: Bool

    /// Whether the bytes are text by themselves, not a part of a character.
    public let isWholeText: Bool

    public init(id: Int, bytes: [UInt8], display: String, isSpecial: Bool, isWholeText: Bool) {
        self.id = id
        self.bytes = bytes
        self.display = display
        self.isSpecial = isSpecial
        self.isWholeText = isWholeText
    }

    /// A token of known bytes; the display follows from them.
    public init(id: Int, bytes: [UInt8], isSpecial: Bool) {
        self.init(
            id: id, bytes: bytes, display: ByteText.visible(bytes), isSpecial: isSpecial,
            isWholeText: ByteText.isText(bytes))
    }
}
