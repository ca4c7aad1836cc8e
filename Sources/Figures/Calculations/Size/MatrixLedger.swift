import Drawing
import Wording

/// A published model, matrix by matrix: how often, how large, how many numbers.
package enum MatrixLedger {
    package static let title = Phrase(en: "Every matrix, counted", zh: "每个矩阵，逐个数清")

    package struct Line: Sendable {
        var name: String
        var shape: [Int]
        var copies: Int

        package init(_ name: String, _ shape: [Int], copies: Int) {
            (self.name, self.shape, self.copies) = (name, shape, copies)
        }

        /// Beyond 32 bits.
        var count: Int64 { shape.reduce(Int64(copies)) { $0 * Int64($1) } }
    }

    /// - Parameters:
    ///   - id: the figure's.
    ///   - model: its name.
    ///   - lines: each kind of matrix and how many layers have one.
    package static func slide(id: String, model: String, _ lines: [Line]) -> Slide {
        let total = lines.reduce(Int64(0)) { $0 + $1.count }
        let largest = lines.sorted { $0.count > $1.count }
        // Biases and norms are many lines and few numbers: together they are one.
        let shown = largest.filter { Double($0.count) >= Double(total) * 0.002 }
        let rest = largest.dropFirst(shown.count)
        let few = rest.reduce(Int64(0)) { $0 + $1.count }
        let takeaway = Phrase(
            en: "{model}: {total} {total|number|numbers} in all; {first} alone holds {share} of them.",
            zh: "{model} 一共 {total} 个数；单是 {first} 就占 {share}。"
        ).filled([
            "model": Phrase(model), "total": Phrase(Numbers.count64(total)),
            "first": Phrase(largest.first?.name ?? "–"),
            "share": Phrase(Numbers.percent(Double(largest.first?.count ?? 0) / Double(max(1, total)))),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "{model}: rows × columns, times the layers that have one.", zh: "{model}：行 × 列，再乘以层数。"
            ).filled(["model": Phrase(model)]),
            takeaway: takeaway,
            altText: Phrase(
                en: "A table of matrices with shapes, copies and counts: {rows}. {takeaway}",
                zh: "矩阵的形状、份数和参数个数：{rows}。{takeaway}"
            ).filled([
                "rows": Phrase.list(
                    shown.map { "\($0.name) \(Numbers.shape($0.shape)) × \($0.copies) = \(Numbers.count64($0.count))" },
                    isLong: true),
                "takeaway": takeaway,
            ])
        ) { density in
            Adaptive { space in
                let font = density.label
                let most = Double(largest.first?.count ?? 1)
                let words = space.width(of: Numbers.count64(largest.first?.count ?? 0), .mono(font))
                let heads: [Phrase] = [
                    Phrase(en: "matrix", zh: "矩阵"), Phrase(en: "shape", zh: "形状"), Phrase(en: "layers", zh: "层数"),
                    Phrase(en: "numbers", zh: "参数个数"),
                ]
                func head(_ place: Int) -> AnyMark { Text(heads[place]).font(.small).color(.muted).any }
                let tracks = [
                    Table.Track(head: head(0)), Table.Track(alignment: 1, gap: 22, head: head(1)),
                    Table.Track(alignment: 1, gap: 22, head: head(2)),
                    Table.Track((words + 60)...900, gap: 22, head: head(3)),
                ]
                return Table(
                    shown.count + (rest.isEmpty ? 0 : 1), tracks, pitch: font.size * 1.7...font.size * 2.8,
                    header: font.size * 2
                ) {
                    place, _ in
                    let isRest = place >= shown.count
                    let line = isRest ? nil : shown[place]
                    let count = line?.count ?? few
                    return Table.Row([
                        Text(
                            line.map { Phrase($0.name) }
                                ?? Phrase(
                                    en: "\(rest.count) others, each under 0.2%", zh: "另外 \(rest.count) 种，各不到 0.2%")
                        ).font(.mono(.small)).any,
                        line.map { Text(Numbers.shape($0.shape)).font(.mono(.small)).color(.muted).any },
                        line.map { Text("× \($0.copies)").font(.mono(.small)).color(.muted).any },
                        Drawing.Bar(Double(count), limit: most, .role(.value), text: Numbers.count64(count))
                            .around(zero: 0, words: words).font(.mono(font)).any,
                    ])
                }.any
            }
        }
    }
}
