import CPangoCairo
import Drawing
import Platform

/// Paints figures as PNG, SVG and PDF. The same figure gives the same bytes; safe to use from several threads at once.
package struct Renderer: Sendable {
    package init() {}

    /// The largest picture, in pixels on a side.
    package static let mostPixels = Size.mostPixels

    /// The largest picture, in pixels: 10,000 × 10,000.
    package static let largestArea = 100_000_000

    /// The pixels of a figure's picture.
    /// - Throws: ``RenderingError/tooLarge(width:height:most:)``.
    package static func pixels(
        _ size: Size, scale: Double
    ) throws(RenderingError) -> (width: Int, height: Int) {
        let sides = [size.width, size.height].map { Int(clamping: ($0 * scale).rounded()) }.map { max(1, $0) }
        guard sides.allSatisfy({ $0 <= mostPixels }), sides[0] * sides[1] <= largestArea else {
            throw .tooLarge(width: sides[0], height: sides[1], most: largestArea)
        }
        return (sides[0], sides[1])
    }

    /// Measures text with the fonts that paint it: what slides are laid out with.
    package var measurer: PangoMeasurer { PangoMeasurer() }

    /// One frame as a PNG, with title, description and command in `iTXt` chunks.
    ///
    /// - Parameters:
    ///   - figure: what to paint.
    ///   - index: which of its frames.
    ///   - scale: pixels of the picture for one of the figure.
    ///   - transparent: leaves the paper out.
    /// - Throws: `RenderingError`.
    package func png(
        _ figure: Figure, frame index: Int = 0, scale: Double = 1, transparent: Bool = false
    ) throws -> [UInt8] {
        let frame = try frame(index, of: figure)
        let (width, height) = try Renderer.pixels(figure.size, scale: scale)
        let texts: PNGEncoder.Texts = [
            ("Title", figure.metadata.title),
            ("Description", frame.altText.isEmpty ? figure.metadata.description : frame.altText),
            ("Comment", figure.metadata.command), ("Software", "Glassformer"),
        ]
        return try painted(figure, frame, width, height, scale, transparent) { data, stride in
            try PNGEncoder.encode(width: width, height: height, hasAlpha: transparent, texts: texts) { y, row in
                (data + y * stride).withMemoryRebound(to: UInt32.self, capacity: width) { words in
                    if transparent {
                        Pixels.straight(words, width, into: row)
                    } else {
                        Pixels.opaque(words, width, into: row)
                    }
                }
            }
        }
    }

    /// The pixels of one frame, for who shows them in a way of its own.
    /// - Throws: `RenderingError`.
    package func pixels(
        _ figure: Figure, frame index: Int = 0, scale: Double = 1, transparent: Bool = false
    ) throws -> PixelGrid {
        let frame = try frame(index, of: figure)
        let (width, height) = try Renderer.pixels(figure.size, scale: scale)
        return try painted(figure, frame, width, height, scale, transparent) { data, stride in
            var grid = PixelGrid(width: width, height: height)
            grid.bytes.withUnsafeMutableBufferPointer { bytes in
                for y in 0..<height {
                    let row = UnsafeMutableBufferPointer(rebasing: bytes[y * width * 4..<(y + 1) * width * 4])
                    (data + y * stride).withMemoryRebound(to: UInt32.self, capacity: width) { words in
                        Pixels.straight(words, width, into: row)
                        guard !transparent else { return }
                        // The fourth byte of an opaque surface is nobody's.
                        for x in 0..<width { row[x * 4 + 3] = 255 }
                    }
                }
            }
            return grid
        }
    }

    /// - Parameter body: reads the painted pixels, of so many bytes a row.
    private func painted<Result>(
        _ figure: Figure, _ frame: Figure.Frame, _ width: Int, _ height: Int, _ scale: Double, _ transparent: Bool,
        _ body: (_ data: UnsafeMutablePointer<UInt8>, _ stride: Int) throws -> Result
    ) throws -> Result {
        try PixelBudget.shared.holding(width * height * 4) {
            try withSetter { setter in
                let format = transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
                let surface = try Surface(
                    cairo_image_surface_create(format, Int32(width), Int32(height)), .paintingPicture)
                let context = try surface.context(.paintingPicture)
                cairo_scale(context, scale, scale)
                CairoPainter(context: context, setter: setter, keepsText: false)
                    .paint(frame.items, on: transparent ? nil : figure.paper)
                try CairoStatus.check(cairo_status(context), .paintingPicture)
                cairo_surface_flush(surface.pointer)
                guard let data = cairo_image_surface_get_data(surface.pointer) else {
                    throw RenderingError.cairo(task: .paintingPicture, message: "no pixels")
                }
                return try body(data, Int(cairo_image_surface_get_stride(surface.pointer)))
            }
        }
    }

    /// One frame as an SVG that needs no style sheet, and no fonts but for letters that are ``Manner/Letters/real``.
    ///
    /// - Parameters:
    ///   - figure: what to write.
    ///   - index: which of its frames; nil for all of them, each shown on its own when it is named.
    ///   - transparent: leaves the paper out.
    ///   - letters: as outlines, or as text in named fonts.
    ///   - prefix: begins every id, so that several can stand in one page; made from what is drawn without it.
    ///   - use: who reads it.
    /// - Throws: `RenderingError`.
    package func svg(
        _ figure: Figure, frame index: Int? = 0, transparent: Bool = false, letters: Manner.Letters = .outlines,
        prefix: String? = nil, use: SVGWriter.Use = .anywhere
    ) throws -> String {
        let frames = try index.map { [try frame($0, of: figure)] } ?? figure.frames
        return try withSetter { setter in
            var writer = SVGWriter(
                letters: letters == .real ? RealLetters() : OutlinedLetters(setter), prefix: prefix, use: use)
            return try writer.write(figure, frames: frames, transparent: transparent).string
        }
    }

    /// All frames of all figures as the pages of one PDF, with bookmarks and text that can be selected and searched.
    ///
    /// - Parameters:
    ///   - figures: in the order of the pages.
    ///   - metadata: of the whole document; the first figure's without it.
    ///   - transparent: leaves the paper out.
    /// - Throws: `RenderingError`.
    package func pdf(
        _ figures: [Figure], metadata: Figure.Metadata? = nil, transparent: Bool = false
    ) throws -> [UInt8] {
        try withSetter { setter in
            try PDFWriter(setter: setter, isTransparent: transparent).write(figures, metadata: metadata)
        }
    }

    package func pdf(_ figure: Figure) throws -> [UInt8] { try pdf([figure]) }

    private func frame(_ index: Int, of figure: Figure) throws(RenderingError) -> Figure.Frame {
        guard figure.frames.indices.contains(index) else {
            throw .noFrame(figure: figure.id, asked: index, found: figure.frames.count)
        }
        return figure.frames[index]
    }

    private func withSetter<Result>(_ body: (TypeSetter) throws -> Result) throws -> Result {
        guard let result = try TypeSetterPool.shared.withSetter(body) else {
            throw RenderingError.cairo(task: .paintingPicture, message: "Pango")
        }
        return result
    }
}

/// Owns a Cairo surface and its context.
final class Surface {
    let pointer: OpaquePointer
    private var drawing: OpaquePointer?

    init(_ surface: OpaquePointer?, _ task: RenderingText) throws(RenderingError) {
        guard let surface else { throw .cairo(task: task, message: "no surface") }
        pointer = surface
        try CairoStatus.check(cairo_surface_status(surface), task)
    }

    func context(_ task: RenderingText) throws(RenderingError) -> OpaquePointer {
        guard let context = cairo_create(pointer) else { throw .cairo(task: task, message: "no context") }
        drawing = context
        try CairoStatus.check(cairo_status(context), task)
        return context
    }

    deinit {
        if let drawing { cairo_destroy(drawing) }
        cairo_surface_destroy(pointer)
    }
}

/// From Cairo's words to the bytes of a PNG.
enum Pixels {
    static func opaque(_ words: UnsafePointer<UInt32>, _ count: Int, into row: UnsafeMutableBufferPointer<UInt8>) {
        for x in 0..<count {
            let word = words[x]
            row[x * 3] = UInt8(truncatingIfNeeded: word >> 16)
            row[x * 3 + 1] = UInt8(truncatingIfNeeded: word >> 8)
            row[x * 3 + 2] = UInt8(truncatingIfNeeded: word)
        }
    }

    /// Divides by alpha, which PNG does not multiply in.
    static func straight(_ words: UnsafePointer<UInt32>, _ count: Int, into row: UnsafeMutableBufferPointer<UInt8>) {
        for x in 0..<count {
            let word = words[x]
            let alpha = word >> 24
            func component(_ shift: UInt32) -> UInt8 {
                alpha == 0 ? 0 : UInt8(min(255, ((word >> shift & 255) * 255 + alpha / 2) / alpha))
            }
            row[x * 4] = component(16)
            row[x * 4 + 1] = component(8)
            row[x * 4 + 2] = component(0)
            row[x * 4 + 3] = UInt8(alpha)
        }
    }
}
