import Tensors
import Wording

/// Generates what the translator learns from: numbers, dates and counted things, each in English and in Chinese.
///
/// The rules of the words are written at ``EnglishNumeral/cardinal(_:)``, ``ChineseNumeral/cardinal(_:)``,
/// ``CalendarDate/pair`` and ``CountedThing/pair(count:)``; the recipe says how much of each, and what is counted.
package struct TranslationGrammar: Sendable, Hashable {
    package enum Topic: String, Sendable, CaseIterable { case numbers, dates, things }

    /// The most digits of a number.
    package var digits: Int
    /// How likely a digit behind the first is a zero on top of its tenth, so that the rules of zeros are seen often.
    package var zeros: Double
    package var years: ClosedRange<Int>
    package var things: [CountedThing]
    /// The most digits of a count.
    package var countDigits: Int
    /// How often each topic is drawn, in the order of ``Topic``.
    package var weights: [Double]
    /// The share of the pairs that training never sees.
    package var heldOutShare: Double

    /// Numbers below this are vocabulary rather than grammar: they are never held out.
    package static let alwaysSeen = 100

    /// A pair to learn from. The same generator draws the same pairs.
    package func pair(using random: inout RandomSource) -> TranslationPair {
        while true {
            if let pair = draw(using: &random), !isHeldOut(pair) { return pair }
        }
    }

    /// Different held-out pairs, `count` of them unless the grammar has too few.
    package func heldOut(_ count: Int, seed: UInt64) -> [TranslationPair] {
        var random = RandomSource(seed: seed)
        var seen: Set<TranslationPair> = []
        var pairs: [TranslationPair] = []
        let patience = Int((100 * Double(count) / heldOutShare).rounded())
        for _ in 0..<patience where pairs.count < count {
            guard let pair = draw(using: &random), isHeldOut(pair) else { continue }
            if seen.insert(pair).inserted { pairs.append(pair) }
        }
        return pairs
    }

    /// Whether a pair is kept from training: a hash of its Chinese side decides, so that no seed and no direction can
    /// put one pair into both splits.
    package func isHeldOut(_ pair: TranslationPair) -> Bool {
        !Self.vocabulary.contains(pair.chinese) && stableShare(of: pair.chinese) < heldOutShare
    }

    private static let vocabulary = Set((0..<alwaysSeen).compactMap(ChineseNumeral.cardinal))

    /// Every word that the grammar can write, as a tokenizer is to have them: with and without a space before an
    /// English one, Chinese by characters.
    package var words: [String] {
        let cardinals = EnglishNumeral.small + EnglishNumeral.tens.filter { !$0.isEmpty } + ["hundred", "and"]
        let ordinals = (1...31).compactMap(EnglishNumeral.ordinal).flatMap { $0.split(separator: "-").map(String.init) }
        let english =
            cardinals + EnglishNumeral.scales.filter { !$0.isEmpty } + ordinals + ["the", "of"] + CalendarDate.months
            + things.flatMap { [$0.singular, $0.plural].flatMap { $0.split(separator: " ").map(String.init) } }
        let chinese =
            ChineseNumeral.digits.map { String($0) } + ChineseNumeral.units + ChineseNumeral.scales
            + ["〇", "年", "月", "日", "两"] + things.flatMap { ($0.measure + $0.chinese).map { String($0) } }
        var seen: Set<String> = []
        return (english.flatMap { [$0, " " + $0] } + chinese).filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private func draw(using random: inout RandomSource) -> TranslationPair? {
        switch topic(using: &random) {
        case .numbers:
            let number = number(digits: digits, using: &random)
            guard let english = EnglishNumeral.cardinal(number), let chinese = ChineseNumeral.cardinal(number) else {
                return nil
            }
            return TranslationPair(english: english, chinese: chinese)
        case .dates:
            let year = years.lowerBound + random.integer(below: years.count)
            let month = 1 + random.integer(below: 12)
            let day = 1 + random.integer(below: CalendarDate.days(in: month, of: year))
            return CalendarDate(year: year, month: month, day: day)?.pair
        case .things:
            guard !things.isEmpty else { return nil }
            let thing = things[random.integer(below: things.count)]
            return thing.pair(count: number(digits: countDigits, using: &random))
        }
    }

    private func topic(using random: inout RandomSource) -> Topic {
        var rest = random.uniform() * weights.reduce(0, +)
        for (topic, weight) in zip(Topic.allCases, weights) {
            rest -= weight
            if rest < 0 { return topic }
        }
        return .numbers
    }

    /// Short numbers are as frequent as long ones.
    private func number(digits: Int, using random: inout RandomSource) -> Int {
        let count = 1 + random.integer(below: max(digits, 1))
        var number = count == 1 ? random.integer(below: 10) : 1 + random.integer(below: 9)
        for _ in 1..<max(count, 1) {
            let digit = random.uniform() < zeros ? 0 : random.integer(below: 10)
            number = number * 10 + digit
        }
        return number
    }
}

extension TranslationGrammar {
    /// Reads the section `corpus` of a recipe.
    /// - Throws: ``TrainingError/recipe(path:line:key:expected:found:)``.
    init(_ corpus: YAMLReader) throws {
        let numbers = try corpus.section("numbers", allowing: ["weight", "digits", "zeros"])
        let dates = try corpus.section("dates", allowing: ["weight", "from", "to"])
        let counted = try corpus.section("things", allowing: ["weight", "digits", "words"])
        let from = try dates.integer("from", in: 1_000...9_999)
        try self.init(
            digits: numbers.integer("digits", in: 1...9), zeros: numbers.number("zeros", in: 0...0.9, default: 0),
            years: from...dates.integer("to", in: from...9_999),
            things: counted.sections("words").map { word in
                try word.allow(["one", "many", "zh", "measure"])
                return try CountedThing(
                    singular: word.text("one"), plural: word.text("many"), chinese: word.text("zh"),
                    measure: word.text("measure"))
            },
            countDigits: counted.integer("digits", in: 1...9),
            weights: [numbers, dates, counted].map { try $0.number("weight", in: 0...1_000_000) },
            heldOutShare: corpus.number("held_out", in: 0.001...0.9))
        guard weights.reduce(0, +) > 0 else {
            throw numbers.wrong("weight", expected: Phrase(en: "a topic with a weight above 0", zh: "至少一个权重大于 0 的主题"))
        }
        guard !things.isEmpty || weights[2] == 0 else {
            throw counted.wrong("words", expected: Phrase(en: "at least one word", zh: "至少一个词"))
        }
    }
}
