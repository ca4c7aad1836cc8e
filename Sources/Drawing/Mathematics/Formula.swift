import Wording

/// A formula as a mark, and as MathML.
public struct Formula: Mark, Hashable {
    public var node: MathNode
    /// Why the notation could not be read; the formula then shows it as it was written.
    public private(set) var problem: DrawingError?
    private var size: Double?
    private var tint: Tint = .ink

    public init(_ node: MathNode) { self.node = node }

    /// Reads the compact notation: `\softmax\left(\frac{\role{query}{Q} K^\top}{\sqrt{d}}\right) V`.
    ///
    /// A notation that cannot be read is shown as written, and `problem` says why: for formulas in code, where a test
    /// looks at `problem`. Formulas from files are read with `init(parsing:)`.
    public init(_ notation: String) {
        do throws(DrawingError) {
            node = try MathParser.parse(notation)
        } catch {
            node = .text(notation)
            problem = error
        }
    }

    /// Reads the compact notation.
    ///
    /// - Throws: `DrawingError.badFormula` with what is wrong and where.
    public init(parsing notation: String) throws(DrawingError) { node = try MathParser.parse(notation) }

    /// The name of a matrix: a letter or a notation as mathematics, a word upright.
    init(lenient name: String) {
        let isNotation = name.count == 1 || name.contains { "\\^_".contains($0) }
        self = isNotation ? Formula(name) : Formula(.text(name))
    }

    public func size(_ size: Double) -> Formula { with { $0.size = size } }

    public func color(_ tint: Tint) -> Formula { with { $0.tint = tint } }

    /// Laid out around the left end of its baseline, `size` pixels to the em.
    public func box(size: Double, _ space: Space) -> Box {
        MathLayout(space: space, color: space.theme.color(tint), size: size).box(node)
    }

    private func box(_ space: Space) -> Box { box(size: size ?? space.density.label.size * 1.4, space) }

    public var isRoomBound: Bool { false }

    public func extent(in space: Space) -> Extent {
        let box = box(space)
        return Extent(box.width, box.height, axis: box.ascent - 0.25 * (size ?? space.density.label.size * 1.4))
    }

    public func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let box = box(space)
        let left = rect.minX + (rect.width - box.width) / 2
        box.place(at: Point(left, rect.minY + (rect.height - box.height) / 2 + box.ascent), onto: &canvas)
    }

    public var plainText: String { node.plainText }

    /// A `<math>` element with its alt text. Without a theme, roles are classes for the page's style sheet.
    public func mathML(display: Bool = true, theme: Theme? = nil) -> String {
        let body = MathMLWriter(theme: theme).write(node)
        return
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"\(display ? "block" : "inline")\" alttext=\"\(plainText.escaped)\">\(body)</math>"
    }
}
