import Models
import Platform
import Tensors
import Tokenizers
import Tracing

/// What an encoder achieves on stories that it has never seen, beside guesses from a word's neighbours.
struct MaskedWordMeasures {
    /// The stories are the held-out ones.
    let task: MaskedWordTask
    let training: [StoryTokens]
    let vocabulary: Int
    let seed: UInt64

    func measures(of model: Encoder) throws -> [Measure] {
        let questions = questions()
        let (accuracy, perplexity) = try words(model, questions)
        let rival = NeighbourGuess(training: training, words: words, vocabulary: vocabulary, tokens: task.tokens)
        let left = rival.score(questions, sides: .left)
        let both = rival.score(questions, sides: .both)
        return [
            Measure("masked_accuracy", accuracy, baseline: left.accuracy),
            Measure("masked_perplexity", perplexity, baseline: left.perplexity),
            Measure("two_sided_bigram_accuracy", both.accuracy),
            Measure("two_sided_bigram_perplexity", both.perplexity),
            Measure("next_sentence_accuracy", try nextSentence(model), baseline: 0.5),
        ]
    }

    private var words: [Int] { Set(training.lazy.flatMap { $0.first + $0.second }).sorted() }

    /// One story with some of its words hidden, every one behind `[MASK]`.
    struct Question {
        let original: [Int]
        let segments: [Int]
        let input: [Int]
        let targets: [Int]
    }

    func questions() -> [Question] {
        var random = RandomSource(seed: seed)
        let masking = WordMasking(rate: task.masking.rate, hidden: 1, random: 0)
        return task.stories.map { story in
            let text = task.tokens.input(story.first, story.second)
            let masked = masking.apply(to: text.ids, tokens: task.tokens, words: [], using: &random)
            return Question(
                original: text.ids, segments: text.segments, input: masked.ids, targets: masked.targets)
        }
    }

    private func words(
        _ model: Encoder, _ questions: [Question]
    ) throws -> (accuracy: Double, perplexity: Double) {
        var (right, count, loss) = (0, 0, 0.0)
        for part in questions.batches(of: 64) {
            let input = Encoder.Input(
                padding: part.map(\.input), segments: part.map(\.segments), with: task.tokens.padding)
            let output = try model.output(input, on: Recorder(recording: false))
            guard let logits = output.maskedWordLogits?.tensor else { continue }
            try model.check(logits, of: input) { $0.maskedWordLogits }
            let targets = part.map(\.targets).padded(with: -1).flatMap { $0 }
            loss += logits.crossEntropies(targets: targets.map { Int32($0) }).reduce(0.0) { $0 + Double($1) }
            let scalars = logits.scalars
            for (place, target) in targets.enumerated() where target >= 0 {
                count += 1
                let row = scalars[place * logits.shape[2]..<(place + 1) * logits.shape[2]]
                if let best = row.indices.max(by: { row[$0] < row[$1] }), best - row.startIndex == target { right += 1 }
            }
        }
        return (Double(right) / Double(max(count, 1)), exp(loss / Double(max(count, 1))))
    }

    /// Half the stories as they were told, half with another's second sentence.
    private func nextSentence(_ model: Encoder) throws -> Double {
        var random = RandomSource(seed: seed &+ 1)
        let asked = task.stories.indices.map { place in
            let second =
                place % 2 == 0 ? task.stories[place].second : task.stranger(to: place, using: &random)
            return (text: task.tokens.input(task.stories[place].first, second), answer: place % 2)
        }
        let right = try model.answers(
            to: asked,
            reading: { part in
                Encoder.Input(
                    padding: part.map(\.text.ids), segments: part.map(\.text.segments), with: task.tokens.padding)
            }, head: { $0.nextSentenceLogits }, by: { one, row in (row[0] >= row[1] ? 0 : 1) == one.answer })
        return Double(right.count { $0 }) / Double(max(asked.count, 1))
    }
}

/// A hidden word guessed from its neighbours alone, by a tuned bigram model; it sees the true neighbours, even hidden
/// ones.
struct NeighbourGuess {
    enum Sides { case left, both }

    private let bigram: BigramModel
    private let words: [Int]

    init(training: [StoryTokens], words: [Int], vocabulary: Int, tokens: EncoderTokens) {
        bigram = BigramModel(
            sequences: training.map { $0.first + [tokens.separator] + $0.second }, vocabularySize: vocabulary,
            boundary: tokens.start)
        self.words = words
        start = tokens.start
        separator = tokens.separator
    }

    private let start: Int
    private let separator: Int

    /// How often the likeliest word is right, and e to the mean of −ln p.
    func score(_ questions: [MaskedWordMeasures.Question], sides: Sides) -> (accuracy: Double, perplexity: Double) {
        struct Neighbours: Hashable { let left, right: Int }
        var known: [Neighbours: (best: Int, total: Double)] = [:]
        func weight(_ word: Int, _ around: Neighbours) -> Double {
            // By Bayes, p(w | l, r) ∝ p(w | l) p(r | w), if the right neighbour depends on the word alone.
            bigram.probability(of: word, after: around.left)
                * (sides == .both ? bigram.probability(of: around.right, after: word) : 1)
        }
        var (right, count, loss) = (0, 0, 0.0)
        for question in questions {
            for (place, target) in question.targets.enumerated() where target >= 0 {
                let after = question.original[place + 1]
                // The text's last separator is the boundary that the counts know.
                let isEnd = after == separator && place + 2 == question.original.count
                let around = Neighbours(
                    left: question.original[place - 1], right: sides == .left ? -1 : isEnd ? start : after)
                let guess: (best: Int, total: Double)
                if let seen = known[around] {
                    guess = seen
                } else {
                    let weights = words.map { weight($0, around) }
                    let best = weights.indices.max { weights[$0] < weights[$1] } ?? 0
                    guess = (words[best], weights.reduce(0, +))
                    known[around] = guess
                }
                count += 1
                if guess.best == target { right += 1 }
                loss -= log(weight(target, around) / guess.total)
            }
        }
        return (Double(right) / Double(max(count, 1)), exp(loss / Double(max(count, 1))))
    }
}
