/// Which of a model's stacks of blocks a step belongs to.
public enum Stack: String, Hashable, Sendable, CustomStringConvertible {
    /// The only one; of a model of two, what lies outside both.
    case single = ""
    case encoder, decoder

    /// As names write it; empty for a single one.
    public var description: String { rawValue }

    /// What stands before the rest of a name: `decoder.`, and nothing for a single stack.
    public func prefix(_ separator: String = ".") -> String { self == .single ? "" : rawValue + separator }
}
