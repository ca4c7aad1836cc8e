import CPangoCairo
import Drawing

/// A letter's outline in two-hundredths of its size, written as the `d` of an SVG path, y downwards: where it begins, and
/// what follows from there.
struct GlyphOutline {
    struct Key: Hashable {
        var face: UnsafeRawPointer
        var glyph: UInt
    }

    var start = Point.zero
    /// Empty for a letter without ink.
    var path: SVGText

    /// A twentieth of a pixel in a caption's letters: who looks closer sees no more.
    static let unitsPerSize = 200.0
    /// It is read at this size, so that what a face meant as one curve is known as one.
    private static let readingSize = 2000.0

    /// - Throws: `RenderingError.cairo` when the face cannot be read.
    static func read(_ glyph: UInt, of font: OpaquePointer) throws(RenderingError) -> GlyphOutline {
        let large = TypeSetter.scaled(font, to: readingSize)
        defer { cairo_scaled_font_destroy(large) }
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
        let context = cairo_create(surface)
        defer {
            cairo_destroy(context)
            cairo_surface_destroy(surface)
        }
        cairo_set_scaled_font(context, large)
        var placed = cairo_glyph_t(index: glyph, x: 0, y: 0)
        cairo_glyph_path(context, &placed, 1)
        guard let copy = cairo_copy_path(context) else {
            throw .cairo(task: .readingOutline, message: "no path")
        }
        defer { cairo_path_destroy(copy) }
        try CairoStatus.check(copy.pointee.status, .readingOutline)
        return outline(of: copy.pointee)
    }

    private static func outline(of path: cairo_path_t) -> GlyphOutline {
        var text = SVGPathText(isFilled: true)
        var index = 0
        while index < Int(path.num_data), let data = path.data {
            let header = data[index].header
            func point(_ offset: Int) -> Point {
                Point(data[index + offset].point.x, data[index + offset].point.y) * (unitsPerSize / readingSize)
            }
            switch header.type {
            case CAIRO_PATH_MOVE_TO: text.move(point(1))
            case CAIRO_PATH_LINE_TO: text.line(point(1))
            case CAIRO_PATH_CURVE_TO: text.curve(point(1), point(2), point(3))
            default: text.close()
            }
            index += max(1, Int(header.length))
        }
        return GlyphOutline(start: text.first ?? .zero, path: text.finished)
    }
}

/// Checks what Cairo reports: it never returns nothing, it returns objects in error.
enum CairoStatus {
    static func check(_ status: cairo_status_t, _ task: RenderingText) throws(RenderingError) {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        let message = cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
        throw .cairo(task: task, message: message)
    }
}
