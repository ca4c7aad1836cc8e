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
        let (place, takeaway) = (place(request, explanation), takeaway(request, explanation))
        return Slide(
            id: id, title: title, subtitle: place,
            // A calculation of one's own stands nowhere in a model.
            here: StepSymbol.isOfModel(cell.step) ? MiniMap(symbol.stage, layer: cell.step.block) : nil,
            formula: isGiven ? nil : Formula(.row([letter, .sign("=", .relation), arithmetic.inLetters])),
            takeaway: takeaway,
            altText: Phrase(en: "{what} {takeaway}", zh: "{what}{takeaway}").filled([
                "what": Phrase(
                    en:
                        "The numbers that {place} is computed from as cells, under them the operation with these numbers, and its result.",
                    zh: "{place} 所用到的数画成方格，下面是代入这些数的算式和结果。"
                ).filled(["place": place]), "takeaway": takeaway,
            ])
        ) { _ in ExplainPicture(request.trace, arithmetic) }
    }

    /// Which number: the step's name and what each index means.
    private static func place(_ request: FigureRequest, _ explanation: Explanation) -> Phrase {
        let axes = request.trace[explanation.step]?.axes ?? []
        let places = zip(axes, explanation.index).compactMap { axis, index in
            Self.place(axis, index, request, isFirstPass: explanation.step.pass == 0)
        }
        let indices = explanation.index.map { String($0) }.joined(separator: ", ")
        let name = explanation.step.description + (indices.isEmpty ? "" : " [\(indices)]")
        return Phrase(
            en: ([name] + places.map { $0.english }).joined(separator: " · "),
            zh: ([name] + places.map { $0.chinese }).joined(separator: " · "))
    }

    /// One index as it is said: `H1`, `position 3 “on”`, `column 63`; nil of an axis that has one place.
    private static func place(_ axis: Axis, _ index: Int, _ request: FigureRequest, isFirstPass: Bool) -> Phrase? {
        let labels = request.labels
        let token: Phrase
        switch axis {
        case .batch, .single: return nil
        case .head: return Phrase("H\(index)")
        case .width: return Phrase(en: "column \(index)", zh: "第 \(index) 列")
        case .headWidth: return Phrase(en: "dimension \(index)", zh: "第 \(index) 维")
        case .hidden: return Phrase(en: "neuron \(index)", zh: "\(index) 号神经元")
        case .vocabulary: token = request.label(id: index).spoken
        case .position, .query, .key:
            token = isFirstPass && labels.indices.contains(index) ? labels[index].spoken : ""
        case .row, .column, .unknown: token = ""
        }
        let words = AxisWords(axis)?.phrase ?? Phrase(axis.rawValue)
        let behind = token.english.isEmpty ? token : Phrase(en: " " + token.english, zh: token.chinese)
        return Phrase(
            en: "\(words.english) \(index)\(behind.english)", zh: "\(words.chinese) \(index)\(behind.chinese)")
    }

    private static func takeaway(_ request: FigureRequest, _ explanation: Explanation) -> Phrase {
        let isWhole = request.trace[explanation.step]?.isInteger == true
        let value = Phrase(
            isWhole ? Numbers.fixed(explanation.value, decimals: 0) : Arithmetic.result(explanation.value))
        guard !explanation.terms.isEmpty else {
            let isParameter = request.trace[explanation.step]?.isParameter == true
            return
                (isParameter
                ? Phrase(en: "{value} was not computed: training found it.", zh: "{value} 不是算出来的，是训练得到的。")
                : Phrase(en: "{value} was not computed: it was given.", zh: "{value} 不是算出来的，是输入给定的。"))
                .filled(["value": value])
        }
        // A number that is read twice is one number.
        var groups: [(name: String, cells: Set<[Int]>)] = []
        for term in explanation.terms {
            if let place = groups.firstIndex(where: { $0.name == term.step.description }) {
                groups[place].cells.insert(term.index)
            } else {
                groups.append((term.step.description, [term.index]))
            }
        }
        let count = groups.reduce(0) { $0 + $1.cells.count }
        let isOne = groups.count == 1
        // Of very many steps only the first are named.
        let named = groups.prefix(4).map { group in
            let number = Numbers.count(group.cells.count)
            return isOne
                ? Phrase(group.name)
                : Phrase(en: "\(number) of \(group.name)", zh: "\(group.name) 的 \(number) 个")
        }
        let more = groups.count > 4 ? (en: " …", zh: "……") : (en: "", zh: "")
        let words =
            count == 1
            ? Phrase(en: "{value} comes from one number of {names}.", zh: "{value} 由 {names} 的一个数得来。")
            : isOne
                ? Phrase(
                    en: "{value} comes from {count} {count|number|numbers} of {names}.",
                    zh: "{value} 由 {names} 的 {count} 个数算出。")
                : Phrase(
                    en: "{value} comes from {count} {count|number|numbers}: {names}.",
                    zh: "{value} 由 {count} 个数算出：{names}。")
        return words.filled([
            "value": value, "count": Phrase(Numbers.count(count)),
            "names": Phrase(
                en: named.map { $0.english }.joined(separator: ", ") + more.en,
                zh: named.map { $0.chinese }.joined(separator: "、") + more.zh),
        ])
    }
}
