import Foundation
import TestSupport
import Training

/// A next-word recipe that is carried out in a second.
enum SmallRecipe {
    private static let grammar = """
        heldOut: 0.2
        words:
          animal: cat dog cow hen fox owl
          place: mat rug bed box hut den
        topics:
          - {topic: sitting, weight: 2, text: 'the {a:animal} sat on the {p:place}.'}
          - {topic: names, weight: 1, text: '{a:animal} {b:animal} {c:animal}; {a} {b} {c}.'}
        """

    static let text = """
        name: small
        description: {en: a small model, zh-Hans: 小模型}
        corpus: {grammar: grammar.yaml, sentences: 400, held_out: 20, seed: 3}
        tokenizer: {vocabulary: 300, minimum_frequency: 5}
        model: {width: 16, layers: 2, heads: 2, context: 24}
        training:
          steps: 30
          batch: 4
          context: 16
          learning_rate: 0.01
          warm_up: 5
          seed: 9
          checkpoint_every: 10
        probes: [the cat sat on the]
        """

    /// The recipe in a folder of its own, with its grammar: `recipe.yaml`.
    static func folder(_ text: String = text) throws -> String {
        let folder = try Places.temporaryFolder()
        try grammar.write(toFile: folder + "/grammar.yaml", atomically: true, encoding: .utf8)
        try text.write(toFile: folder + "/recipe.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    static func read(_ text: String = text) throws -> any Recipe {
        try Recipes.read(path: folder(text) + "/recipe.yaml")
    }
}
