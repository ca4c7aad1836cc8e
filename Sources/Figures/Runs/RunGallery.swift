import Drawing
import Foundation
import Reading
import Tensors
import Training
import Wording

/// The figures that one kind of training run leaves, beside the curve that all of them have.
package protocol RunFigures: Sendable {
    /// The recipes' `kind`.
    static var kind: String { get }

    /// Slides made from what the run wrote into its folder.
    static func slides(recipe: any Recipe, folder: String) throws -> [Slide]
}

/// What a training run looks like: its curve, then its kind's own figures.
package enum RunGallery {
    package static let all: [any RunFigures.Type] = [
        TranslationFigures.self, MaskedWordFigures.self, ClassifierFigures.self,
        PlaygroundFigures.self, PerceptronFigures.self, LineFigures.self, AnswerFigures.self, RewardFigures.self,
    ]

    /// What cannot be made is a slide that fails when it is laid out: the others stand, and it is named.
    ///
    /// - Throws: `TrainingError.unreadable(path:reason:)` where the folder lacks the run's records.
    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let kind = type(of: recipe).kind
        let records = try beginning(recipe) + TrainingRecord.read(path: folder + "/training.json")
        // Where nothing is learned there is no curve.
        let curve =
            records.count < 2 && records.allSatisfy { $0.step == 0 }
            ? []
            : [
                LossCurve.slide(
                    records: records, model: recipe.head.name, kind: kind, baseline: baseline(folder),
                    smoothing: smoothing(recipe))
            ]
        let slides =
            curve + RunStrides.slides(records, recipe)
            + all.filter { $0.kind == kind }.flatMap { each in
                do { return try each.slides(recipe: recipe, folder: folder) } catch {
                    return [Slide.failing(kind, error)]
                }
            }
        return slides.map { changed($0, recipe.head.changes) }
    }

    /// What was set otherwise than the recipe's file does is said under each picture.
    static func changed(_ slide: Slide, _ changes: RecipeChanges) -> Slide {
        guard !changes.isEmpty else { return slide }
        var slide = slide
        let words = changes.written.map { RecipeOption.words($0) }
        let set = Phrase(
            en: "Options set: " + words.map { $0.english }.joined(separator: "; ") + ".",
            zh: "另外设定：" + words.map { $0.chinese }.joined(separator: "；") + "。")
        slide.note = slide.note.map { Phrase(en: "\($0.english) \(set.english)", zh: $0.chinese + set.chinese) } ?? set
        for place in slide.frames.indices {
            let alt = slide.frames[place].altText
            slide.frames[place].altText = Phrase(en: "\(alt.english) \(set.english)", zh: alt.chinese + set.chinese)
        }
        return slide
    }

    /// What the whole data said before anything was learned, of a run whose records are measured after each step.
    static func beginning(_ recipe: any Recipe) throws -> [TrainingRecord] {
        switch recipe {
        case let recipe as LineRecipe:
            let descent = try LineDescent(recipe.line, steps: 0)
            return [
                TrainingRecord(
                    step: 0, loss: descent.loss, learningRate: recipe.line.rate,
                    measures: ["slope": descent.line.slopes[0], "intercept": descent.line.intercept])
            ]
        case let recipe as PlaygroundRecipe:
            let playground = Playground(recipe.settings)
            return [
                TrainingRecord(
                    step: 0, loss: playground.trainingLoss, learningRate: recipe.settings.learningRate,
                    measures: ["test_loss": playground.testLoss])
            ]
        default: return []
        }
    }

    private static func smoothing(_ recipe: any Recipe) -> LabelSmoothing? {
        guard let recipe = recipe as? TranslationRecipe, let tokenizer = try? recipe.tokenizer() else { return nil }
        return LabelSmoothing(share: recipe.labelSmoothing, vocabulary: tokenizer.vocabularySize)
    }

    /// The bigram's loss, where the run's quality names one.
    private static func baseline(_ folder: String) -> (loss: Double, name: Phrase)? {
        guard let quality = try? NextWordQuality.read(path: folder + "/quality.json"), quality.bigramPerplexity > 0
        else {
            return nil
        }
        return (Foundation.log(quality.bigramPerplexity), Phrase(en: "bigram model", zh: "二元模型"))
    }
}

extension Slide {
    /// What `make` gives, or in its place a slide of this name that fails as it did.
    static func made(_ id: String, _ make: () throws -> Slide?) -> Slide? {
        do { return try make() } catch { return failing(id, error) }
    }

    static func failing(_ id: String, _ error: any Error) -> Slide {
        let failure =
            error as? Failure
            ?? Failure(
                TrainingError.unreadable(
                    path: id, reason: (error as? any ExplainedError)?.explanation ?? SystemReason.of(error)))
        return Slide(id: id, title: Phrase(id)) { (_) throws(Failure) -> Blank in throw failure }
    }
}
