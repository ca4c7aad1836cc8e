import Wording

/// What chapters ask of the engine: figures, numbers and typeset formulas.
///
/// The runner, the checks and the book know the engine only through this, so they are tested without a model.
public protocol FigureSource: Sendable {
    /// Draws every frame of a figure as SVG.
    func figure(_ reference: FigureReference, language: Language, theme: PageTheme) throws -> RenderedFigure

    /// Draws a figure in one of the formats that readers download; all frames in one PDF, the given frame in one PNG.
    func download(_ reference: FigureReference, language: Language, format: DownloadFormat) throws -> [UInt8]

    /// Computes what a query asks for.
    func answer(_ query: Query) throws -> Answer

    /// Typesets a formula.
    func formula(_ notation: String, display: Bool) throws -> TypesetFormula

    /// The characters of `text` for which no font has a shape.
    func unknownGlyphs(in text: String) -> [Character]
}

extension FigureSource {
    public func unknownGlyphs(in text: String) -> [Character] { [] }
}

/// The page's two appearances.
public enum PageTheme: String, Sendable, CaseIterable {
    case light, dark
}

public enum DownloadFormat: String, Sendable, CaseIterable {
    case pdf, png
}

/// A figure ready to be put on a page: pictures and what can be said about them in text.
public struct RenderedFigure: Sendable {
    public var title: String
    /// In pixels; every frame has the same size.
    public var width: Double
    public var height: Double
    public var frames: [Frame]

    public init(title: String, width: Double, height: Double, frames: [Frame]) {
        self.title = title
        self.width = width
        self.height = height
        self.frames = frames
    }

    public struct Frame: Sendable {
        /// UTF-8 of one SVG document.
        public var svg: [UInt8]
        /// What this frame shows, in one line.
        public var caption: String
        /// What a reader who cannot see the picture should hear.
        public var alternative: String
        public var hotSpots: [HotSpot]

        public init(svg: [UInt8], caption: String, alternative: String, hotSpots: [HotSpot]) {
            self.svg = svg
            self.caption = caption
            self.alternative = alternative
            self.hotSpots = hotSpots
        }
    }

    /// A place in a frame that knows its exact value. In the figure's pixels, from the top left corner.
    public struct HotSpot: Sendable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double
        /// What is there, such as `query 果, key 吃`.
        public var label: String
        /// Its exact value; empty where there is only a name.
        public var value: String

        public init(x: Double, y: Double, width: Double, height: Double, label: String, value: String) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.label = label
            self.value = value
        }
    }
}

/// A formula in the two forms that readers of text need.
public struct TypesetFormula: Sendable, Hashable {
    /// A complete `math` element, written by a MathML writer that escapes its text.
    public var mathML: String
    /// For the terminal: `softmax(QKᵀ / √d) V`.
    public var plain: String

    public init(mathML: String, plain: String) {
        self.mathML = mathML
        self.plain = plain
    }
}
