import ArgumentParser
import Drawing
import Figures
import Foundation
import Models
import Reading
import Subjects
import Training
import Wording

/// `glassformer evaluate`: how good a model is, on its recipe's held-out data or on a file.
struct Evaluate: GuidedCommand {
    static let guide = CommandGuide(
        name: "evaluate", abstract: EvaluateText.abstract.phrase, discussion: EvaluateText.discussion.phrase,
        examples: [
            "glassformer evaluate next-word",
            "echo 'the cat sat on the mat' | glassformer evaluate next-word - --tokens",
        ])

    @Argument(help: RunText.model.help("model"))
    var model: String

    @Argument(help: EvaluateText.data.help("data"))
    var data: String?

    @Flag(name: .long, help: EvaluateText.tokens.help)
    var tokens = false

    @Flag(name: .long, help: EvaluateText.bare.help)
    var bare = false

    @Option(name: [.short, .long], help: EvaluateText.out.help("folder"), transform: OutputPath.folder)
    var out: String?

    @OptionGroup var drawing: DrawingOptions
    @OptionGroup var writing: WritingOptions

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try out.map { try OutputFolder($0, mayReplace: writing.force, names: ["index.html"]) }
        let folder = try Shelf.folder(model)
        let report = try data.map { try onFile($0, folder) } ?? onRecipe(folder)
        let files = try output.map { try draw(report, of: folder, into: $0) } ?? []
        if facts.json { return try StandardOutput.write(report.json(model: model, data: data, files: files).page) }
        try StandardOutput.write(report.text(style: common.style, tokens: tokens))
        if !common.quiet, !files.isEmpty { try StandardOutput.write("\n" + files.map { $0 + "\n" }.joined()) }
    }

    func validate() throws { try drawing.refuseSteps() }

    /// What was measured in pictures; of a model on its recipe's data, those of its run.
    private func draw(_ report: EvaluationReport, of folder: String, into output: OutputFolder) throws -> [String] {
        let subject =
            data == nil
            ? try Shelf.subjects.subject(.run(.init(name: folder))) : Subject(title: model, slides: report.slides)
        return try FigureFiles(subject, Look(), drawing, theme: common.theme).write(into: output, title: subject.title)
    }

    /// The recipe that the model's `quality.json` names, on its held-out data.
    private func onRecipe(_ folder: String) throws -> EvaluationReport {
        struct Named: Decodable { var recipe: String }
        let path = folder + "/quality.json"
        guard InputFile.exists(path) else { throw CommandProblem.noRecipe(model: model) }
        guard let named = try? JSONDecoder().decode(Named.self, from: Data(InputFile.bytes(path))) else {
            throw CommandProblem.malformed(path: path)
        }
        let recipe = try Recipes.read(path: Shelf.recipe(named.recipe))
        return EvaluationReport(measures: try recipe.measure(folder: folder))
    }

    private func onFile(_ data: String, _ folder: String) throws -> EvaluationReport {
        if data != "-" { try InputFile.check(data) }
        let text = try InputFile.wholeText(data)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard !lines.isEmpty else {
            throw CommandProblem.unreadable(path: data, reason: EvaluateText.empty.phrase)
        }
        let loaded = try LanguageModel.load(folder: folder)
        return lines[0].contains("\t") ? try onPairs(lines, data, loaded) : try onTexts(lines, loaded)
    }

    private func onTexts(_ lines: [String], _ loaded: LanguageModel) throws -> EvaluationReport {
        let decoder = try loaded.decoder
        // A text is read after the token that the tokenizer puts before it, or after what ends the text before it.
        let boundary = bare ? nil : loaded.template.prefix.last ?? loaded.endOfText.min()
        var all: [TokenSurprise] = []
        for line in lines {
            let nats = all.reduce(0) { $0 + $1.nats }
            all += try Evaluation.surprises(
                of: decoder, ids: loaded.encode(line), boundary: boundary, after: (nats, all.count))
        }
        let right = Double(all.count(where: \.isBest)) / Double(max(all.count, 1))
        var report = EvaluationReport(measures: [
            Measure("perplexity", all.last?.perplexity ?? .nan), Measure("accuracy", right),
        ])
        report.tokens = all.map { (loaded.display($0.id), $0) }
        report.slides = [SurpriseFigure.slide(report.tokens)].compactMap { $0 }
        return report
    }

    private func onPairs(_ lines: [String], _ path: String, _ loaded: LanguageModel) throws -> EvaluationReport {
        let pairs = try lines.enumerated().map { number, line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandProblem.unreadable(
                    path: path,
                    reason: EvaluateText.pair.phrase.filled(["line": "\(number + 1)"]))
            }
            return (source: String(parts[0]), reference: String(parts[1]))
        }
        let evaluation = try PairEvaluation(pairs) { try $0.map { try loaded.answer(to: $0) } }
        return EvaluationReport(
            measures: [Measure("accuracy", evaluation.exactMatch), Measure("bleu", evaluation.bleu)],
            slides: PairFigures.slides(evaluation))
    }
}

extension LanguageModel {
    /// What the model makes of a text, greedily: its translation, or how it goes on until the text's end.
    /// - Throws: ``ModelError/otherKind(model:expected:found:)`` for an encoder.
    func answer(to text: String) throws -> String {
        let read = try input(text).ids
        let ids: [Int]
        if case .encoderDecoder(let translator) = network {
            ids = try translator.generate(from: read, count: translator.configuration.context).map(\.id)
        } else {
            let room = max(try decoder.configuration.context - read.count, 0)
            ids = try decoder.generate(from: read, count: min(room, 64), stop: endOfText).map(\.id)
        }
        let answer = tokenizer?.decode(ids, skippingSpecialTokens: true) ?? ids.map(String.init).joined(separator: " ")
        return answer.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// What was measured, in words and in numbers.
struct EvaluationReport {
    var measures: [Measure]
    /// Token by token, where a text was read.
    var tokens: [(display: String, surprise: TokenSurprise)] = []
    /// What a file was measured to be, in pictures.
    var slides: [Slide] = []

    func text(style: Style, tokens shows: Bool) -> String {
        var text = ""
        if shows {
            var table = TextTable(
                [.left, .right, .right, .right], heading: [EvaluateText.token, .probability, .nats, .soFar])
            for (display, one) in tokens {
                table.add(
                    display, Numbers.percent(one.probability), Numbers.fixed(one.nats, decimals: 3),
                    Numbers.fixed(one.perplexity, decimals: 2))
            }
            text = table.text(style: style) + "\n"
        }
        return text + measures.map { MeasureText.line($0) + "\n" }.joined()
    }

    func json(model: String, data: String?, files: [String]) -> JSONText {
        func value(_ names: String...) -> JSONText {
            names.lazy.compactMap { name in measures.first { $0.name == name } }.first.map { .number($0.value) }
                ?? .null
        }
        return .object([
            "model": .text(model), "data": data.map { .text($0) } ?? .null,
            "perplexity": value("perplexity", "held_out_perplexity"),
            "accuracy": value("accuracy", "exact_match", "masked_accuracy"), "bleu": value("bleu"),
            "measures": .members(
                measures.map { measure in
                    (
                        measure.name,
                        .object([
                            "value": .number(measure.value), "baseline": measure.baseline.map { .number($0) } ?? .null,
                        ])
                    )
                }),
            "tokens": .objects(tokens) { display, one in
                [
                    "id": .integer(one.id), "token": .text(display), "probability": .number(one.probability),
                    "nats": .number(one.nats), "perplexity": .number(one.perplexity),
                ]
            },
            "files": .texts(files),
        ])
    }
}
