import Tensors
import Tracing
import Wording

/// Rosenblatt's perceptron (1958): it fires when the weighted sum of what it reads is greater than its threshold.
///
/// Several of them side by side, all reading the same, are one of these with several units.
public struct Perceptron: ParametricModel {
    public var parameters: ParameterSet

    /// One unit.
    public init(weights: [Double], threshold: Double) {
        self.init(units: [weights], thresholds: [threshold])
    }

    /// - Parameters:
    ///   - units: `[unit][feature]`, every unit with as many weights.
    ///   - thresholds: `[unit]`
    public init(units: [[Double]], thresholds: [Double]) {
        let features = units.first?.count ?? 0
        let weights = Tensor([features, units.count]) { buffer in
            for (column, unit) in units.enumerated() {
                for row in 0..<features {
                    buffer.initializeElement(
                        at: row * units.count + column, to: row < unit.count ? Float(unit[row]) : 0)
                }
            }
        }
        let limits = Tensor([units.count]) { buffer in
            for place in units.indices {
                buffer.initializeElement(at: place, to: place < thresholds.count ? Float(thresholds[place]) : 0)
            }
        }
        parameters = ParameterSet([
            Parameter(name: StepName(.perceptronWeights), tensor: weights, axes: [.width, .hidden]),
            Parameter(name: StepName(.perceptronThreshold), tensor: limits, axes: [.hidden]),
        ])
    }

    public var unitCount: Int { parameters.all[1].tensor.count }
    public var featureCount: Int { parameters.all[0].tensor.shape[0] }

    public func weights(of unit: Int = 0) -> [Double] {
        (0..<featureCount).map { Double(parameters.all[0].tensor.cell([$0, unit]) ?? 0) }
    }

    public func threshold(of unit: Int = 0) -> Double { Double(parameters.all[1].tensor.cell([unit]) ?? 0) }

    /// The weighted sums and whether each is greater than its threshold, written down as `inputs`, `sum`, `fires`.
    ///
    /// - Parameters:
    ///   - inputs: `[case][feature]`, as many features as there are weights.
    ///   - recorder: writes every step down, if it records.
    /// - Returns: `[case, unit]`, each 1 or 0.
    /// - Throws: `TensorError` where a case has another number of features.
    public func decisions(_ inputs: [[Double]], on recorder: Recorder) throws(Failure) -> Value {
        let x = try Tensor([inputs.count, featureCount], inputs.joined().map { Float($0) })
        let read = try recorder.source(x, .constant, as: .inputs, axes: [.batch, .width])
        let sums = try recorder.apply(
            Linear(), read, parameters.value(.perceptronWeights, on: recorder), as: .weightedInputs,
            axes: [.batch, .hidden])
        return try recorder.apply(
            Fires(), sums, parameters.value(.perceptronThreshold, on: recorder), as: .fires, axes: [.batch, .hidden])
    }

    public func sum(_ inputs: [Double], of unit: Int = 0) -> Double {
        zip(weights(of: unit), inputs).reduce(0) { $0 + $1.0 * $1.1 }
    }

    public func fires(_ inputs: [Double], unit: Int = 0) -> Bool { sum(inputs, of: unit) > threshold(of: unit) }

    /// The perceptron rule: where the answer is wrong, every weight moves by `rate` times what it read, towards the
    /// right answer, and the threshold the other way. Right answers change nothing.
    /// - Returns: whether anything changed.
    @discardableResult
    public mutating func learn(_ inputs: [Double], answer: Bool, rate: Double, unit: Int = 0) -> Bool {
        let error = (answer ? 1.0 : 0) - (fires(inputs, unit: unit) ? 1 : 0)
        guard error != 0 else { return false }
        let units = unitCount
        parameters.update { place, tensor in
            tensor.mutate { buffer in
                if place == 0 {
                    for (row, input) in inputs.enumerated() where row * units + unit < buffer.count {
                        buffer[row * units + unit] += Float(rate * error * input)
                    }
                } else {
                    buffer[unit] -= Float(rate * error)
                }
            }
        }
        return true
    }
}

extension Label {
    /// What a small model reads.
    public static let inputs = Label(rawValue: "inputs")
    public static let weightedInputs = Label(rawValue: "sum")
    public static let fires = Label(rawValue: "fires")
    public static let perceptronWeights = Label(rawValue: "weights")
    public static let perceptronThreshold = Label(rawValue: "threshold")
}
