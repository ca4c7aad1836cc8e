import Models
import Tensors
import Tracing
import Wording

/// A story of two sentences as tokens.
package struct StoryTokens: Sendable, Hashable {
    package var first: [Int]
    package var second: [Int]
    /// Stories of one group may be mixed up: those of one language.
    package var group = 0
}

/// Texts with hidden words, and whether the second sentence of each really follows.
package struct MaskedWordBatch: TrainingBatch {
    package var input: Encoder.Input
    /// `[text][position]`: the hidden word; −1 where nothing is asked.
    package var targets: [[Int]]
    /// `[text]`: 0 where the second sentence follows, 1 where it does not, −1 where there is none.
    package var follows: [Int]
    /// Pairs of sentences for each hidden word in the whole batch that this is a part of.
    package var pairsPerWord: Double

    package init(input: Encoder.Input, targets: [[Int]], follows: [Int]) {
        self.input = input
        self.targets = targets
        self.follows = follows
        pairsPerWord = 0
        pairsPerWord = ratio
    }

    package var words: Int { targets.joined().count { $0 >= 0 } }
    package var pairs: Int { follows.count { $0 >= 0 } }
    private var ratio: Double { Double(pairs) / Double(max(words, 1)) }

    /// What this part's mean over its pairs counts beside its mean over its words, so that parts that are weighted by
    /// their words add up to both means over the whole batch.
    var pairWeight: Double { pairsPerWord > 0 ? ratio / pairsPerWord : 0 }

    package var examples: Int { targets.count }
    package var weight: Double { Double(words) }

    package func part(_ range: Range<Int>) -> MaskedWordBatch {
        var part = self
        part.input = input.texts(range)
        part.targets = Array(targets[range])
        part.follows = Array(follows[range])
        return part
    }

    /// Cross-entropy of the hidden words plus that of the next sentence (Devlin et al. 2019, §A.2).
    package func loss(of model: Encoder, recorder: Recorder) throws -> Value {
        let output = try model.output(input, on: recorder)
        guard let words = output.maskedWordLogits, let next = output.nextSentenceLogits else {
            throw TrainingError.unreadable(
                path: "config.json",
                reason: Phrase(en: "the encoder lacks the heads of pre-training", zh: "编码器没有预训练的输出层"))
        }
        let targets = try recorder.targets(targets)
        let wordLoss = try recorder.apply(CrossEntropy(), words, targets, as: .maskedLoss, axes: [])
        guard pairWeight > 0 else { return try recorder.alias(wordLoss, as: .loss, axes: []) }
        let follows = try recorder.targets(follows, as: .followTargets)
        var pairLoss = try recorder.apply(CrossEntropy(), next, follows, as: .nextSentenceLoss, axes: [])
        if pairWeight != 1 {
            pairLoss = try recorder.apply(
                Scale(dividingBy: 1 / pairWeight), pairLoss, as: .weighedNextSentenceLoss, axes: [])
        }
        return try recorder.apply(Add(), wordLoss, pairLoss, as: .loss, axes: [])
    }
}

extension Encoder.Input {
    /// Some of the texts.
    func texts(_ range: Range<Int>) -> Encoder.Input {
        Encoder.Input(
            ids: Array(ids[range]), segments: segments.map { Array($0[range]) }, mask: mask.map { Array($0[range]) })
    }
}

extension Label {
    package static let maskedLoss = Label(rawValue: "mlm_loss")
    package static let nextSentenceLoss = Label(rawValue: "nsp_loss")
    package static let weighedNextSentenceLoss = Label(rawValue: "nsp_loss.weighed")
    package static let followTargets = Label(rawValue: "nsp_targets")
}

/// BERT's pre-training: hidden words, and whether one sentence follows another (Devlin et al. 2019, §3.1).
///
/// Of the pairs half are stories as they were told, half end with another story's second sentence. Some texts are single
/// sentences, without the full stop as often as with it, so that such texts can be read too.
package struct MaskedWordTask: TrainingTask {
    package let stories: [StoryTokens]
    package let tokens: EncoderTokens
    package let masking: WordMasking
    /// Every word of the stories.
    package let words: [Int]
    private let endings: Set<Int>
    private let groups: [Int: [Int]]

    /// Which part of the texts are random words said twice: a hidden one is found only by looking at the other saying,
    /// so that attention learns early to carry words over.
    private let drills: Double

    static let singleShare = 0.15

    /// - Parameters:
    ///   - stories: what is told.
    ///   - tokens: the special tokens.
    ///   - masking: how words are hidden.
    ///   - endings: full stops, which single sentences may lack.
    ///   - drills: which part of the texts are random words said twice, 0 … 1.
    package init(
        stories: [StoryTokens], tokens: EncoderTokens, masking: WordMasking, endings: Set<Int> = [], drills: Double = 0
    ) {
        self.drills = drills
        self.stories = stories
        self.tokens = tokens
        self.masking = masking
        self.endings = endings
        words = Set(stories.lazy.flatMap { $0.first + $0.second }).sorted()
        groups = Dictionary(grouping: stories.indices) { stories[$0].group }
    }

    /// The most tokens that a pair of sentences can have.
    var longest: Int {
        (stories.map(\.first.count).max() ?? 0) + (stories.map(\.second.count).max() ?? 0) + 3
    }

    package func batch(_ count: Int, using random: inout RandomSource) -> MaskedWordBatch {
        var texts: [(ids: [Int], segments: [Int])] = []
        var follows: [Int] = []
        for _ in 0..<count {
            if drills > 0, random.uniform() < drills {
                let said = (0..<3 + random.integer(below: 6)).map { _ in words[random.integer(below: words.count)] }
                texts.append(tokens.input(said, said))
                follows.append(-1)
                continue
            }
            let place = random.integer(below: stories.count)
            let story = stories[place]
            if random.uniform() < Self.singleShare {
                var sentence = random.integer(below: 2) == 0 ? story.first : story.second
                if let last = sentence.last, endings.contains(last), random.integer(below: 2) == 0 {
                    sentence.removeLast()
                }
                texts.append(tokens.input(sentence))
                follows.append(-1)
            } else if random.integer(below: 2) == 0 {
                texts.append(tokens.input(story.first, story.second))
                follows.append(0)
            } else {
                texts.append(tokens.input(story.first, stranger(to: place, using: &random)))
                follows.append(1)
            }
        }
        let masked = texts.map { masking.apply(to: $0.ids, tokens: tokens, words: words, using: &random) }
        return MaskedWordBatch(
            input: Encoder.Input(padding: masked.map(\.ids), segments: texts.map(\.segments), with: tokens.padding),
            targets: masked.map(\.targets).padded(with: -1),
            follows: follows)
    }

    /// A second sentence of the same language that is not this story's.
    func stranger(to place: Int, using random: inout RandomSource) -> [Int] {
        let story = stories[place]
        let others = groups[story.group] ?? [place]
        var other = stories[others[random.integer(below: others.count)]].second
        for _ in 0..<20 where other == story.second {
            other = stories[others[random.integer(below: others.count)]].second
        }
        return other
    }

    package func loss(of model: Encoder, on batch: MaskedWordBatch, recorder: Recorder) throws -> Value {
        try batch.loss(of: model, recorder: recorder)
    }
}
