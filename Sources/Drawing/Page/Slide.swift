import Wording

/// The sizes that figures are made for, in pixels at scale 1.
extension Size {
    public static let slide = Size(1600, 900)
    public static let wide = Size(1200, 500)
    public static let square = Size(1080, 1080)
    /// The longest side of a picture.
    public static let mostPixels = 16_384
}

/// What a slide is drawn with: everything that the same content may be shown in differently.
public struct SlideStyle: Sendable {
    public var size: Size
    public var theme: Theme
    public var language: Language
    public var measurer: AnyTextMeasurer
    /// The command that made the figure, for the file's metadata.
    public var command: String
    /// Without title, subtitle, map, formula, sentence and legend, the body alone: a page says the rest itself. Figures
    /// of one story then agree on tokens, columns and cells, vectors are whole and coloured, and groups have names.
    public var isQuiet = false
    /// Whether cells say their numbers; else whole tensors are shown as colours alone.
    public var showsDigits = true
    /// Whether the error of a canvas that is too small names the least one, which takes as long as drawing; else it
    /// names the canvas itself.
    public var namesLeastSize = true

    public init(
        size: Size = .slide, theme: Theme = .light, language: Language, measurer: some TextMeasurer,
        command: String = ""
    ) {
        self.size = size
        self.theme = theme
        self.language = language
        self.measurer = measurer.any
        self.command = command
    }

    public var space: Space {
        var space = Space(theme: theme, language: language, measurer: measurer)
        space.showsDigits = showsDigits
        if isQuiet {
            space.vectors = VectorLook(canvas: canvas)
            space.isNarrow = canvas.width < 560
        }
        return space
    }

    /// The shorter side of the canvas that everything is laid out on, in pixels.
    public static let side = 700.0
    /// No text is smaller than this on any picture, in its pixels.
    public static let leastType = 12.0

    /// How much larger the picture is than the canvas that it is laid out on: with the shorter side, but never so small
    /// that the smallest type could not be read.
    public var zoom: Double {
        max(min(size.width, size.height) / SlideStyle.side, SlideStyle.leastType / Font.leastSize)
    }

    /// The zooms to try in turn: where something does not fit, all of it may shrink as far as it can still be read.
    var zooms: [Double] {
        let floor = SlideStyle.leastType / Font.leastSize
        let middle = (zoom * floor).squareRoot()
        return zoom > floor * 1.02 ? [zoom, middle, floor] : [zoom]
    }

    /// The canvas that everything is laid out on: a picture's own shape, and type as large beside it on all pictures.
    public var canvas: Size { Size(size.width / zoom, size.height / zoom) }
}

/// The page that every figure is set on: title and subtitle, 'you are here', the picture, and under it the formula,
/// the sentence to take away and the legend. Nothing on it overlaps, whatever the canvas.
public struct Slide: Sendable {
    /// One picture of a motion.
    public struct Frame: Sendable {
        public var caption: Phrase
        /// The picture in words; the caption without it.
        public var altText: Phrase
        /// Replaces the slide's sentence in this frame.
        public var takeaway: Phrase?
        public var formula: Formula?
        /// The place of the token that this frame is about, where frames go from token to token.
        public var position: Int?
        public var body: @Sendable (Density) throws(Failure) -> AnyMark

        public init<Body: Mark>(
            caption: Phrase = "", altText: Phrase? = nil, takeaway: Phrase? = nil, formula: Formula? = nil,
            position: Int? = nil, body: @escaping @Sendable (Density) throws(Failure) -> Body
        ) {
            self.position = position
            self.caption = caption
            self.altText = altText ?? caption
            self.takeaway = takeaway
            self.formula = formula
            self.body = { (density) throws(Failure) in try body(density).any }
        }
    }

    public var id: String
    public var title: Phrase
    public var subtitle: Phrase?
    public var here: MiniMap?
    public var formula: Formula?
    public var takeaway: Phrase?
    public var note: Phrase?
    public var legend: [AnyMark]
    public var densities: [Density]
    public var frames: [Frame]
    /// The frame to begin with where one is shown at a time; nil for the last, which shows most.
    package var opening: Int?
    /// Whether all frames take the same room, whatever they show: a page that wants one of them then lays out no other.
    package var isUniform = false
    /// Which steps something grows out of, by its name in a tag: asked of every group of a quiet figure.
    package var origins: (@Sendable (String) -> [String])?
    /// Likewise of what is no step of the trace, by its name without the mark (`Tag.derived`).
    package var derived: [String: [String]] = [:]

    /// A slide of one picture. `body` is built again at each density until it fits.
    public init<Body: Mark>(
        id: String, title: Phrase, subtitle: Phrase? = nil, here: MiniMap? = nil, formula: Formula? = nil,
        takeaway: Phrase? = nil, note: Phrase? = nil, legend: [AnyMark] = [], altText: Phrase? = nil,
        densities: [Density] = Density.candidates, body: @escaping @Sendable (Density) throws(Failure) -> Body
    ) {
        self.init(
            id: id, title: title, subtitle: subtitle, here: here, formula: formula, takeaway: takeaway, note: note,
            legend: legend, densities: densities,
            frames: [Frame(caption: takeaway ?? title, altText: altText ?? takeaway ?? title, body: body)])
    }

    /// A slide of several pictures, each changing one thing; all share one density and one place.
    public init(
        id: String, title: Phrase, subtitle: Phrase? = nil, here: MiniMap? = nil, formula: Formula? = nil,
        takeaway: Phrase? = nil, note: Phrase? = nil, legend: [AnyMark] = [],
        densities: [Density] = Density.candidates, frames: [Frame]
    ) {
        self.id = id
        self.title = title
        self.subtitle = subtitle
        self.here = here
        self.formula = formula
        self.takeaway = takeaway
        self.note = note
        self.legend = legend
        self.densities = densities
        self.frames = frames
    }

    /// Lays the slide out: all frames, or one of them in the place that it has among the others.
    ///
    /// - Throws: `DrawingError.tooSmall` with the least canvas for this content, and whatever `body` throws.
    public func figure(_ style: SlideStyle, only chosen: Int? = nil) throws(Failure) -> Figure {
        try laidOut(style, only: chosen).figure
    }

    /// The figure, and where its body lies: the page without its head, its foot and its margins.
    package func laidOut(
        _ style: SlideStyle, only chosen: Int? = nil
    ) throws(Failure) -> (figure: Figure, body: Rect) {
        var frames: [Figure.Frame]?
        var body = Rect(origin: .zero, size: style.size)
        for zoom in style.zooms where frames == nil {
            let layout = SlideLayout(slide: self, style: style, zoom: zoom)
            frames = try layout.frames(only: chosen)
            body = Zoom(zoom)(layout.room)
        }
        guard let frames else {
            let least = style.namesLeastSize ? try leastSize(style) : style.size
            throw Failure(DrawingError.tooSmall(least: least, found: style.size))
        }
        let text = { (phrase: Phrase) in phrase[style.language] }
        var figure = Figure(
            id: id, title: text(title), size: style.size, paper: style.theme.paper, language: style.language,
            frames: frames,
            metadata: Figure.Metadata(
                title: text(title), description: frames.first?.altText ?? "", command: style.command))
        if style.isQuiet, let origins {
            for name in frames.flatMap({ $0.items.groupNames }) where figure.origins[name] == nil {
                figure.origins[name] = Tag(step: name).derivedName.map { derived[$0] ?? [] } ?? origins(name)
            }
        }
        return (figure, body)
    }
}
