import Subjects
import Wording

/// Whether everything that the prose names rests on something that was asked: each token in back-quotes, and each word
/// that says how much of something there is (`half`, `twice`, 一半).
struct NameCheck<Source: FigureSource> {
    let chapter: Chapter
    let source: Source

    func findings(_ language: Language) -> [Finding] {
        let backed = backed(language)
        let said = Set(chapter.claims.flatMap(\.words))
        return chapter.texts(language).flatMap { text -> [Finding] in
            var seen: Set<String> = []
            let words = text.text.plainWords
            let quantities = QuantityWords.found(in: words, language).filter { !said.contains($0) }
                .map { CheckWords.unbackedQuantity.finding(at: text.address, ["word": Phrase($0)]) }
            let names = text.text.flatMap(\.all).compactMap { inline -> Finding? in
                guard case .sample(let name) = inline, seen.insert(name).inserted else { return nil }
                if name.contains("{{") {
                    return CheckWords.askedInCode.finding(at: text.address, ["word": Phrase(name)])
                }
                guard !isPlain(name), !backed.contains(name), !said.contains(name) else { return nil }
                return CheckWords.unbackedName.finding(at: text.address, ["word": Phrase(name)])
            }
            return quantities + names
        }
    }

    /// A command, an option, a step's name, or a name that the chapter declares.
    private func isPlain(_ name: String) -> Bool {
        if chapter.names.contains(name) || name.hasPrefix("--") || name.hasPrefix("glassformer") { return true }
        let isStep = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._*".contains($0)) }
        return isStep && name.contains(".")
    }

    /// What was asked of the engine, and what it answered.
    private func backed(_ language: Language) -> Set<String> {
        var backed: Set<String> = []
        func add(_ ask: Ask) {
            backed.formUnion(ask.named)
            if ask.kind == .token, case .token(let token)? = try? source.answer(asked: ask) { backed.insert(token) }
            if ask.kind == .ranking, case .ranking(let entries)? = try? source.answer(asked: ask) {
                backed.formUnion(entries.map(\.label))
            }
        }
        func add(_ words: [FigureReference.Word]) {
            for word in words
            where ["text", "pair", "target", "ids", "task", "compare", "preset", "run"].contains(word.key) {
                backed.formUnion([word.value] + word.value.split(separator: ",").map(String.init))
            }
        }
        for claim in chapter.claims { backed.formUnion(claim.claim[language].named) }
        for figure in chapter.figures { add(figure.reference[language].words) }
        for text in chapter.texts(language) {
            for case .placeholder(let placeholder) in text.text.flatMap(\.all) { add(placeholder.ask) }
        }
        for ask in chapter.questions.flatMap({ $0.kind.asks(language) }) { add(ask) }
        for query in chapter.asks(language).flatMap(\.queries) { add(query.subject) }
        for (_, _, command) in chapter.commands {
            guard let line = try? command[language].text(from: source) else { continue }
            backed.formUnion(CommandWords.split(line) ?? [])
        }
        return backed
    }
}

extension Question.Kind {
    /// Everything that it asks of the engine.
    func asks(_ language: Language) -> [Ask] {
        func wrong(_ all: [Question.Misconception]) -> [Ask] { all.map { $0.ask[language] } }
        return switch self {
        case .largest(let ask, _): [ask[language]]
        case .one(let ask, _, let others), .number(let ask, _, let others): [ask[language]] + wrong(others)
        case .statements(let all): all.flatMap { [$0.holds[language].left, $0.holds[language].right] }
        case .ordering(let things, _, _): things.map { $0.by[language] }
        case .cell(let cell): [cell.right[language]] + wrong(cell.others)
        }
    }
}

extension Chapter {
    /// Everything that the chapter asks of the engine in one language.
    func asks(_ language: Language) -> [Ask] {
        let prose = texts(language).flatMap { $0.text.flatMap(\.all) }.compactMap { inline -> Ask? in
            if case .placeholder(let placeholder) = inline { placeholder.ask } else { nil }
        }
        return prose + claims.flatMap { [$0.claim[language].left, $0.claim[language].right] }
            + questions.flatMap { $0.kind.asks(language) }
    }
}

extension [Inline] {
    /// An author's own words alone: without samples, numbers, quotations.
    fileprivate var plainWords: String {
        flatMap(\.all).map { if case .text(let words) = $0 { words } else { " " } }.joined()
    }
}

/// Words that say how much of something there is.
enum QuantityWords {
    private static let english: Set<String> = [
        "half", "halves", "twice", "thrice", "double", "doubles", "doubled", "doubling", "triple", "triples", "tripled",
        "quarter", "quarters", "tenth", "tenths", "hundredth", "hundredths", "thousandth", "thousandths", "millionth",
        "millionths", "tenfold", "hundredfold", "thousandfold",
    ]
    private static let numbers: Set<String> = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "hundred", "thousand",
        "million",
    ]
    /// Longest first, so that none is found inside another.
    private static let chinese = [
        "一大半", "一小半", "一半", "大半", "小半", "过半", "半数", "翻倍", "翻番", "加倍", "减半", "成倍",
    ]
    private static let digits: Set<Character> = Set("一二两三四五六七八九十百千万亿")

    static func found(in text: String, _ language: Language) -> [String] {
        switch language {
        case .english: inEnglish(text)
        case .chinese: inChinese(text)
        }
    }

    private static func inEnglish(_ text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        return words.enumerated().compactMap { place, word in
            if english.contains(word) { return word }
            guard word == "times", place > 0, numbers.contains(words[place - 1]) else { return nil }
            return words[place - 1] + " times"
        }
    }

    /// Also 三倍, 十分之一, 两成.
    private static func inChinese(_ text: String) -> [String] {
        var found: [String] = []
        let letters = Array(text)
        var place = 0
        while place < letters.count {
            let rest = String(letters[place..<min(letters.count, place + 3)])
            if let word = chinese.first(where: rest.hasPrefix) {
                found.append(word)
                place += word.count
                continue
            }
            let run = letters[place...].prefix { digits.contains($0) }
            guard !run.isEmpty else {
                place += 1
                continue
            }
            let end = place + run.count
            let after = letters[end...]
            if after.first == "倍" {
                found.append(String(run) + "倍")
            } else if after.starts(with: Array("分之")) {
                // “百分之几” asks; “百分之八” says.
                let share = String(after.dropFirst(2).prefix { digits.contains($0) })
                if !share.isEmpty { found.append(String(run) + "分之" + share) }
            }
            place = end
        }
        return found
    }
}
