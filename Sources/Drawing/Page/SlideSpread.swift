import Wording

/// What is done with the room that is left on one side of a page when the other is full.
extension SlideLayout {
    /// How much of the room is covered.
    private static let wellFilled = 0.85

    /// Where one side of the room is full and much of the other is left, cells and gaps grow on that other side, as long
    /// as everything is drawn that was drawn before.
    func spread(_ fitted: Fitted, in room: Size) throws(Failure) -> Fitted {
        let used = need(fitted.extents)
        let inner = Size(room.width / fitted.zoom, room.height / fitted.zoom)
        let left = Size(inner.width / max(1, used.width), inner.height / max(1, used.height))
        guard !style.isQuiet, left.width * left.height > 1 / Self.wellFilled else { return fitted }
        let drawn = paintedItems(fitted, room)
        var share = 1.0
        for _ in 0..<3 where share > 0.05 {
            let density = fitted.density.stretched(left, share: share)
            let bodies = try slide.frames.map { (each) throws(Failure) in try each.body(density) }
            let space = space(inner, density)
            let extents = bodies.map { $0.extent(in: space) }
            let need = need(extents)
            if need.fits(in: inner) {
                guard need.width * need.height > used.width * used.height else { return fitted }
                let wider = Fitted(density: density, bodies: bodies, extents: extents, zoom: fitted.zoom)
                if paintedItems(wider, room) >= drawn { return wider }
                share *= 0.5
            } else {
                // What is needed grows about evenly with the share.
                let fits = min(
                    (inner.width - used.width) / max(1, need.width - used.width),
                    (inner.height - used.height) / max(1, need.height - used.height))
                share *= min(0.8, max(0, fits) * 0.97)
            }
        }
        return fitted
    }

    /// How many items the first, the middle and the last frame are made of.
    private func paintedItems(_ fitted: Fitted, _ room: Size) -> Int {
        let count = slide.frames.count
        return Set([0, count / 2, count - 1]).filter(slide.frames.indices.contains)
            .reduce(0) { $0 + paint(fitted, $1, room).itemCount }
    }
}
