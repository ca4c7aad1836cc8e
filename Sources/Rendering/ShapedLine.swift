import CPangoCairo
import Drawing

/// A shaped line of text: which glyphs of which faces, and where.
final class ShapedLine {
    /// A stretch of one direction. What is long is several: Pango counts a line's width in 32 bits.
    struct Part {
        var layout: OpaquePointer
        /// Where it begins, from the line's origin.
        var x: Double
    }

    struct Run {
        /// Identifies the face, whatever the size, within one type setter.
        var face: UnsafeRawPointer
        var font: OpaquePointer
        var glyphs: [cairo_glyph_t]
        /// Whether the face has pictures for letters, as those of emoji do.
        var hasPictures: Bool
        /// What Pango made, within `layout`, which begins at `x`.
        var item: UnsafeMutablePointer<PangoGlyphItem>
        var layout: OpaquePointer
        var x: Double
    }

    private(set) var parts: [Part] = []
    private(set) var runs: [Run] = []
    private(set) var metrics: TextMetrics
    /// What none of the faces has.
    private(set) var unknown: [Unicode.Scalar] = []

    private static let unit = 1 / Double(PANGO_SCALE)

    /// - Parameters:
    ///   - layouts: the parts, from left to right.
    ///   - seeksPictures: whether a face may be one of pictures.
    init(layouts: [OpaquePointer], seeksPictures: Bool) {
        var whole: TextMetrics?
        for layout in layouts {
            let own = ShapedLine.metrics(of: layout)
            parts.append(Part(layout: layout, x: whole?.width ?? 0))
            whole = whole.map { $0.followed(by: own) } ?? own
        }
        metrics =
            whole
            ?? TextMetrics(
                width: 0, ascent: 0, descent: 0, inkAscent: 0, inkDescent: 0, inkLeft: 0, inkRight: 0)
        for part in parts { read(part, seeksPictures: seeksPictures) }
    }

    deinit { for part in parts { g_object_unref(UnsafeMutableRawPointer(part.layout)) } }

    private static func metrics(of layout: OpaquePointer) -> TextMetrics {
        var ink = PangoRectangle()
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, &ink, &logical)
        let baseline = Double(pango_layout_get_baseline(layout)) * unit
        let isBlank = ink.width == 0 || ink.height == 0
        func pixels(_ units: Int32) -> Double { Double(units) * unit }
        return TextMetrics(
            width: pixels(logical.width), ascent: baseline - pixels(logical.y),
            descent: pixels(logical.y) + pixels(logical.height) - baseline,
            inkAscent: isBlank ? 0 : baseline - pixels(ink.y),
            inkDescent: isBlank ? 0 : pixels(ink.y) + pixels(ink.height) - baseline,
            inkLeft: isBlank ? 0 : pixels(ink.x), inkRight: isBlank ? 0 : pixels(ink.x) + pixels(ink.width))
    }

    private func read(_ part: Part, seeksPictures: Bool) {
        guard let line = pango_layout_get_line_readonly(part.layout, 0) else { return }
        var x = 0
        var node = line.pointee.runs
        let unit = ShapedLine.unit
        while let current = node {
            node = current.pointee.next
            guard let data = current.pointee.data else { continue }
            let item = data.assumingMemoryBound(to: PangoGlyphItem.self)
            guard let glyphs = item.pointee.glyphs?.pointee, let font = item.pointee.item?.pointee.analysis.font
            else { continue }
            var placed: [cairo_glyph_t] = []
            let start = x
            for index in 0..<Int(glyphs.num_glyphs) {
                let info = glyphs.glyphs[index]
                // Pango's marks for 'no glyph' and 'nothing to draw' (PANGO_GLYPH_UNKNOWN_FLAG, PANGO_GLYPH_EMPTY).
                if info.glyph & 0x1000_0000 != 0 {
                    unknown.append(Unicode.Scalar(info.glyph & 0x0FFF_FFFF) ?? "\u{FFFD}")
                } else if info.glyph != 0x0FFF_FFFF {
                    placed.append(
                        cairo_glyph_t(
                            index: UInt(info.glyph), x: part.x + Double(x + Int(info.geometry.x_offset)) * unit,
                            y: Double(info.geometry.y_offset) * unit))
                }
                x += Int(info.geometry.width)
            }
            guard !placed.isEmpty,
                let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font)),
                let face = hb_font_get_face(pango_font_get_hb_font(font))
            else { continue }
            runs.append(
                Run(
                    face: UnsafeRawPointer(face), font: scaled, glyphs: placed,
                    hasPictures: seeksPictures && GlyphPicture.isKnown(to: face), item: item, layout: part.layout,
                    x: part.x + Double(start) * unit))
        }
    }
}

extension TextMetrics {
    /// Of two texts side by side.
    fileprivate func followed(by next: TextMetrics) -> TextMetrics {
        var both = self
        both.width += next.width
        both.ascent = max(ascent, next.ascent)
        both.descent = max(descent, next.descent)
        guard next.inkRight > next.inkLeft else { return both }
        let isBlank = inkRight <= inkLeft
        both.inkAscent = isBlank ? next.inkAscent : max(inkAscent, next.inkAscent)
        both.inkDescent = isBlank ? next.inkDescent : max(inkDescent, next.inkDescent)
        both.inkLeft = isBlank ? width + next.inkLeft : inkLeft
        both.inkRight = width + next.inkRight
        return both
    }
}
