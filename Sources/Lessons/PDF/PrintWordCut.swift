import Drawing
import Wording

/// Cuts runs into the shortest pieces that a line may end after.
struct PrintWordCut {
    let runs: [PrintRun]
    let measurer: AnyTextMeasurer

    /// A part of a run: letters, or the formula that the run is.
    struct Part: Sendable {
        var run: Int
        var string: String
    }

    struct Word: Sendable {
        var parts: [Part] = []
        /// Without the space after it.
        var width = 0.0
        /// After it, where the line goes on; zero between Chinese characters.
        var space = 0.0
        /// Whether it begins with a mark such as `“` or `（`, which at the start of a line is half as wide.
        var opens = false
        /// Whether its last character is Chinese: the line may be stretched after it.
        var endsWide = false
        /// Whether the line ends here in any case.
        var endsLine = false
    }

    func words(width: Double) -> [Word] {
        var words: [Word] = []
        var word = Word()
        var last: Character?
        func close() {
            guard !word.parts.isEmpty else { return }
            words += fitting(finished(word), width)
            word = Word()
        }
        for (index, run) in runs.enumerated() {
            guard case .text(let text) = run.content else {
                if let last, LineBreaker.mayBreak(between: last, and: "x") { close() }
                word.parts.append(Part(run: index, string: ""))
                last = "x"
                continue
            }
            var string = ""
            func flush() {
                if !string.isEmpty { word.parts.append(Part(run: index, string: string)) }
                string = ""
            }
            for character in text {
                if character == "\n" {
                    flush()
                    close()
                    if !words.isEmpty { words[words.count - 1].endsLine = true }
                    last = nil
                    continue
                }
                if let last, LineBreaker.mayBreak(between: last, and: character) || Self.hyphen(last, character) {
                    flush()
                    close()
                }
                string.append(character)
                last = character
            }
            flush()
        }
        close()
        return words
    }

    /// `feed-|forward`, but not `-1`.
    private static func hyphen(_ left: Character, _ right: Character) -> Bool {
        left == "-" && right.isLetter && right.isLowercase || left == "/" && right.isLetter
    }

    private func finished(_ word: Word) -> Word {
        var word = word
        // The space after a word belongs to the line, not to the word.
        while let part = word.parts.last, part.string.last == " ", case .text = runs[part.run].content {
            var string = part.string
            string.removeLast()
            word.space += measurer.metrics(of: " ", in: runs[part.run].font).width
            word.parts[word.parts.count - 1].string = string
            if string.isEmpty, word.parts.count > 1 { word.parts.removeLast() } else if string.isEmpty { break }
        }
        let first = word.parts.first?.string.first
        let last = word.parts.last?.string.last
        word.opens = first.map { Self.opening.contains($0) } ?? false
        word.endsWide = last.map { $0.unicodeScalars.contains { $0.isWide } || "”’…—".contains($0) } ?? false
        word.width = word.parts.reduce(0) { $0 + width($1) }
        return word
    }

    private static let opening: Set<Character> = ["“", "‘", "（", "《", "「", "『", "【"]

    /// Of a part, in the middle of a line.
    func width(_ part: Part) -> Double {
        let run = runs[part.run]
        if case .box(let box) = run.content { return box.width }
        let whole = measurer.metrics(of: part.string, in: run.font).width
        guard let first = part.string.first, Self.opening.contains(first) else { return whole }
        // Alone, an opening mark is set as at the start of a line; here something stands before it.
        let before = measurer.metrics(of: "中", in: run.font).width
        return measurer.metrics(of: "中" + part.string, in: run.font).width - before
    }

    /// A word that no line holds, cut where it must be; every other as it is.
    private func fitting(_ word: Word, _ width: Double) -> [Word] {
        guard word.width > width, width > 0 else { return [word] }
        var words: [Word] = []
        var open = Word()
        for part in word.parts {
            guard !part.string.isEmpty else {
                open.parts.append(part)
                open.width += self.width(part)
                continue
            }
            for character in part.string {
                let own = measurer.metrics(of: String(character), in: runs[part.run].font).width
                if open.width + own > width, !open.parts.isEmpty {
                    words.append(open)
                    open = Word()
                }
                if let last = open.parts.last, last.run == part.run {
                    open.parts[open.parts.count - 1].string.append(character)
                } else {
                    open.parts.append(Part(run: part.run, string: String(character)))
                }
                open.width += own
            }
        }
        open.space = word.space
        open.endsLine = word.endsLine
        return words + [open]
    }
}
