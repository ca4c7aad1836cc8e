import Drawing
import Platform
import Tensors
import Wording

/// One number in three formats, bit by bit, and what each makes of it.
package enum FloatFormats: CalculationFigure {
    package static let id = "float-formats"
    package static let title = Phrase(en: "One number in 32 and in 16 bits", zh: "同一个数，32 位与 16 位")
    package static let example = "float-formats(0.1)"

    package static func slide(_ given: CalculationArguments) throws(Failure) -> Slide {
        let number = try given.number(0, 0.1, in: -1e30...1e30)
        let wide = Float(number)
        let rows = FloatFormat.allCases.map { Row($0, wide, number) }
        let takeaway = takeaway(number, rows)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "A sign, an exponent for the size, a fraction for the digits: fewer bits, fewer of both.",
                zh: "一位符号，若干位指数定大小，其余的尾数位定精度：位数少了，范围或精度就少了。"),
            formula: Formula(#"(-1)^{\text{s}} \times 1.f \times 2^{\,e - \mathrm{bias}}"#), takeaway: takeaway,
            legend: [
                LegendKey(.fill(.role(.key)), Phrase(en: "sign", zh: "符号位")).any,
                LegendKey(.fill(.role(.query)), Phrase(en: "exponent", zh: "指数位")).any,
                LegendKey(.fill(.role(.value)), Phrase(en: "fraction", zh: "尾数位")).any,
            ],
            altText: Phrase(
                en: "The bits of {number}: {bits}. {takeaway}", zh: "{number} 的各位：{bits}。{takeaway}"
            ).filled([
                "number": Phrase("\(number)"),
                "bits": Phrase.list(
                    rows.map { "\($0.format.rawValue) " + $0.fields.digits.map { String($0) }.joined() }, isLong: true),
                "takeaway": takeaway,
            ])
        ) { _ in Picture(rows: rows).steady() }
    }

    private struct Row: Sendable {
        var format: FloatFormat
        var fields: FloatFields
        var stored: Double
        var asked: Double

        init(_ format: FloatFormat, _ wide: Float, _ asked: Double) {
            self.format = format
            fields = format.fields(of: wide)
            stored = Double(fields.value)
            self.asked = asked
        }

        /// How far off, as a share of the number.
        var error: Double { asked == 0 ? 0 : abs(stored - asked) / abs(asked) }

        var words: String {
            guard stored.isFinite else { return fields.sign == 1 ? "= −∞" : "= ∞" }
            let sign = fields.sign == 1 ? "−" : ""
            let power = "2" + superscript(fields.exponent)
            let digits = Numbers.fixed(fields.significand, decimals: 7)
            let isExact = Double(digits) == fields.significand
            return "\(stored.signed) \(isExact ? "=" : "≈") \(sign)\(digits) × \(power)"
        }

        private func superscript(_ number: Int) -> String {
            let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
            return String(String(number).map { $0.wholeNumberValue.map { raised[$0] } ?? "⁻" })
        }
    }

    private static func takeaway(_ number: Double, _ rows: [Row]) -> Phrase {
        func share(_ place: Int) -> Phrase {
            let row = rows[place]
            if !row.stored.isFinite { return Phrase(en: "overflows to infinity", zh: "溢出为无穷大") }
            if row.stored == 0, number != 0 { return Phrase(en: "becomes 0", zh: "变成 0") }
            if row.error == 0 { return Phrase(en: "is exact", zh: "分毫不差") }
            return Phrase(en: "is off by {share} of it", zh: "相对误差 {share}").filled([
                "share": Phrase(Numbers.significant(row.error, digits: 2))
            ])
        }
        return Phrase(
            en: "{number} in float32 {one}; in float16 it {two}; in bfloat16 it {three}.",
            zh: "{number} 存成 float32 {one}；存成 float16 {two}；存成 bfloat16 {three}。"
        ).filled([
            "number": Phrase(Numbers.plain(number)), "one": share(0), "two": share(1), "three": share(2),
        ])
    }

    private struct Picture: Mark {
        /// Each with a line over it and one under it.
        var rows: [Row]

        var stretch: Stretch { .both }
        func extent(in space: Space) -> Extent { Extent(max(32 * 15 + 40, widest(space)), Double(rows.count) * 120) }

        private func widest(_ space: Space) -> Double {
            rows.map { space.width(of: $0.words, .mono(space.density.label)) }.max() ?? 0
        }

        func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
            let (theme, font) = (space.theme, space.density.label)
            let pitch = rect.height / Double(rows.count)
            // Two gaps, between sign, exponent and fraction.
            let gap = 10.0
            let line = font.size * 1.5
            let cell = min((rect.width - 2 * gap) / 32, pitch - 2 * line - 18)
            let left = rect.minX + max(0, (rect.width - 32 * cell - 2 * gap) / 2)
            for (place, row) in rows.enumerated() {
                var y = rect.minY + Double(place) * pitch + (pitch - 2 * line - cell) / 2
                let (exponent, fraction) = (row.format.exponentBits, row.format.fractionBits)
                let name = space.text(
                    Phrase(
                        en: "\(row.format.rawValue): 1 + \(exponent) + \(fraction) bits",
                        zh: "\(row.format.rawValue)：1 + \(exponent) + \(fraction) 位"))
                canvas.text(name, at: Point(left, y + line / 2), font.semibold, theme.ink, .leading, in: space)
                y += line
                for (bit, digit) in row.fields.digits.enumerated() {
                    let part = bit == 0 ? 0.0 : bit <= exponent ? 1 : 2
                    let color = theme.accent(part == 0 ? .key : part == 1 ? .query : .value)
                    let box = Rect(left + Double(bit) * cell + part * gap, y, cell, cell).inset(by: 1)
                    let ground = digit == 1 ? color : theme.paper.mixed(with: color, 0.12)
                    canvas.fill(.rounded(box, radius: 3), ground, stroke: Stroke(color, width: 1))
                    canvas.text(
                        "\(digit)", at: box.center, Font(.mono, size: max(Font.small.size, min(26, cell * 0.6))),
                        theme.contrastingInk(on: ground), in: space)
                }
                y += cell
                canvas.text(row.words, at: Point(left, y + line / 2 + 2), .mono(font), theme.ink, .leading, in: space)
            }
        }
    }
}

extension Double {
    /// All its digits, with a true minus.
    fileprivate var signed: String { (self < 0 ? "−" : "") + "\(abs(self))" }
}
