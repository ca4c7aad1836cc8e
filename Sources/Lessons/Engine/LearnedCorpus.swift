import Foundation
import Models
import Reading
import Subjects
import Training
import Wording

/// The texts that a shipped model learned from, written again by their grammar: the same to the letter.
struct LearnedCorpus: Sendable {
    let texts: [String]

    var bytes: Int { texts.reduce(0) { $0 + $1.utf8.count + 1 } }

    /// How often some characters occur, none of them counted twice.
    func count(_ words: String) -> Int {
        let wanted = Array(words.utf8)
        guard !wanted.isEmpty else { return 0 }
        return texts.reduce(0) { $0 + Self.count(wanted, in: Array($1.utf8)) }
    }

    /// Of the times that `before` occurs, in which share `words` follow.
    /// - Throws: `EngineError.neverRead` where it never occurs.
    func share(of words: String, after before: String) throws -> Double {
        let all = count(before)
        guard all > 0 else { throw EngineError.neverRead(before) }
        return Double(count(before + words)) / Double(all)
    }

    private static func count(_ wanted: [UInt8], in text: [UInt8]) -> Int {
        var (count, place) = (0, 0)
        while place + wanted.count <= text.count {
            if text[place] == wanted[0], text[place..<(place + wanted.count)].elementsEqual(wanted) {
                count += 1
                place += wanted.count
            } else {
                place += 1
            }
        }
        return count
    }
}

extension ModelEngine {
    /// Made once, since thousands of sentences are drawn for it.
    /// - Throws: `EngineError.noCorpus` for a model that no recipe of ours taught, what reading the recipe throws.
    func corpus(_ model: LanguageModel) throws -> LearnedCorpus {
        try corpora.value(model.folder) {
            guard let texts = try shelf.learnedTexts(of: model.folder) else {
                throw EngineError.noCorpus(model: model.name)
            }
            return LearnedCorpus(texts: texts)
        }
    }
}
