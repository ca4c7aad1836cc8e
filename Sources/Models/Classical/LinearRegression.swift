import Tensors
import Tracing
import Wording

/// A line through points, or a plane: the prediction is the weighted sum of what is known, plus an intercept.
public struct LinearRegression: ParametricModel {
    public var parameters: ParameterSet

    public init(slopes: [Double], intercept: Double) {
        let weights = Tensor([slopes.count, 1]) { buffer in
            for (place, slope) in slopes.enumerated() { buffer.initializeElement(at: place, to: Float(slope)) }
        }
        parameters = ParameterSet([
            Parameter(name: StepName(.slopes), tensor: weights, axes: [.width, .single]),
            Parameter(name: StepName(.intercept), tensor: Tensor([1], repeating: Float(intercept)), axes: [.single]),
        ])
    }

    public var slopes: [Double] { parameters.all[0].tensor.scalars.map(Double.init) }
    public var intercept: Double { Double(parameters.all[1].tensor[flat: 0]) }

    public func prediction(_ inputs: [Double]) -> Double {
        zip(slopes, inputs).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// The mean squared error over examples, written down as `inputs`, `prediction`, `loss`.
    ///
    /// - Parameters:
    ///   - inputs: `[example][feature]`
    ///   - targets: `[example]`
    ///   - recorder: writes every step down, if it records.
    public func loss(_ inputs: [[Double]], targets: [Double], on recorder: Recorder) throws(Failure) -> Value {
        let x = try Tensor([inputs.count, slopes.count], inputs.joined().map { Float($0) })
        let y = try Tensor([targets.count, 1], targets.map { Float($0) })
        let read = try recorder.source(x, .constant, as: .inputs, axes: [.batch, .width])
        let wanted = try recorder.source(y, .constant, as: .targets, axes: [.batch, .single])
        let predicted = try recorder.apply(
            Linear(), read, parameters.value(.slopes, on: recorder), parameters.value(.intercept, on: recorder),
            as: .prediction, axes: [.batch, .single])
        return try recorder.apply(SquaredError(), predicted, wanted, as: .loss, axes: [])
    }

    /// The line of least squares, from the normal equations (Gauss, Legendre), in double precision: the one with the
    /// least mean squared error of all.
    /// - Throws: ``ModelError/singular(examples:features:)`` where the examples do not determine it.
    public static func leastSquares(_ inputs: [[Double]], targets: [Double]) throws(Failure) -> LinearRegression {
        let features = inputs.first?.count ?? 0
        let problem = Failure(ModelError.singular(examples: inputs.count, features: features))
        guard inputs.count == targets.count, inputs.count > features, inputs.allSatisfy({ $0.count == features })
        else { throw problem }
        let count = Double(inputs.count)
        // Centred, so that large means do not swallow the digits.
        let means = (0..<features).map { feature in inputs.reduce(0) { $0 + $1[feature] } / count }
        let mean = targets.reduce(0, +) / count
        var matrix = (0..<features).map { row in
            (0..<features).map { column in
                inputs.reduce(0) { $0 + ($1[row] - means[row]) * ($1[column] - means[column]) }
            }
        }
        var right = (0..<features).map { row in
            zip(inputs, targets).reduce(0) { $0 + ($1.0[row] - means[row]) * ($1.1 - mean) }
        }
        let scale = matrix.indices.map { matrix[$0][$0] }.max() ?? 0
        for pivot in 0..<features {
            let best = (pivot..<features).max { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) } ?? pivot
            matrix.swapAt(pivot, best)
            right.swapAt(pivot, best)
            guard abs(matrix[pivot][pivot]) > 1e-12 * scale, scale > 0 else { throw problem }
            for row in 0..<features where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in 0..<features { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        let slopes = (0..<features).map { right[$0] / matrix[$0][$0] }
        return LinearRegression(slopes: slopes, intercept: mean - zip(slopes, means).reduce(0) { $0 + $1.0 * $1.1 })
    }
}

extension Label {
    public static let slopes = Label(rawValue: "slopes")
    public static let intercept = Label(rawValue: "intercept")
    public static let prediction = Label(rawValue: "prediction")
}
