import CPangoCairo
import Drawing

/// Walks the items of a frame and paints them on a Cairo context.
struct CairoPainter {
    let context: OpaquePointer
    let setter: TypeSetter
    /// Whether text must stay text (PDF), rather than be drawn as mere glyphs, which is faster.
    let keepsText: Bool
    /// Whether links are Cairo's own; ``PDFDocument`` writes them itself.
    var keepsLinks = true
    /// What links are called to who has the page read aloud, where they are not Cairo's own; nil for nothing.
    var linkTag: String?

    /// - Parameter paper: what the items lie on; nil leaves it transparent, or as it is.
    func paint(_ items: [Item], on paper: Color? = nil) {
        if let paper {
            cairo_set_source_rgb(context, paper.red, paper.green, paper.blue)
            cairo_paint(context)
        }
        for item in items { paint(item) }
    }

    private func paint(_ item: Item) {
        switch item.content {
        case .text(let line): paint(line)
        case .path(let path, let fill, let stroke): paint(path, fill, stroke)
        case .image(let raster, let rect): paint(raster, rect)
        case .group(let items): paint(items)
        case .link(let target, let items):
            guard keepsText, keepsLinks else {
                if let linkTag { cairo_tag_begin(context, linkTag, "") }
                paint(items)
                if let linkTag { cairo_tag_end(context, linkTag) }
                return
            }
            // Cairo's tag attributes quote with apostrophes; one inside a target is escaped.
            let escaped = target.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
            cairo_tag_begin(context, "Link", "uri='\(escaped)'")
            paint(items)
            cairo_tag_end(context, "Link")
        }
    }

    private func setColor(_ color: Color) {
        cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }

    private func paint(_ line: TextLine) {
        guard let sized = setter.line(line.string, line.font) else { return }
        let shaped = sized.shaped
        setColor(line.color)
        cairo_save(context)
        cairo_translate(context, line.origin.x, line.origin.y)
        if line.isUpward { cairo_rotate(context, -Double.pi / 2) }
        cairo_scale(context, sized.scale, sized.scale)
        if keepsText {
            keep(shaped, line.color)
        } else {
            // As outlines: Cairo before 1.17.4 puts drawn glyphs on whole pixels, and letters then stand unevenly.
            cairo_new_path(context)
            for run in shaped.runs where !run.hasPictures {
                cairo_set_scaled_font(context, run.font)
                cairo_glyph_path(context, run.glyphs, Int32(run.glyphs.count))
            }
            cairo_fill(context)
            for run in shaped.runs where run.hasPictures { paint(run, line.color) }
        }
        cairo_restore(context)
    }

    /// As text that can be chosen and searched.
    private func keep(_ shaped: ShapedLine, _ color: Color) {
        guard shaped.runs.contains(where: \.hasPictures) else {
            for part in shaped.parts {
                guard let first = pango_layout_get_line_readonly(part.layout, 0) else { continue }
                cairo_move_to(context, part.x, 0)
                pango_cairo_show_layout_line(context, first)
            }
            return
        }
        for run in shaped.runs {
            if run.hasPictures {
                paint(run, color)
            } else {
                cairo_move_to(context, run.x, 0)
                pango_cairo_show_glyph_item(context, pango_layout_get_text(run.layout), run.item)
            }
        }
    }

    private func paint(_ run: ShapedLine.Run, _ color: Color) {
        for glyph in run.glyphs {
            guard let picture = setter.picture(of: glyph.index, in: run) else { continue }
            cairo_save(context)
            cairo_translate(context, glyph.x, glyph.y)
            picture.paint(on: context, size: TypeSetter.referenceSize, opacity: color.alpha)
            cairo_restore(context)
            setColor(color)
        }
    }

    private func trace(_ path: Path) {
        cairo_new_path(context)
        for element in path.elements {
            switch element {
            case .move(let point): cairo_move_to(context, point.x, point.y)
            case .line(let point): cairo_line_to(context, point.x, point.y)
            case .curve(let first, let second, let end):
                cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
            case .close: cairo_close_path(context)
            }
        }
    }

    private func paint(_ path: Path, _ fill: Color?, _ stroke: Stroke?) {
        trace(path)
        if let fill {
            setColor(fill)
            if stroke == nil { cairo_fill(context) } else { cairo_fill_preserve(context) }
        }
        guard let stroke else { return }
        setColor(stroke.color)
        cairo_set_line_width(context, stroke.width)
        let isRound = stroke.isRound && !(path.whole?.isRectangle ?? false)
        cairo_set_line_cap(context, isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
        cairo_set_line_join(context, isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
        cairo_set_dash(context, stroke.dashes, Int32(stroke.dashes.count), 0)
        cairo_stroke(context)
    }

    private func paint(_ raster: Raster, _ rect: Rect) {
        guard raster.width > 0, raster.height > 0 else { return }
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(raster.width), Int32(raster.height))
        else { return }
        defer { cairo_surface_destroy(surface) }
        guard let data = cairo_image_surface_get_data(surface) else { return }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<raster.height {
            for x in 0..<raster.width {
                let pixel = raster.pixel(x, y)
                let alpha = pixel & 255
                // Cairo keeps colours multiplied by alpha.
                func multiplied(_ shift: UInt32) -> UInt32 { ((pixel >> shift & 255) * alpha + 127) / 255 }
                let word = alpha << 24 | multiplied(24) << 16 | multiplied(16) << 8 | multiplied(8)
                (data + y * stride).withMemoryRebound(to: UInt32.self, capacity: raster.width) { $0[x] = word }
            }
        }
        cairo_surface_mark_dirty(surface)
        cairo_save(context)
        cairo_translate(context, rect.minX, rect.minY)
        cairo_scale(context, rect.width / Double(raster.width), rect.height / Double(raster.height))
        cairo_set_source_surface(context, surface, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        cairo_rectangle(context, 0, 0, Double(raster.width), Double(raster.height))
        cairo_fill(context)
        cairo_restore(context)
    }
}
