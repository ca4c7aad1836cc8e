import Testing

@testable import Training

struct CorpusGrammarTests {
    static let small = """
        heldOut: 0.2
        words:
          colour: red blue green
          animal:
            - {word: cat, plural: cats, place: [mat, mat, rug]}
            - {word: dog, plural: dogs, place: rug, weight: 3}
          pet: ['{c:colour} {a:animal}', fish]
        topics:
          - {topic: sitting, weight: 3, text: 'the {a:animal} sat on the {a.place}.'}
          - {topic: facts, split: training, texts: [Water is wet., Fire is hot.]}
        """

    private func sentences(_ text: String, words: String = "w: a b c d e f", count: Int = 200) throws -> [String] {
        let lists = words.split(separator: "\n").map { "\n  \($0)" }.joined()
        let yaml = "heldOut: 0\nwords:\(lists)\ntopics:\n  - {topic: t, text: '\(text)'}\n"
        return try CorpusGrammar(yaml: yaml).sentences(count: count, seed: 1, split: .training)
    }

    @Test func theSameSeedGivesTheSameSentences() throws {
        let grammar = try CorpusGrammar(yaml: Self.small)
        let first = try grammar.sentences(count: 100, seed: 5, split: .training)
        #expect(try first == grammar.sentences(count: 100, seed: 5, split: .training))
        #expect(try first != grammar.sentences(count: 100, seed: 6, split: .training))
        #expect(try Array(first.prefix(40)) == grammar.sentences(count: 40, seed: 5, split: .training))
    }

    @Test func namesAreRemembered() throws {
        for sentence in try sentences("{x:w} {y:w!x} {z:w!x,y} {x}{z}") {
            let letters = Array(sentence.filter { $0 != " " })
            #expect(letters.count == 5)
            #expect(Set(letters[0..<3]).count == 3)
            #expect(letters[3] == letters[0] && letters[4] == letters[2])
        }
    }

    @Test func listsAreSaidTwice() throws {
        var lengths: Set<Int> = []
        for sentence in try sentences("{w1:w*2-5 \"-\"};{w1}") {
            let halves = sentence.split(separator: ";")
            #expect(halves.count == 2 && halves[0] == halves[1])
            let words = halves[0].split(separator: "-")
            #expect(Set(words).count == words.count)
            lengths.insert(words.count)
        }
        #expect(lengths == [2, 3, 4, 5])
    }

    @Test func choicesFeaturesAndSilentNames() throws {
        let words = "a:\n    - {word: cat, s: cats, p: [mat, rug]}\n    - {word: dog, s: dogs, p: box}"
        let found = Set(try sentences("{?x:a}[one {x}|two {x.s}] on {x.p}\\{\\}", words: words))
        #expect(
            found == [
                "one cat on mat{}", "one cat on rug{}", "two cats on mat{}", "two cats on rug{}", "one dog on box{}",
                "two dogs on box{}",
            ])
    }

    @Test func featuresOfAWordWithSlots() throws {
        let words = "c: red blue\na:\n    - {word: 'a {k:c} cat', s: '{k} cats'}"
        for sentence in try sentences("{x:a}, {x.s}", words: words) {
            #expect(["a red cat, red cats", "a blue cat, blue cats"].contains(sentence))
        }
    }

    @Test func wordsAreChosenByWeight() throws {
        let drawn = try sentences(
            "{a}", words: "a:\n    - {word: x, weight: 3}\n    - y\n    - {word: z, weight: 0}", count: 4000)
        let share = Double(drawn.count { $0 == "x" }) / 4000
        #expect(abs(share - 0.75) < 0.03)
        #expect(!drawn.contains("z"))
    }

    /// −log₂ p by hand: topic 3/4, animal 1/4 or 3/4, place 2/3, 1/3 or 1.
    @Test func bitsAreThoseOfTheChoices() throws {
        let grammar = try CorpusGrammar(yaml: Self.small.replacing("heldOut: 0.2", with: "heldOut: 0"))
        let expected = [
            "the cat sat on the mat.": 3.0, "the cat sat on the rug.": 4.0,
            "the dog sat on the rug.": 0.8300749985576876,
            "Water is wet.": 3.0, "Fire is hot.": 3.0,
        ]
        var seen: Set<String> = []
        for sentence in try grammar.drawn(count: 300, seed: 1, split: .training) {
            let bits = try #require(expected[sentence.text])
            #expect(abs(sentence.bits - bits) < 1e-9)
            #expect(sentence.topic == (bits == 3 && sentence.text.hasPrefix("the") || bits != 3 ? "sitting" : "facts"))
            seen.insert(sentence.text)
        }
        #expect(seen == Set(expected.keys))
    }

    @Test func splitsShareNoSentence() throws {
        let yaml = """
            heldOut: 0.25
            words: {w: a b c d e f g h}
            topics:
              - {topic: lists, weight: 2, capital: 0.5, text: '{w}{w}{w}{w}'}
              - {topic: facts, split: training, text: fact}
            """
        let grammar = try CorpusGrammar(yaml: yaml)
        let training = try grammar.sentences(count: 8000, seed: 1, split: .training)
        let heldOut = try grammar.sentences(count: 3000, seed: 1, split: .heldOut)
        let lowered = Set(training.map { $0.lowercased() })
        #expect(lowered.isDisjoint(with: heldOut.map { $0.lowercased() }))
        #expect(lowered.contains("fact"))
        #expect(
            heldOut.contains { $0.first?.isUppercase == true } && heldOut.contains { $0.first?.isLowercase == true })
        // 4096 texts, a quarter of them held out.
        let share = Double(Set(heldOut.map { $0.lowercased() }).count) / 4096
        #expect((0.18...0.27).contains(share))
        let none = try CorpusGrammar(yaml: yaml.replacing("heldOut: 0.25", with: "heldOut: 0"))
        #expect(throws: CorpusError.emptySplit(source: "grammar", split: .heldOut)) {
            try none.sentences(count: 1, seed: 1, split: .heldOut)
        }
    }

    @Test func segmentsEndWhereWordsMeet() throws {
        let yaml = """
            heldOut: 0
            words: {n: 小明, c: 红, e: cat}
            topics: [{topic: t, text: '{n}有~一个{c}球，the {e}是{e}。'}]
            """
        let drawn = try CorpusGrammar(yaml: yaml).drawn(count: 1, seed: 1, split: .training)
        #expect(drawn.map(\.text) == ["小明有一个红球，the cat是cat。"])
        #expect(drawn.flatMap(\.segments) == ["小明", "有", "一个", "红", "球，the cat", "是", "cat。"])
    }

    @Test(
        arguments: [
            ("colour: red blue green", "colour: []", "line 3, words.colour: expected at least one word"),
            ("{a:animal} sat", "{a:animel} sat", "line 9, topics[0] sitting: nothing is named \"animel\""),
            ("{a.place}.", "{a.plaice}.", "nothing is named \"a.plaice\"; there is a.place, a.plural"),
            ("{a.place}.", "{b.place}.", "nothing is named \"b\"; there is a"),
            ("{a.place}.", "{a:colour}.", "expected a name not yet in use, found {a:…}"),
            ("{a.place}.", "{colour:animal}.", "expected a name not yet in use"),
            ("{a.place}.", "{colour!b}.", "nothing is named \"b\""),
            ("{a.place}.", "{a.place.", "expected “}”, found “.”"),
            ("{a.place}.", "[on|off.", "expected “]”"),
            ("{a.place}.", "}", "expected text (a bare bracket is written \\})"),
            ("{a.place}.", "{colour*2}", "expected a separator in quotation marks"),
            ("{a.place}.", "{colour*3-2 \"\"}", "expected a range that grows"),
            ("{a.place}.", "{colour*4 \"\"}", "the word list \"colour\" has too few words"),
            ("{a.place}.", "{?colour}", "expected “:”"),
            ("pet: ['{c:colour}", "pet: ['{c:pet}", "word lists contain each other: pet → pet"),
            ("heldOut: 0.2", "heldOut: 2", "line 1, heldOut: expected a number from 0 to 1, found \"2\""),
            (
                "heldOut: 0.2", "heldout: 0.2",
                "line 1, —: expected one of “heldOut”, “words”, “topics”, found “heldout”"
            ),
            (
                "weight: 3, text", "weight: heavy, text",
                "sitting.weight: expected a number not below 0, found \"heavy\""
            ),
            ("split: training", "split: heldOut", "facts.split: expected training, found \"heldOut\""),
            ("topic: facts", "topik: facts", "found “topik”"),
            (", texts: [Water is wet., Fire is hot.]", "", "expected “text” or a list “texts”"),
            ("  - {topic: facts", "  - [topic: facts", "line 10"),
            ("words:", "words: none\nx:", "found “x”"),
            (
                "{word: dog, plural: dogs, place: rug, weight: 3}", "{plural: dogs}",
                "line 6, words.animal: expected a key “word”"
            ),
        ])
    func mistakesAreNamed(_ old: String, _ new: String, _ message: String) throws {
        #expect(Self.small.contains(old))
        do {
            _ = try CorpusGrammar(yaml: Self.small.replacing(old, with: new), source: "g.yaml")
            Issue.record("read without an error")
        } catch let error as CorpusError {
            #expect(error.description.contains(message), "\(error.description)")
            #expect(error.description.hasPrefix("g.yaml"))
            #expect(error.explanation.chinese != error.explanation.english)
        }
    }

    @Test func anAbsentFile() {
        #expect(throws: CorpusError.unreadable(path: "/absent.yaml")) { try CorpusGrammar(path: "/absent.yaml") }
        #expect(throws: CorpusError.self) { try CorpusGrammar(yaml: "") }
    }

    @Test func damagedGrammarsAreErrors() throws {
        let characters = Array(Self.small)
        for length in stride(from: 0, to: characters.count, by: 7) {
            do {
                _ = try CorpusGrammar(yaml: String(characters[..<length])).sentences(
                    count: 3, seed: 1, split: .training)
            } catch let error as CorpusError {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func tooFewWordsWhileWriting() throws {
        #expect(throws: CorpusError.exhausted(source: "grammar", list: "w")) {
            try sentences("{x:w}{y:w!x}", words: "w: a a")
        }
    }
}
