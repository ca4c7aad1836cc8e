import Drawing
import Foundation
import Reading
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

    /// One slide that cannot be drawn is named on standard error and takes nothing from the others.
    ///
    /// - Returns: the files, in order.
    /// - Throws: ``CommandProblem/unwritable(path:reason:)``, ``CommandProblem/nothingDrawn(count:name:reason:)``.
    func write(_ slides: [Slide], into folder: String) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandProblem.unwritable(path: folder, reason: SystemReason.of(error))
        }
        let style = SlideStyle(size: size, theme: theme)
        func write(_ bytes: [UInt8], to path: String) throws {
            do {
                try WholeFile.write(Data(bytes), to: path)
            } catch {
                throw CommandProblem.unwritable(path: path, reason: SystemReason.of(error))
            }
        }
        var files: [String] = []
        var undrawn: [UndrawnFigure] = []
        for slide in slides {
            do {
                let figure = try figure(slide, style)
                for format in formats {
                    files += try Renderer().write(
                        figure, named: folder + "/" + slide.id, as: format, scale: scale, put: write(_:to:))
                }
            } catch let problem as CommandProblem {
                throw problem
            } catch {
                undrawn.append(UndrawnFigure(name: slide.id, id: slide.id, title: slide.title, error))
            }
        }
        if files.isEmpty { try undrawn.refuse() }
        undrawn.report()
        return files
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
