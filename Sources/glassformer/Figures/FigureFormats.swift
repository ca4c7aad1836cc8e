import Drawing
import Figures
import Rendering

extension Renderer {
    /// One frame, or, of a PDF, all of them.
    func bytes(_ figure: Figure, as format: Format, frame: Int = 0, scale: Double = 1) throws -> [UInt8] {
        switch format {
        case .pdf: try pdf(figure)
        case .png: try png(figure, frame: frame, scale: scale)
        case .svg: Array(try svg(figure, frame: frame).utf8)
        }
    }

    /// Each frame of SVG and PNG as one file, a PDF as one for all.
    ///
    /// - Parameter put: is given each file's bytes and its name.
    /// - Returns: the files' names, in order.
    func write(
        _ figure: Figure, named name: String, as format: Format, scale: Double, put: ([UInt8], String) throws -> Void
    ) throws -> [String] {
        let frames = format == .pdf ? 0..<1 : figure.frames.indices
        return try frames.map { frame in
            let part = format != .pdf && figure.frames.count > 1 ? "-frame-\(frame + 1)" : ""
            let file = name + part + ".\(format.rawValue)"
            try put(bytes(figure, as: format, frame: frame, scale: scale), file)
            return file
        }
    }
}

extension SlideStyle {
    /// In the language of this run, its command line in the picture.
    init(size: Size, theme: Theme) {
        self.init(
            size: size, theme: theme, language: Console.language, measurer: Renderer().measurer,
            command: CommandWords.line)
    }
}
