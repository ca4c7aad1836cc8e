import Foundation
import TestSupport
import Testing
import Training

/// BLEU against sacreBLEU 2.6.0: fixtures/translation/make_bleu.py.
@Suite struct BLEUTests {
    private struct Whole: Decodable {
        let score: Double
        let counts: [Double]
        let totals: [Double]
        let precisions: [Double]
        let penalty: Double
        let hypothesis: Int
        let reference: Int
    }

    private struct Score: Decodable {
        let corpus: String
        let tokens: String
        let smoothing: String
        let value: Double?
        let whole: Whole
        let sentences: [Double]
    }

    private struct Corpus: Decodable {
        let hypotheses: [String]
        let references: [[String]]
    }

    private struct Expectations: Decodable {
        let texts: [[String: Entry]]
        let corpora: [String: Corpus]
        let scores: [Score]

        enum Entry: Decodable {
            case text(String)
            case tokens([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else {
                    self = .tokens(try container.decode([String].self))
                }
            }
        }
    }

    private static func expectations() throws -> Expectations {
        let path = Places.root + "/fixtures/translation/bleu.json"
        return try JSONDecoder().decode(Expectations.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func textsAreCutAsSacreBLEUDoes() throws {
        for entry in try Self.expectations().texts {
            guard case .text(let text)? = entry["text"] else { continue }
            for tokens in BLEUTokens.allCases {
                guard case .tokens(let expected)? = entry[tokens.rawValue] else {
                    Issue.record("no expectation for \(tokens)")
                    continue
                }
                #expect(tokens(text) == expected, "\(tokens.rawValue): \(text)")
            }
        }
    }

    @Test func scoresAreSacreBLEUs() throws {
        let expected = try Self.expectations()
        #expect(expected.scores.count == 120)
        for entry in expected.scores {
            let corpus = try #require(expected.corpora[entry.corpus])
            let tokens = try #require(BLEUTokens(rawValue: entry.tokens))
            let smoothing: BLEU.Smoothing =
                switch entry.smoothing {
                case "floor": .floor(entry.value ?? .nan)
                case "add-k": .addK(entry.value ?? .nan)
                case "exp": .exp
                default: .none
                }
            let found = BLEU(corpus.hypotheses, references: corpus.references, tokens: tokens, smoothing: smoothing)
            let name = Comment(rawValue: "\(entry.corpus) \(entry.tokens) \(entry.smoothing)")
            #expect(abs(found.score - entry.whole.score) < 1e-9, name)
            #expect(found.matches == entry.whole.counts, name)
            #expect(found.totals == entry.whole.totals, name)
            for (a, b) in zip(found.precisions, entry.whole.precisions) { #expect(abs(a - b) < 1e-9, name) }
            #expect(abs(found.brevityPenalty - entry.whole.penalty) < 1e-12, name)
            #expect(found.hypothesisLength == entry.whole.hypothesis, name)
            #expect(found.referenceLength == entry.whole.reference, name)
            for (place, score) in entry.sentences.enumerated() {
                let one = BLEU(
                    sentence: corpus.hypotheses[place], references: corpus.references[place], tokens: tokens,
                    smoothing: smoothing)
                #expect(abs(one.score - score) < 1e-9, name)
            }
        }
    }

    @Test func aRunCountsNoMoreOftenThanTheReferenceHasIt() {
        let segment = BLEU.Segment("the the the cat", references: ["the cat the"], tokens: .none)
        #expect(segment.matched[0] == [true, true, false, true])
        #expect(segment.matched[1] == [false, false, true])
        #expect(segment.matched[3] == [false])
    }

    @Test func pairsAreReadFromAFileAndMeasured() throws {
        let path = try Places.temporaryFolder() + "/pairs.tsv"
        try "one\t一\n\ntwo\t二\r\nthree\t三\n".write(toFile: path, atomically: true, encoding: .utf8)
        let pairs = try PairEvaluation.pairs(tsv: path)
        #expect(pairs.map(\.source) == ["one", "two", "three"] && pairs.map(\.reference) == ["一", "二", "三"])
        let evaluation = PairEvaluation(pairs) { _ in ["一", "二", "四"] }
        #expect(abs(evaluation.exactMatch - 2.0 / 3) < 1e-12)
        #expect(evaluation.measures.map(\.name) == ["exact_match", "bleu"])
        try "one\t一\nnothing\n".write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: TrainingError.self) { try PairEvaluation.pairs(tsv: path) }
        #expect(error?.explanation.english.contains("line 2") == true)
    }
}
