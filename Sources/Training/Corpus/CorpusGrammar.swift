import Foundation
import Reading
import Tensors
import Wording

/// A grammar that sentences are drawn from: weighted topics, word lists, and names that bind words together.
///
/// The file (YAML) has three keys:
///
///     heldOut: 0.1                      # the share of sentences that training never sees
///     words:
///       colour: red blue green          # words between spaces, equally likely
///       animal:                         # or a list, each word with a weight and features
///         - {word: cat, plural: cats, place: [mat, mat, rug]}
///         - {word: dog, plural: dogs, place: rug, weight: 2}
///     topics:
///       - {topic: sitting, weight: 3, capital: 0.5, text: 'the {a:animal} sat on the {a.place}.'}
///       - {topic: facts, weight: 1, split: training, texts: ['Water is wet.', 'Fire is hot.']}
///
/// Texts are written as `CorpusTemplate` says; in a story of two sentences `‖` stands between them. A topic with `split: training` is never held out; `capital` is
/// the probability that the sentence begins with a capital letter.
package struct CorpusGrammar: Sendable {
    /// Which sentences: those to learn from, or those to be measured on. No sentence is in both.
    package enum Split: String, Sendable, CaseIterable {
        case training
        case heldOut
    }

    struct Word: Sendable {
        let template: CorpusTemplate
        /// The text, if it has no slots.
        let plain: String?
        let weight: Double
        let features: [String: [Word]]

        init(template: CorpusTemplate, weight: Double, features: [String: [Word]]) {
            self.template = template
            self.weight = weight
            self.features = features
            if template.parts.count == 1, case .text(let text) = template.parts[0], !text.contains(CorpusTemplate.joint)
            {
                plain = text
            } else {
                plain = nil
            }
        }
    }

    struct Topic: Sendable {
        let name: String
        let weight: Double
        let capital: Double
        let mayBeHeldOut: Bool
        let templates: [CorpusTemplate]
    }

    /// The file that errors name.
    package let source: String
    package let heldOutShare: Double
    let lists: [String: [Word]]
    let topics: [Topic]

    /// Reads a grammar file.
    /// - Throws: `CorpusError`, with file, line and key.
    package init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw CorpusError.unreadable(path: path) }
        try self.init(yaml: PlainText.read(path), source: path)
    }

    /// Reads a grammar.
    /// - Throws: `CorpusError`, with file, line and key.
    package init(yaml: String, source: String = "grammar") throws {
        let reader = CorpusReader(source: source)
        let root = try reader.root(yaml)
        self.source = source
        heldOutShare = try reader.heldOutShare(root)
        lists = try reader.lists(root)
        topics = try reader.topics(root, lists: lists)
    }

    /// One sentence as the grammar made it.
    package struct Sentence: Sendable, Hashable {
        package let text: String
        package let topic: String

        /// The sentences of a story; a text without `‖` is one.
        package var parts: [String] { CorpusTemplate.parts(text) }

        /// The text cut where two of the grammar's words meet without a space, as Chinese words do: 小明, 有一, 个, 红, 球。
        ///
        /// A byte-pair tokenizer that learns from these does not take a name and the verb beside it for one word.
        package let segments: [String]

        /// −log₂ of the probability of the choices that made it. Averaged over many sentences and divided by tokens
        /// it bounds from above the entropy that a perfect model would be left with.
        package let bits: Double
    }

    /// Sentences, independently drawn; the same seed gives the same sentences.
    /// - Throws: `CorpusError.exhausted` or `.emptySplit`.
    package func sentences(count: Int, seed: UInt64, split: Split) throws -> [String] {
        try drawn(count: count, seed: seed, split: split).map(\.text)
    }

    /// As `sentences`, each with its topic and its probability.
    package func drawn(count: Int, seed: UInt64, split: Split) throws -> [Sentence] {
        var random = RandomSource(seed: seed)
        var result: [Sentence] = []
        result.reserveCapacity(count)
        var failures = 0
        while result.count < count {
            if let sentence = try draw(split, &random) {
                result.append(sentence)
                failures = 0
            } else {
                failures += 1
                guard failures < 100_000 else {
                    throw CorpusError.emptySplit(source: source, split: split)
                }
            }
        }
        return result
    }

    /// Whether a sentence, before its first letter is capitalised, is kept from training.
    ///
    /// A hash of the text decides, so that no seed and no topic can put one sentence into both splits.
    func isHeldOut(_ text: String) -> Bool { stableShare(of: text) < heldOutShare }

    private func draw(_ split: Split, _ random: inout RandomSource) throws -> Sentence? {
        let allowed = topics.filter { split == .training || $0.mayBeHeldOut }
        guard !allowed.isEmpty else { return nil }
        var writer = CorpusWriter(grammar: self, random: random)
        defer { random = writer.random }
        let topic = allowed[writer.choose(allowed.map(\.weight))]
        let template = topic.templates[writer.choose(count: topic.templates.count)]
        let text = try writer.text(of: template)
        // A story's first sentence decides, so that none of the held-out ones begins as a known one does.
        let first = CorpusTemplate.joined(text).prefix { $0 != CorpusTemplate.storyBreak }
        let heldOut = topic.mayBeHeldOut && isHeldOut(String(first))
        guard heldOut == (split == .heldOut) else { return nil }
        let final = writer.capitalised(text, topic.capital)
        return Sentence(
            text: CorpusTemplate.joined(final), topic: topic.name, segments: CorpusTemplate.segments(final),
            bits: writer.bits)
    }
}
