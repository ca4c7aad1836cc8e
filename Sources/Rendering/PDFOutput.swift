import CPangoCairo
import Drawing
import Platform
import Synchronization
import Wording

/// A Cairo surface that writes a PDF into memory, with dates that are the same at every build.
final class PDFOutput {
    /// What the stream callback appends to.
    private final class Sink { var bytes: [UInt8] = [] }

    /// Cairo cuts the fonts' used letters out at the end, from faces that all documents share: one at a time.
    private static let turn = Mutex(())

    private let sink = Sink()
    private let surface: Surface
    let context: OpaquePointer

    var pointer: OpaquePointer { surface.pointer }

    /// - Parameter size: of the first page, in points.
    init(_ size: Size) throws(RenderingError) {
        surface = try Surface(
            cairo_pdf_surface_create_for_stream(
                { closure, data, length in
                    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
                    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                    return CAIRO_STATUS_SUCCESS
                }, Unmanaged.passUnretained(sink).toOpaque(), size.width, size.height),
            .writingPDF)
        context = try surface.context(.writingPDF)
    }

    func describe(_ metadata: Figure.Metadata, author: String? = nil) {
        set(CAIRO_PDF_METADATA_TITLE, metadata.title)
        set(CAIRO_PDF_METADATA_SUBJECT, metadata.description)
        if let author { set(CAIRO_PDF_METADATA_AUTHOR, author) }
        if !metadata.command.isEmpty { set(CAIRO_PDF_METADATA_KEYWORDS, metadata.command) }
        set(CAIRO_PDF_METADATA_CREATOR, "Glassformer")
        // The clock would make every file a different one.
        set(CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z")
        set(CAIRO_PDF_METADATA_MOD_DATE, "2026-01-01T00:00:00Z")
    }

    private func set(_ kind: cairo_pdf_metadata_t, _ text: String) {
        cairo_pdf_surface_set_metadata(pointer, kind, text.shownInLine)
    }

    /// - Parameters:
    ///   - page: counted from one.
    ///   - y: from the page's upper edge, in points.
    /// - Returns: what further bookmarks are put under.
    @discardableResult
    func bookmark(
        _ title: String, under parent: Int32 = CAIRO_PDF_OUTLINE_ROOT, page: Int, y: Double = 0, isOpen: Bool = true
    ) -> Int32 {
        cairo_pdf_surface_add_outline(
            pointer, parent, title.shownInLine, "page=\(page) pos=[0 \(Int(clamping: max(0, y).rounded()))]",
            isOpen ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(0))
    }

    /// Ends the document.
    func finish() throws(RenderingError) -> [UInt8] {
        try CairoStatus.check(cairo_status(context), .writingPDF)
        Self.turn.withLock { _ in cairo_surface_finish(pointer) }
        try CairoStatus.check(cairo_surface_status(pointer), .writingPDF)
        return withExtendedLifetime(sink) { sink.bytes }
    }
}
