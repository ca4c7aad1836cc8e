import CPangoCairo
import Drawing
import Wording

/// Writes figures as the pages of a PDF.
struct PDFWriter {
    let setter: TypeSetter
    var isTransparent = false

    /// A slide of 1600 pixels becomes 960 points wide, the size of a 16:9 slide.
    static let pointsPerPixel = 0.6

    func write(_ figures: [Figure], metadata: Figure.Metadata?) throws -> [UInt8] {
        guard let first = figures.first(where: { !$0.frames.isEmpty }) else {
            throw RenderingError.noFrame(figure: "", asked: 0, found: 0)
        }
        let unit = PDFWriter.pointsPerPixel
        let output = try PDFOutput(Size(first.size.width * unit, first.size.height * unit))
        output.describe(metadata ?? first.metadata)
        let context = output.context
        var page = 1
        for figure in figures where !figure.frames.isEmpty {
            cairo_pdf_surface_set_size(output.pointer, figure.size.width * unit, figure.size.height * unit)
            let chapter = output.bookmark(figure.title, page: page)
            for (index, frame) in figure.frames.enumerated() {
                if figure.frames.count > 1 {
                    let title = frame.caption.isEmpty ? "\(figure.title) \(index + 1)" : frame.caption
                    output.bookmark(title, under: chapter, page: page)
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
        return try output.finish()
    }
}
