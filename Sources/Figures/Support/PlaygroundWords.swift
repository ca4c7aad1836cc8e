import Drawing
import Training
import Wording

/// What is said of a playground: in its figures, and where it runs in a page.
package enum PlaygroundWords {
    /// What has become of it after so many epochs.
    /// - Parameter accuracy: which part of the test points is on the right side; nil where there are no sides.
    package static func sentence(
        epoch: Int, trainingLoss: Double, testLoss: Double, accuracy: Double?
    ) -> Phrase {
        let start: Phrase
        switch epoch {
        case 0: start = Phrase(en: "Before learning", zh: "学习之前")
        case 1: start = Phrase(en: "After one epoch", zh: "学过 1 轮之后")
        default:
            start = Phrase(en: "After {n} epochs", zh: "学过 {n} 轮之后").filled(["n": Phrase(Numbers.count(epoch))])
        }
        let losses = Phrase(
            en: "{start}: training loss {training}, test loss {test}", zh: "{start}：训练损失 {training}，测试损失 {test}"
        ).filled([
            "start": start, "training": Phrase(Numbers.significant(trainingLoss)),
            "test": Phrase(Numbers.significant(testLoss)),
        ])
        guard let accuracy else { return Phrase(en: losses.english + ".", zh: losses.chinese + "。") }
        return Phrase(
            en: "{losses}; {share} of the test points are on the right side.", zh: "{losses}；{share} 的测试点落在正确一侧。"
        ).filled(["losses": losses, "share": Phrase(Numbers.percent(accuracy))])
    }
}

extension PlaneFeature {
    /// As it is written under a picture.
    package var symbol: String {
        switch self {
        case .x: "x"
        case .y: "y"
        case .xSquared: "x²"
        case .ySquared: "y²"
        case .product: "xy"
        case .sinX: "sin x"
        case .sinY: "sin y"
        }
    }
}
