import Drawing
import Reading
import Rendering

/// Slides that show a run or a comparison, written as files: each frame of SVG and PNG one file, a PDF holds all.
struct SlideFiles {
    let formats: [Renderer.Format]
    var size = Size.slide
    var scale = 1.0
    let theme: Theme
    /// Whether a slide that does not fit is drawn on the smallest canvas that holds it, rather than not at all.
    var mayGrow = false

    init(_ drawing: DrawingOptions, theme: Theme) {
        formats = drawing.formats
        size = drawing.size.size
        scale = drawing.scale.value
        self.theme = theme
    }

    /// One slide that cannot be drawn is named on standard error and takes nothing from the others.
    ///
    /// - Returns: the files, in order.
    /// - Throws: what says why a file cannot be written, ``CommandProblem/nothingDrawn(count:name:reason:)``.
    func write(_ slides: [Slide], into folder: OutputFolder) throws -> [String] {
        let style = SlideStyle(size: size, theme: theme)
        var names: [String] = []
        var undrawn: [UndrawnFigure] = []
        for slide in slides {
            do {
                let figure = try figure(slide, style)
                for format in formats {
                    names += try Renderer().write(
                        figure, named: slide.id, as: format, scale: scale, put: folder.write(_:as:))
                }
            } catch let error where error.isAboutWriting {
                throw error
            } catch {
                undrawn.append(UndrawnFigure(name: slide.id, id: slide.id, title: slide.title, error))
            }
        }
        if names.isEmpty { try undrawn.refuse() }
        try folder.commit()
        undrawn.report()
        return names.map { folder.path + "/" + $0 }
    }

    private func figure(_ slide: Slide, _ style: SlideStyle) throws -> Figure {
        do {
            return try slide.figure(style)
        } catch {
            guard mayGrow, let least = error.leastSize else { throw error }
            var larger = style
            larger.size = Size(least.width.rounded(.up), least.height.rounded(.up))
            return try slide.figure(larger)
        }
    }
}
