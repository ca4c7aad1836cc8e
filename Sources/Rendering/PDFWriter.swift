import CPangoCairo
import Drawing
import Wording

/// Writes figures as the pages of a PDF.
struct PDFWriter {
    let setter: TypeSetter
    var isTransparent = false

    /// A slide of 1600 pixels becomes 960 points wide, the size of a 16:9 slide.
    static let pointsPerPixel = 0.6

    /// What the stream callback appends to.
    private final class Sink { var bytes: [UInt8] = [] }

    func write(_ figures: [Figure], metadata: Figure.Metadata?) throws -> [UInt8] {
        guard let first = figures.first(where: { !$0.frames.isEmpty }) else {
            throw RenderingError.noFrame(figure: "", asked: 0, found: 0)
        }
        let sink = Sink()
        let unit = PDFWriter.pointsPerPixel
        let surface = try Surface(
            cairo_pdf_surface_create_for_stream(
                { closure, data, length in
                    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
                    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                    return CAIRO_STATUS_SUCCESS
                }, Unmanaged.passUnretained(sink).toOpaque(), first.size.width * unit, first.size.height * unit),
            .writingPDF)
        let whole = metadata ?? first.metadata
        describe(surface.pointer, whole)
        let context = try surface.context(.writingPDF)
        var page = 1
        for figure in figures where !figure.frames.isEmpty {
            cairo_pdf_surface_set_size(surface.pointer, figure.size.width * unit, figure.size.height * unit)
            let chapter = bookmark(surface.pointer, under: CAIRO_PDF_OUTLINE_ROOT, figure.title, page)
            for (index, frame) in figure.frames.enumerated() {
                if figure.frames.count > 1 {
                    let title = frame.caption.isEmpty ? "\(figure.title) \(index + 1)" : frame.caption
                    bookmark(surface.pointer, under: chapter, title, page)
                }
                cairo_save(context)
                cairo_scale(context, unit, unit)
                CairoPainter(context: context, setter: setter, keepsText: true)
                    .paint(frame.items, on: isTransparent ? nil : figure.paper)
                cairo_restore(context)
                cairo_show_page(context)
                page += 1
            }
        }
        try CairoStatus.check(cairo_status(context), .writingPDF)
        cairo_surface_finish(surface.pointer)
        try CairoStatus.check(cairo_surface_status(surface.pointer), .writingPDF)
        return withExtendedLifetime(sink) { sink.bytes }
    }

    private func describe(_ surface: OpaquePointer, _ metadata: Figure.Metadata) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, metadata.title.shownInLine)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, metadata.description.shownInLine)
        if !metadata.command.isEmpty {
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, metadata.command.shownInLine)
        }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Glassformer")
        // The clock would make every file a different one.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, "2026-01-01T00:00:00Z")
    }

    @discardableResult
    private func bookmark(_ surface: OpaquePointer, under parent: Int32, _ title: String, _ page: Int) -> Int32 {
        cairo_pdf_surface_add_outline(
            surface, parent, title.shownInLine, "page=\(page) pos=[0 0]", CAIRO_PDF_OUTLINE_FLAG_OPEN)
    }
}
