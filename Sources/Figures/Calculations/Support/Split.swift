import Drawing

/// A picture that takes all the room, and beside it, or under it where the room is high, what is said of it in numbers.
struct Split: ComposedMark {
    var picture: AnyMark
    var words: AnyMark
    /// The least side of the picture.
    var least: Double

    init(least: Double = 300, _ picture: some Mark, beside words: some Mark) {
        self.picture = picture.any
        self.words = words.any
        self.least = least
    }

    var stretch: Stretch { .both }

    func build(_ space: Space) -> AnyMark {
        let (picture, least) = (picture, least)
        let board = Drawn(least, least, stretch: .both) { rect, space, canvas in
            picture.place(in: rect, space.with(width: rect.width, height: rect.height), onto: &canvas)
        }
        let words = words.extent(in: space)
        let isWide = space.width - words.width > space.height - words.height
        return isWide
            ? HStack(.middle, spacing: space.density.gap) {
                board
                self.words
            }.any
            : VStack(.center, spacing: space.density.gap) {
                board
                self.words
            }.any
    }
}
