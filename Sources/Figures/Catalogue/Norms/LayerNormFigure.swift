import Drawing
import Tensors
import Tracing
import Wording

/// A layer's normalisations: every token's numbers before and after, with their mean and scale.
package enum LayerNormFigure: TraceFigure {
    package static let id = "layer-norm"
    package static let title = Phrase(en: "Layer norm: one scale for every token", zh: "层归一化：给每个词元同一把尺")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [
        .norm1, .norm1Scale, .residualPre, .residualMid, .norm2Scale, .norm2, .normalizedMid, .normalizedPost,
    ]

    /// One normalisation: what it reads, its scale, what it gives.
    struct Site: Sendable {
        var input: Step
        var scale: Step?
        var output: Step
        var caption: Phrase

        let form: NormForm
        /// Whether it divides by the root mean square and takes no mean away.
        var isRMS: Bool { form == .rms }

        init?(_ input: Step, _ scale: Step?, _ output: Step, _ caption: Phrase) {
            guard input.shape == output.shape, input.shape.rank == 3, input.shape.count > 0 else { return nil }
            self.input = input
            self.scale = scale
            self.output = output
            self.caption = caption
            if output.operation is RMSNorm || scale?.operation is RMSNormScale {
                form = .rms
            } else if output.operation is LayerNorm || scale?.operation is LayerNormScale {
                form = .layer
            } else {
                form = NormForm(before: input.rowsByPosition, after: output.rowsByPosition)
            }
        }
    }

    static func sites(_ request: FigureRequest) -> [Site] {
        let attention = Phrase(en: "Before attention", zh: "注意力之前")
        let feedForward = Phrase(en: "Before feed-forward", zh: "前馈之前")
        let after = (
            attention: Phrase(en: "After attention", zh: "注意力之后"),
            feedForward: Phrase(en: "After feed-forward", zh: "前馈之后")
        )
        let crossed: [(Label, Label, Label, Phrase)] = [
            (.residualPre, .norm1Scale, .norm1, attention),
            (.residualMid, .norm1Scale, .normalizedMid, after.attention),
            (.residualMid, .norm2Scale, .norm2, Phrase(en: "Before cross-attention", zh: "交叉注意力之前")),
            (.residualMidCross, .norm2Scale, .normalizedMidCross, Phrase(en: "After cross-attention", zh: "交叉注意力之后")),
            (.residualMidCross, .norm3Scale, .norm3, feedForward),
            (.residualPost, .norm3Scale, .normalizedPost, after.feedForward),
        ]
        let plain: [(Label, Label, Label, Phrase)] = [
            (.residualPre, .norm1Scale, .norm1, attention),
            (.residualMid, .norm1Scale, .normalizedMid, after.attention),
            (.residualMid, .norm2Scale, .norm2, feedForward),
            (.residualPost, .norm2Scale, .normalizedPost, after.feedForward),
        ]
        let table = request.trace[request.name(.residualMidCross)] == nil ? plain : crossed
        return table.compactMap { input, scale, output, caption in
            guard let from = request.trace[request.name(input)], let to = request.trace[request.name(output)] else {
                return nil
            }
            return Site(from, request.trace[request.name(scale)], to, caption)
        }
    }

    package static func isPossible(_ request: FigureRequest) -> Bool { !sites(request).isEmpty }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let sites = sites(request)
        guard !sites.isEmpty else { throw request.missing(.norm1) }
        let frames = sites.map { site in
            let rows = rows(site, request)
            let worked = worked(site, request)
            let takeaway = takeaway(site, rows)
            let sentence = Phrase(en: "{site}: {takeaway}", zh: "{site}：{takeaway}").filled([
                "site": site.caption, "takeaway": takeaway,
            ])
            return Slide.Frame(
                caption: site.caption, altText: request.altText(picture(site), sentence), takeaway: sentence,
                formula: formula(site)
            ) { _ in mark(site, rows, worked: worked).any }
        }
        let words: (title: Phrase, subtitle: Phrase) =
            switch sites[0].form {
            case .layer:
                (
                    title,
                    Phrase(
                        en: "Each token’s own mean is taken away and its own spread divided out.",
                        zh: "每个词元减去自己的均值，再除以自己的标准差。")
                )
            case .rms:
                (
                    Phrase(en: "RMS norm: one size for every token", zh: "RMS 归一化：每个词元一样大"),
                    Phrase(
                        en: "Each token’s numbers are divided by their own root mean square; no mean is taken away.",
                        zh: "每个词元的数都除以它们自己的均方根，不减均值。")
                )
            case .unknown:
                (
                    Phrase(en: "Before and after a norm", zh: "归一化前后"),
                    Phrase(
                        en:
                            "Each token’s numbers as they went in and came out; the trace does not tell which norm it is.",
                        zh: "每个词元的数，进去时和出来时；从记录里看不出是哪一种归一化。")
                )
            }
        var slide = Slide(
            id: id, title: words.title, subtitle: words.subtitle, here: .layer(of: request),
            formula: formula(sites[0]), legend: legend(sites[0]), frames: frames)
        // Whoever steps through a layer meets its first norm first.
        slide.opening = 0
        return slide
    }

    /// nil where the numbers do not tell which it is.
    static func formula(_ site: Site) -> Formula? {
        guard site.form != .unknown else { return nil }
        let stream =
            switch site.input.name.label {
            case .residualMid, .residualMidCross: Symbols.afterAttention.math
            case .residualPost: Symbols.afterLayer.math
            default: Symbols.stream.math
            }
        let normed = Symbols.normed.math
        let (gain, shift) = (Symbols.gain.math, Symbols.shift.math)
        return Formula(
            site.isRMS
                ? #"\#(normed) = \frac{\#(stream)}{\mathrm{RMS}(\#(stream))} \odot \#(gain)"#
                : #"\#(normed) = \frac{\#(stream) - \#(Symbols.mean.math)}{\#(Symbols.spread.math)} \odot \#(gain) + \#(shift)"#
        )
    }

    static func legend(_ site: Site) -> [AnyMark] {
        let band =
            site.isRMS
            ? Phrase(en: "0 ± root mean square", zh: "0 ± 均方根")
            : Phrase(en: "mean ± one standard deviation", zh: "均值 ± 一个标准差")
        return [
            LegendKey(.dot(.role(.residual)), Phrase(en: "one number of the vector", zh: "向量中的一个数")).any,
            Adaptive { space in LegendKey(.fill(.fixed(space.theme.tint(.residual, 0.2))), band).any }.any,
        ]
    }

    static func mark(_ site: Site, _ rows: [SpreadRows.Row], worked: Phrase?) -> SpreadRows {
        SpreadRows(
            rows: rows, input: site.input.name, output: site.output.name,
            titles: (before: Phrase(en: "before", zh: "归一化前"), after: Phrase(en: "after", zh: "归一化后")),
            note: worked, centres: !site.isRMS)
    }

    static func rows(_ site: Site, _ request: FigureRequest) -> [SpreadRows.Row] {
        let (before, after) = (site.input.rowsByPosition, site.output.rowsByPosition)
        let labels = request.labels
        return before.indices.map { position in
            SpreadRows.Row(
                label: position < labels.count ? labels[position] : TokenLabel(String(position)),
                before: before[position], after: after[position], mean: before[position].average,
                scale: site.scale?.tensor.cell([0, position, 0]).map(Double.init)
                    ?? (site.isRMS ? before[position].rootMeanSquare : before[position].deviation),
                isLit: false, position: position)
        }
    }

    /// The picture in words.
    static func picture(_ site: Site) -> Phrase {
        Phrase(
            en:
                "A row for each token: its numbers as dots on an axis before the norm, what they are divided by, and the dots after it.",
            zh: "一行一个词元：左边的点是归一化前的数，中间是除数，右边的点是归一化后的数。")
    }

    static func takeaway(_ site: Site, _ rows: [SpreadRows.Row]) -> Phrase {
        let before = rows.map { site.isRMS ? $0.before.rootMeanSquare : $0.before.deviation }
        // What is added to the variance against a division by zero makes small spreads less than 1.
        let divided = zip(before, rows).map { $0 / $1.scale }
        let values: KeyValuePairs<String, Phrase> = [
            "before": range(before), "one": range(divided),
            "after": range(rows.map { site.isRMS ? $0.after.rootMeanSquare : $0.after.deviation }),
        ]
        let sentence =
            switch site.form {
            case .unknown:
                Phrase(en: "the spread was {before}; now it is {after}.", zh: "标准差由 {before} 变成了 {after}。")
            case .rms:
                Phrase(
                    en: "a root mean square of {before} becomes {one}; the learned γ then makes it {after}.",
                    zh: "均方根 {before} 先变成 {one}，可学习的 γ 再把它变成 {after}。")
            case .layer:
                Phrase(
                    en: "a spread of {before} becomes {one}; the learned γ and β then make it {after}.",
                    zh: "标准差 {before} 先变成 {one}，可学习的 γ 和 β 再把它变成 {after}。")
            }
        return sentence.filled(values)
    }

    private static func range(_ values: [Double]) -> Phrase {
        func text(_ value: Double) -> String { abs(value - 1) < 0.005 ? "1" : Numbers.fixed(value) }
        let (low, high) = (text(values.min() ?? 0), text(values.max() ?? 0))
        return low == high ? Phrase(low) : Phrase(en: "\(low) to \(high)", zh: "\(low) 到 \(high)")
    }

    /// One number of the token in focus, worked through with the operands that the trace names.
    static func worked(_ site: Site, _ request: FigureRequest) -> Phrase? {
        let position = min(request.focus, site.output.shape[1] - 1)
        let row = (0..<site.output.shape[2]).map { abs(site.output.tensor.cell([0, position, $0]) ?? 0) }
        guard let column = row.greatestPlace,
            let found = try? request.trace.explain(site.output.name, at: [0, position, column]),
            found.operation == (site.isRMS ? RMSNorm.name : LayerNorm.name),
            found.inputs.count == (site.isRMS ? 3 : 4)
        else { return nil }
        func number(_ input: Int) -> Double { found.terms.first { $0.step == found.inputs[input] }?.value ?? .nan }
        let x = first(found, column, position)
        let mean = site.isRMS ? 0 : site.input.rowsByPosition.row(position).average
        let bias = site.isRMS ? 0 : number(3)
        func signed(_ text: String) -> String { text.hasPrefix("−") ? "(\(text))" : text }
        func computed(_ places: Int) -> Double {
            let round = { (value: Double) in ShownArithmetic.rounded(value, places) }
            return (round(x) - round(mean)) / round(number(1)) * round(number(2)) + round(bias)
        }
        // Digits enough that the written numbers give the written result; else it is only about so much.
        let places = (2...4).first { ShownArithmetic.sign(computed($0), found.value, 2) == "=" } ?? 3
        let text = { (value: Double) in Numbers.fixed(value, decimals: places) }
        let words =
            site.isRMS
            ? Phrase(
                en: "{token}, column {column}: {x} ÷ {scale} × {gain} {sign} {value}",
                zh: "{token}第 {column} 列：{x} ÷ {scale} × {gain} {sign} {value}")
            : Phrase(
                en: "{token}, column {column}: ({x} − {mean}) ÷ {scale} × {gain} + {bias} {sign} {value}",
                zh: "{token}第 {column} 列：({x} − {mean}) ÷ {scale} × {gain} + {bias} {sign} {value}")
        return words.filled([
            "token": request.labels.name(position), "column": Phrase(String(column)), "x": Phrase(text(x)),
            "mean": Phrase(signed(text(mean))), "scale": Phrase(text(number(1))),
            "gain": Phrase(signed(text(number(2)))), "bias": Phrase(signed(text(bias))),
            "sign": Phrase(ShownArithmetic.sign(computed(places), found.value, 2)),
            "value": Phrase(Numbers.fixed(found.value)),
        ])
    }

    private static func first(_ found: Explanation, _ column: Int, _ position: Int) -> Double {
        found.terms.first { $0.step == found.inputs[0] && $0.index == [0, position, column] }?.value ?? .nan
    }
}
