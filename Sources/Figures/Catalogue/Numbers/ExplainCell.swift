import Drawing
import Tracing
import Wording

/// The arithmetic behind one number: its operands as cells, the operation in letters and in numbers, the result.
package enum ExplainCell: TraceFigure {
    package static let id = "explain"
    package static let title = Phrase(en: "Where this number comes from", zh: "这个数是怎么算出来的")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let cell = request.cell else { return false }
        return (try? request.trace.explain(cell.step, at: cell.index)) != nil
    }

    /// - Throws: `TracingError` where the step or the index does not exist, or nothing is known of its arithmetic.
    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        // Without a cell there is nothing to explain; the error names the steps there are.
        let cell = request.cell ?? (step: StepName(""), index: [])
        let explanation = try request.trace.explain(cell.step, at: cell.index)
        let arithmetic = Arithmetic(explanation)
        let symbol = StepSymbol.of(cell.step)
        let letter = Arithmetic.letter(cell.step, cell.index)
        let isGiven = explanation.terms.isEmpty
        return Slide(
            id: id, title: title, subtitle: place(request, explanation),
            here: MiniMap(symbol.stage, layer: cell.step.block),
            formula: isGiven ? nil : Formula(.row([letter, .sign("=", .relation), arithmetic.inLetters])),
            takeaway: takeaway(request, explanation)
        ) { _ in ExplainPicture(request.trace, arithmetic) }
    }

    /// Which number: the step's name and what each index means.
    private static func place(_ request: FigureRequest, _ explanation: Explanation) -> Phrase {
        let axes = request.trace[explanation.step]?.axes ?? []
        let labels = request.labels
        var english: [String] = []
        var chinese: [String] = []
        for (axis, index) in zip(axes, explanation.index) where axis != .batch && axis != .single {
            let words = AxisWords(axis)?.phrase ?? Phrase(axis.rawValue)
            let isPlace = (axis == .position || axis == .query || axis == .key) && explanation.step.pass == 0
            let token = isPlace && labels.indices.contains(index) ? "“\(labels[index].display)”" : ""
            english.append("\(words.english) \(index)" + (token.isEmpty ? "" : " \(token)"))
            chinese.append("\(words.chinese) \(index)\(token)")
        }
        let indices = explanation.index.map { String($0) }.joined(separator: ", ")
        let name = "\(explanation.step) [\(indices)]"
        return Phrase(
            en: ([name] + english).joined(separator: " · "), zh: ([name] + chinese).joined(separator: " · "))
    }

    private static func takeaway(_ request: FigureRequest, _ explanation: Explanation) -> Phrase {
        let isWhole = request.trace[explanation.step]?.isInteger == true
        let value = Phrase(
            isWhole ? Numbers.fixed(explanation.value, decimals: 0) : Arithmetic.result(explanation.value))
        guard !explanation.terms.isEmpty else {
            let isParameter = request.trace[explanation.step]?.isParameter == true
            return
                (isParameter
                ? Phrase(en: "{value} was not computed: training found it.", zh: "{value} 不是算出来的，是训练学来的。")
                : Phrase(en: "{value} was not computed: it was given.", zh: "{value} 不是算出来的，是输入给定的。"))
                .filled(["value": value])
        }
        var names: [String] = []
        for term in explanation.terms where !names.contains(term.step.description) {
            names.append(term.step.description)
        }
        let count = explanation.terms.count
        return Phrase(
            en: count == 1
                ? "{value} comes from one number of {names}." : "{value} comes from {count} numbers of {names}.",
            zh: count == 1 ? "{value} 由 {names} 的一个数得来。" : "{value} 由 {names} 的 {count} 个数算出。"
        ).filled([
            "value": value, "count": Phrase(Numbers.count(count)),
            "names": Phrase(en: names.joined(separator: ", "), zh: names.joined(separator: "、")),
        ])
    }
}
