import Drawing
import Wording

/// Sets a paragraph: where its lines end is chosen for all of it at once, so that none is much looser than the others
/// (after Knuth and Plass), with Chinese lines ending where Chinese lines may.
struct PrintParagraph {
    enum Alignment: Sendable { case justified, left, center, right }

    let runs: [PrintRun]
    let measurer: AnyTextMeasurer
    var alignment = Alignment.justified

    private typealias Word = PrintWordCut.Word

    func lines(width: Double) -> [PrintLine] {
        let cut = PrintWordCut(runs: runs, measurer: measurer)
        let words = cut.words(width: width)
        guard !words.isEmpty else { return [] }
        let ends = breaks(words, width)
        var start = 0
        return ends.map { end in
            defer { start = end }
            let line = Array(words[start..<end])
            let isLast = end == words.count || line.last?.endsLine == true
            return PrintLineSetter(runs: runs, measurer: measurer, words: line).line(
                width: width, alignment, isLast: isLast)
        }
    }

    // MARK: Where lines end

    /// How far a space may be stretched before the line looks loose, and narrowed before words run together; in ems.
    private static let stretch = 0.22
    private static let shrink = 0.07
    /// The same between Chinese characters.
    private static let wideStretch = 0.06

    /// The places after the last word of each line.
    private func breaks(_ words: [Word], _ width: Double) -> [Int] {
        let size = runs.map(\.font.size).max() ?? 10
        var best = [Double](repeating: .infinity, count: words.count + 1)
        var from = [Int](repeating: 0, count: words.count + 1)
        best[0] = 0
        for start in words.indices where best[start].isFinite {
            var natural = 0.0
            var give = (stretch: 0.0, shrink: 0.0)
            for end in (start + 1)...words.count {
                let word = words[end - 1]
                natural += word.width
                if end == start + 1, word.opens { natural -= size / 2 }
                let isLast = end == words.count || word.endsLine
                let extra = width - natural
                var cost = 0.0
                if extra < 0 {
                    let ratio = give.shrink > 0 && alignment == .justified ? -extra / give.shrink : .infinity
                    // A line of one word has no other way.
                    cost = ratio <= 1 ? 100 * ratio * ratio : end == start + 1 ? 1e6 : .infinity
                    if cost.isInfinite { break }
                } else if !isLast {
                    let ratio = extra / max(give.stretch, size * 0.05)
                    cost = min(1e5, 100 * ratio * ratio * ratio)
                } else if end == words.count, natural < width * 0.08, start > 0 {
                    // A last line of a syllable.
                    cost = 300
                }
                let total = best[start] + (10 + cost) * (10 + cost)
                if total < best[end] {
                    best[end] = total
                    from[end] = start
                }
                if word.endsLine { break }
                natural += word.space
                if word.space > 0 {
                    give.stretch += Self.stretch * size
                    give.shrink += Self.shrink * size
                } else if word.endsWide {
                    give.stretch += Self.wideStretch * size
                }
            }
        }
        var ends: [Int] = []
        var end = words.count
        while end > 0 {
            ends.append(end)
            end = from[end]
        }
        return ends.reversed()
    }
}
