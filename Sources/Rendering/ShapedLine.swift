import CPangoCairo
import Drawing

/// A shaped line of text: which glyphs of which faces, and where.
final class ShapedLine {
    struct Run {
        /// Identifies the face, whatever the size, within one type setter.
        var face: UnsafeRawPointer
        var font: OpaquePointer
        var glyphs: [cairo_glyph_t]
    }

    let layout: OpaquePointer
    let runs: [Run]
    let metrics: TextMetrics
    let unknown: Int

    init(layout: OpaquePointer) {
        self.layout = layout
        var ink = PangoRectangle()
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, &ink, &logical)
        let unit = 1 / Double(PANGO_SCALE)
        let baseline = Double(pango_layout_get_baseline(layout)) * unit
        let isBlank = ink.width == 0 || ink.height == 0
        metrics = TextMetrics(
            width: Double(logical.width) * unit, ascent: baseline - Double(logical.y) * unit,
            descent: Double(logical.y + logical.height) * unit - baseline,
            inkAscent: isBlank ? 0 : baseline - Double(ink.y) * unit,
            inkDescent: isBlank ? 0 : Double(ink.y + ink.height) * unit - baseline,
            inkLeft: isBlank ? 0 : Double(ink.x) * unit, inkRight: isBlank ? 0 : Double(ink.x + ink.width) * unit)
        (runs, unknown) = ShapedLine.runs(of: layout)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    private static func runs(of layout: OpaquePointer) -> ([Run], Int) {
        guard let line = pango_layout_get_line_readonly(layout, 0) else { return ([], 0) }
        var runs: [Run] = []
        var unknown = 0
        var x: Int32 = 0
        var node = line.pointee.runs
        let unit = 1 / Double(PANGO_SCALE)
        while let current = node {
            node = current.pointee.next
            guard let data = current.pointee.data else { continue }
            let run = data.assumingMemoryBound(to: PangoGlyphItem.self).pointee
            guard let glyphs = run.glyphs?.pointee, let font = run.item?.pointee.analysis.font else { continue }
            var placed: [cairo_glyph_t] = []
            for index in 0..<Int(glyphs.num_glyphs) {
                let info = glyphs.glyphs[index]
                // Pango's marks for 'no glyph' and 'nothing to draw' (PANGO_GLYPH_UNKNOWN_FLAG, PANGO_GLYPH_EMPTY).
                if info.glyph & 0x1000_0000 != 0 {
                    unknown += 1
                } else if info.glyph != 0x0FFF_FFFF {
                    placed.append(
                        cairo_glyph_t(
                            index: UInt(info.glyph), x: Double(x + info.geometry.x_offset) * unit,
                            y: Double(info.geometry.y_offset) * unit))
                }
                x += info.geometry.width
            }
            guard !placed.isEmpty,
                let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font)),
                let face = hb_font_get_face(pango_font_get_hb_font(font))
            else { continue }
            runs.append(Run(face: UnsafeRawPointer(face), font: scaled, glyphs: placed))
        }
        return (runs, unknown)
    }
}
