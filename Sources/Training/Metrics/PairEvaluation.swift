import Wording

/// How well texts were turned into other texts: how many are right to the last character, and BLEU.
package struct PairEvaluation: Sendable, Hashable {
    package struct Outcome: Sendable, Hashable, Codable {
        package let source: String
        /// What should have come out.
        package let reference: String
        /// What came out.
        package let hypothesis: String
        package var isExact: Bool { hypothesis == reference }

        package init(source: String, reference: String, hypothesis: String) {
            self.source = source
            self.reference = reference
            self.hypothesis = hypothesis
        }
    }

    package let outcomes: [Outcome]

    package init(_ outcomes: [Outcome]) { self.outcomes = outcomes }

    /// - Parameters:
    ///   - pairs: sources and what should come of them.
    ///   - translate: gives one text for each source, in order.
    package init(
        _ pairs: [(source: String, reference: String)], translate: ([String]) throws -> [String]
    ) rethrows {
        let hypotheses = try translate(pairs.map(\.source))
        self.init(
            zip(pairs, hypotheses).map {
                Outcome(source: $0.source, reference: $0.reference, hypothesis: $1)
            })
    }

    /// The share that is right to the last character, 0 … 1.
    package var exactMatch: Double {
        outcomes.isEmpty ? 0 : Double(outcomes.count(where: \.isExact)) / Double(outcomes.count)
    }

    /// Pairs from a file of `source⇥target` lines; empty lines are passed over.
    /// - Throws: ``TrainingError/unreadable(path:reason:)`` naming the first line that is no pair.
    package static func pairs(tsv path: String) throws -> [(source: String, reference: String)] {
        let text = try RunFolder.text(path)
        var pairs: [(source: String, reference: String)] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw TrainingError.unreadable(
                    path: path,
                    reason: Phrase(
                        en: "line \(number + 1): expected source⇥target", zh: "第 \(number + 1) 行：应为“原文⇥译文”"))
            }
            pairs.append((String(parts[0]), String(parts[1])))
        }
        return pairs
    }
}

extension PairEvaluation {
    /// BLEU over all pairs, 0 … 100: Chinese by characters, other texts by words (sacreBLEU's tokenizer `zh`).
    package var bleu: Double {
        BLEU(outcomes.map(\.hypothesis), references: outcomes.map { [$0.reference] }, tokens: .zh).score
    }

    package var measures: [Measure] { [Measure("exact_match", exactMatch), Measure("bleu", bleu)] }
}
