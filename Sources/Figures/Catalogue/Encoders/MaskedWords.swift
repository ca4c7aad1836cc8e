import Drawing
import Tracing
import Wording

/// What an encoder expects behind each `[MASK]`, from the words on both sides.
package enum MaskedWords: TraceFigure {
    package static let id = "masked-words"
    package static let title = Phrase(en: "Which word is hidden here?", zh: "被遮住的是哪个词？")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.maskedProbabilities]

    /// More hidden words than this are not all drawn.
    static let most = 4

    /// Where nothing is hidden, only the position that is asked about.
    private static func places(_ request: FigureRequest) -> [Int] {
        let masked = request.maskedPlaces
        if let position = request.position, request.labels.indices.contains(position) { return [position] }
        return masked
    }

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.trace[StepName(.maskedProbabilities)] != nil && !places(request).isEmpty
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let step = try request.step(StepName(.maskedProbabilities))
        let all = places(request)
        let shown = Array(all.prefix(most))
        let guesses = shown.enumerated().map { order, place in
            HiddenWord(
                guess: Guess(request, step, position: place, label: request.label(at: place), most: 6...10),
                number: all.count > 1 ? order + 1 : nil)
        }
        let takeaway = takeaway(guesses)
        let notes = Dictionary(
            uniqueKeysWithValues: guesses.compactMap { word in word.number.map { (word.guess.position, "\($0)") } })
        let strip = SegmentLines(request, notes: notes, lit: Set(shown))
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "An encoder reads the words on both sides of a gap, and spreads its guess over the whole vocabulary.",
                zh: "编码器同时读空缺两边的词，再把猜测分配到整个词表上。"),
            here: MiniMap(.output, in: [.tokens, .embedding, .position, .attention, .feedForward, .output]),
            formula: Formula(
                #"\role{probability}{p}(\role{token}{t_i} \mid \role{token}{t_0}, \ldots, \text{[MASK]}, \ldots, \role{token}{t_n})"#
            ),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en: "The text with its gaps; under it bars of the words that may stand in each.",
                    zh: "带空缺的文本，下面是每个空缺处可能的词。"), takeaway)
        ) { _ in HiddenWordsPicture(strip: strip, guesses: guesses) }
    }

    private static func takeaway(_ guesses: [HiddenWord]) -> Phrase {
        let parts = guesses.compactMap { hidden -> Phrase? in
            let guess = hidden.guess
            guard let best = guess.best.first, let label = guess.labels[best.id] else { return nil }
            let phrase =
                hidden.number == nil
                ? Phrase(en: "It expects {word} here: {share}", zh: "它认为这里是{word}：{share}")
                : Phrase(en: "gap {number}: {word} {share}", zh: "第 {number} 处：{word} {share}")
            return phrase.filled([
                "number": Phrase(String(hidden.number ?? 1)), "word": label.spoken,
                "share": guess.shares.phrase(best.value),
            ])
        }
        guard !parts.isEmpty else {
            return Phrase(en: "What it expects cannot be told.", zh: "说不出它的猜测是什么。")
        }
        return Phrase(
            en: (guesses.count > 1 ? "It expects in " : "") + parts.map { $0.english }.joined(separator: ", in ") + ".",
            zh: (guesses.count > 1 ? "它的猜测：" : "") + parts.map { $0.chinese }.joined(separator: "，") + "。")
    }
}

/// The candidates behind one gap.
private struct HiddenWord: Sendable {
    var guess: Guess
    /// Counted from one where there are several.
    var number: Int?
}

private struct HiddenWordsPicture: ComposedMark {
    var strip: SegmentLines
    var guesses: [HiddenWord]

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for (size, length, candidates) in [
                (34.0, 420.0, 10), (32, 420, 8), (30, 400, 6), (26, 300, 6), (24, 240, 5), (22, 160, 4), (19, 90, 4),
                (17, 60, 3),
            ] {
                picture(space, size, length, candidates)
            }
        }.any
    }

    private func picture(_ space: Space, _ size: Double, _ length: Double, _ candidates: Int) -> AnyMark {
        var strip = strip
        strip.size = size
        // Of several gaps the numbers say which is which.
        let place = guesses.count == 1 ? guesses.first?.guess.position : nil
        return VStack(.center, spacing: max(44, space.density.gap * 1.6)) {
            strip
            Flow(
                .top, spacing: Size(space.density.gap * 1.6, space.density.gap), centred: true,
                guesses.map { column($0, space, length, candidates) }
            ).anchored("made")
        }.connected { anchors, _, space, canvas in
            guard let place, let made = anchors["made"],
                let way = SegmentLines.way(from: place, in: anchors, to: Point(made.midX, made.minY - 4))
            else { return }
            canvas.arrow(way, Stroke(space.theme.highlight, width: 2.5), head: 11)
        }.any
    }

    /// Bars to one scale: that of the likeliest of all candidates.
    private func column(_ hidden: HiddenWord, _ space: Space, _ length: Double, _ candidates: Int) -> AnyMark {
        let guess = hidden.guess
        let most = guesses.compactMap { $0.guess.best.first.map { Double($0.value) } }.filter { $0.isFinite }.max()
        let bars = guess.bars(guess.best.prefix(candidates), lit: guess.best.first?.id, letters: 14, length: length)
            .with { $0.limit = most ?? 1 }.rowHeight(max(28, space.density.drawnCell.height * 0.7))
        guard let number = hidden.number else { return bars.any }
        return VStack(.center, spacing: 10) {
            Chip(guess.label, note: String(number), lit: true)
            bars
        }.any
    }
}
