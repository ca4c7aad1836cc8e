extension Int {
    /// The whole part of a number that may be anything: the end of the range where it lies beyond, 0 where it is not a
    /// number.
    ///
    /// `Int(_:)` of such a number stops the program; every number that comes from data goes through here.
    @inlinable public init(clamping value: Double) {
        self = Int(exactly: value.rounded(.towardZero)) ?? (value.isNaN ? 0 : value < 0 ? .min : .max)
    }

    @inlinable public init(clamping value: Float) { self.init(clamping: Double(value)) }
}
