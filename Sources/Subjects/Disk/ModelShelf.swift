import Models
import Reading
import Tokenizers
import Tracing
import Wording

/// The models that can be named: those that come with the project, and folders.
package struct ModelShelf: Sendable {
    private let home: Home?
    private let models = MadeTable<String, LanguageModel>()

    /// - Parameter home: where shipped models lie; nil looks for it where one is named.
    package init(home: Home? = nil) { self.home = home }

    package func located() throws(Failure) -> Home {
        if let home { return home }
        return try Home.locate()
    }

    /// Loaded once.
    /// - Throws: ``folder(_:)``'s, and what loading throws.
    package func model(_ name: String?, notice: (Phrase) -> Void = { _ in }) throws -> LanguageModel {
        let name = name ?? ModelLibrary.standard
        return try models.value(name) {
            let model = try LanguageModel.load(folder: folder(name))
            if !model.unreadTensors.isEmpty {
                notice(
                    Phrase(
                        en: "{model}: without the head that its files hold, which is not read: {names}",
                        zh: "{model}：文件里的输出层不读，只读主干：{names}"
                    ).filled([
                        "model": Phrase(model.name), "names": Phrase(model.unreadTensors.joined(separator: ", ")),
                    ]))
            }
            return model
        }
    }

    /// The folder of a shipped model, or a folder itself, which needs none of the project's own folders around.
    /// - Throws: `ModelError.unknownModel(_:shipped:)`, `ModelError.noHome(searched:)`, `ReadingError.unreadable`.
    package func folder(_ name: String) throws -> String {
        func isModel(_ folder: String) -> Bool { Place.exists(folder + "/config.json") }
        do {
            let library = ModelLibrary(home: try located())
            let shipped = library.home.models + "/" + name
            if isModel(shipped) { return shipped }
            if isModel(name) { return name }
            throw ModelLibrary.failure(name) ?? Failure(ModelError.unknownModel(name, shipped: library.names))
        } catch let failure as Failure {
            guard case .noHome? = failure.cause(as: ModelError.self) else { throw failure }
            if isModel(name) { return name }
            if let other = ModelLibrary.failure(name) { throw other }
            guard name.contains("/") else { throw failure }
            throw Failure(ReadingError.unreadable(path: name + "/config.json", reason: SystemReason.missing.phrase))
        }
    }

    /// A trace carries its model's name; where that model is on this machine, so is its tokenizer.
    ///
    /// Of a trace recorded elsewhere a name says little: only where every token is written as that tokenizer writes it
    /// do its words name the candidates, and how the text was cut is not told from it. Whoever names the model
    /// vouches for it.
    func named(_ trace: Trace, by model: String?) -> TracedText {
        let name = model ?? trace.model.name
        guard !name.isEmpty, let folder = try? folder(name), let tokenizer = try? TokenizerFile.load(folder) else {
            return TracedText(trace: trace)
        }
        guard trace.isElsewhere, model == nil else { return TracedText(trace: trace, tokenizer: tokenizer) }
        let isOurs = trace.tokens.allSatisfy { tokenizer.piece($0.id).display == $0.display }
        guard isOurs, trace[StepName(.logits)] ?? trace[StepName(.maskedLogits)] != nil else {
            return TracedText(trace: trace)
        }
        var trace = trace
        for id in 0..<tokenizer.vocabularySize { trace.vocabulary[id] = tokenizer.piece(id).display }
        return TracedText(trace: trace)
    }
}
