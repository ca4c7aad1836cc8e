import Drawing
import Wording

/// What a chapter is shown on: a terminal, or what stands for one.
package struct LessonScreen: Sendable {
    package var language: Language
    package var theme: Theme.Mode
    /// With ANSI escapes for colour and weight.
    package var isStyled: Bool
    /// In columns.
    package var width: Int
    package var graphics: TerminalGraphics
    /// Whether somebody types, and sees what they type.
    package var isInteractive = false

    package init(
        language: Language, theme: Theme.Mode = .light, isStyled: Bool, width: Int, graphics: TerminalGraphics = .words
    ) {
        self.language = language
        self.theme = theme
        self.isStyled = isStyled
        self.width = max(20, width)
        self.graphics = graphics
    }

    /// Longer lines are hard to read.
    private static let longest = 96

    var text: TerminalText { TerminalText(isStyled: isStyled, width: min(width, Self.longest)) }

    /// Columns that a picture takes.
    private var columns: Int { min(width - 1, graphics.isGrid ? 120 : Self.longest) }

    /// What figures are laid out for: on a grid of letters for the very columns, else for a shape that fits them.
    var setting: FigureSetting {
        let size: Size
        if graphics.isGrid {
            let width = Double(columns) * BlockPicture.cell.width
            size = Size(width, max(width * 0.6, 460))
        } else {
            size = columns < 60 ? Size(728, 600) : FigureSetting.page
        }
        return FigureSetting(language: language, theme: theme, size: size, isQuiet: true)
    }

    /// One frame as bytes for the terminal; empty where only words are shown.
    func picture(_ figure: Figure, frame: Int) throws -> [UInt8] {
        let inline = InlinePicture(figure: figure, frame: frame, columns: columns)
        func lines(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }
        switch graphics {
        case .words: return []
        case .kitty: return try inline.kitty()
        case .iTerm: return try inline.iTerm()
        case .sixel(let cellWidth): return try inline.sixel(cellWidth: cellWidth)
        case .blocks(let colors): return lines(try BlockPicture(figure, frame: frame, columns: columns).blocks(colors))
        case .characters:
            return lines(try BlockPicture(figure, frame: frame, columns: columns).characters(paper: figure.paper))
        }
    }
}
