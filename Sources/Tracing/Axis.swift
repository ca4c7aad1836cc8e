/// What the places along one axis of a tensor stand for.
public enum Axis: String, Sendable, Hashable, CaseIterable {
    case batch
    /// A token's place in the text.
    case position
    /// The place that asks.
    case query
    /// The place that is looked at.
    case key
    case head
    /// The numbers of one head's query, key or value.
    case headWidth = "head_width"
    /// The model's width: the numbers of one token's vector.
    case width
    /// The neurons of a feed-forward layer.
    case hidden
    case vocabulary
    /// Of a table that is no text's: a small calculation's.
    case row, column
    /// A single number kept as an axis of length one.
    case single
    case unknown
}
