import Drawing
import Tracing
import Training
import Wording

/// One machine deciding one case: what it read, what it computed, what it says.
struct ContestantPanel: ComposedMark {
    let task: DecisionTask
    let contestant: Contestant
    let place: Int

    private var decision: Decision { contestant.examples[place] }
    private var one: DecisionCase { task.examples[place] }

    func build(_ space: Space) -> AnyMark {
        let density = space.density
        let count = Phrase(
            en: "{parameters} {parameters|parameter|parameters}, {operations} {operations|operation|operations}",
            zh: "{parameters} 个参数，{operations} 次运算"
        ).filled([
            "parameters": Phrase(Numbers.count(contestant.parameters)),
            "operations": Phrase(Numbers.count(contestant.arithmetic.total)),
        ])
        let isRight = decision.answer == one.answer
        let verdict = Phrase(en: "→ {answer} {mark}", zh: "→ {answer} {mark}").filled([
            "answer": task.name(of: task.answers[decision.answer]), "mark": Phrase(isRight ? "✓" : "✗"),
        ])
        return VStack(.leading, spacing: density.gap) {
            VStack(.leading, spacing: 4) {
                Text(contestant.title).font(large(density).semibold)
                Text(count).color(.muted)
            }
            picture(space)
            Text(verdict).font(large(density).semibold).color(isRight ? .role(.value) : .role(.gradient))
        }.padding(density.gap).any
    }

    private func picture(_ space: Space) -> AnyMark {
        if decision.trace[StepName(Label(rawValue: "fires"))] != nil {
            return PerceptronSum(task: task, one: one, decision: decision).mark(space)
        }
        return LastLook(task: task, one: one, decision: decision).mark(space)
    }
}

/// One step of the scale above labels, where there is room.
private func large(_ density: Density) -> Font { density.zoom < 1 ? density.label : .heading }

/// The perceptron's arithmetic: each feature that is there with its weight, the sum, and the threshold.
private struct PerceptronSum {
    let task: DecisionTask
    let one: DecisionCase
    let decision: Decision

    /// The unit that answers, and where several compete the runner-up.
    private var units: [Int] {
        guard let sums = decision.trace[StepName(Label(rawValue: "sum"))]?.tensor.scalars,
            let limits = decision.trace[StepName(Label(rawValue: "threshold"))]?.tensor.scalars, sums.count > 1
        else { return [0] }
        let order = sums.indices.sorted { sums[$0] - limits[$0] > sums[$1] - limits[$1] }
        return Array(order.prefix(2))
    }

    /// What each feature that is there adds, as a bar; under them their sum, and the threshold that it must pass.
    func mark(_ space: Space) -> AnyMark {
        let units = units
        let density = space.density
        let present = one.features.indices.filter { one.features[$0] != 0 }
        let absent = one.features.count - present.count
        let length = (units.count > 1 ? 120.0 : 260) * density.zoom
        return VStack(.leading, spacing: density.gap * 0.6) {
            HStack(.top, spacing: density.gap) {
                units.enumerated().map { order, unit -> AnyMark in
                    let bars = bars(unit, present, length, showsNames: order == 0, space)
                    guard units.count > 1 else { return bars.any }
                    return bars.titled(
                        Text(task.name(of: task.answers[unit])).font(density.label.semibold), alignment: 1, gap: 8
                    ).any
                }
            }
            if absent > 0 {
                Text(
                    Phrase(
                        en: absent == 1
                            ? "one feature is 0 and adds nothing" : "{count} features are 0 and add nothing",
                        zh: "另有 {count} 个特征为 0，不起作用"
                    ).filled(["count": Phrase("\(absent)")])
                ).font(density.label).color(.muted)
            }
        }.any
    }

    private func bars(_ unit: Int, _ present: [Int], _ length: Double, showsNames: Bool, _ space: Space) -> Bars {
        let trace = decision.trace
        func number(_ step: String, _ index: [Int]) -> Double {
            Double(trace[StepName(Label(rawValue: step))]?.tensor.cell(index) ?? .nan)
        }
        func bar(_ name: Phrase, _ value: Double, _ tint: Tint, lit: Bool = false) -> Bars.Bar {
            let label = TokenLabel(kind: .plain, display: showsNames ? name[space.language] : "")
            return Bars.Bar(label, value, text: Numbers.significant(value), tint: tint, lit: lit)
        }
        let parts = present.map { feature -> Bars.Bar in
            let (input, weight) = (one.features[feature], number("weights", [feature, unit]))
            let times = input == 1 ? "" : " × \(Numbers.significant(input))"
            let name = task.featureNames[feature]
            return bar(Phrase(en: name.english + times, zh: name.chinese + times), input * weight, .role(.query))
        }
        let sum = bar(Phrase(en: "sum", zh: "合计"), number("sum", [0, unit]), .ink, lit: true)
        let threshold = bar(
            Phrase(en: "threshold", zh: "阈值"), number("threshold", [unit]), .role(.gradient))
        return Bars(parts + [sum, threshold], length: length).rowHeight(space.density.label.size * 2.5)
    }
}

/// The transformer's last place: which words each head looks at, and the answers with their probabilities.
private struct LastLook {
    let task: DecisionTask
    let one: DecisionCase
    let decision: Decision

    private static let mostHeads = 8

    /// The hidden neurons of a network, in rows of eight.
    private var neurons: AnyMark {
        guard let hidden = decision.trace[.block(0, Label(rawValue: "neurons.post"))]?.tensor.scalars else {
            return Blank().any
        }
        let rows = stride(from: 0, to: hidden.count, by: 8).map { Array(hidden[$0..<min($0 + 8, hidden.count)]) }
        return Matrix(rows).named(words: Phrase(en: "hidden neurons", zh: "隐藏神经元"), .feedForward)
            .shaped([1, hidden.count]).any
    }

    func mark(_ space: Space) -> AnyMark {
        let density = space.density
        let trace = decision.trace
        let labels = trace.tokens.map {
            TokenLabel(kind: .plain, display: task.name(of: $0.display)[space.language])
        }
        let layers = trace.layerCount
        var rows: [[Float]] = []
        var names: [TokenLabel] = []
        // Of many heads the last layer's are shown: they are the ones that the answer is read from.
        let first = layers * trace.headCount(layer: 0) > Self.mostHeads ? layers - 1 : 0
        for layer in first..<max(layers, first) {
            guard let pattern = trace[.block(layer, .pattern)]?.tensor else { continue }
            for head in 0..<pattern.shape[1] {
                let query = pattern.shape[2] - 1
                rows.append((0..<pattern.shape[3]).map { pattern.cell([0, head, query, $0]) ?? .nan })
                names.append(TokenLabel(kind: .plain, display: "L\(layer) · H\(head)"))
            }
        }
        let best = (decision.probabilities ?? []).enumerated().sorted { $0.element > $1.element }.prefix(3)
        return VStack(.leading, spacing: density.gap) {
            if rows.isEmpty {
                neurons
            } else {
                Matrix(rows).rows(names).columns(labels).scaled(.probability).digits(.percent).cellScaled(1.35, 1.1)
                    .axes(
                        rows: Phrase(en: "layer, head", zh: "层、头"),
                        columns: Phrase(en: "the last place looks at", zh: "最后一个位置在看")
                    )
            }
            Bars(
                best.map { entry in
                    Bars.Bar(
                        TokenLabel(kind: .plain, display: task.name(of: task.answers[entry.offset])[space.language]),
                        entry.element,
                        lit: entry.offset == decision.answer)
                }, limit: 1, length: 200 * density.zoom)
        }.any
    }
}
