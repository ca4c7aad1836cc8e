import Reading
import Rendering

/// The one file that `--out picture.png` asks for, in place of a folder.
struct SingleFile {
    let output: OutputFile
    let format: Renderer.Format

    /// The format that a path's ending asks for; nil where the path names a folder.
    /// - Throws: ``CommandProblem/pictureFormat(path:)`` where it names another file.
    static func format(of path: String) throws -> Renderer.Format? {
        guard let ending = OutputPath.pictureEnding(path) else { return nil }
        guard let format = Renderer.Format(rawValue: ending) else { throw CommandProblem.pictureFormat(path: path) }
        return format
    }

    /// nil where the path names a folder.
    /// - Parameter formats: those asked for beside; the one of standard output, which has no ending.
    /// - Throws: ``CommandProblem/together(_:_:)`` where they are others than the path's; what is in the way.
    init?(_ path: String, formats: [Renderer.Format], mayReplace: Bool) throws {
        guard let format = path == "-" ? formats.first ?? .svg : try Self.format(of: path) else { return nil }
        output = try OutputFile(path, mayReplace: mayReplace)
        self.format = format
    }

    /// - Throws: ``CommandProblem/notOneFigure(path:figures:)`` or ``CommandProblem/frames(path:count:)`` where the
    ///   figures do not fit one file.
    func draw(_ files: FigureFiles) throws {
        guard let picture = files.pictures.first, files.pictures.count == 1 else {
            throw CommandProblem.notOneFigure(path: output.path, figures: files.pictures.count)
        }
        let figure = try files.figure(picture)
        guard format.mayHoldAllFrames || figure.frames.count == 1 else {
            throw CommandProblem.frames(path: output.path, count: figure.frames.count)
        }
        var manner = files.manner
        manner.isApart = false
        try output.write(format.bytes(figure, manner))
    }
}
