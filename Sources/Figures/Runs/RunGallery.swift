import Drawing
import Foundation
import Training
import Wording

/// The figures that one kind of training run leaves, beside the curve that all of them have.
public protocol RunFigures: Sendable {
    /// The recipes' `kind`.
    static var kind: String { get }

    /// Slides made from what the run wrote into its folder.
    static func slides(recipe: any Recipe, folder: String) throws -> [Slide]
}

/// What a training run looks like: its curve, then its kind's own figures.
public enum RunGallery {
    public static let all: [any RunFigures.Type] = [
        TranslationFigures.self, MaskedWordFigures.self, ClassifierFigures.self,
        PlaygroundFigures.self, PerceptronFigures.self, LineFigures.self, AnswerFigures.self, RewardFigures.self,
    ]

    /// - Throws: `TrainingError.unreadable(path:reason:)` where the folder lacks the run's records.
    public static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        let kind = type(of: recipe).kind
        let records = try TrainingRecord.read(path: folder + "/training.json")
        // Where nothing is learned there is no curve.
        let curve =
            records.isEmpty
            ? []
            : [LossCurve.slide(records: records, model: recipe.head.name, kind: kind, baseline: baseline(folder))]
        return try curve
            + all.filter { $0.kind == kind }.flatMap { (each) throws in try each.slides(recipe: recipe, folder: folder)
            }
    }

    /// The bigram's loss, where the run's quality names one.
    private static func baseline(_ folder: String) -> (loss: Double, name: Phrase)? {
        guard let quality = try? Quality.read(path: folder + "/quality.json"), quality.bigramPerplexity > 0 else {
            return nil
        }
        return (Foundation.log(quality.bigramPerplexity), Phrase(en: "bigram model", zh: "二元模型"))
    }
}
