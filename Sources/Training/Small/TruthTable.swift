import Models
import Tensors
import Tracing
import Wording

/// All cases of two or three inputs that are 0 or 1, what is wanted of each, and a perceptron that learns them by its
/// rule, case by case, round and round.
package struct TruthTable: Sendable {
    /// Every case once, the first input changing least often: 00, 01, 10, 11.
    package let cases: [[Double]]
    package let wanted: [Bool]
    package let rate: Double
    package private(set) var perceptron: Perceptron
    /// How many cases have been looked at, and how many of them were mistakes, which changed the weights.
    package private(set) var looked = 0
    package private(set) var corrections = 0

    /// - Parameters:
    ///   - wanted: of each case: four, or eight.
    ///   - weights: two, or three.
    package init?(wanted: [Bool], weights: [Double], threshold: Double, rate: Double) {
        guard [2, 3].contains(weights.count), wanted.count == 1 << weights.count else { return nil }
        cases = Self.cases(of: weights.count)
        (self.wanted, self.rate) = (wanted, rate)
        perceptron = Perceptron(weights: weights, threshold: threshold)
    }

    package static func cases(of inputs: Int) -> [[Double]] {
        (0..<1 << inputs).map { number in (0..<inputs).map { Double(number >> (inputs - 1 - $0) & 1) } }
    }

    /// The case that is looked at next.
    package var next: Int { looked % cases.count }

    package func isRight(_ place: Int) -> Bool { perceptron.fires(cases[place]) == wanted[place] }
    package var mistakes: Int { cases.indices.count { !isRight($0) } }

    /// Looks at the next case.
    /// - Returns: whether it was a mistake, which was corrected.
    @discardableResult
    package mutating func learn() -> Bool {
        let place = next
        looked += 1
        let changed = perceptron.learn(cases[place], answer: wanted[place], rate: rate)
        if changed { corrections += 1 }
        return changed
    }

    /// Looks at cases until one was a mistake; where all are right, nothing happens.
    /// - Returns: the case, and the perceptron before it was corrected.
    package mutating func correct() -> (place: Int, before: Perceptron)? {
        guard mistakes > 0 else { return nil }
        for _ in cases {
            let (place, before) = (next, perceptron)
            if learn() { return (place, before) }
        }
        return nil
    }

    /// What the perceptron decides of every case, written down.
    package func trace() throws(Failure) -> Trace {
        let recorder = Recorder()
        _ = try perceptron.decisions(cases, on: recorder)
        return recorder.trace()
    }

    /// How many cases no line, and no plane, can get right at once: 0 where one parts those that are wanted from the
    /// others.
    ///
    /// Every function of three inputs that a perceptron can compute, it can with weights of −2 … 2 (Muroga: all 104 of
    /// 256), so that trying these tries all.
    package static func leastMistakes(_ wanted: [Bool], inputs: Int) -> Int {
        let cases = cases(of: inputs)
        guard cases.count == wanted.count else { return 0 }
        return separable(inputs).reduce(wanted.count) { least, function in
            min(least, zip(function, wanted).count { $0 != $1 })
        }
    }

    /// Every function of so many inputs that a perceptron can compute; some of them more than once.
    package static func separable(_ inputs: Int) -> [[Bool]] {
        let cases = cases(of: inputs)
        let choices = (0..<inputs).reduce([[Int]]([[]])) { lists, _ in
            lists.flatMap { list in (-2...2).map { list + [$0] } }
        }
        return choices.flatMap { weights in
            let sums = cases.map { zip(weights, $0).reduce(0.0) { $0 + Double($1.0) * $1.1 } }
            return (sums.map { $0 - 0.5 } + [100]).map { threshold in sums.map { $0 > threshold } }
        }
    }
}
