import Wording

/// The largest of several ways to draw something that fits into a room.
public struct Fitted: Sendable {
    public var mark: AnyMark
    /// The surroundings it was measured in; place it with these.
    public var space: Space
    public var extent: Extent
}

/// Builds `body` at each density, from large to small, and returns the first that fits into `room`.
///
/// - Throws: `DrawingError.tooSmall`, naming the size of the smallest, when none fits.
public func fit(
    in room: Size, candidates: [Density] = Density.candidates, _ space: Space,
    _ body: (Density) throws(Failure) -> AnyMark
) throws(Failure) -> Fitted {
    var least: Size?
    for density in candidates {
        let space = space.with(width: room.width, height: room.height).with(density: density)
        let mark = try body(density)
        let extent = mark.extent(in: space)
        if extent.size.fits(in: room) { return Fitted(mark: mark, space: space, extent: extent) }
        // The smallest by what it lacks, since densities shrink in both directions but not in step.
        if extent.width * extent.height < (least.map { $0.width * $0.height } ?? .infinity) { least = extent.size }
    }
    throw Failure(DrawingError.tooSmall(least: least ?? .zero, found: room))
}
