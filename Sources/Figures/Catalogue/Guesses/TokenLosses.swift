import Drawing
import Platform
import Tensors
import Tracing
import Wording

/// What each next token cost the model: −ln p, term by term, and their mean.
package enum CrossEntropyTerms: TraceFigure {
    package static let id = "cross-entropy"
    package static let title = Phrase(en: "Cross-entropy, term by term", zh: "交叉熵，逐项相加")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { !TokenLosses(request).terms.isEmpty }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        request.outputPlaces.map { $0.probabilities.name }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let losses = TokenLosses(request)
        guard let worst = losses.worst else { throw request.missing(.probabilities, block: .some(nil)) }
        let takeaway = takeaway(losses, worst)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en:
                    "After each token the model gave the token that really follows a probability p; −ln p is its price.",
                zh: "在每个词元之后，模型给真正的下一个词元一个概率 p；−ln p 就是它的代价。"),
            here: MiniMap(.output, of: request),
            formula: Formula(
                #"\role{gradient}{L} = \frac{1}{n}\sum_{i} -\ln \role{probability}{p}(\role{token}{t_{i+1}} \mid \role{token}{t_0},\dots,\role{token}{t_i})"#
            ),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en:
                        "A row for each of {count} {count|token|tokens} that follow: its probability as a bar, and −ln p as another. {list}.",
                    zh: "{count} 个后续词元各一行：一根条是它的概率，另一根是 −ln p。{list}。"
                ).filled(["count": Phrase(String(losses.terms.count)), "list": losses.list]), takeaway)
        ) { _ in LossTable(losses: losses, isPerplexity: false) }
    }

    private static func takeaway(_ losses: TokenLosses, _ worst: TokenLosses.Term) -> Phrase {
        let mean = Phrase(Numbers.fixed(losses.mean))
        let names: KeyValuePairs<String, Phrase> = [
            "worst": losses.name(worst), "share": Phrase(Numbers.percent(worst.share)),
            "loss": Phrase(Numbers.fixed(worst.loss)), "mean": mean, "count": Phrase(String(losses.terms.count)),
            "sum": Phrase(Numbers.fixed(losses.sum)),
        ]
        guard losses.terms.count > 1 else {
            return Phrase(
                en: "One token follows, {worst} with {share}: the cross-entropy is {mean}.",
                zh: "只有一个后续词元{worst}，概率 {share}：交叉熵为 {mean}。"
            ).filled(names)
        }
        return Phrase(
            en: "{sum} ÷ {count} ≈ {mean} nats a token; {worst} costs most, {loss} at {share}.",
            zh: "{sum} ÷ {count} ≈ {mean}（奈特/词元）；最贵的是{worst}：概率 {share}，代价 {loss}。"
        ).filled(names)
    }
}

/// The same, read as perplexity: among how many equally likely tokens it might as well have chosen.
package enum PerplexityByWord: TraceFigure {
    package static let id = "perplexity"
    package static let title = Phrase(en: "Perplexity, word by word", zh: "困惑度，逐词来看")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool { TokenLosses(request).terms.count > 1 }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        request.outputPlaces.map { $0.probabilities.name }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let losses = TokenLosses(request)
        guard let worst = losses.worst else { throw request.missing(.probabilities, block: .some(nil)) }
        let takeaway = takeaway(losses, worst, losses.vocabulary)
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "1 ÷ p of each token: among how many equally likely tokens; and the perplexity of all up to it.",
                zh: "每个词元的 1 ÷ p：相当于多少个等可能的选择；以及到它为止的困惑度。"),
            here: MiniMap(.output, of: request),
            formula: Formula(
                #"\mathrm{PPL} = e^{\role{gradient}{L}} = \left(\prod_i \role{probability}{p_i}\right)^{-1/n}"#),
            takeaway: takeaway,
            altText: request.altText(
                Phrase(
                    en:
                        "A row for each of {count} {count|token|tokens}: one divided by its probability, and the perplexity up to it, as bars on a logarithmic scale. {list}.",
                    zh: "{count} 个词元各一行：概率的倒数，以及到它为止的困惑度，均为对数刻度的条。{list}。"
                ).filled(["count": Phrase(String(losses.terms.count)), "list": losses.list]), takeaway)
        ) { _ in LossTable(losses: losses, isPerplexity: true) }
    }
}

extension PerplexityByWord {
    /// With as many digits of the mean as bear out those of its power.
    fileprivate static func takeaway(_ losses: TokenLosses, _ worst: TokenLosses.Term, _ vocabulary: Int) -> Phrase {
        let perplexity = exp(losses.mean)
        let written = inThreeDigits(perplexity)
        var decimals = 2
        while decimals < 6, inThreeDigits(exp(ShownArithmetic.rounded(losses.mean, decimals))) != written {
            decimals += 1
        }
        // Who spreads all evenly has a perplexity of the whole vocabulary: beyond it nothing is chosen among.
        let isWorse = perplexity > Double(vocabulary)
        let phrase =
            isWorse
            ? Phrase(
                en:
                    "e to the mean, {mean}, is about {perplexity}: worse than a blind guess among all {all} {all|token|tokens}; {worst} alone costs as much as one among {alone}.",
                zh: "e 的 {mean} 次方约为 {perplexity}：比在全部 {all} 个词元里瞎猜还差；单看{worst}，相当于从 {alone} 个里猜中一个。")
            : Phrase(
                en:
                    "e to the mean, {mean}, is about {perplexity}: on average as unsure as between {perplexity} equally likely tokens; at {worst} alone, {alone}.",
                zh: "e 的 {mean} 次方约为 {perplexity}：平均相当于在 {perplexity} 个等可能的词元中选一个；单看{worst}则是 {alone} 个。")
        return phrase.filled([
            "mean": Phrase(Numbers.fixed(losses.mean, decimals: decimals)), "perplexity": Phrase(written),
            "worst": losses.name(worst), "alone": Phrase(inThreeDigits(1 / worst.share)),
            "all": Phrase(Numbers.count(vocabulary)),
        ])
    }

    /// `12.3`, `24 700`, `1.6×10⁶`.
    private static func inThreeDigits(_ value: Double) -> String {
        guard value >= 1000, value < 1e6 else { return Numbers.significant(value) }
        let unit = value < 1e4 ? 10.0 : value < 1e5 ? 100 : 1000
        return Numbers.count(Int(clamping: (value / unit).rounded() * unit))
    }
}

/// The tokens that really follow in a text, and what they cost.
struct TokenLosses: Sendable {
    struct Term: Sendable {
        var label: TokenLabel
        var next: TokenLabel
        /// Where the next token stands.
        var position: Int
        var share: Double
        var loss: Double
        /// The mean of this and those before it.
        var mean: Double
        var tag: Tag
    }

    private(set) var terms: [Term] = []
    private(set) var sum = 0.0
    private(set) var vocabulary = 0

    var mean: Double { terms.last?.mean ?? .nan }
    var worst: Term? { terms.max { $0.loss < $1.loss } }
    var list: Phrase {
        TokenLabel.shares(
            Elision(terms.count, most: 12).slots.map { slot in
                guard case .shown(let place) = slot else { return nil }
                return (terms[place].next, Numbers.percent(terms[place].share))
            })
    }

    /// With its position where the same word stands twice.
    func name(_ term: Term) -> Phrase {
        let words = term.next.spoken
        let isTwice = terms.first?.label.spoken == words || terms.count { $0.next.spoken == words } > 1
        return isTwice
            ? Phrase(
                en: "\(words.english) (position \(term.position))", zh: "\(words.chinese)（位置 \(term.position)）") : words
    }

    init(_ request: FigureRequest) {
        for place in request.outputPlaces {
            guard let next = place.next, next >= 0, next < place.probabilities.shape[2] else { continue }
            let tag = Tag(step: place.probabilities.name.description, index: [0, place.position, next])
            guard let cell = place.probabilities.tensor.cell(tag.index), cell > 0, cell <= 1.0001 else {
                (terms, sum) = ([], 0)
                return
            }
            let share = min(1, Double(cell))
            vocabulary = place.probabilities.shape[2]
            sum -= log(share)
            terms.append(
                Term(
                    label: place.label, next: request.label(id: next), position: place.position + 1, share: share,
                    loss: -log(share),
                    mean: sum / Double(terms.count + 1), tag: tag))
        }
    }
}

private struct LossTable: ComposedMark {
    var losses: TokenLosses
    var isPerplexity: Bool

    func build(_ space: Space) -> AnyMark {
        let isPerplexity = isPerplexity
        let font = space.density.label
        let terms = losses.terms
        let heads =
            isPerplexity
            ? [
                Phrase(en: "after", zh: "之前"), Phrase(en: "token", zh: "词元"), Phrase(en: "1 ÷ p", zh: "1 ÷ p"),
                Phrase(en: "perplexity so far", zh: "到此的困惑度"),
            ]
            : [
                Phrase(en: "after", zh: "之前"), Phrase(en: "token", zh: "词元"), Phrase(en: "p", zh: "p"),
                Phrase(en: "−ln p", zh: "−ln p"),
            ]
        let marks = heads.map { Text($0).font(.small).color(.muted).any }
        @Sendable func values(_ term: TokenLosses.Term) -> (Double, Double) {
            isPerplexity ? (1 / term.share, exp(term.mean)) : (term.share, term.loss)
        }
        // Perplexities differ by orders of magnitude: bars are as long as their logarithms.
        @Sendable func long(_ value: Double) -> Double { isPerplexity ? log(max(1, value)) : value }
        let first = isPerplexity ? terms.map { long(values($0).0) }.max() ?? 1 : 1
        let second = isPerplexity ? first : terms.map { $0.loss }.max() ?? 1
        @Sendable func text(_ value: Double, _ column: Int) -> String {
            isPerplexity
                ? Numbers.significant(value) : column == 0 ? Numbers.percent(value) : Numbers.fixed(value)
        }
        let last = terms.count
        let least = space.isNarrow ? 68.0 : 100
        let tracks = [
            Table.Track(alignment: 1, head: marks[0]), Table.Track(gap: 16, head: marks[1]),
            Table.Track(least...520, gap: 26, head: marks[2]), Table.Track(alignment: 1, gap: 10),
            Table.Track(least...520, gap: 30, head: marks[3]), Table.Track(alignment: 1, gap: 10),
        ]
        let losses = losses
        let total = isPerplexity ? 0 : 1
        return Table(last + total, tracks, pitch: font.size * 1.9...90, header: 34) { place, _ in
            guard place < last else {
                let words = Text(Phrase(en: "mean", zh: "平均")).font(font.semibold)
                return Table.Row([
                    nil, words.any, nil, nil,
                    Bar(losses.mean, limit: max(second, 1e-9), .role(.gradient)).any,
                    Text(Numbers.fixed(losses.mean)).font(.mono(font.semibold)).any,
                ])
            }
            let term = terms[place]
            let (one, other) = values(term)
            func word(_ label: TokenLabel, _ tint: Tint) -> AnyMark {
                let short = label.shortened(to: 12)
                return Text(short.display).font(short.font(font)).color(tint).any
            }
            return Table.Row([
                word(term.label, .muted), word(term.next, .ink),
                Bar(long(one), limit: max(first, 1e-9)).tagged(term.tag).any,
                Text(text(one, 0)).font(.mono(font)).any,
                Bar(long(other), limit: max(second, 1e-9), .role(.gradient)).any,
                Text(text(other, 1)).font(.mono(font)).any,
            ]).explained("\(term.next.whole): p", value: "\(Float(term.share))", tag: term.tag)
        }.any
    }
}
