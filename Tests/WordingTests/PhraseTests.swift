import Testing
import Wording

@Suite struct PhraseTests {
    let phrase = Phrase(en: "{count} heads of {name}", zh: "{name}的 {count} 个头")

    @Test func eachLanguageHasItsOwnText() {
        #expect(phrase[.english] == phrase.english)
        #expect(phrase[.chinese] == phrase.chinese)
        #expect(Phrase("Q").english == "Q" && Phrase("Q").chinese == "Q")
        let literal: Phrase = "\(3) × 4"
        #expect(literal == Phrase("3 × 4"))
    }

    @Test func placesAreFilledInBothLanguages() {
        let filled = phrase.filled(["count": "12", "name": Phrase(en: "a layer", zh: "一层")])
        #expect(filled == Phrase(en: "12 heads of a layer", zh: "一层的 12 个头"))
    }

    @Test(arguments: [
        ("{a}{a}", "xx"), ("{b}", "{b}"), ("", ""), ("{a", "{a"), ("a}", "a}"), ("{{a}}", "{x}"), ("词{a}词", "词x词"),
    ])
    func everyPlaceOfAKeyIsFilledAndNothingElse(text: String, expected: String) {
        #expect(Phrase(text).filled(["a": "x"]).english == expected)
    }

    @Test(arguments: [
        ("1", "1 head is"), ("2", "2 heads are"), ("0", "0 heads are"), ("1,000", "1,000 heads are"),
        ("n", "n heads are"),
    ])
    func whatIsCountedAgreesWithItsNumber(count: String, expected: String) {
        #expect(Phrase("{n} {n|head is|heads are}").filled(["n": Phrase(count)]).english == expected)
        #expect(Phrase("{n|a|b").filled(["n": "1"]).english == "{n|a|b")
    }

    /// A value is text, not a pattern: what stands in it is not filled again by its own key.
    @Test func aValueThatLooksLikeItsKeyStays() {
        #expect(Phrase("{a}").filled(["a": "{a}!"]).english == "{a}!")
        #expect(Phrase("{a}").filled([:]).english == "{a}")
    }
}

@Suite struct LanguageTests {
    @Test(
        arguments: [
            ("en", Language.english), ("en-GB", .english), ("en_US.UTF-8", .english), ("C", .english),
            ("POSIX", .english),
            ("C.UTF-8", .english), ("zh", .chinese), ("zh-Hans", .chinese), ("zh_CN.UTF-8", .chinese),
            ("ZH-CN", .chinese),
            ("de", nil), ("", nil), ("cz", nil), ("_", nil),
        ] as [(String, Language?)])
    func tagsAndLocales(tag: String, language: Language?) {
        #expect(Language(tag: tag) == language)
    }

    @Test func everyLanguageReadsItsOwnTagAndNamesItself() {
        for language in Language.allCases {
            #expect(Language(tag: language.rawValue) == language)
            #expect(!language.endonym.isEmpty)
        }
        #expect(Set(Language.allCases.map(\.endonym)).count == Language.allCases.count)
    }
}

@Suite struct ExplainedErrorTests {
    private enum Sample: ExplainedError {
        case one
        var explanation: Phrase { Phrase(en: "one line", zh: "一行") }
    }

    @Test func itsDescriptionIsTheEnglishText() {
        #expect("\(Sample.one)" == "one line")
    }
}
