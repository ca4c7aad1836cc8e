import Drawing
import Wording

/// What chapters ask of the engine: figures, numbers and typeset formulas.
///
/// The runner, the checks and the book know the engine only through this, so they are tested without a model.
package protocol FigureSource: Sendable {
    /// Lays a figure out, all its frames.
    func layout(_ reference: FigureReference, _ setting: FigureSetting) throws -> Figure

    /// Lays out what a printed command draws; nil where it cannot be compared.
    func layout(_ command: DrawCommand, _ setting: FigureSetting) throws -> Figure?

    /// What says of each number of a figure how it came to be, in a line; nil of what was given.
    func sums(of reference: FigureReference) -> (Drawing.Tag) -> String?

    /// Computes what a query asks for.
    func answer(_ query: Query) throws -> Answer

    /// Typesets a formula.
    func formula(_ notation: String, display: Bool) throws -> TypesetFormula

    /// The characters of `text` for which no font has a shape.
    func unknownGlyphs(in text: String) -> [Character]
}

extension FigureSource {
    package func layout(_ command: DrawCommand, _ setting: FigureSetting) throws -> Figure? { nil }

    package func sums(of reference: FigureReference) -> (Drawing.Tag) -> String? { { _ in nil } }

    package func unknownGlyphs(in text: String) -> [Character] { [] }
}

/// How a figure is set, wherever it is shown.
package struct FigureSetting: Sendable, Hashable {
    package var language: Language
    package var theme: Theme.Mode
    /// What it is laid out for, unless its chapter says otherwise; one that does not fit is given the room it needs.
    package var size: Size
    /// Without title, formula, sentence and legend: whoever shows it says them beside it.
    package var isQuiet: Bool
    /// Whether it is this very size or none, whatever its chapter says.
    package var isExact: Bool

    package init(
        language: Language, theme: Theme.Mode, size: Size = FigureSetting.page, isQuiet: Bool = false,
        isExact: Bool = false
    ) {
        self.language = language
        self.theme = theme
        self.size = size
        self.isQuiet = isQuiet
        self.isExact = isExact
    }

    /// A page's column is narrower than a slide: the same letters on fewer pixels are easier to read there.
    package static let page = Size(1280, 720)
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
