import Drawing
import Models
import Training
import Wording

/// A perceptron's run: one decision step by step, all eight cases, and how habits taught it its weights.
package enum PerceptronFigures: RunFigures {
    package static let kind = PerceptronRecipe.kind

    package static func slides(recipe: any Recipe, folder: String) throws -> [Slide] {
        guard let recipe = recipe as? PerceptronRecipe, case .perceptron(let perceptron) = try recipe.model(in: folder)
        else { return [] }
        let records = try TrainingRecord.read(path: folder + "/training.json")
        var slides = [decision(perceptron), cases(perceptron)]
        if let last = records.last { slides.append(try learning(recipe, people: last.step)) }
        return slides
    }

    /// What the three inputs mean.
    static let features = [
        Phrase(en: "good weather", zh: "天气好"), Phrase(en: "cheap ticket", zh: "票价便宜"),
        Phrase(en: "a friend comes", zh: "朋友同去"),
    ]

    static func verdict(_ goes: Bool) -> Phrase {
        goes ? Phrase(en: "goes", zh: "去看") : Phrase(en: "stays home", zh: "不去")
    }

    private static let rule = Formula(#"\sum_i \role{query}{w_i}\, x_i > \role{gradient}{\theta}"#)

    /// The case that teaches most: where the sum only reaches the threshold, or else the heaviest weight alone.
    private static func teaching(_ perceptron: Perceptron) -> [Double] {
        let all = PerceptronLessons.cases
        let threshold = perceptron.threshold()
        if let even = all.last(where: { perceptron.sum($0) == threshold && $0.contains(1) }) { return even }
        let weights = perceptron.weights()
        let heaviest = weights.indices.max { abs(weights[$0]) < abs(weights[$1]) } ?? 0
        return weights.indices.map { $0 == heaviest ? 1 : 0 }
    }

    private static func decision(_ perceptron: Perceptron) -> Slide {
        let inputs = teaching(perceptron)
        let weights = perceptron.weights()
        let (sum, threshold) = (perceptron.sum(inputs), perceptron.threshold())
        let number = { (value: Double) in Numbers.significant(value) }
        let read = zip(features, inputs).map { name, input in
            Phrase(en: "\(name.english) \(number(input))", zh: "\(name.chinese) \(number(input))")
        }
        let products = zip(inputs, weights).map { "\(number($0)) × \(number($1))" }
        let terms = zip(inputs, weights).map { number($0 * $1) }
        let words = [
            Phrase(
                en: "It reads: " + read.map { $0.english }.joined(separator: ", ") + ".",
                zh: "它读到：" + read.map { $0.chinese }.joined(separator: "，") + "。"),
            Phrase(
                en: "Each input is multiplied by its weight: " + products.joined(separator: ", ") + ".",
                zh: "每个输入乘以自己的权重：" + products.joined(separator: "，") + "。"),
            Phrase(
                en: "The products are added: {terms} = {sum}.", zh: "把乘积加起来：{terms} = {sum}。"),
            perceptron.fires(inputs)
                ? Phrase(
                    en: "{sum} is greater than the threshold {threshold}: it goes.", zh: "{sum} 大于阈值 {threshold}：去看。")
                : Phrase(
                    en: "{sum} is not greater than the threshold {threshold}: it stays home.",
                    zh: "{sum} 不大于阈值 {threshold}：不去。"),
        ].map {
            $0.filled([
                "terms": Phrase(terms.joined(separator: " + ")), "sum": Phrase(number(sum)),
                "threshold": Phrase(number(threshold)),
            ])
        }
        return Slide(
            id: "perceptron", title: Phrase(en: "Go to the film?", zh: "去看电影吗？"),
            subtitle: Phrase(
                en: "A perceptron weighs what it reads and compares the sum with its threshold.",
                zh: "感知机给读到的每一项加权，再把总和与阈值比较。"), formula: rule,
            legend: [
                LegendKey(.line(.role(.query), dashed: false), Phrase(en: "weight", zh: "权重")).any,
                LegendKey(.frame(.role(.gradient)), Phrase(en: "threshold", zh: "阈值")).any,
            ],
            frames: words.indices.map { stage in
                Slide.Frame(caption: words[stage], takeaway: words[stage]) { _ in
                    PerceptronPicture(perceptron: perceptron, inputs: inputs, stage: stage)
                }
            })
    }

    private static func cases(_ perceptron: Perceptron) -> Slide {
        let all = PerceptronLessons.cases
        let going = all.count { perceptron.fires($0) }
        let threshold = perceptron.threshold()
        let number = Phrase(Numbers.significant(threshold))
        let takeaway: Phrase
        if let even = all.last(where: { perceptron.sum($0) == threshold && $0.reduce(0, +) == 1 }),
            let place = even.firstIndex(of: 1)
        {
            takeaway = Phrase(
                en: "“{feature}” alone gives {n}, which is not more than {n}: it stays home.",
                zh: "只有“{feature}”时总和是 {n}，不大于 {n}：不去。"
            ).filled(["feature": features[place], "n": number])
        } else if let place = features.indices.first(where: { place in
            all.allSatisfy { perceptron.fires($0) == ($0[place] == 1) }
        }) {
            takeaway = Phrase(
                en: "It goes in {n} of 8 cases: exactly when “{feature}” is true.",
                zh: "八种情况里有 {n} 种去看：恰好是“{feature}”的时候。"
            ).filled(["feature": features[place], "n": Phrase("\(going)")])
        } else {
            takeaway = Phrase(en: "It goes in {n} of 8 cases.", zh: "八种情况里有 {n} 种去看。").filled([
                "n": Phrase("\(going)")
            ])
        }
        let parts = all.map { inputs in
            let sum = Numbers.significant(perceptron.sum(inputs))
            let sign = perceptron.fires(inputs) ? ">" : "≤"
            return "\(sum) \(sign) \(number.english)"
        }
        let list = Phrase.list(parts)
        return Slide(
            id: "perceptron-cases", title: Phrase(en: "All eight cases", zh: "全部八种情况"),
            subtitle: Phrase(
                en: "Each bar is the sum of the weights of what is true; only beyond the line does it go.",
                zh: "每一条是成立各项的权重之和；只有越过那条线才去。"), formula: rule, takeaway: takeaway,
            legend: features.indices.map { CaseKey.key($0, features[$0]) },
            altText: Phrase(en: takeaway.english + " \(list.english).", zh: takeaway.chinese + "\(list.chinese)。")
        ) { _ in CasesPicture(perceptron: perceptron) }
    }

    private static func learning(_ recipe: PerceptronRecipe, people: Int) throws -> Slide {
        let picture = try WeightsPicture(recipe: recipe, people: people)
        let words = Phrase(
            en: "After {n} {n|person|people} the friend has {share} of the weight; at first it was {first}.",
            zh: "看过 {n} 个人之后，“朋友”占权重的 {share}；一开始是 {first}。"
        ).filled([
            "n": Phrase(Numbers.count(people)), "share": Phrase(Numbers.percent(picture.shares.last ?? .nan)),
            "first": Phrase(Numbers.percent(picture.shares.first ?? .nan)),
        ])
        let ends = picture.weights.map { Numbers.significant($0.last ?? .nan) }
        let alt = Phrase(
            en: words.english + " Weights at the end: " + ends.joined(separator: ", ") + ".",
            zh: words.chinese + "最后的权重：" + ends.joined(separator: "，") + "。")
        return Slide(
            id: "perceptron-learning", title: Phrase(en: "Habits teach the weights", zh: "习惯教会了权重"),
            subtitle: Phrase(
                en: "After each wrong guess every weight moves a little towards the right answer.",
                zh: "每猜错一次，每个权重都向正确答案挪一点。"),
            formula: Formula(#"\role{query}{w_i} \gets \role{query}{w_i} + \eta\,(y - \hat{y})\,x_i"#), takeaway: words,
            altText: alt
        ) { _ in picture }
    }
}
