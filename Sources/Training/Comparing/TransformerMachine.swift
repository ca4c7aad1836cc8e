import Models
import Tensors
import Tracing
import Wording

/// A toy transformer that reads a case word by word and answers with the next word.
package struct TransformerMachine: DecisionMachine {
    package static let name = "transformer"
    package static let reads = DecisionCase.Form.words
    package static let title = Phrase(en: "toy transformer", zh: "玩具 Transformer")

    package let decoder: Decoder
    private let task: DecisionTask
    private let ids: [String: Int]
    private let answers: [Int]

    package var parameters: Int { decoder.parameters.count }

    package static func taught(_ task: DecisionTask, seed: UInt64) throws -> TransformerMachine {
        let words = task.vocabulary
        let ids = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
        let answers = task.answers.compactMap { ids[$0] }
        let longest = (task.training + task.heldOut + task.examples).map(\.words.count).max() ?? 1
        let configuration = DecoderConfiguration(
            vocabularySize: words.count, context: longest, width: 32, layers: 2, heads: 2, hidden: 64)
        let steps = 400
        let settings = TrainingSettings(
            steps: steps, batch: 48,
            schedule: Schedule(rate: 0.005, warmUp: 50, shape: .cosine, steps: steps, final: 0.0005), weightDecay: 0.5,
            beta2: 0.98, clipNorm: 1, seed: seed)
        var decoder = try Decoder(configuration: configuration, seed: seed)
        // GPT-2's deviation of 0.02 suits widths of hundreds; at this one products would vanish, and learning with them.
        let growth = Float(1 / Double(configuration.width).squareRoot() / 0.02)
        decoder.parameters.update { _, tensor in
            if tensor.shape.rank > 1 { tensor = tensor.scaled(by: growth) }
        }
        var trainer = Trainer<AnswerTask>(model: decoder, settings: settings)
        let lessons = AnswerTask(
            lessons: task.training.map { one in
                (one.words.compactMap { ids[$0] }, answers[one.answer])
            })
        while !trainer.isFinished { try trainer.update(lessons) }
        return TransformerMachine(decoder: trainer.model, task: task, ids: ids, answers: answers)
    }

    package func decide(_ one: DecisionCase) throws -> Decision {
        let input = one.words.map { ids[$0] ?? -1 }
        let recorder = Recorder()
        var cache: KeyValueCache?
        let output = try decoder.probabilities([input], cache: &cache, on: recorder)
        let last = Array(output.tensor.scalars.suffix(decoder.configuration.vocabularySize))
        let said = answers.map { Double(last[$0]) }
        let whole = max(said.reduce(0, +), .leastNormalMagnitude)
        let best = said.indices.max { said[$0] < said[$1] } ?? 0
        let c = decoder.configuration
        var trace = recorder.trace(
            model: ModelCard(
                name: Self.name, family: "glassformer",
                numbers: [
                    "layers": Double(c.layers), "heads": Double(c.heads), "width": Double(c.width),
                    "parameters": Double(parameters),
                ]), tokens: zip(input, one.words).map { TraceToken(id: $0, display: $1) })
        trace.vocabulary = Dictionary(uniqueKeysWithValues: ids.map { ($1, $0) })
        return Decision(answer: best, probabilities: said.map { $0 / whole }, trace: trace)
    }
}

/// Rows of words and the word that answers each: a loss at the last place only.
struct AnswerTask: TrainingTask {
    let lessons: [(words: [Int], answer: Int)]

    /// Cases of one length are read together; a batch draws one length, as often as it occurs.
    func batch(_ count: Int, using random: inout RandomSource) -> NextTokenBatch {
        guard !lessons.isEmpty else { return NextTokenBatch(inputs: [], targets: []) }
        let length = lessons[random.integer(below: lessons.count)].words.count
        let fitting = lessons.filter { $0.words.count == length }
        var batch = NextTokenBatch(inputs: [], targets: [])
        for _ in 0..<count {
            let lesson = fitting[random.integer(below: fitting.count)]
            batch.inputs.append(lesson.words)
            batch.targets.append([Int](repeating: -1, count: length - 1) + [lesson.answer])
        }
        return batch
    }
}
