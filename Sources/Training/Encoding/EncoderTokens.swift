import Foundation
import Models
import Reading
import Tensors
import Tokenizers
import Wording

/// BERT's special tokens, and how texts are put between them (Devlin et al. 2019, figure 2).
package struct EncoderTokens: Sendable, Hashable {
    /// Their spellings; a tokenizer that we train gives them these ids from zero on.
    package static let spellings = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    package let padding: Int
    package let start: Int
    package let separator: Int
    package let mask: Int

    /// - Throws: ``TrainingError/unreadable(path:reason:)`` where the tokenizer lacks one.
    package init(_ tokenizer: some Tokenizer, path: String = "tokenizer.json") throws(TrainingError) {
        func id(_ spelling: String) throws(TrainingError) -> Int {
            guard let id = tokenizer.id(ofSpelling: spelling) else {
                throw .unreadable(path: path, reason: Phrase(en: "it has no token \(spelling)", zh: "没有词元 \(spelling)"))
            }
            return id
        }
        padding = try id("[PAD]")
        start = try id("[CLS]")
        separator = try id("[SEP]")
        mask = try id("[MASK]")
    }

    /// Of a text whose tokens are numbered by hand.
    package init(padding: Int, start: Int, separator: Int, mask: Int) {
        (self.padding, self.start, self.separator, self.mask) = (padding, start, separator, mask)
    }

    /// `[CLS] first [SEP] second [SEP]`, with the segment of each token.
    package func input(_ first: [Int], _ second: [Int]? = nil) -> (ids: [Int], segments: [Int]) {
        let head = [start] + first + [separator]
        let tail = second.map { $0 + [separator] } ?? []
        return (head + tail, head.map { _ in 0 } + tail.map { _ in 1 })
    }

    func isSpecial(_ id: Int) -> Bool { [padding, start, separator, mask].contains(id) }

    /// What `transformers` needs to know beside `tokenizer.json`.
    static func writeConfiguration(to folder: String, context: Int) throws {
        let names = ["pad", "unk", "cls", "sep", "mask"]
        let lines =
            zip(names, spellings).map { "\"\($0)_token\": \"\($1)\"" }
            + ["\"model_max_length\": \(context)", "\"tokenizer_class\": \"PreTrainedTokenizerFast\""]
        let text = "{\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n}\n"
        try OutputFile(folder + "/tokenizer_config.json", mayReplace: true).write(Array(text.utf8))
    }
}
