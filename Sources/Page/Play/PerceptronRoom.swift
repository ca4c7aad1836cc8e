import Drawing
import Figures
import Models
import Reading
import Subjects
import Tensors
import Training
import Wording

/// A perceptron of two or three inputs in a page: weights by hand, or learned case by case.
struct PerceptronRoom {
    private(set) var table: TruthTable
    /// The last correction: which case, and what the perceptron was before.
    private var last: (place: Int, before: Perceptron)?

    private static let limit = 1000.0

    /// - Throws: ``PlayError/option(_:)``.
    init(_ question: PageQuestion) throws(Failure) {
        let weights = question.numbers("weights") ?? [0, 0]
        let wanted = (question.wholes("wanted") ?? [0, 1, 1, 0]).map { $0 != 0 }
        let threshold = question.number("threshold") ?? 0
        let rate = min(max(question.number("rate") ?? 1, 0.001), 100)
        guard (weights + [threshold]).allSatisfy({ abs($0) <= Self.limit }),
            let table = TruthTable(wanted: wanted, weights: weights, threshold: threshold, rate: rate)
        else { throw Failure(PlayError.option("weights, wanted")) }
        self.table = table
    }

    /// Looks at so many cases (`cases`); without a number, until one was a mistake.
    mutating func advance(_ question: PageQuestion) throws(Failure) {
        guard let cases = question.whole("cases") else {
            last = table.correct() ?? last
            return
        }
        for _ in 0..<min(max(cases, 0), 10_000) {
            let (place, before) = (table.next, table.perceptron)
            if table.learn() { last = (place, before) }
        }
    }

    /// Nothing of it is set but by beginning anew.
    mutating func set(_ question: PageQuestion) throws(Failure) { self = try PerceptronRoom(question) }

    func write(_ language: Language, to json: inout JSONWriter) {
        let perceptron = table.perceptron
        let least = TruthTable.leastMistakes(table.wanted, inputs: perceptron.featureCount)
        json.object { json in
            json.member("room", "perceptron")
            json.member("weights", perceptron.weights().map { Self.plain($0) })
            json.member("threshold", Self.plain(perceptron.threshold()))
            json.array("cases") { json in
                for (place, inputs) in table.cases.enumerated() {
                    json.object { json in
                        json.member("inputs", inputs)
                        json.member("sum", Self.plain(perceptron.sum(inputs)))
                        json.member("fires", perceptron.fires(inputs))
                        json.member("wanted", table.wanted[place])
                        json.member("right", table.isRight(place))
                    }
                }
            }
            json.member("next", table.next)
            json.member("looked", table.looked)
            json.member("corrections", table.corrections)
            json.member("mistakes", table.mistakes)
            json.member("least", least)
            json.member("sentence", PerceptronWords.state(table, least: least)[language])
            json.member("verdict", PerceptronWords.verdict(table, least: least)[language])
            if let last { json.member("corrected", last.place) }
            if perceptron.featureCount == 2 { json.member("region", region) }
        }
    }

    /// Where in the square from −0.5 to 1.5 a perceptron of two inputs fires: the corners of that part, x and y in turn.
    private var region: [Double] {
        let square = [[-0.5, -0.5], [1.5, -0.5], [1.5, 1.5], [-0.5, 1.5]]
        let perceptron = table.perceptron
        var corners: [Double] = []
        for (place, one) in square.enumerated() {
            let other = square[(place + 1) % square.count]
            let (from, to) = (
                perceptron.sum(one) - perceptron.threshold(), perceptron.sum(other) - perceptron.threshold()
            )
            if from > 0 { corners += one }
            guard (from > 0) != (to > 0) else { continue }
            let share = from / (from - to)
            corners += [one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share]
        }
        return corners
    }

    /// Without the last digits of 32-bit floats, which are nobody's.
    private static func plain(_ number: Double) -> Double { (number * 1e5).rounded() / 1e5 }

    // MARK: Figures

    /// Of these numbers: `cube` (of three inputs), `correction` (the last one).
    func writeFigure(_ question: PageQuestion, _ style: SlideStyle, to json: inout JSONWriter) throws(Failure) {
        guard let width = question.number("width"), let height = question.number("height") else {
            throw Failure(PageError.missing("width, height"))
        }
        var style = style
        style.size = Size(min(max(width, 120), 4000), min(max(height, 120), 4000))
        style.isQuiet = true
        let slide: Slide
        switch try question.needed("name") {
        case "cube" where table.perceptron.featureCount == 3:
            slide = try PerceptronCube.slide(
                CalculationArguments([
                    .table(try Self.vector(table.perceptron.weights())), .number(table.perceptron.threshold()),
                ]))
        case "correction":
            guard let last else { throw Failure(PlayError.nothing) }
            let (weights, inputs) = (last.before.weights(), table.cases[last.place])
            slide = try PerceptronCorrection.slide(
                CalculationArguments([
                    .table(try Self.vector(weights)), .number(Self.plain(last.before.threshold())),
                    .table(try Self.vector(inputs)), .number(table.wanted[last.place] ? 1 : 0), .number(table.rate),
                    .text((question.texts("names") ?? []).prefix(inputs.count).joined(separator: ",")),
                ]))
        case let name: throw Failure(PageError.noFigure(name))
        }
        let answer = SlideAnswer(slide: slide, name: slide.id, kind: slide.id, style: style)
        try answer.write(frame: 0, to: &json) { (figure, frame, prefix) throws(Failure) in
            var writer = SVGWriter(letters: SVGLetters(), prefix: prefix)
            return try writer.write(figure, frame, transparent: true).string
        }
    }

    private static func vector(_ numbers: [Double]) throws(Failure) -> Tensor {
        try Tensor([numbers.count], numbers.map { Float(plain($0)) })
    }
}

/// What is said of a truth table.
enum PerceptronWords {
    static func state(_ table: TruthTable, least: Int) -> Phrase {
        let right = table.cases.count - table.mistakes
        guard right < table.cases.count else {
            return Phrase(
                en: "All {all} cases are right, after {n} {n|correction|corrections}.", zh: "{all} 种情况全部答对，共修正 {n} 次。"
            ).filled(["all": Phrase("\(table.cases.count)"), "n": Phrase("\(table.corrections)")])
        }
        return Phrase(
            en: "{right} of {all} cases are right, after {n} {n|correction|corrections}.",
            zh: "{all} 种情况答对 {right} 种，已修正 {n} 次。"
        ).filled([
            "right": Phrase("\(right)"), "all": Phrase("\(table.cases.count)"), "n": Phrase("\(table.corrections)"),
        ])
    }

    /// Whether a line, or a plane, can part the cases at all.
    static func verdict(_ table: TruthTable, least: Int) -> Phrase {
        let border =
            table.perceptron.featureCount == 2
            ? Phrase(en: "line", zh: "一条直线") : Phrase(en: "plane", zh: "一个平面")
        guard least > 0 else {
            return Phrase(
                en: "A {border} can part these cases: the perceptron rule will find one.",
                zh: "{border}就能把这些情况分开：感知机规则一定找得到。"
            ).filled(["border": border])
        }
        return Phrase(
            en:
                "No {border} can part these cases: whatever the weights, at least {n} of {all} {n|stays|stay} wrong, and the rule never comes to rest. Two layers can; the playground shows it.",
            zh: "{border}分不开这些情况：不论权重取什么，至少有 {n} 种（共 {all} 种）会错，规则永远停不下来。两层就能分开，见“游乐场”。"
        ).filled(["border": border, "n": Phrase("\(least)"), "all": Phrase("\(table.cases.count)")])
    }
}
