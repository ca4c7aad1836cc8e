import Drawing
import Models
import Reading
import Subjects
import Tracing
import Wording

/// The files of a page, a folder for each model, and for each run that is over.
enum PageSource {
    /// The trace of a run that is over.
    static let run = "run.safetensors"
    /// Its text, where that is known.
    static let text = "text"
}

extension PageSession {
    /// - Parameters:
    ///   - name: a folder's.
    ///   - files: those of every folder: `next-word/config.json`.
    /// - Throws: what loading a model, or reading a trace, throws.
    package convenience init(
        name: String, files: [String: FileBytes], measurer: AnyTextMeasurer
    ) throws(Failure) {
        var own: [String: FileBytes] = [:]
        for (path, file) in files where path.hasPrefix(name + "/") {
            own[String(path.dropFirst(name.count + 1))] = file
        }
        let folder = FileFolder(path: "", files: own)
        guard let bytes = own[PageSource.run] else {
            self.init(model: try LanguageModel.load(from: folder, name: name), measurer: measurer)
            return
        }
        var run = TracedText(trace: try TraceFile.read(bytes))
        if let text = own[PageSource.text] { run.text = String(decoding: text.copy, as: UTF8.self) }
        self.init(run: run, measurer: measurer)
    }
}
