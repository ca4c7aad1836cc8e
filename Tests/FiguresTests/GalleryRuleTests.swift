import Gallery
import Testing

/// The rules for figures, measured over the gallery: figures of every scene in some of the ways that they may be set, so
/// that it stays quick; `gallery-tool rules` measures every one in every way.
@Suite struct GalleryRuleTests {
    /// What is still owed, by kind of figure: `gallery-tool owed` writes it. A line that nothing needs is taken out.
    static let owed: [String: Set<Rule>] = [
        "activation-function": [.faults],
        "all-heads": [.body],
        "architecture-map": [.body, .contrast],
        "attention-lines": [.body],
        "attention-pattern": [.body, .contrast],
        "attention-rollout": [.body, .contrast],
        "candidates": [.body, .contrast],
        "classification": [.body],
        "data-shapes": [.contrast],
        "embedding-lookup": [.body, .contrast],
        "embedding-matrix": [.contrast],
        "embedding-sum": [.contrast],
        "fine-tuning-accuracy": [.body],
        "join-heads": [.body, .contrast],
        "layer": [.faults],
        "layer-norm": [.body, .steady],
        "logits": [.contrast],
        "loss-curve": [.faults],
        "mask": [.body, .contrast],
        "merge-ladder": [.body],
        "one-head": [.body, .contrast],
        "output-projection": [.body, .contrast],
        "parallel-memory": [.body],
        "parameters": [.contrast],
        "projections": [.contrast],
        "residual-stream": [.body],
        "reward-before-and-after": [.body],
        "scaling": [.body],
        "scores": [.body, .contrast],
        "softmax": [.body, .contrast],
        "position-matrix": [.body],
        "splitting-heads": [.body, .contrast],
        "key-value-cache": [.body],
        "which-head-matters": [.body],
        "cross-entropy": [.body],
        "perplexity": [.body],
        "explain": [.body],
        "heads-overview": [.body],
        "token-strip": [.body, .contrast],
        "translation-chain": [.faults, .contrast],
        "weighted-sum": [.body, .contrast],
    ]

    @Test(arguments: Scene.all.filter { !$0.isSlow }) func rulesHold(_ scene: Scene) throws {
        let measures = try Measures.sample(of: scene)
        #expect(!measures.isEmpty)
        for found in measures {
            for (rule, words) in found.broken where !(Self.owed[found.figure]?.contains(rule) ?? false) {
                Issue.record("\(found.figure) of \(found.scene), \(found.way): \(words)")
            }
        }
    }
}
