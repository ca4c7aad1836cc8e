import Foundation
import Models
import Tensors
import Tokenizers
import Tracing

/// What was measured of an encoder when its training ended; `quality.json` beside the model.
package typealias EncoderQuality = Quality<EncoderFindings>

/// What an encoder made of the recipe's probes.
package struct EncoderFindings: QualityFindings {
    package static let owner = "an encoder's"

    /// A text and what the model made of it.
    package struct Sample: Sendable, Hashable, Codable {
        /// One of its possible answers.
        package struct Answer: Sendable, Hashable, Codable {
            package let text: String
            package let probability: Double
        }

        package let text: String
        /// The second sentence, where there is one.
        package var pair: String?
        /// For each hidden word its candidates, or once the classes; the likeliest first.
        package let answers: [[Answer]]

        /// `我爱[MASK]苹果 → 吃 99 %`
        package var summary: String {
            answers.map { "\($0.first?.text ?? "–") \(Int((100 * ($0.first?.probability ?? 0)).rounded())) %" }
                .joined(separator: ", ")
        }
    }

    package let samples: [Sample]
}

/// Asks an encoder about texts as people write them.
struct EncoderProbe {
    let model: Encoder
    let tokenizer: AnyTokenizer
    let tokens: EncoderTokens

    /// A text that may be two sentences with ` / ` between them.
    static func sentences(_ text: String) -> (first: String, second: String?) {
        let parts = text.components(separatedBy: " / ")
        return (parts[0], parts.count > 1 ? parts[1...].joined(separator: " / ") : nil)
    }

    private func read(_ text: String) throws -> (ids: [Int], output: Encoder.Output) {
        let (first, second) = Self.sentences(text)
        let input = try tokens.input(tokenizer.encode(first), second.map { try tokenizer.encode($0) })
        let output = try model.output(
            Encoder.Input(ids: [input.ids], segments: [input.segments]), on: Recorder(recording: false))
        return (input.ids, output)
    }

    private func sample(_ text: String, _ answers: [[EncoderFindings.Sample.Answer]]) -> EncoderFindings.Sample {
        let (first, second) = Self.sentences(text)
        return .init(text: first, pair: second, answers: answers)
    }

    /// The likeliest words behind each `[MASK]`.
    func hiddenWords(_ text: String, candidates: Int = 5) throws -> EncoderFindings.Sample {
        let (ids, output) = try read(text)
        guard let logits = output.maskedWordLogits?.tensor else { return sample(text, []) }
        let probabilities = logits.softmax()
        let width = logits.shape[-1]
        let answers = ids.indices.filter { ids[$0] == tokens.mask }.map { place in
            (0..<width).sorted { probabilities[flat: place * width + $0] > probabilities[flat: place * width + $1] }
                .prefix(candidates).map { id in
                    EncoderFindings.Sample.Answer(
                        text: tokenizer.piece(id).display,
                        probability: Double(probabilities[flat: place * width + id]))
                }
        }
        return sample(text, answers)
    }

    /// Whether the second sentence follows: `yes` and `no`, the likelier first.
    func nextSentence(_ text: String) throws -> EncoderFindings.Sample {
        try choices(text, ["yes", "no"]) { $0.nextSentenceLogits }
    }

    func classes(_ text: String, names: [String]) throws -> EncoderFindings.Sample {
        try choices(text, names) { $0.classLogits }
    }

    private func choices(
        _ text: String, _ names: [String], _ logits: (Encoder.Output) -> Value?
    ) throws -> EncoderFindings.Sample {
        guard let logits = logits(try read(text).output)?.tensor else { return sample(text, []) }
        let probabilities = logits.softmax()
        let answers = names.enumerated().map {
            EncoderFindings.Sample.Answer(text: $1, probability: Double(probabilities[flat: $0]))
        }
        return sample(text, [answers.sorted { $0.probability > $1.probability }])
    }
}
