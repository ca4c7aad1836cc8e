import Drawing
import Foundation
import Rendering
import Tensors
import Wording

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

    /// - Returns: the files, in order.
    func write(_ slides: [Slide], into folder: String) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandProblem.unwritable(path: folder, reason: Phrase((error as NSError).localizedDescription))
        }
        let renderer = Renderer()
        let style = SlideStyle(
            size: size, theme: theme, language: Console.language, measurer: renderer.measurer,
            command: CommandWords.line)
        var written: [String] = []
        func write(_ bytes: [UInt8], as name: String) throws {
            do {
                try WholeFile.write(Data(bytes), to: folder + "/" + name)
            } catch {
                throw CommandProblem.unwritable(
                    path: folder + "/" + name, reason: Phrase((error as NSError).localizedDescription))
            }
            written.append(folder + "/" + name)
        }
        for slide in slides {
            let figure = try figure(slide, style)
            for format in formats {
                if format == .pdf {
                    try write(renderer.pdf(figure), as: slide.id + ".pdf")
                    continue
                }
                for frame in figure.frames.indices {
                    let part = figure.frames.count > 1 ? "-frame-\(frame + 1)" : ""
                    let bytes =
                        format == .png
                        ? try renderer.png(figure, frame: frame, scale: scale)
                        : Array(try renderer.svg(figure, frame: frame).utf8)
                    try write(bytes, as: slide.id + part + ".\(format.rawValue)")
                }
            }
        }
        return written
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
