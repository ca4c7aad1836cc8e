import Rendering

/// The one file that `--out picture.png` asks for, in place of a folder.
struct SingleFile {
    let path: String
    let format: Renderer.Format

    /// nil where the path names a folder: its ending is no format's.
    init?(_ path: String) {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"),
            let format = Renderer.Format(rawValue: String(path[path.index(after: dot)...]).lowercased()),
            !OutputFile.isFolder(path)
        else { return nil }
        self.path = path
        self.format = format
    }

    /// - Throws: ``CommandProblem/notOneFigure(path:figures:)`` or ``CommandProblem/frames(path:count:)`` where the
    ///   figures do not fit one file.
    func draw(_ files: FigureFiles) throws {
        guard let entry = files.selection.entries.first, files.selection.entries.count == 1 else {
            throw CommandProblem.notOneFigure(path: path, figures: files.selection.entries.count)
        }
        let figure = try files.figure(entry)
        guard format == .pdf || figure.frames.count == 1 else {
            throw CommandProblem.frames(path: path, count: figure.frames.count)
        }
        try OutputFile.write(Renderer().bytes(figure, as: format, scale: files.scale), to: path)
    }
}
