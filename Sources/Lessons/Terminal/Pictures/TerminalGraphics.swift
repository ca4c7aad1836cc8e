import Wording

/// How a terminal shows a figure.
package enum TerminalGraphics: Sendable, Hashable {
    /// The very picture, as a PNG in Kitty's way.
    case kitty
    /// The very picture, as a PNG in iTerm2's way.
    case iTerm
    /// The very picture, in bands of six rows, on cells of so many pixels.
    case sixel(cellWidth: Int)
    /// Two coloured halves to a cell, and real letters over them.
    case blocks(BlockColors)
    /// Letters, and signs for how dark a place is.
    case characters
    /// Only what the figure says.
    case words

    /// The colours that a terminal knows.
    package enum BlockColors: Sendable, Hashable {
        /// Of 24 bits.
        case all
        /// A cube of six steps each way.
        case indexed
    }
}

extension TerminalGraphics {
    /// Whether letters are the terminal's own, so that a figure is laid out on its grid.
    var isGrid: Bool {
        switch self {
        case .blocks, .characters: true
        case .kitty, .iTerm, .sixel, .words: false
        }
    }
}
