import CPangoCairo
import Drawing

/// A letter that its face has as a picture: an emoji in colours. It is painted, and written into a file, as one.
final class GlyphPicture {
    /// The pixels of an em, as the common face of emoji has them.
    static let pixels = 109.0

    let surface: Surface
    /// The picture's box, from the letter's origin, in ems.
    let box: Rect

    private init(surface: Surface, box: Rect) {
        self.surface = surface
        self.box = box
    }

    /// Whether a face has pictures: tables of bitmaps in colours, or of coloured layers.
    static func isKnown(to face: OpaquePointer) -> Bool {
        ["CBDT", "sbix", "COLR"].contains { name in
            let tag = name.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let table = hb_face_reference_table(face, tag)
            defer { hb_blob_destroy(table) }
            return hb_blob_get_length(table) > 0
        }
    }

    /// - Returns: nil for a letter without ink.
    /// - Throws: `RenderingError.cairo` when the face cannot be read.
    static func read(_ glyph: UInt, of font: OpaquePointer) throws(RenderingError) -> GlyphPicture? {
        let large = TypeSetter.scaled(font, to: pixels)
        defer { cairo_scaled_font_destroy(large) }
        var placed = cairo_glyph_t(index: glyph, x: 0, y: 0)
        var extents = cairo_text_extents_t()
        cairo_scaled_font_glyph_extents(large, &placed, 1, &extents)
        let (left, top) = (extents.x_bearing.rounded(.down), extents.y_bearing.rounded(.down))
        let width = (extents.x_bearing + extents.width).rounded(.up) - left
        let height = (extents.y_bearing + extents.height).rounded(.up) - top
        guard (1...4096).contains(width), (1...4096).contains(height) else { return nil }
        let surface = try Surface(
            cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)), .readingOutline)
        let context = try surface.context(.readingOutline)
        cairo_set_scaled_font(context, large)
        placed.x = -left
        placed.y = -top
        cairo_show_glyphs(context, &placed, 1)
        try CairoStatus.check(cairo_status(context), .readingOutline)
        cairo_surface_flush(surface.pointer)
        return GlyphPicture(
            surface: surface, box: Rect(left / pixels, top / pixels, width / pixels, height / pixels))
    }

    /// Paints it at the origin, `size` pixels an em.
    func paint(on context: OpaquePointer, size: Double, opacity: Double) {
        cairo_save(context)
        cairo_translate(context, box.minX * size, box.minY * size)
        cairo_scale(context, size / GlyphPicture.pixels, size / GlyphPicture.pixels)
        cairo_set_source_surface(context, surface.pointer, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BEST)
        cairo_paint_with_alpha(context, opacity)
        cairo_restore(context)
    }

    /// As a PNG.
    func png() throws(RenderingError) -> [UInt8] {
        guard let data = cairo_image_surface_get_data(surface.pointer) else {
            throw .cairo(task: .readingOutline, message: "no pixels")
        }
        let stride = Int(cairo_image_surface_get_stride(surface.pointer))
        let (width, height) = (box.width * GlyphPicture.pixels, box.height * GlyphPicture.pixels)
        return try PNGEncoder.encode(
            width: Int(width.rounded()), height: Int(height.rounded()), hasAlpha: true, level: 9
        ) { y, row in
            (data + y * stride).withMemoryRebound(to: UInt32.self, capacity: row.count / 4) {
                Pixels.straight($0, row.count / 4, into: row)
            }
        }
    }
}
