import Reading
import TestSupport
import Testing

@testable import Tokenizers

struct TrainerTests {
    @Test(arguments: 0..<4)
    func mergesAreThoseOfHuggingFace(_ index: Int) throws {
        let trainings = Fixtures.expectations.trainings
        try #require(trainings.count == 4)
        let expected = trainings[index]
        let trainer = try BytePairTrainer(
            vocabularySize: expected.size, minimumFrequency: expected.least, specialTokens: expected.special,
            keepsCharactersWhole: false)
        let tokenizer = trainer.train(on: try Fixtures.trainingLines())
        let spelling = { (id: Int) in tokenizer.spelling(of: id) ?? "" }
        #expect((0..<tokenizer.vocabularySize).map(spelling) == expected.tokens)
        let merges = (0..<tokenizer.mergeCount).compactMap(tokenizer.merge)
        #expect(merges.map { "\(spelling($0.left)) \(spelling($0.right))" } == expected.merges)
        #expect(tokenizer.addedTokens.map(\.content) == expected.special)
    }

    /// The same as counting all pairs anew after each merge.
    @Test func countsStayRight() throws {
        var generator = Mixer(state: 3)
        for round in 0..<30 {
            let texts = (0..<6).map { _ in
                String(
                    (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                        "aabbc d".randomElement(using: &generator) ?? "a"
                    })
            }
            let tokenizer = try BytePairTrainer(vocabularySize: 280, minimumFrequency: 1).train(on: texts)
            var words = texts.flatMap { text in
                WordPattern.gpt2.words(of: Array(text.utf8)).map { word in
                    word.map { ByteAlphabet.order.firstIndex(of: $0) ?? 0 }
                }
            }
            for rank in 0..<tokenizer.mergeCount {
                var counts: [[Int]: Int] = [:]
                for word in words {
                    for (left, right) in zip(word, word.dropFirst()) { counts[[left, right], default: 0] += 1 }
                }
                let most = counts.values.max()
                let best = counts.filter { $0.value == most }.keys.min { $0.lexicographicallyPrecedes($1) }
                let merge = try #require(tokenizer.merge(rank: rank))
                #expect(best == [merge.left, merge.right], "round \(round), merge \(rank)")
                words = words.map { word in
                    var result: [Int] = []
                    var at = 0
                    while at < word.count {
                        let isPair = at + 1 < word.count && word[at] == merge.left && word[at + 1] == merge.right
                        result.append(isPair ? merge.merged : word[at])
                        at += isPair ? 2 : 1
                    }
                    return result
                }
            }
        }
    }

    @Test func charactersAreKeptWhole() throws {
        let lines = try Fixtures.trainingLines()
        let whole = try BytePairTrainer(vocabularySize: 600, minimumFrequency: 2).train(on: lines)
        for id in 256..<whole.vocabularySize {
            let bytes = try #require(whole.bytes(of: id))
            // What is no text lacks bytes at its end alone.
            let rest = ByteText.readable(bytes).prefix { $0 != "‹" }
            #expect(ByteText.isText(bytes) || rest.isEmpty && bytes.count < 4 && bytes[0] >= 0xC2, "\(bytes)")
        }
        let free = try BytePairTrainer(vocabularySize: 600, minimumFrequency: 2, keepsCharactersWhole: false)
            .train(on: lines)
        let isBroken = { (id: Int) in !ByteText.isWholeOrBeginning((free.bytes(of: id) ?? [])[...]) }
        #expect((256..<free.vocabularySize).contains(where: isBroken), "the option would change nothing here")
    }

    @Test func aTextWithoutPairs() throws {
        let tokenizer = try BytePairTrainer(vocabularySize: 500).train(on: ["", "a", " "])
        #expect(tokenizer.vocabularySize == 256)
        #expect(try tokenizer.decode(tokenizer.encode("中 a")) == "中 a")
    }

    @Test func badSettings() {
        expectFailure(TokenizerError.vocabularyTooSmall(asked: 256, least: 257)) {
            try BytePairTrainer(vocabularySize: 256, specialTokens: ["<pad>"])
        }
        expectFailure(TokenizerError.specialToken("<a>")) {
            try BytePairTrainer(vocabularySize: 300, specialTokens: ["<a>", "<a>"])
        }
        expectFailure(TokenizerError.specialToken("")) {
            try BytePairTrainer(vocabularySize: 300, specialTokens: [""])
        }
    }

    @Test func specialTokensOfAnyScript() throws {
        let tokenizer = try BytePairTrainer(vocabularySize: 300, specialTokens: ["〈始〉", "a"]).train(on: ["中中中 aa"])
        #expect(try tokenizer.encode("〈始〉中").first == 0)
        #expect(tokenizer.decode([0, 1]) == "〈始〉a")
        let again = try BytePairTokenizer(tokenizerJSON: tokenizer.tokenizerJSON)
        #expect(try again.encode("〈始〉中aab") == tokenizer.encode("〈始〉中aab"))
    }
}

private struct Mixer: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ state >> 29) &* 0x9E37_79B9_7F4A_7C15
    }
}
