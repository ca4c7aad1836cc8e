import Drawing
import Training
import Wording

/// A playground's run: the network with a picture in each neuron, and what it says of the plane.
package enum PlaygroundFigures: RunFigures {
    package static let kind = PlaygroundRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        guard let recipe = recipe as? PlaygroundRecipe else { return [] }
        let records = try TrainingRecord.read(path: folder + "/training.json")
        let history = try PlaygroundHistory(recipe, records: records, folder: folder)
        return [network(history), boundary(history)]
    }

    private static func network(_ history: PlaygroundHistory) -> Slide {
        let limit = history.weightLimit
        return Slide(
            id: "playground-network", title: Phrase(en: "A picture in each neuron", zh: "每个神经元里都有一幅图"),
            subtitle: Phrase(
                en: "{data}: each picture shows what a neuron says of every point of the plane.",
                zh: "{data}：每幅图表示这个神经元对平面上每一点的回答。"
            ).filled(["data": history.settings.data.title.sentence]), formula: formula(history),
            legend: keys(history) + [WeightKey(limit: limit).any],
            frames: history.moments.map { moment in
                let words = history.words(moment)
                return Slide.Frame(caption: words, altText: alt(history, words), takeaway: words) { _ in
                    PlaygroundPicture(history: history, moment: moment, weightLimit: limit)
                }
            })
    }

    private static func boundary(_ history: PlaygroundHistory) -> Slide {
        let isRegression = history.settings.data.isRegression
        return Slide(
            id: "decision-boundary",
            title: isRegression
                ? Phrase(en: "What it says of every point", zh: "它对每个点的回答")
                : Phrase(en: "The decision boundary", zh: "决策边界"),
            subtitle: isRegression
                ? Phrase(en: "The network's number, from −1 to +1, all over the plane.", zh: "网络在整个平面上给出的数，从 −1 到 +1。")
                : Phrase(
                    en: "The line where the network's answer changes its sign.", zh: "网络的回答在这条线上改变正负号。"),
            legend: keys(history),
            frames: history.moments.map { moment in
                let words = history.words(moment)
                return Slide.Frame(caption: words, altText: alt(history, words), takeaway: words) { _ in
                    BoundaryPicture(history: history, moment: moment)
                }
            })
    }

    /// Of a hidden neuron, or where there is none of the output.
    private static func formula(_ history: PlaygroundHistory) -> Formula {
        let settings = history.settings
        let activation: SmallNetwork.Activation =
            settings.hidden.isEmpty ? (settings.data.isRegression ? .linear : .tanh) : settings.activation
        let sum = #"\sum_i w_{ij} a_i + b_j"#
        return switch activation {
        case .tanh: Formula(#"a_j = \tanh\left("# + sum + #"\right)"#)
        case .relu: Formula(#"a_j = \max\left(0, "# + sum + #"\right)"#)
        case .sigmoid: Formula(#"a_j = \sigma\left("# + sum + #"\right)"#)
        case .linear: Formula("a_j = " + sum)
        }
    }

    static func keys(_ history: PlaygroundHistory) -> [AnyMark] {
        let isRegression = history.settings.data.isRegression
        var keys: [AnyMark] = [
            ColorScale(.diverging(limit: 1), Phrase(en: "answer", zh: "回答"), length: 110).any,
            PointKey(
                looks: [PointLook(label: 1, isTest: false)],
                words: isRegression ? Phrase(en: "above 0", zh: "大于 0") : Phrase(en: "class +1", zh: "类别 +1")
            ).any,
            PointKey(
                looks: [PointLook(label: -1, isTest: false)],
                words: isRegression ? Phrase(en: "below 0", zh: "小于 0") : Phrase(en: "class −1", zh: "类别 −1")
            ).any,
        ]
        if !history.test.isEmpty {
            keys.append(
                PointKey(
                    looks: [PointLook(label: 1, isTest: true), PointLook(label: -1, isTest: true)],
                    words: Phrase(en: "only to test", zh: "只用于测试")
                ).any)
        }
        return keys
    }

    private static func alt(_ history: PlaygroundHistory, _ words: Phrase) -> Phrase {
        Phrase(
            en:
                "{data}, a network of {shape}, {training} {training|point|points} to learn from and {test} to test. {words}",
            zh: "{data}，网络结构 {shape}，{training} 个训练点，{test} 个测试点。{words}"
        ).filled([
            "data": history.settings.data.title.sentence, "shape": Phrase(history.shape),
            "training": Phrase("\(history.training.count)"), "test": Phrase("\(history.test.count)"), "words": words,
        ])
    }
}

/// The plane large, the losses beside or below it.
private struct BoundaryPicture: Mark {
    var history: PlaygroundHistory
    var moment: PlaygroundMoment

    var stretch: Stretch { .both }
    func extent(in space: Space) -> Extent { Extent(max(520, min(space.width, 900)), 230) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let losses = LossesPicture(history: history, moment: moment)
        let output: Rect
        let chart: Rect
        if rect.height > rect.width * 0.65 {
            let side = min(rect.width, rect.height * 0.64)
            output = Rect(rect.midX - side / 2, rect.minY, side, side)
            chart = Rect(rect.minX, output.maxY + 44, rect.width, rect.maxY - output.maxY - 44)
        } else {
            let side = min(rect.height - 22, rect.width * 0.5)
            let width = min(rect.width - side - 70, max(side * 1.15, 300))
            let left = rect.minX + max(0, (rect.width - side - width - 70) / 2)
            output = Rect(left, rect.minY + (rect.height - 22 - side) / 2, side, side)
            let height = min(side + 22, 420)
            chart = Rect(output.maxX + 70, output.midY - height / 2 + 11, width, height)
        }
        OutputPicture(history: history, moment: moment, title: nil).place(in: output, space, onto: &canvas)
        losses.place(in: chart, space, onto: &canvas)
    }
}
