import Drawing
import Training
import Wording

/// Shares of right answers side by side, one bar a contestant, and under them some of what they sum up.
enum MeasureBars {
    static func slide(
        id: String, title: Phrase, subtitle: Phrase, rows: [(name: Phrase, share: Double)], takeaway: Phrase,
        details: AnyMark? = nil
    ) -> Slide {
        func list(_ language: Language) -> String {
            rows.map { "\($0.name[language]) \(Numbers.percent($0.share))" }
                .joined(separator: language == .english ? "; " : "；")
        }
        let alt = Phrase(
            en: "{takeaway} Bars: {list}.", zh: "{takeaway}各条：{list}。"
        ).filled(["takeaway": takeaway, "list": Phrase(en: list(.english), zh: list(.chinese))])
        return Slide(id: id, title: title, subtitle: subtitle, takeaway: takeaway, altText: alt) { density in
            Adaptive { space in picture(rows, details, density, space) }
        }
    }

    private static func picture(
        _ rows: [(name: Phrase, share: Double)], _ details: AnyMark?, _ density: Density, _ space: Space
    ) -> AnyMark {
        let best = rows.map { $0.share }.filter { $0.isFinite }.max() ?? 0
        let drawn = space.density.drawnCell
        let bars = { (length: Double) in
            Bars(
                rows.map { row in
                    Bars.Bar(
                        TokenLabel(kind: .plain, display: row.name[space.language]), row.share,
                        lit: row.share == best)
                }, limit: 1, length: length
            ).rowHeight(details == nil ? max(44, drawn.height * 1.3) : max(30, drawn.height))
        }
        guard let details else { return bars(min(720, space.width * 0.5) / max(density.zoom, 0.5)).any }
        return ThatFits {
            for length in [420.0, 320, 240, 160, 100] {
                VStack(.center, spacing: density.gap * 1.2) {
                    bars(length)
                    details
                }
            }
        }.any
    }
}

extension [Measure] {
    func named(_ name: String) -> Measure? { first { $0.name == name } }
}

/// What a model makes of its probes, a line each.
struct SampleLines: ComposedMark {
    var samples: [EncoderFindings.Sample]
    /// The largest letters.
    var most = 34.0

    func build(_ space: Space) -> AnyMark {
        TextRows(
            rows: samples.map { sample in
                // Of several hidden words each has its best.
                let best = sample.answers.compactMap { $0.first }
                let text = best.isEmpty ? "–" : best.map { $0.text }.joined(separator: ", ")
                return [
                    TextRows.Cell(sample.text), TextRows.Cell("→ " + text, .role(.value), strong: true),
                    TextRows.Cell(
                        best.map { Numbers.percent($0.probability) }.joined(separator: ", "), .muted, number: true),
                ]
            }, most: most
        ).any
    }
}
