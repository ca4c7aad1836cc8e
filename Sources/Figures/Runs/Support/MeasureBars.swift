import Drawing
import Training
import Wording

/// Shares of right answers side by side, one bar a contestant.
enum MeasureBars {
    static func slide(
        id: String, title: Phrase, subtitle: Phrase, rows: [(name: Phrase, share: Double)], takeaway: Phrase
    ) -> Slide {
        Slide(id: id, title: title, subtitle: subtitle, takeaway: takeaway, altText: takeaway) { density in
            Adaptive { space in
                let best = rows.map { $0.share }.max() ?? 0
                return Bars(
                    rows.map { row in
                        Bars.Bar(
                            TokenLabel(kind: .plain, display: row.name[space.language]), row.share,
                            lit: row.share == best)
                    }, limit: 1, length: min(720, space.width * 0.5) / max(density.zoom, 0.5)
                ).rowHeight(max(44, density.cell.height * 1.3)).any
            }
        }
    }
}

extension [Measure] {
    func named(_ name: String) -> Measure? { first { $0.name == name } }
}

/// What a classifier makes of its probes, a line each.
struct SampleLines: ComposedMark {
    var samples: [EncoderFindings.Sample]

    func build(_ space: Space) -> AnyMark {
        ThatFits { for size in [30.0, 26, 22, 18, Font.leastSize] { grid(space, Font(size: size)) } }.any
    }

    private func grid(_ space: Space, _ font: Font) -> AnyMark {
        let cells = samples.flatMap { sample -> [AnyMark] in
            let best = sample.answers.first?.first
            return [
                Text(sample.text).font(font).any,
                Text("→ " + (best?.text ?? "–")).font(font.semibold).color(.role(.value)).any,
                Text(best.map { Numbers.percent($0.probability) } ?? "").font(.mono(font)).color(.muted).any,
            ]
        }
        return Grid(columns: 3, spacing: Size(font.size * 1.5, font.size * 0.9), alignment: .leading) { cells }.any
    }
}
