/// Which number of a trace something shows: the step's name and the index into its tensor.
public struct Tag: Sendable, Hashable {
    public var step: String
    public var index: [Int]

    public init(step: String, index: [Int] = []) {
        self.step = step
        self.index = index
    }

    /// Something that is no step of the trace and yet has a name: the products of a weighted sum, an operator.
    package static func derived(_ name: String, _ index: [Int] = []) -> Tag { Tag(step: "~" + name, index: index) }

    /// The name of what is no step of the trace.
    package var derivedName: String? { step.first == "~" ? String(step.dropFirst()) : nil }
}

/// One placed thing. Painters know these five kinds and no others.
public struct Item: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case text(TextLine)
        case path(Path, fill: Color?, stroke: Stroke?)
        case image(Raster, Rect)
        case group([Item])
        case link(String, [Item])
    }

    public var content: Content
    public var tag: Tag?

    public init(_ content: Content, tag: Tag? = nil) {
        self.content = content
        self.tag = tag
    }
}

/// One line of text in one font and one colour, already measured.
public struct TextLine: Sendable, Hashable {
    public var string: String
    public var font: Font
    public var color: Color
    /// The left end of the baseline.
    public var origin: Point
    public var metrics: TextMetrics
    /// Turned a quarter counter-clockwise about `origin`: the text then runs upwards.
    public var isUpward: Bool

    public init(
        _ string: String, font: Font, color: Color, origin: Point, metrics: TextMetrics, isUpward: Bool = false
    ) {
        self.string = string
        self.font = font
        self.color = color
        self.origin = origin
        self.metrics = metrics
        self.isUpward = isUpward
    }

    /// The box of the ink.
    public var inkRect: Rect { box(metrics.inkLeft, metrics.inkRight, metrics.inkAscent, metrics.inkDescent) }

    /// The box of the line, side bearings and line height included.
    public var rect: Rect { box(0, metrics.width, metrics.ascent, metrics.descent) }

    private func box(_ left: Double, _ right: Double, _ up: Double, _ down: Double) -> Rect {
        isUpward
            ? Rect(origin.x - up, origin.y - right, up + down, right - left)
            : Rect(origin.x + left, origin.y - up, right - left, up + down)
    }
}

/// How a path's line is drawn.
public struct Stroke: Sendable, Hashable {
    public var color: Color
    public var width: Double
    /// Lengths of ink and gap in turn; empty for a solid line.
    public var dashes: [Double]
    public var isRound: Bool

    public init(_ color: Color, width: Double = 1, dashes: [Double] = [], isRound: Bool = true) {
        self.color = color
        self.width = width
        self.dashes = dashes
        self.isRound = isRound
    }
}

/// A small picture of square pixels, for matrices with too many cells to draw one by one. Never smoothed.
public struct Raster: Sendable, Hashable {
    public let width: Int
    public let height: Int
    /// `[height × width × 4]`: red, green, blue, alpha of each pixel, row by row.
    public let bytes: [UInt8]

    public init(width: Int, height: Int, color: (_ x: Int, _ y: Int) -> Color) {
        self.width = max(0, width)
        self.height = max(0, height)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.width * self.height * 4)
        for y in 0..<self.height {
            for x in 0..<self.width {
                let pixel = color(x, y)
                bytes += pixel.bytes
                bytes.append(Color.byte(pixel.alpha))
            }
        }
        self.bytes = bytes
    }

    /// nil where these are not the bytes of so many pixels.
    init?(width: Int, height: Int, bytes: [UInt8]) {
        guard width >= 0, height >= 0, Int64(width) * Int64(height) * 4 == Int64(bytes.count) else { return nil }
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}

/// A part of a figure that explains itself on hover and on keyboard focus.
public struct HotSpot: Sendable, Hashable {
    public var rect: Rect
    public var tag: Tag?
    /// What is there, in words: `query of 果, column 2`.
    public var words: String
    /// The exact value, unrounded, as text; nil where there is no single number.
    public var value: String?

    public init(rect: Rect, tag: Tag? = nil, words: String, value: String? = nil) {
        self.rect = rect
        self.tag = tag
        self.words = words
        self.value = value
    }
}

extension [Item] {
    /// The steps, and what else has a name, that groups and single things here are named by; each once, in their order.
    package var groupNames: [String] {
        var (seen, names): (Set<String>, [String]) = ([], [])
        func collect(_ items: [Item]) {
            for item in items {
                if let step = item.tag?.step, !step.isEmpty, seen.insert(step).inserted { names.append(step) }
                switch item.content {
                case .group(let inner), .link(_, let inner): collect(inner)
                case .text, .path, .image: break
                }
            }
        }
        collect(self)
        return names
    }

    /// The box of everything that is painted; nil where nothing is.
    public var ink: Rect? {
        reduce(nil) { box, item in
            let own: Rect? =
                switch item.content {
                case .text(let line): line.string.allSatisfy { $0 == " " } ? nil : line.inkRect
                case .path(let path, _, let stroke): path.bounds?.outset(by: (stroke?.width ?? 0) / 2)
                case .image(_, let rect): rect
                case .group(let items), .link(_, let items): items.ink
                }
            guard let own else { return box }
            return box?.union(own) ?? own
        }
    }
}
