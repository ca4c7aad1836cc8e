import Drawing
import Wording

/// What chapters ask of the engine: figures, numbers and typeset formulas.
///
/// The runner, the checks and the book know the engine only through this, so they are tested without a model.
package protocol FigureSource: Sendable {
    /// Draws every frame of a figure as SVG.
    func figure(_ reference: FigureReference, language: Language, theme: Theme.Mode) throws -> DrawnFigure

    /// Draws a figure to be printed: all frames in one PDF.
    func pdf(_ reference: FigureReference, language: Language) throws -> [UInt8]

    /// Computes what a query asks for.
    func answer(_ query: Query) throws -> Answer

    /// Typesets a formula.
    func formula(_ notation: String, display: Bool) throws -> TypesetFormula

    /// The characters of `text` for which no font has a shape.
    func unknownGlyphs(in text: String) -> [Character]
}

extension FigureSource {
    package func unknownGlyphs(in text: String) -> [Character] { [] }
}

/// A figure ready to be put on a page.
package struct DrawnFigure: Sendable {
    package var figure: Figure
    /// UTF-8 of one SVG document for each frame.
    package var pictures: [[UInt8]]

    package init(_ figure: Figure, pictures: [[UInt8]]) {
        self.figure = figure
        self.pictures = pictures
    }
}

/// A formula in the two forms that readers of text need.
package struct TypesetFormula: Sendable, Hashable {
    /// A complete `math` element, written by a MathML writer that escapes its text.
    package var mathML: String
    /// For the terminal: `softmax(QKᵀ / √d) V`.
    package var plain: String

    package init(mathML: String, plain: String) {
        self.mathML = mathML
        self.plain = plain
    }
}
