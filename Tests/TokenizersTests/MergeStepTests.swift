import Testing

@testable import Tokenizers

struct MergeStepTests {
    @Test func stepsEndInTheEncoding() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        for expected in Fixtures.expectations.trained {
            let words = try tokenizer.merges(of: expected.text)
            #expect(words.flatMap(\.ids) == expected.ids)
            for word in words {
                let rungs = Array(word.rungs)
                #expect(rungs.count == word.steps.count)
                #expect((rungs.first?.before ?? word.initial) == word.initial)
                #expect((rungs.last?.after ?? word.initial) == word.ids)
                for rung in rungs {
                    #expect(rung.before[rung.position] == rung.step.left)
                    #expect(rung.before[rung.position + 1] == rung.step.right)
                    #expect(rung.after[rung.position] == rung.step.merged)
                    #expect(rung.before.flatMap { tokenizer.bytes(of: $0) ?? [] } == word.bytes)
                    let merge = try #require(tokenizer.merge(rank: rung.step.rank))
                    #expect(merge == (rung.step.left, rung.step.right, rung.step.merged))
                }
                for (rung, next) in zip(rungs, rungs.dropFirst()) { #expect(rung.after == next.before) }
            }
        }
    }

    /// Sennrich et al. 2016, §3.2, applied as it is written: of all neighbours the earliest merge, again and again.
    @Test func theEarliestMergeGoesFirst() throws {
        let tokenizer = try Fixtures.tokenizer("trained.json")
        var rank: [[Int]: Int] = [:]
        for index in 0..<tokenizer.mergeCount {
            let merge = try #require(tokenizer.merge(rank: index))
            rank[[merge.left, merge.right]] = index
        }
        for text in ["lowest", " newest", "aaaaaaaaaaa", "abababababa", "中华人民共和国", " the"] {
            var ids = try Array(text.utf8).map { try tokenizer.encode(bytes: [$0])[0] }
            var ranks: [Int] = []
            while let best = ids.indices.dropLast().compactMap({ rank[[ids[$0], ids[$0 + 1]]] }).min(),
                let merge = tokenizer.merge(rank: best),
                let at = ids.indices.dropLast().first(where: { ids[$0] == merge.left && ids[$0 + 1] == merge.right })
            {
                ids.replaceSubrange(at...at + 1, with: [merge.merged])
                ranks.append(best)
            }
            let words = try tokenizer.merges(of: text)
            #expect(words.count == 1)
            #expect(words[0].steps.map(\.rank) == ranks)
            #expect(words[0].ids == ids)
        }
    }

    @Test func addedTokensAreWordsWithoutSteps() throws {
        let words = try Fixtures.tokenizer("trained.json").merges(of: "the<|endoftext|>the")
        #expect(words.count == 3)
        #expect(words[1].steps.isEmpty)
        #expect(words[1].ids == [0])
    }
}
