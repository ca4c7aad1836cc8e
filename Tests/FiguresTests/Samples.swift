import Drawing
import Figures
import Models
import Rendering
import Tensors
import TestSupport
import Testing
import Tokenizers
import Tracing
import Training
import Wording

/// A trace that the figures are tried on, with everything that a request needs.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var trace: Trace
    var tokenizer: AnyTokenizer?
    var text: String
    var cell: (step: StepName, index: [Int])?

    var testDescription: String { name }

    func request(
        _ language: Language, _ size: Size = .slide, theme: Theme = .light, measurer: any TextMeasurer = PangoMeasurer()
    ) -> FigureRequest {
        FigureRequest(
            trace: trace, tokenizer: tokenizer, text: text, cell: cell, table: cell?.step,
            style: SlideStyle(size: size, theme: theme, language: language, measurer: measurer))
    }
}

/// Random models of several shapes and the traces of several texts, all made here and always the same.
enum Samples {
    static let tokenizer: BytePairTokenizer? = {
        let corpus = [
            "中华人民", "人民", "中国人民", "我爱吃苹果", "我爱中国", "the cat sat on the mat", "the dog sat on the cat",
            "张麻子正在打李麻子", "a cat and a dog",
        ]
        return try? BytePairTrainer(vocabularySize: 320, specialTokens: ["<|endoftext|>"]).train(
            on: Array(repeating: corpus, count: 3).joined())
    }()

    /// Chinese, English, bytes of an emoji, a special token, and two tokens that the model wrote.
    static let everything = sample(
        "everything", "中华人民 the cat 🙂<|endoftext|>", generating: 2, cell: ("blocks.0.attn.z", [0, 2, 1, 3]))
    static let chinese = sample("chinese", "我爱吃苹果", generating: 3, cell: ("blocks.1.ln1.normalized", [0, 1, 5]))
    static let oneToken = sample("one token", "人民", cell: ("blocks.0.attn.pattern", [0, 0, 0, 0]))
    static let sixtyTokens = sample(
        "sixty tokens", String(repeating: "the cat sat on the mat, 我爱苹果。", count: 4),
        cell: ("blocks.0.attn.q", [0, 40, 1, 2]), tokens: 60)
    static let twelveHeads = sample(
        "twelve heads", "the cat sat", width: 48, heads: 12, cell: ("probabilities", [0, 1, 7]))
    static let wide = sample("width 768", "我爱中国", width: 768, heads: 12, cell: ("blocks.0.mlp.pre", [0, 1, 3]))
    static let postNorm = sample(
        "post-norm", "the dog and 麻子", isPreNorm: false, cell: ("pos_table", [3, 4]))

    /// Training steps: loss, gradients and one update.
    static let trained = sample(
        "trained", "the cat sat on", cell: ("blocks.0.attn.W_Q.grad", [3, 1, 2]), isTrained: true)
    static let trainedPostNorm = sample(
        "trained post-norm", "我爱吃苹果", isPreNorm: false, cell: ("blocks.1.mlp.W_in.updated", [3, 4]), isTrained: true)

    /// Llama's kind: turned queries and keys, grouped, root mean squares, gates, no biases.
    static let rotary = sample(
        "rotary", "我爱吃苹果 the cat", width: 32, heads: 4, cell: ("blocks.0.attn.rot_q", [0, 3, 1, 2]), isLlama: true)

    /// Tokens of 40 letters, of 60 Chinese characters and of 2,000 letters, as their own tokenizer has them.
    static let longTokens: Sample? = {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        func word(_ count: Int, _ seed: Int) -> String {
            String((0..<count).map { letters[($0 * $0 * 7 + $0 * seed) % letters.count] })
        }
        let words = [word(40, 3), String((0..<60).compactMap { Unicode.Scalar(0x4E00 + $0 * 37).map(Character.init) })]
        guard
            let tokenizer = try? BytePairTrainer(vocabularySize: 700, minimumFrequency: 1).train(
                on: Array(repeating: words, count: 3).joined())
        else { return nil }
        var long = sample("long tokens", words.joined(separator: " "), generating: 2, by: tokenizer)
        // No tokenizer of a test learns 2,000 letters at once: a trace from elsewhere may well hold them.
        if let last = long?.trace.tokens.indices.last { long?.trace.tokens[last].display = word(2000, 5) }
        return long
    }()

    /// The first with a head switched off.
    static let changed: Sample? = {
        guard var sample = everything, let changes = try? Change.off("L0H1", in: sample.trace),
            let trace = try? sample.trace.replaying(changes)
        else { return nil }
        sample.name += ", changed"
        sample.trace = trace
        return sample
    }()

    static let all = [
        rotary, everything, chinese, oneToken, sixtyTokens, twelveHeads, wide, postNorm, trained, trainedPostNorm,
    ].compactMap { $0 }

    /// What the shipped encoders make of a hidden word, of two sentences, of who is hit.
    static let encoders: [Sample] = [
        ("masked-word", "我爱吃[MASK]", "苹果很甜。"), ("classifier", "张麻子打李麻子", nil),
    ].compactMap { name, text, pair in
        guard let model = try? LanguageModel.load(folder: Places.root + "/fixtures/models/" + name),
            let input = try? model.input(text, pair: pair), let trace = try? model.trace(input)
        else { return nil }
        return Sample(name: name, trace: trace, tokenizer: model.tokenizer, text: text)
    }

    private static func sample(
        _ name: String, _ text: String, width: Int = 16, heads: Int = 2, isPreNorm: Bool = true, generating: Int = 0,
        cell: (String, [Int])? = nil, tokens most: Int = 64,
        isTrained: Bool = false, isLlama: Bool = false, by own: BytePairTokenizer? = nil
    ) -> Sample? {
        guard let tokenizer = own ?? tokenizer else { return nil }
        var configuration = DecoderConfiguration(
            vocabularySize: tokenizer.vocabularySize, context: 80, width: width, layers: 2, heads: heads,
            activation: isPreNorm ? .geluTanh : .relu, positions: isPreNorm ? .learned : .sinusoidal,
            normPlacement: isPreNorm ? .pre : .post, tiedOutput: isPreNorm)
        if isLlama {
            configuration = DecoderConfiguration(
                vocabularySize: tokenizer.vocabularySize, context: 80, width: width, layers: 2, heads: heads,
                activation: .silu, positions: .rotary, tiedOutput: true, norm: .rms, isGated: true, biases: .none,
                keyHeads: heads / 2)
        }
        guard let decoder = try? Decoder(configuration: configuration, seed: 5) else { return nil }
        let model = LanguageModel(
            name: name, folder: "", family: "gpt2", decoder: decoder, tokenizer: .bytePairs(tokenizer))
        guard let ids = (try? tokenizer.encode(text)).map({ Array($0.prefix(most)) }),
            let trace = try? isTrained ? model.trainingTrace(ids) : model.trace(ids, generating: generating)
        else { return nil }
        return Sample(
            name: name, trace: trace, tokenizer: .bytePairs(tokenizer),
            text: ids.count < most ? text : tokenizer.decode(ids),
            cell: cell.map { (StepName($0.0), $0.1) })
    }
}
