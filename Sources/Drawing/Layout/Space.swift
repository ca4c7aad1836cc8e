import Wording

/// What a mark must know of its surroundings: colours, language, how dense, how text is measured, how much room.
public struct Space: Sendable {
    public var theme: Theme
    public var language: Language
    public var density: Density
    public var measurer: AnyTextMeasurer
    /// The room that is there, in pixels; infinite where nothing limits it.
    public var width: Double
    public var height: Double
    /// Whether cells say their numbers.
    public var showsDigits = true
    /// How vectors are drawn where they are whole and coloured, beside results that say their numbers; nil where both
    /// are drawn alike.
    package var vectors: VectorLook?
    /// Whether a quiet figure stands on a page no wider than a phone: parts stand under each other, and axes and shapes,
    /// which the page says, are left out.
    package var isNarrow = false

    public init(
        theme: Theme, language: Language, density: Density = .comfortable, measurer: some TextMeasurer,
        width: Double = .infinity, height: Double = .infinity
    ) {
        self.theme = theme
        self.language = language
        self.density = density
        self.measurer = measurer.any
        self.width = width
        self.height = height
    }

    public func metrics(_ string: String, _ font: Font) -> TextMetrics { measurer.metrics(of: string, in: font) }

    public func width(of string: String, _ font: Font) -> Double { metrics(string, font).width }

    public func text(_ phrase: Phrase) -> String { phrase[language] }

    /// `3 more`, where so many are left out.
    public func more(_ count: Int) -> String { text(DrawingText.more.phrase.filled(["count": "\(count)"])) }

    /// As many characters of a text as fit, the rest behind an ellipsis.
    package func shortened(_ text: String, _ font: Font, to width: Double) -> String {
        guard self.width(of: text, font) > width else { return text }
        var kept = text
        while !kept.isEmpty, self.width(of: kept + "…", font) > width { kept.removeLast() }
        return kept + "…"
    }

    /// The room there is; where nothing limits it, that of `fallback`.
    public func room(or fallback: Size) -> Size {
        Size(width.isFinite ? width : fallback.width, height.isFinite ? height : fallback.height)
    }

    public func with(width: Double? = nil, height: Double? = nil) -> Space {
        var space = self
        if let width { space.width = width }
        if let height { space.height = height }
        return space
    }

    /// Without what a density is stretched by: what is chosen among arrangements does not hang on it.
    var plain: Space { isPlain ? self : with(density: density.plain) }
    var isPlain: Bool { density.spread == Size(1, 1) && density.stretch == Size(1, 1) }

    public func with(density: Density) -> Space {
        var space = self
        space.density = density
        return space
    }
}

/// Vectors as colours: every number of them, in cells so narrow that all stand in a length that is the same wherever
/// the vector is drawn on a page.
package struct VectorLook: Sendable, Hashable {
    /// The length that a vector is given, in pixels.
    package var length: Double

    /// How far two numbers of it stand apart, at least and at most.
    private static let pitches = 2.5...18.0
    /// A matrix whose rows and columns are both numbers of vectors is as high as this much of its width.
    private static let flatness = 0.4

    /// - Parameter canvas: what the page is laid out on.
    package init(canvas: Size) { length = max(112, min(260, canvas.width * 0.2)) }

    /// A cell's length and the room to the next, along a vector of so many numbers.
    func cell(_ count: Int, isFlat: Bool = false) -> (length: Double, gap: Double) {
        let pitch = length * (isFlat ? Self.flatness : 1) / Double(max(1, count))
        let least = isFlat ? 1.0 : Self.pitches.lowerBound
        let most = min(Self.pitches.upperBound, max(least, pitch))
        let gap = most >= 10 ? 1.0 : 0
        return (most - gap, gap)
    }
}

/// How large the parts of a figure are drawn. A figure that does not fit is tried again at the next density.
public struct Density: Sendable, Hashable {
    /// A matrix cell, in pixels.
    public var cell: Size
    /// The room between parts, in pixels.
    public var gap: Double
    /// The size of labels: never under 14.
    public var label: Font
    /// How much further apart than the gap parts stand, side by side and one under the other: where a page is full on
    /// one side, what is left on the other is shared out.
    package var spread = Size(1, 1)
    /// By how much the sides of cells, rows, bars and arrows are longer for the same reason.
    package var stretch = Size(1, 1)

    public init(cell: Size, gap: Double, label: Font) {
        self.cell = cell
        self.gap = gap
        self.label = label
    }

    /// How large things without cells are drawn, compared with the comfortable density: a plot, a bar.
    public var zoom: Double { max(0.5, min(1.3, cell.height / Density.comfortable.cell.height)) }

    /// The room between two parts of a row or a column: what stands as far apart as parts do is spread, what belongs
    /// together stays together.
    func spread(_ spacing: Double?, _ factor: Double) -> Double {
        guard let spacing else { return gap * factor }
        return spacing >= gap * 0.8 ? spacing * factor : spacing
    }

    /// A cell as it is drawn: longer as the room has it, but never a mere stripe.
    package var drawnCell: Size {
        let (wide, high) = (cell.width * stretch.width, cell.height * stretch.height)
        return Size(min(wide, max(cell.width, high * 2.6)), min(high, max(cell.height, wide * 1.8)))
    }

    /// As it was before it was stretched.
    var plain: Density { stretched(by: Size(1, 1)) }

    /// With all that can be longer so many times as long. Gaps are a small part of a row, and grow faster.
    func stretched(by factors: Size) -> Density {
        var density = self
        density.stretch = factors
        density.spread = Size(min(2 * factors.width - 1, 4), min(2 * factors.height - 1, 4))
        return density
    }

    public static let comfortable = Density(cell: Size(54, 42), gap: 28, label: .label)

    /// From large to small, as far as single cells are still made out from the last row. Digits need about 46 pixels of
    /// width; below that a matrix shows colours only.
    public static let candidates: [Density] = [
        Density(cell: Size(76, 58), gap: 40, label: .body), Density(cell: Size(68, 52), gap: 36, label: .body),
        Density(cell: Size(60, 46), gap: 32, label: .label), comfortable,
        Density(cell: Size(50, 38), gap: 24, label: .label), Density(cell: Size(47, 34), gap: 20, label: .small),
        Density(cell: Size(46, 30), gap: 16, label: .small), Density(cell: Size(36, 28), gap: 20, label: .small),
        Density(cell: Size(30, 25), gap: 18, label: .small), Density(cell: Size(24, 22), gap: 16, label: .small),
        Density(cell: Size(19, 19), gap: 14, label: .small), Density(cell: Size(17, 17), gap: 12, label: .small),
    ]

    /// On to small cells, for large matrices whose pattern matters and not the single number.
    public static let fine: [Density] =
        candidates + [
            Density(cell: Size(15, 15), gap: 14, label: .small), Density(cell: Size(11, 11), gap: 12, label: .small),
            Density(cell: Size(8, 8), gap: 12, label: .small),
            Density(cell: Size(5, 5), gap: 10, label: .small), Density(cell: Size(3, 3), gap: 10, label: .small),
        ]
}

/// The room that a mark asks for.
public struct Extent: Sendable, Hashable {
    public var width: Double
    public var height: Double
    /// From the top to the line that a row of marks is aligned on: the middle of a matrix's body, of a letter's height.
    public var axis: Double

    public init(_ width: Double, _ height: Double, axis: Double? = nil) {
        self.width = width
        self.height = height
        self.axis = axis ?? height / 2
    }

    public init(_ size: Size, axis: Double? = nil) { self.init(size.width, size.height, axis: axis) }

    public static let zero = Extent(0, 0)

    public var size: Size { Size(width, height) }
}

/// A direction or both in which a mark takes all the room it is given.
public struct Stretch: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let horizontal = Stretch(rawValue: 1)
    public static let vertical = Stretch(rawValue: 2)
    public static let both: Stretch = [.horizontal, .vertical]
}

/// Something that can be laid out: first asked for its extent, then placed.
public protocol Mark: Sendable {
    /// The room it takes, given the room there is.
    func extent(in space: Space) -> Extent
    /// Paints itself inside `rect`, which is at least as large as the extent unless the canvas was too small.
    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas)
    var stretch: Stretch { get }
    /// Whether the room that there is changes what it comes to; what does not is measured once for all rooms.
    var isRoomBound: Bool { get }
    /// The same mark where its kind does not matter.
    var any: AnyMark { get }
    /// What the mark comes to in these surroundings, once all that is chosen is chosen, with the room that it takes: so
    /// that choices within choices are made once, not again at each level.
    func settled(in space: Space) -> Settled
}

/// A mark whose choices are made, and the room that it takes.
public struct Settled: Sendable {
    public var mark: AnyMark
    public var extent: Extent
}

extension Mark {
    public var stretch: Stretch { [] }
    public var isRoomBound: Bool { true }
    public var any: AnyMark { AnyMark(self) }
    public func settled(in space: Space) -> Settled { Settled(mark: any, extent: extent(in: space)) }
    public func size(in space: Space) -> Size { extent(in: space).size }

    /// A copy with something changed.
    public func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    /// Places the mark in its own size; `alignment` says which of its points lies on `point`. Returns the size.
    @discardableResult
    public func place(
        at point: Point, _ alignment: Alignment = .center, _ space: Space, onto canvas: inout Canvas
    ) -> Size {
        let size = size(in: space)
        let origin = Point(
            point.x - size.width * alignment.horizontal, point.y - size.height * alignment.vertical)
        place(in: Rect(origin: origin, size: size), space, onto: &canvas)
        return size
    }
}

/// A mark that is made of others, once its surroundings are known.
public protocol ComposedMark: Mark {
    func build(_ space: Space) -> AnyMark
}

extension ComposedMark {
    public func settled(in space: Space) -> Settled { build(space).settled(in: space) }
    public func extent(in space: Space) -> Extent { settled(in: space).extent }
    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        build(space).place(in: rect, space, onto: &canvas)
    }
}

/// Collects the marks of a stack: lists, conditions and loops.
@resultBuilder
public enum MarkBuilder {
    public static func buildExpression(_ mark: some Mark) -> [AnyMark] { [AnyMark(mark)] }
    public static func buildExpression(_ mark: AnyMark) -> [AnyMark] { [mark] }
    public static func buildExpression(_ marks: [AnyMark]) -> [AnyMark] { marks }
    public static func buildBlock(_ parts: [AnyMark]...) -> [AnyMark] { parts.flatMap { $0 } }
    public static func buildOptional(_ part: [AnyMark]?) -> [AnyMark] { part ?? [] }
    public static func buildEither(first: [AnyMark]) -> [AnyMark] { first }
    public static func buildEither(second: [AnyMark]) -> [AnyMark] { second }
    public static func buildArray(_ parts: [[AnyMark]]) -> [AnyMark] { parts.flatMap { $0 } }
}
