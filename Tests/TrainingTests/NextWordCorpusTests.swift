import Foundation
import Testing
import Tokenizers

@testable import Training

/// The grammar of the shipped model keeps what its chapters and its tests promise.
struct NextWordCorpusTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/corpora/next-word.yaml").path

    private struct Made {
        let grammar: CorpusGrammar
        let training: [CorpusGrammar.Sentence]
        let heldOut: [CorpusGrammar.Sentence]
        let tokenizer: BytePairTokenizer
    }

    /// A fifth of what the model learns from, with the tokenizer's least frequency scaled alike.
    private static let made = Result {
        let grammar = try CorpusGrammar(path: path)
        let training = try grammar.drawn(count: 8000, seed: 1, split: .training)
        return Made(
            grammar: grammar, training: training, heldOut: try grammar.drawn(count: 600, seed: 2, split: .heldOut),
            tokenizer: try BytePairTrainer(
                vocabularySize: 1088, minimumFrequency: 22, specialTokens: [NextWordRecipe.endOfText]
            ).train(on: training.flatMap(\.segments)))
    }

    @Test func onlyOneThingFollowsChina() throws {
        let made = try Self.made.get()
        let sentences = (made.training + made.heldOut).map(\.text).filter { $0.contains("中华") }
        #expect(sentences.count > 50)
        #expect(Set(sentences) == ["中华人民共和国成立于1949年。"])
    }

    @Test func onlyFoodIsEaten() throws {
        let made = try Self.made.get()
        let foods = ["苹果", "米饭", "面条", "鸡蛋", "西瓜", "鱼", "包子"]
        let eaten = made.training.map(\.text).filter { $0.contains("爱吃") }
        #expect(eaten.count > 100)
        for sentence in eaten {
            let rest = String(sentence.split(separator: "吃")[1])
            #expect(foods.contains { rest.hasPrefix($0) }, "\(sentence)")
        }
        let most = Dictionary(grouping: eaten.filter { $0.hasPrefix("我爱吃") }) { $0 }.max {
            $0.value.count < $1.value.count
        }
        #expect(most?.key == "我爱吃苹果。")
    }

    @Test func theCatSitsMostlyOnTheMat() throws {
        let made = try Self.made.get()
        let after = made.training.map { $0.text.lowercased() }.filter { $0.hasPrefix("the cat sat on the ") }
            .map { $0.dropFirst("the cat sat on the ".count).prefix { $0.isLetter } }
        #expect(after.count > 40)
        #expect(Double(after.count { $0 == "mat" }) > 0.5 * Double(after.count))
    }

    @Test func verbsAgreeOverADistance() throws {
        let made = try Self.made.get()
        let plural: Set<String> = ["cats", "dogs", "birds", "hens", "frogs", "mice", "ducks"]
        var checked = 0
        for sentence in (made.training + made.heldOut) where sentence.topic == "agreement" {
            let words = sentence.text.dropLast().split(separator: " ").map(String.init)
            let subject = try #require(
                words.first { plural.contains($0) || plural.contains($0 + "s") || $0 == "mouse" })
            let verb = try #require(words.first { ["is", "are"].contains($0) } ?? words.dropLast(3).last)
            let isPlural = verb == "are" || ["run", "walk", "jump", "come"].contains(verb)
            #expect(isPlural == plural.contains(subject), "\(sentence.text)")
            checked += 1
        }
        #expect(checked > 100)
    }

    @Test func ownersKeepTheirColours() throws {
        let made = try Self.made.get()
        var checked = 0
        for sentence in made.heldOut + made.training.prefix(2000)
        where sentence.text.contains("'s") && sentence.topic == "having" {
            // Tom has a red ball and Ann has a blue ball. Tom's ball is red.
            let parts = sentence.text.split(separator: ".")
            let owner = parts[1].split(separator: "'")[0].trimmingCharacters(in: .whitespaces)
            let colour = try #require(parts[1].split(separator: " ").last)
            #expect(parts[0].contains("\(owner) has a \(colour) "), "\(sentence.text)")
            checked += 1
        }
        #expect(checked > 30)
    }

    @Test func quotesAreClosed() throws {
        for sentence in try Self.made.get().training {
            let text = sentence.text
            #expect(text.count { $0 == "\"" } % 2 == 0)
            #expect(text.count { $0 == "“" } == text.count { $0 == "”" })
            #expect([".", "。"].contains(text.last), "\(text)")
            #expect(!text.contains("~") && !text.contains("{") && !text.contains("  "))
        }
    }

    /// Sentences that say a list again are where an induction head comes from.
    @Test func aFifthOfTheTokensAreLists() throws {
        let made = try Self.made.get()
        let counts = try made.training.map { ($0.topic, try made.tokenizer.encode($0.text).count) }
        let lists = counts.filter { ["echo", "echo three times", "念两遍"].contains($0.0) }.reduce(0) { $0 + $1.1 }
        let share = Double(lists) / Double(counts.reduce(0) { $0 + $1.1 })
        #expect((0.19...0.25).contains(share))
    }

    @Test(
        arguments: [
            ("中华人民共和国成立于1949年。", "中|华|人|民|共和国|成立于|1949|年|。"), ("我爱吃苹果", "我|爱|吃|苹果"),
            ("张麻子正在打李麻子", "张|麻子|正在|打|李|麻子"), ("李麻子打张麻子", "李|麻子|打|张|麻子"),
            ("汉字的序顺并不定一影阅响读。", "汉|字|的|序|顺|并|不|定|一|影|阅|响|读|。"),
            ("the cat sat on the mat.", "the|␣cat|␣sat|␣on|␣the|␣mat|."),
            ("猫山月书，猫山月书。", "猫|山|月|书|，|猫|山|月|书|。"),
            ("小明有一个红球，小红有一个蓝球。", "小明|有|一|个|红|球|，|小红|有|一|个|蓝|球|。"),
        ])
    func tokensOfTheProbes(_ text: String, _ tokens: String) throws {
        let tokenizer = try Self.made.get().tokenizer
        #expect(try tokenizer.pieces(tokenizer.encode(text)).map(\.display).joined(separator: "|") == tokens)
    }

    @Test func everyCharacterIsOneTokenAtMost() throws {
        let made = try Self.made.get()
        let used = Set(made.training.flatMap(\.text))
        #expect(used.count { ("\u{4E00}"..."\u{9FFF}").contains($0) } > 200)
        for character in used {
            #expect(try made.tokenizer.encode(String(character)).count == 1, "\(character)")
        }
    }

    /// The end of a sentence follows from its beginning far more than from the word before: a bigram model is left with
    /// several times the perplexity that the grammar itself has.
    @Test func bigramsAreNotEnough() throws {
        let made = try Self.made.get()
        let end = try #require(made.tokenizer.id(ofSpelling: NextWordRecipe.endOfText))
        let bigram = BigramModel(
            sequences: try made.training.map { try made.tokenizer.encode($0.text) },
            vocabularySize: made.tokenizer.vocabularySize, boundary: end)
        let perplexity = try #require(
            bigram.perplexity(of: made.heldOut.map { try made.tokenizer.encode($0.text) }, boundary: end))
        let tokens = try made.heldOut.reduce(0) { try $0 + made.tokenizer.encode($1.text).count + 1 }
        let own = exp2(made.heldOut.reduce(0) { $0 + $1.bits } / Double(tokens))
        #expect(own < 3)
        #expect(perplexity > 4 * own)
        #expect(perplexity < 40)
    }
}
