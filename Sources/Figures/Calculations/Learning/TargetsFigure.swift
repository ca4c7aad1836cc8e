import Drawing
import Platform
import Wording

/// Which token each position has to say: its own text, one place further.
package enum TargetsFigure: CalculationFigure {
    package static let id = "targets"
    package static let title = Phrase(en: "The targets are the text, one token further", zh: "训练目标：同一段文本，错开一位")
    package static let example = "targets(\"the cat sat on the mat\", 0)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let text = try given.text(0, "the cat sat on the mat")
        let quiet = try given.count(1, 0, in: 0...64)
        var words = text.split { $0.isWhitespace }.map { String($0) }
        // Chinese has no blanks: a character is a token here.
        if words.count == 1, text.unicodeScalars.contains(where: { $0.properties.isIdeographic }) {
            words = text.map { String($0) }
        }
        try CalculationArguments.require(
            (2...24).contains(words.count) && quiet < words.count - 1,
            Phrase(en: "expected 2–24 words, and fewer that are not counted", zh: "应为 2–24 个词，且不计入损失的要更少"))
        let count = words.count - 1
        let counted = count - max(0, quiet - 1)
        let takeaway =
            (quiet > 0
            ? Phrase(
                en:
                    "{n} {n|token|tokens}, {count} {count|question|questions}; the first {quiet} {quiet|token|tokens} are the prompt, so only {counted} {counted|answer|answers} count in the loss.",
                zh: "{n} 个词元，{count} 道题；前 {quiet} 个词元是提问，只有 {counted} 个答案计入损失。")
            : Phrase(
                en:
                    "{n} {n|token|tokens} give {count} {count|question|questions} at once: at “{first}” the right answer is “{second}”, and so on; the last token has nothing to say yet.",
                zh: "{n} 个词元一次就是 {count} 道题：在“{first}”处，正确答案是“{second}”，依此类推；最后一个词元还没有答案。"))
            .filled([
                "n": Phrase("\(words.count)"), "count": Phrase("\(count)"), "quiet": Phrase("\(quiet)"),
                "counted": Phrase("\(counted)"), "first": Phrase(words[0]), "second": Phrase(words[1]),
            ])
        let shown = words
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Every position guesses the next token; the mask keeps it from looking ahead.",
                zh: "每个位置都猜下一个词元；掩码保证它看不到后面。"),
            formula: Formula(#"L = -\frac{1}{n} \sum_t \log \role{probability}{p}(x_{t+1} \mid x_0 \dots x_t)"#),
            takeaway: takeaway,
            legend: quiet > 0
                ? [LegendKey(.frame(.hairline), Phrase(en: "not counted in the loss", zh: "不计入损失")).any] : [],
            altText: Phrase(
                en: "Two rows of tokens: read {reads}; to be said {says}. {takeaway}",
                zh: "两行词元：读入 {reads}；要说出 {says}。{takeaway}"
            ).filled([
                "reads": Phrase(words.dropLast().joined(separator: " ")),
                "says": Phrase(words.dropFirst().joined(separator: " ")), "takeaway": takeaway,
            ])
        ) { density in
            Adaptive { space in
                let font = density.label
                // Further apart where the page is wide.
                let apart = density.spread.width
                let tracks = [
                    Table.Track(
                        alignment: 1, head: Text(Phrase(en: "position", zh: "位置")).font(.small).color(.muted).any),
                    Table.Track(
                        gap: 30 * apart, head: Text(Phrase(en: "has read", zh: "已读到")).font(.small).color(.muted).any),
                    Table.Track(gap: 20 * apart),
                    Table.Track(
                        gap: 20 * apart, head: Text(Phrase(en: "target", zh: "目标")).font(.small).color(.muted).any),
                ]
                let most = max(3, Int(clamping: space.height / (font.size * 2.2)) - 2)
                return Table(count, tracks, pitch: font.size * 1.9...font.size * 3, header: font.size * 2) { place, _ in
                    let isCounted = place + 1 >= quiet
                    let start = max(0, place - 4)
                    let read =
                        (start > 0 ? [Text("…").font(font).color(.muted).any] : [])
                        + (start...place).map { Chip(TokenLabel(shown[$0]), lit: $0 == place).any }
                    return Table.Row([
                        Text("\(place)").font(.mono(font)).color(.muted).any,
                        HStack(.middle, spacing: 6, read).any,
                        Arrow(.right, length: 50 * density.stretch.width).color(isCounted ? .ink : .hairline).any,
                        Chip(TokenLabel(shown[place + 1]), tint: isCounted ? .role(.probability) : nil).any,
                    ])
                }.showing(Elision(count, most: most)).any
            }
        }
    }
}
