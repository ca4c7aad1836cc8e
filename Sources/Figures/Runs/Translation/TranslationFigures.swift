import Drawing
import Models
import Tracing
import Training
import Wording

/// What a translator's run leaves: the clearest cross-attention head on a probe, and BLEU on what it wrote half-trained.
package enum TranslationFigures: RunFigures {
    package static let kind = TranslationRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        guard let recipe = recipe as? TranslationRecipe else { return [] }
        let quality = try TranslationQuality.read(path: folder + "/quality.json")
        let lines = Slide.made(CrossAttentionLines.id) {
            try recipe.probes.first.flatMap { (probe) throws in try Self.lines(probe, folder: folder) }
        }
        return [lines, bleu(quality.early)].compactMap { $0 }
    }

    private static func lines(_ probe: String, folder: String) throws -> Slide? {
        let model = try LanguageModel.load(folder: folder)
        // Layout is decided when the slide is drawn; the request's own style only proposes lengths.
        var request = FigureRequest(
            trace: try model.trace(text: probe), tokenizer: model.tokenizer, text: probe,
            style: SlideStyle(language: .english, measurer: FixedMeasurer()))
        guard let place = clearest(request) else { return nil }
        (request.layer, request.head) = place
        return try FigureKind(CrossAttentionLines.self).slide(request)
    }

    /// The cross-attention head whose rows give most to a single source token, on average.
    package static func clearest(_ request: FigureRequest) -> (layer: Int, head: Int)? {
        guard let view = TranslationView(request) else { return nil }
        var best: (place: (Int, Int), sharpness: Float)?
        for layer in request.trace.layers(of: .decoder) {
            var head = 0
            while case let cells = view.weights(layer: layer, head: head), !cells.isEmpty {
                let sharpness = cells.reduce(0) { $0 + ($1.max() ?? 0) } / Float(cells.count)
                if sharpness > best?.sharpness ?? -1 { best = ((layer, head), sharpness) }
                head += 1
            }
        }
        return best?.place
    }

    /// The early attempt that is neither quite right nor quite wrong.
    private static func bleu(_ early: TranslationFindings.Early) -> Slide? {
        let ranked = early.outcomes.filter { !$0.hypothesis.isEmpty }.map { outcome in
            (outcome, BLEU(sentence: outcome.hypothesis, references: [outcome.reference], tokens: .zh).score)
        }
        guard let (outcome, _) = ranked.min(by: { abs($0.1 - 50) < abs($1.1 - 50) }) else { return nil }
        return BLEUFigure.slide(
            hypothesis: outcome.hypothesis, references: [outcome.reference],
            note: Phrase(
                en: "Made of “{source}” after {steps} {steps|update|updates}.", zh: "训练 {steps} 步时，由“{source}”译出。"
            ).filled(["source": Phrase(outcome.source), "steps": Phrase(String(early.step))]))
    }
}
