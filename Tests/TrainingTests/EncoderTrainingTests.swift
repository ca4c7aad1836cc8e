import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers
import Tracing

@testable import Training

private let stories = """
    heldOut: 0.2
    words:
      animal:
        - {word: cat, says: meow}
        - {word: dog, says: woof}
        - {word: cow, says: moo}
        - {word: hen, says: cluck}
      place: mat rug bed box hut den
      名: 小明 小红 小军
      东西: 球 书 花 伞 笔
    topics:
      - {topic: sound, weight: 2, text: 'The {a:animal} is on the {p:place}.‖It says {a.says}.'}
      - {topic: 有, weight: 1, text: '{x:名}有~一~个{o:东西}。‖{o}是{x}的。'}
    """

private let pretraining = """
    kind: masked-word
    name: small
    description: {en: a small encoder, zh-Hans: 小编码器}
    corpus: {grammar: stories.yaml, stories: 300, held_out: 30, seed: 3}
    tokenizer: {vocabulary: 420, minimum_frequency: 5}
    model: {width: 16, layers: 1, heads: 2, context: 48}
    training:
      steps: 40
      batch: 8
      learning_rate: 0.01
      warm_up: 5
      seed: 9
      deviation: 0.1
      drills: 0.1
      checkpoint_every: 10
    probes: ['The cat is on the [MASK].', '小明有一个[MASK]。']
    pairs: [The cat is on the mat. / It says meow.]
    """

private let hits = """
    heldOut: 0.3
    words:
      place: mat rug bed box hut den
      pair: [{word: cat, other: dog}, {word: dog, other: cat}]
    topics:
      - {topic: who, text: '{?a:pair}The {a} is on the {a.other}[.|] {place} {place}‖{a.other}'}
    """

private let tuning = """
    kind: classifier
    name: small-classifier
    description: {en: a small classifier, zh-Hans: 小分类器}
    from: base
    corpus: {grammar: hits.yaml, sentences: 60, held_out: 20, seed: 3}
    classes:
      - {name: a dog 狗, answers: [dog]}
      - {name: a cat 猫, answers: [cat]}
    training: {steps: 20, batch: 8, learning_rate: 0.01, seed: 9, checkpoint_every: 5}
    probes: [The cat is on the dog]
    """

/// The error that stands for an interrupt.
private struct Interrupt: Error {}

@Suite struct EncoderTrainingTests {
    private func folder() throws -> String {
        let folder = try Places.temporaryFolder()
        for (name, text) in [
            ("stories.yaml", stories), ("pretraining.yaml", pretraining), ("hits.yaml", hits), ("tuning.yaml", tuning),
        ] {
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        return folder
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test func noHeldOutStoryBeginsAsAKnownOne() throws {
        let grammar = try CorpusGrammar(path: Places.root + "/fixtures/corpora/stories.yaml")
        let known = try grammar.drawn(count: 3000, seed: 1, split: .training)
        let held = try grammar.drawn(count: 400, seed: 2, split: .heldOut)
        #expect((known + held).allSatisfy { $0.parts.count == 2 })
        let firsts = Set(known.map { $0.parts[0] })
        #expect(held.allSatisfy { !firsts.contains($0.parts[0]) })
        let hits = try CorpusGrammar(path: Places.root + "/fixtures/corpora/who-is-hit.yaml")
        let texts = Set(try hits.drawn(count: 600, seed: 1, split: .training).map { $0.parts[0] })
        #expect(try hits.drawn(count: 600, seed: 2, split: .heldOut).allSatisfy { !texts.contains($0.parts[0]) })
    }

    /// The same words make both answers of the shipped classifier: only their order tells.
    @Test func bothAnswersAreMadeOfTheSameWords() throws {
        let hits = try CorpusGrammar(path: Places.root + "/fixtures/corpora/who-is-hit.yaml")
        let drawn = try hits.drawn(count: 4000, seed: 5, split: .training)
        var answers: [String: Set<String>] = [:]
        for sentence in drawn {
            let words = sentence.parts[0].split { " .".contains($0) }.map(String.init)
            let bag = (words.count > 1 ? words : sentence.parts[0].map(String.init)).sorted().joined(separator: " ")
            answers[bag, default: []].insert(sentence.parts[1])
        }
        let both = answers.values.count { $0.count == 2 }
        #expect(both > 50)
    }

    @Test func wordsAreHiddenAsThePaperSays() throws {
        let course = try recipe(folder()).course()
        var random = RandomSource(seed: 4)
        var (chosen, hidden, kept, all) = (0, 0, 0, 0)
        let text = course.task.tokens.input(Array(course.task.words.prefix(20)), Array(course.task.words.prefix(20)))
        for _ in 0..<2000 {
            let (ids, targets) = WordMasking().apply(
                to: text.ids, tokens: course.task.tokens, words: course.task.words, using: &random)
            for place in ids.indices {
                guard targets[place] >= 0 else {
                    #expect(ids[place] == text.ids[place])
                    continue
                }
                #expect(targets[place] == text.ids[place] && !course.task.tokens.isSpecial(targets[place]))
                chosen += 1
                if ids[place] == course.task.tokens.mask { hidden += 1 }
                if ids[place] == targets[place] { kept += 1 }
            }
            all += 40
        }
        let share = Double(chosen) / Double(all)
        let hiddenShare = Double(hidden) / Double(chosen)
        let keptShare = Double(kept) / Double(chosen)
        #expect(share > 0.149 && share < 0.151)
        #expect(hiddenShare > 0.78 && hiddenShare < 0.82)
        // A random word may be the word itself.
        #expect(keptShare > 0.08 && keptShare < 0.13)
    }

    @Test func batchesHideMixAndPad() throws {
        let course = try recipe(folder()).course()
        var random = RandomSource(seed: 1)
        let batch = course.task.batch(600, using: &random)
        let mask = try #require(batch.input.mask)
        for (place, ids) in batch.input.ids.enumerated() {
            let seen = ids.map { $0 == course.task.tokens.padding ? 0 : 1 }
            #expect(seen == mask[place])
            #expect(batch.targets[place].contains { $0 >= 0 })
            let isPair = ids.count { $0 == course.task.tokens.separator } == 2
            #expect(batch.input.segments?[place].contains(1) == isPair)
        }
        let pairs = batch.follows.filter { $0 >= 0 }
        let real = Double(pairs.count { $0 == 0 }) / Double(pairs.count)
        #expect(real > 0.42 && real < 0.58)
        // Parts add up to the whole: the loss and its gradients do not depend on how a batch is cut.
        let model = try Encoder(
            configuration: EncoderConfiguration(
                vocabularySize: course.tokenizer.vocabularySize, context: 48, width: 16, layers: 1, heads: 2),
            seed: 3, deviation: 0.2)
        func loss(_ part: MaskedWordBatch) throws -> Double {
            Double(try part.loss(of: model, recorder: Recorder()).tensor[flat: 0])
        }
        let whole = try loss(batch)
        for count in [2, 3, 7] {
            let parts = course.task.parts(of: batch, count: count)
            var sum = 0.0
            for part in parts { sum += try loss(part) * course.task.weight(of: part) }
            let mean = sum / course.task.weight(of: batch)
            #expect(abs(mean - whole) < 1e-4)
        }
    }

    private struct Losses: Decodable {
        struct Pretraining: Decodable {
            let ids, segments, mask, targets: [[Int]]
            let follows: [Int]
            let loss, gradientNorm: Double
            let embeddingGradient: [Double]
        }
        struct Classifier: Decodable {
            let texts: [[Int]]
            let labels: [Int]
            let loss: Double
        }
        let pretraining: Pretraining
        let classifier: Classifier
    }

    @Test func lossesArePyTorchs() throws {
        let reference = Places.root + "/fixtures/reference/"
        let known = try JSONDecoder().decode(Losses.self, from: bytes(reference + "encoder_losses.json"))
        let one = known.pretraining
        let model = try LanguageModel.load(folder: reference + "bert_pretraining").encoder
        let batch = MaskedWordBatch(
            input: .init(ids: one.ids, segments: one.segments, mask: one.mask), targets: one.targets,
            follows: one.follows)
        let recorder = Recorder()
        let loss = try batch.loss(of: model, recorder: recorder)
        let found = Double(loss.tensor[flat: 0])
        #expect(abs(found - one.loss) < 1e-5 * one.loss)
        let trace = recorder.trace()
        let gradients = try trace.gradients(of: StepName(.loss))
        var squares = 0.0
        for parameter in model.parameters.all {
            guard let gradient = trace.place(of: parameter.name).flatMap({ gradients[$0] }) else { continue }
            squares += gradient.scalars.reduce(0.0) { $0 + Double($1) * Double($1) }
        }
        let norm = squares.squareRoot()
        #expect(abs(norm - one.gradientNorm) < 1e-4 * one.gradientNorm)
        let words = try #require(trace.place(of: StepName(.embedding)).flatMap { gradients[$0] })
        for (place, expected) in one.embeddingGradient.enumerated() {
            let found = Double(words.cell([4, place]) ?? .nan)
            #expect(abs(found - expected) < 1e-4)
        }
        let classifier = try LanguageModel.load(folder: reference + "bert_classifier").encoder
        let mask: [[Int]] = known.classifier.texts.map { text in text.map { min($0, 1) } }
        let input = Encoder.Input(ids: known.classifier.texts, mask: mask)
        var labelled = LabelledBatch(
            [], tokens: try EncoderTokens(recipe(folder()).course().tokenizer))
        labelled.input = input
        labelled.labels = known.classifier.labels
        let task = ClassifierTask(texts: [], tokens: try EncoderTokens(tokenizer()))
        let sorted = try task.loss(of: classifier, on: labelled, recorder: Recorder())
        let difference = Double(sorted.tensor[flat: 0]) - known.classifier.loss
        #expect(abs(difference) < 1e-5)
    }

    private func tokenizer() throws -> BytePairTokenizer {
        try recipe(folder()).course().tokenizer
    }

    private func recipe(_ folder: String) throws -> MaskedWordRecipe {
        try #require(try Recipes.read(path: folder + "/pretraining.yaml") as? MaskedWordRecipe)
    }

    @Test func aMaskTakesTheSpaceBeforeIt() throws {
        let tokenizer = try tokenizer()
        let tokens = try EncoderTokens(tokenizer)
        let plain = try tokenizer.encode("The cat is on the mat.")
        let masked = try tokenizer.encode("The cat is on the [MASK].")
        #expect(plain.count == masked.count)
        #expect(masked[plain.count - 2] == tokens.mask)
        #expect(tokens.padding == 0 && tokens.mask == 4)
    }

    @Test func bothStagesLearnResumeAndLoad() throws {
        let folder = try folder()
        let first = try Recipes.read(path: folder + "/pretraining.yaml")
        var losses: [Double] = []
        try first.run(into: folder + "/base", steps: nil) { event in
            if case .update(let record, _) = event { losses.append(record.loss) }
        }
        let (start, end) = (losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +))
        #expect(end < 0.8 * start)
        try check(first, folder, like: "/base", interruptedAt: [13, 20])
        let quality = try EncoderQuality.read(path: folder + "/base/quality.json")
        #expect(quality.samples.count == 3 && quality.samples.allSatisfy { !$0.answers.isEmpty })
        #expect(try first.measure(folder: folder + "/base") == quality.measures)

        let second = try Recipes.read(path: folder + "/tuning.yaml")
        try second.run(into: folder + "/tuned", steps: nil) { _ in }
        // In the first stage, at its end, and in the second.
        try check(second, folder, like: "/tuned", interruptedAt: [7, 20, 31])
        let model = try LanguageModel.load(folder: folder + "/tuned")
        #expect(try model.encoder.configuration.classNames == ["a dog 狗", "a cat 猫"])
        #expect(model.card.classNames == ["a dog 狗", "a cat 猫"])
        #expect(try !model.encoder.configuration.hasMaskedWordHead)
        let tuned = try EncoderQuality.read(path: folder + "/tuned/quality.json")
        #expect(tuned.measures.map(\.name) == ["accuracy", "accuracy_from_scratch"])
        #expect(try second.measure(folder: folder + "/tuned") == tuned.measures)
    }

    /// A run that is interrupted after so many updates in all, and called again, ends in the same bytes.
    private func check(_ recipe: any Recipe, _ folder: String, like whole: String, interruptedAt moments: [Int]) throws
    {
        for moment in moments {
            let parts = folder + whole + "-\(moment)"
            var updates = 0
            #expect(throws: Interrupt.self) {
                try recipe.run(into: parts, steps: nil) { event in
                    if case .update = event { updates += 1 }
                    if updates == moment { throw Interrupt() }
                }
            }
            try recipe.run(into: parts, steps: nil) { _ in }
            for name in [
                "model.safetensors", "tokenizer.json", "tokenizer_config.json", "config.json", "quality.json",
                "training.json",
            ] {
                #expect(try bytes(folder + whole + "/" + name) == bytes(parts + "/" + name), "\(name) at \(moment)")
            }
            #expect(!FileManager.default.fileExists(atPath: parts + "/checkpoint.safetensors"))
            #expect(!FileManager.default.fileExists(atPath: parts + "/scratch.safetensors"))
        }
    }
}
