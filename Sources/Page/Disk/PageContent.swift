import Drawing
import Figures
import Foundation
import Models
import Reading
import Subjects
import Tokenizers
import Tracing
import Wording

/// What goes into a page: models to be asked, runs that are over, slides that are drawn.
package struct PageContent {
    /// What a page computes with, by a name that is a folder of its own there.
    struct Source {
        enum Kind: String { case model, run }

        var name: String
        var kind: Kind
        var files: [(name: String, bytes: [UInt8])]
    }

    /// What learns in the page, small enough that it is made there.
    package enum Room: String { case playground, perceptron }

    package var title: String
    /// What it shows first; nil for the reader's own.
    package var language: Language?
    /// Told in front of a class, from its first figure on.
    package var story: Story?
    /// What is shown first in place of a model; every page has it.
    var room: Room?
    /// The text that is typed first.
    var start: String?
    var sources: [Source] = []
    var slides: DrawnSlides?
    /// A chapter's steps, each with its words and figures; the slides are then those that it cannot compute.
    var lesson: JSONText?

    /// How much of models and runs goes in at most: a page is unpacked into the memory of whoever opens it.
    package static let mostBytes = 64 << 20

    init(title: String, language: Language?) {
        self.title = title
        self.language = language
    }

    /// The playground alone, or the perceptron: no model, no run.
    package init(room: Room, language: Language?) {
        self.init(title: "Glassformer", language: language)
        self.room = room
    }

    /// A model's folder, which reads whatever is typed.
    ///
    /// - Parameters:
    ///   - text: what it shows first; a text that fits the model where there is none.
    /// - Throws: what loading the model throws; ``PageError/modelTooLarge(folder:bytes:)``; what the model says of the
    ///   text.
    package init(folder: String, text: String?, language: Language?) throws {
        let (model, source) = try Self.model(folder)
        self.init(title: source.name, language: language)
        let usual =
            model.tokenizer == nil ? "1, 2, 3" : StartText(folder: .disk(folder), language: language ?? .english).text
        // Rather an error now than a page that opens with one.
        if let text { _ = try TextReader(model: model).trace(TextSource(text: text)) }
        start = text ?? usual
        sources = [source]
    }

    /// A run that is over: the steps of a trace, and the slides that a subject has besides.
    ///
    /// - Throws: ``PageFileError/runTooLarge(name:bytes:)``, ``PageFileError/nothingToShow(name:)``, what drawing throws.
    package init(_ subject: Subject, language: Language?) throws {
        self.init(title: subject.title, language: language)
        if var run = subject.traced {
            let isAboutWords = run.trace[StepName(.logits)] ?? run.trace[StepName(.maskedLogits)] != nil
            if isAboutWords, let tokenizer = run.tokenizer {
                for id in 0..<tokenizer.vocabularySize { run.trace.vocabulary[id] = tokenizer.piece(id).display }
            }
            // Numbers that are there need not be measured again.
            let bytes = run.trace.steps.reduce(0) { $0 + 4 * $1.tensor.count }
            guard bytes <= Self.mostBytes else {
                throw Failure(PageFileError.runTooLarge(name: subject.title, bytes: bytes))
            }
            let data = try TraceFile.data(of: run.trace)
            let text = run.text.isEmpty ? [] : [(PageSource.text, Array(run.text.utf8))]
            sources = [Source(name: "run", kind: .run, files: [(PageSource.run, [UInt8](data))] + text)]
        }
        if !subject.slides.isEmpty { slides = try DrawnSlides { _ in subject.slides } }
        guard !sources.isEmpty || slides != nil else { throw Failure(PageFileError.nothingToShow(name: subject.title)) }
    }

    /// A chapter: its words, figures that the models in the page compute, slides that are drawn.
    ///
    /// - Parameters:
    ///   - lesson: the steps of each language.
    ///   - models: the folders of the models that the steps ask.
    /// - Throws: what loading a model throws, what drawing throws.
    package init(
        title: String, lesson: JSONText, models: [String], slides: (Language) -> [Slide], language: Language?
    ) throws {
        self.init(title: title, language: language)
        self.lesson = lesson
        sources = try models.map { try Self.model($0).source }
        if Language.allCases.contains(where: { !slides($0).isEmpty }) { self.slides = try DrawnSlides(slides) }
    }

    /// A model's files, as much of a folder as it reads.
    private static func model(_ folder: String) throws -> (model: LanguageModel, source: Source) {
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        let used = UsedFiles()
        let model = try LanguageModel.load(from: used.watching(.disk(folder)), name: name)
        let bytes = used.files.reduce(0) { $0 + $1.file.count }
        guard bytes <= mostBytes else { throw Failure(PageFileError.modelTooLarge(folder: folder, bytes: bytes)) }
        return (model, Source(name: name, kind: .model, files: used.files.map { ($0.name, $0.file.copy) }))
    }
}

/// Which files of a folder a reader opens: these are what the page needs, whatever else lies there.
private final class UsedFiles: @unchecked Sendable {
    // Unchecked: loading is on one thread.
    private(set) var files: [(name: String, file: FileBytes)] = []

    func watching(_ folder: FileFolder) -> FileFolder {
        FileFolder(
            path: folder.path, list: { folder.names }, contains: { folder.has($0) },
            open: { [self] (name) throws(Failure) in
                let file = try folder.file(name)
                if !files.contains(where: { $0.name == name }) { files.append((name, file)) }
                return file
            })
    }
}
