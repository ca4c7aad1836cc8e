import Drawing
import Tensors
import Tracing
import Wording

/// What was done to one number where that hangs on which number it is: parts that somebody changed, weights that a rule
/// corrects.
package enum AlteredCellWords: String, PhraseTable {
    case scaled, off, other
    case replaced
    case pulled, dead
    case corrected, threshold

    package var phrase: Phrase {
        switch self {
        case .scaled: Phrase(en: "Changed: multiplied by {factor}.", zh: "改过：乘以 {factor}。")
        case .off: Phrase(en: "Switched off: multiplied by 0.", zh: "关掉了：乘以 0。")
        case .other: Phrase(en: "Handed on unchanged: it was another part that was changed.", zh: "原样传下去：改的是另一部分。")
        case .replaced: Phrase(en: "Taken from another run, in place of what this one gave.", zh: "取自另一次运行，代替这次算出的数。")
        case .pulled:
            Phrase(
                en: "A step against the gradient, and a pull towards zero; what is pulled through zero stays there.",
                zh: "逆着梯度走一步，再向零拉一把；被拉过零的就停在零上。")
        case .dead: Phrase(en: "A link that a pull brought to zero once: it learns no more.", zh: "这条连接曾被拉到零，从此不再学习。")
        case .corrected:
            Phrase(
                en: "The learning rate times how far the answer was off, times the input, is added.",
                zh: "加上：学习率乘以答案的偏差，再乘以输入。")
        case .threshold:
            Phrase(
                en: "The learning rate times how far the answer was off is taken away.", zh: "减去：学习率乘以答案的偏差。")
        }
    }

    /// - Returns: nil of every other operation.
    static func phrase(_ step: Step, at index: [Int], _ inputs: [Step]) -> Phrase? {
        let attributes = step.operation.attributes.values
        func number(_ key: String) -> Double? {
            if case .number(let number)? = attributes[key] { number } else { nil }
        }
        var isItsPlace: Bool {
            guard let axis = number("axis").flatMap({ Int(exactly: $0) }), index.indices.contains(axis) else {
                return false
            }
            return number("place") == Double(index[axis])
        }
        switch step.operation.operationKind {
        case "scale_part":
            guard isItsPlace, let factor = number("factor") else { return Self.other.phrase }
            if factor == 0 { return Self.off.phrase }
            return Self.scaled.phrase.filled(["factor": Phrase(Numbers.significant(factor))])
        case "replace": return Self.replaced.phrase
        case "replace_part": return (isItsPlace ? Self.replaced : Self.other).phrase
        case "pull_to_zero":
            let isDead = inputs.count > 2 && inputs[2].tensor.cell(index) == 0
            return (isDead ? Self.dead : Self.pulled).phrase
        case "perceptron_rule": return (inputs.count == 5 ? Self.corrected : Self.threshold).phrase
        default: return nil
        }
    }
}
