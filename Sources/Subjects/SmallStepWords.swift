import Models
import Tracing
import Training
import Wording

/// What the numbers of small machines are called, which have no tokens: a network of neurons, a perceptron; and what a
/// step of gradient descent makes of a parameter.
package enum SmallStepWords: PhraseTable {
    case input, neuronSum, neuron, linkWeight, neuronBias, rate, sum, fires, weight, threshold, updated

    package var phrase: Phrase {
        switch self {
        case .input: Phrase(en: "input", zh: "输入")
        case .neuronSum: Phrase(en: "weighted sum of a neuron", zh: "神经元的加权和")
        case .neuron: Phrase(en: "value of a neuron", zh: "神经元的值")
        case .linkWeight: Phrase(en: "weight of a link", zh: "连线的权重")
        case .neuronBias: Phrase(en: "bias of a neuron", zh: "神经元的偏置")
        case .rate: Phrase(en: "learning rate", zh: "学习率")
        case .sum: Phrase(en: "weighted sum", zh: "加权和")
        case .fires: Phrase(en: "decision", zh: "决定")
        case .weight: Phrase(en: "weight", zh: "权重")
        case .threshold: Phrase(en: "threshold", zh: "阈值")
        case .updated: Phrase(en: "{step}, after the update", zh: "{step}（更新后）")
        }
    }

    /// Nil for what a larger model has.
    package static func phrase(_ label: Label) -> Phrase? {
        switch label {
        case .inputs: return Self.input.phrase
        case .neuronSums: return neuronSum.phrase
        case .neurons: return neuron.phrase
        case .neuronWeights: return linkWeight.phrase
        case .neuronBiases: return neuronBias.phrase
        case .learningRate: return rate.phrase
        case .weightedInputs: return sum.phrase
        case .fires: return Self.fires.phrase
        case .perceptronWeights: return weight.phrase
        case .perceptronThreshold: return threshold.phrase
        default: break
        }
        let end = ".updated"
        guard label.rawValue.hasSuffix(end) else { return nil }
        let own = StepName(Label(rawValue: String(label.rawValue.dropLast(end.count))))
        return updated.phrase.filled(["step": StepWords.phrase(own)])
    }
}
