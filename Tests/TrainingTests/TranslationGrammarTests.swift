import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

@testable import Training

/// What the grammar says, against two libraries that are not ours: fixtures/translation/make_expectations.py.
@Suite struct TranslationGrammarTests {
    private struct Expectations: Decodable {
        struct Number: Decodable {
            let number: Int
            let en: String
            let zh: String?
        }
        struct Day: Decodable {
            let year: Int
            let month: Int
            let day: Int
            let en: String
            let zh: String
        }
        let numbers: [Number]
        let ordinals: [Number]
        let dates: [Day]
    }

    private static func expectations() throws -> Expectations {
        let path = Places.root + "/fixtures/translation/numerals.json"
        return try JSONDecoder().decode(Expectations.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static let grammar = TranslationGrammar(
        digits: 7, zeros: 0.25, years: 1000...2099,
        things: [
            CountedThing(singular: "cat", plural: "cats", chinese: "猫", measure: "只"),
            CountedThing(singular: "person", plural: "people", chinese: "人", measure: "个"),
        ], countDigits: 3, weights: [6, 2, 2], heldOutShare: 0.1)

    @Test func numbersAreThoseOfOtherLibraries() throws {
        let expected = try Self.expectations()
        #expect(expected.numbers.count > 400 && expected.dates.count == 60)
        for entry in expected.numbers {
            #expect(EnglishNumeral.cardinal(entry.number) == entry.en)
            #expect(ChineseNumeral.cardinal(entry.number) == entry.zh)
        }
        for entry in expected.ordinals { #expect(EnglishNumeral.ordinal(entry.number) == entry.en) }
        for entry in expected.dates {
            let pair = CalendarDate(year: entry.year, month: entry.month, day: entry.day)?.pair
            #expect(pair == TranslationPair(english: entry.en, chinese: entry.zh))
        }
    }

    @Test func numbersBeyondTheWordsHaveNone() {
        #expect(EnglishNumeral.cardinal(-1) == nil && EnglishNumeral.cardinal(EnglishNumeral.limit) == nil)
        #expect(ChineseNumeral.cardinal(-1) == nil && ChineseNumeral.cardinal(ChineseNumeral.limit) == nil)
        #expect(EnglishNumeral.ordinal(EnglishNumeral.limit) == nil)
    }

    @Test(arguments: [(1900, false), (2000, true), (2023, false), (2024, true)])
    func februaryIsTheCalendars(_ year: Int, _ isLeap: Bool) {
        #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CalendarDate(year: year, month: 13, day: 1) == nil)
        #expect(CalendarDate(year: year, month: 4, day: 31) == nil)
    }

    @Test func aTwoThatStandsAloneIsLiang() throws {
        let cat = Self.grammar.things[0]
        #expect(cat.pair(count: 1) == TranslationPair(english: "one cat", chinese: "一只猫"))
        #expect(cat.pair(count: 2) == TranslationPair(english: "two cats", chinese: "两只猫"))
        #expect(cat.pair(count: 12) == TranslationPair(english: "twelve cats", chinese: "十二只猫"))
        #expect(cat.pair(count: 0) == nil)
    }

    @Test func noHeldOutPairIsEverTrainedOn() {
        let grammar = Self.grammar
        let heldOut = Set(grammar.heldOut(300, seed: 1))
        #expect(heldOut.count == 300)
        #expect(heldOut.allSatisfy(grammar.isHeldOut))
        var random = RandomSource(seed: 2)
        var drawn: [TranslationPair] = []
        for _ in 0..<20_000 { drawn.append(grammar.pair(using: &random)) }
        #expect(heldOut.isDisjoint(with: drawn))
        // All topics are there, and every number below a hundred may be learnt from.
        for mark in ["万", "年", "只", "个"] { #expect(drawn.contains { $0.chinese.contains(mark) }) }
        for number in 0..<100 {
            guard let chinese = ChineseNumeral.cardinal(number) else { continue }
            #expect(!grammar.isHeldOut(TranslationPair(english: "", chinese: chinese)))
        }
    }

    @Test func everyPairHasOneTranslationInEitherDirection() {
        var random = RandomSource(seed: 5)
        var english: [String: String] = [:]
        var chinese: [String: String] = [:]
        for _ in 0..<20_000 {
            let pair = Self.grammar.pair(using: &random)
            #expect(chinese.updateValue(pair.chinese, forKey: pair.english) ?? pair.chinese == pair.chinese)
            #expect(english.updateValue(pair.english, forKey: pair.chinese) ?? pair.english == pair.english)
        }
    }

    @Test func wordsAreWholeTokensAndComeBack() throws {
        let grammar = Self.grammar
        let tokenizer = try BytePairTrainer(
            vocabularySize: 1024, minimumFrequency: 1, specialTokens: TranslationRecipe.specialTokens
        ).train(on: grammar.words)
        for word in grammar.words { #expect(try tokenizer.encode(word).count == 1, "\(word)") }
        #expect(try tokenizer.encode("三千零四十二").count == 6)
        #expect(try tokenizer.encode("three thousand and forty-two").count == 6)
        let again = try BytePairTokenizer(tokenizerJSON: tokenizer.tokenizerJSON)
        var random = RandomSource(seed: 7)
        for _ in 0..<500 {
            let pair = grammar.pair(using: &random)
            for text in [pair.english, pair.chinese] {
                #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
                #expect(try again.encode(text) == tokenizer.encode(text))
            }
        }
    }
}
