import Drawing
import Training
import Wording

/// How the curve of one kind of run is spoken of: its loss, its unit, its steps.
struct RunWords {
    /// Over the loss's axis.
    var loss = Phrase(en: "loss", zh: "损失")
    /// What the curve means, in a sentence.
    var idea = Phrase(en: "The loss over the updates.", zh: "损失随更新的变化。")
    /// Behind the loss's number, with its space.
    var unit = Phrase(en: "", zh: "")
    var step = Phrase(en: "updates so far", zh: "已更新次数")
    /// `{n}` of them.
    var steps = Phrase(en: "{n} updates", zh: "{n} 次更新")
    var oneStep = Phrase(en: "1 update", zh: "1 次更新")
    var formula: Formula?
    /// Whether each record is measured on all the data, not on one batch, so that there is nothing to smooth.
    var isWhole = false
    /// Whether the loss is a share of one.
    var isShare = false

    static func of(_ kind: String) -> RunWords {
        var words = RunWords()
        switch kind {
        case "next-word", "translation":
            words.loss = Phrase(en: "loss (nats a token)", zh: "损失（奈特/词元）")
            words.idea = Phrase(
                en: "How surprised it was by the next token, over the updates.", zh: "随着更新，它对下一个词元有多意外。")
            words.unit = Phrase(en: " nats a token", zh: " 奈特")
            words.formula = Formula(
                #"L = -\frac{1}{n}\sum_i \log \role{probability}{p}(\role{token}{t_{i+1}})"#)
        case "masked-word", "classifier":
            words.loss = Phrase(en: "loss (nats)", zh: "损失（奈特）")
            words.unit = Phrase(en: " nats", zh: " 奈特")
            words.formula = Formula(#"L = -\frac{1}{n}\sum_i \log \role{probability}{p_i}"#)
        case PerceptronRecipe.kind:
            words.loss = Phrase(en: "wrong decisions", zh: "判断错误的比例")
            words.idea = Phrase(
                en: "How often it guessed a person's habit wrong, a hundred people at a time.",
                zh: "每看一百个人，它猜错习惯的比例。")
            (words.step, words.steps, words.oneStep) = (
                Phrase(en: "people", zh: "人数"), Phrase(en: "{n} people", zh: "{n} 个人"),
                Phrase(en: "1 person", zh: "1 个人")
            )
            words.isShare = true
            words.formula = Formula(#"w \gets w + \eta\,(y - \hat{y})\,x"#)
        case LineRecipe.kind:
            words.loss = Phrase(en: "mean squared error", zh: "均方误差")
            words.idea = Phrase(
                en: "How far the line is from the points, step by step.", zh: "每走一步，直线离各点有多远。")
            (words.step, words.steps, words.oneStep) = (
                Phrase(en: "step", zh: "步"), Phrase(en: "{n} steps", zh: "{n} 步"), Phrase(en: "1 step", zh: "1 步")
            )
            words.formula = Formula(#"L = \frac{1}{n}\sum_i (\hat{y}_i - y_i)^2"#)
            words.isWhole = true
        case PlaygroundRecipe.kind:
            words.loss = Phrase(en: "loss (half the squared error)", zh: "损失（平方误差的一半）")
            words.idea = Phrase(
                en: "How far its answers are from the points' labels, epoch by epoch.", zh: "每过一轮，它的回答与标签相差多少。")
            (words.step, words.steps, words.oneStep) = (
                Phrase(en: "epoch", zh: "轮"), Phrase(en: "{n} epochs", zh: "{n} 轮"), Phrase(en: "1 epoch", zh: "1 轮")
            )
            words.formula = Formula(#"L = \frac{1}{n}\sum_i \frac{1}{2}(\hat{y}_i - y_i)^2"#)
            words.isWhole = true
        default: break
        }
        return words
    }

    /// Says under which formula the loss stands when its targets are smoothed.
    mutating func smooth(_ smoothing: LabelSmoothing) {
        loss = Phrase(en: "smoothed loss (nats a token)", zh: "标签平滑后的损失（奈特/词元）")
        formula = Formula(
            #"L = -\frac{1}{n}\sum_i \sum_v q_i(v) \log \role{probability}{p_i}(v), \quad q_i(v) = (1 - \epsilon)\,[v = \role{token}{t_{i+1}}] + \frac{\epsilon}{|V|}, \quad \epsilon = \#(Numbers.significant(smoothing.share))"#
        )
    }

    /// Measures that are shares of one.
    static let shares: Set<String> = ["accuracy", "friend_share", "clip_fraction", "whole_sentences"]

    func number(_ value: Double) -> String { isShare ? Numbers.percent(value) : Numbers.significant(value) }

    func count(_ steps: Int) -> Phrase {
        steps == 1 ? oneStep : self.steps.filled(["n": Phrase(Numbers.count(steps))])
    }

    /// What a further measure is called; a name that is not known stands as it is.
    static func name(ofMeasure key: String) -> Phrase {
        switch key {
        case "test_loss": Phrase(en: "test loss", zh: "测试损失")
        case "train_loss": Phrase(en: "training loss", zh: "训练损失")
        case "scratch_loss": Phrase(en: "loss without pre-training", zh: "没有预训练时的损失")
        case "value_loss": Phrase(en: "value head", zh: "价值头")
        case "entropy": Phrase(en: "entropy of the policy", zh: "策略的熵")
        case "clip_fraction": Phrase(en: "share that was clipped", zh: "被裁剪的比例")
        case "update_kl": Phrase(en: "KL divergence of the update", zh: "一次更新的 KL 散度")
        case "whole_sentences": Phrase(en: "whole sentences", zh: "完整句子的比例")
        case "reward": Phrase(en: "mean reward", zh: "平均奖励")
        case "kl": Phrase(en: "KL divergence from the reference", zh: "相对参考模型的 KL 散度")
        case "accuracy": Phrase(en: "accuracy", zh: "准确率")
        case "friend_share": Phrase(en: "the friend's share of the weights", zh: "“朋友”占权重的比例")
        case "slope": Phrase(en: "slope", zh: "斜率")
        case "intercept": Phrase(en: "intercept", zh: "截距")
        default: Phrase(key.split(separator: "_").joined(separator: " "))
        }
    }
}
