/// A token that is matched in the text before the tokenizer's own rules apply.
public struct AddedToken: Sendable, Hashable {
    public internal(set) var id: Int

    /// The text it is spelt as, for example `<|endoftext|>`.
    public let content: String

    /// Whether it is no part of a text, so that decoding may leave it out.
    public let isSpecial: Bool

    /// Whether white space before it belongs to it.
    public internal(set) var stripsLeft: Bool

    /// Whether white space after it belongs to it.
    public let stripsRight: Bool

    /// Whether it is matched only where no letter, digit or mark touches it.
    public let isSingleWord: Bool

    /// Whether it is looked for in the normalised text, after those that are not.
    public let isNormalized: Bool

    public init(
        id: Int, content: String, isSpecial: Bool = true, stripsLeft: Bool = false, stripsRight: Bool = false,
        isSingleWord: Bool = false, isNormalized: Bool = false
    ) {
        self.id = id
        self.content = content
        self.isSpecial = isSpecial
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isSingleWord = isSingleWord
        self.isNormalized = isNormalized
    }
}
