import Platform
import Tensors
import Wording

/// How fast each pair of a head's numbers turns with the position (Su et al. 2021, section 3.2.2).
public struct RotarySpeeds: Sendable, Hashable {
    public enum Scaling: Sendable, Hashable {
        case none
        /// Every speed divided by `factor` (position interpolation, Chen et al. 2023).
        case linear(factor: Double)
        /// Llama 3.1: slow turns divided by `factor`, fast ones kept, those between blended.
        case llama3(factor: Double, low: Double, high: Double, originalContext: Double)
    }

    public var theta: Double
    public var scaling: Scaling

    public init(theta: Double = 10_000, scaling: Scaling = .none) {
        self.theta = theta
        self.scaling = scaling
    }

    /// Radians per position of pair `pair` of a head of `width` numbers.
    public func speed(pair: Int, width: Int) -> Double {
        let speed = 1 / pow(theta, Double(2 * pair) / Double(width))
        switch scaling {
        case .none: return speed
        case .linear(let factor): return speed / factor
        case .llama3(let factor, let low, let high, let context):
            let wavelength = 2 * Double.pi / speed
            if wavelength < context / high { return speed }
            if wavelength > context / low { return speed / factor }
            let blend = (context / wavelength - low) / (high - low)
            return (1 - blend) * speed / factor + blend * speed
        }
    }

    init(_ attributes: Attributes, of operation: String) throws(Failure) {
        theta = try attributes.number("theta", of: operation)
        switch try attributes.text("scaling", of: operation) {
        case "none": scaling = .none
        case "linear": scaling = .linear(factor: try attributes.number("factor", of: operation))
        case "llama3":
            scaling = .llama3(
                factor: try attributes.number("factor", of: operation),
                low: try attributes.number("low", of: operation),
                high: try attributes.number("high", of: operation),
                originalContext: try attributes.number("original_context", of: operation))
        default: throw .attribute(operation: operation, key: "scaling")
        }
    }

    var attributes: [String: Attributes.Value] {
        var all: [String: Attributes.Value] = ["theta": .number(theta)]
        switch scaling {
        case .none: all["scaling"] = .text("none")
        case .linear(let factor):
            all["scaling"] = .text("linear")
            all["factor"] = .number(factor)
        case .llama3(let factor, let low, let high, let context):
            all["scaling"] = .text("llama3")
            all["factor"] = .number(factor)
            all["low"] = .number(low)
            all["high"] = .number(high)
            all["original_context"] = .number(context)
        }
        return all
    }
}

/// The cosines or sines by which positions turn a head's numbers → `[position, head width]`; both halves alike.
public final class RotaryTable: CheckedOperation {
    public enum Function: String, Sendable, Hashable { case cos, sin }

    public static let name = "rotary_table"
    public let function: Function
    public let start: Int
    public let count: Int
    public let width: Int
    public let speeds: RotarySpeeds

    public init(_ function: Function, start: Int, count: Int, width: Int, speeds: RotarySpeeds) {
        self.function = function
        self.start = start
        self.count = count
        self.width = width
        self.speeds = speeds
    }

    public init(attributes: Attributes) throws(Failure) {
        function = try attributes.choice("function", of: Self.name)
        start = try attributes.integer("start", of: Self.name)
        count = try attributes.integer("count", of: Self.name)
        width = try attributes.integer("width", of: Self.name)
        speeds = try RotarySpeeds(attributes, of: Self.name)
    }

    public var attributes: Attributes {
        var all = speeds.attributes
        all["function"] = .text(function.rawValue)
        all["start"] = .number(Double(start))
        all["count"] = .number(Double(count))
        all["width"] = .number(Double(width))
        return Attributes(all)
    }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.isEmpty, start >= 0, count >= 0, width >= 0, width % 2 == 0 else {
            throw mismatch("no inputs, an even head width", inputs)
        }
        return [count, width]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        Tensor(shape) { target in
            for pair in 0..<(width / 2) {
                let speed = speeds.speed(pair: pair, width: width)
                for row in 0..<count {
                    let angle = Double(start + row) * speed
                    let number = Float(function == .cos ? cos(angle) : sin(angle))
                    target[row * width + pair] = number
                    target[row * width + pair + width / 2] = number
                }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let speed = speeds.speed(pair: index[1] % max(width / 2, 1), width: width)
        return .function(
            function == .cos ? .cos : .sin, [.product([.constant(Double(start + index[0])), .constant(speed)])])
    }
}

/// Turns each head's numbers by their position (rotary positions, Su et al. 2021, equation 34, in the layout of
/// Llama: number *i* of the first half pairs with number *i* of the second).
///
/// `x` `[batch, position, head, head width]`, `cos` and `sin` `[position, head width]` (from ``RotaryTable``) → as `x`.
public final class Rotary: CheckedOperation, PlainOperation {
    public static let name = "rotary"
    public init() {}
    public func hasGradient(ofInput input: Int) -> Bool { input == 0 }

    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        guard inputs.count == 3, inputs[0].rank == 4, inputs[0][3] % 2 == 0,
            inputs[1] == [inputs[0][1], inputs[0][3]], inputs[2] == inputs[1]
        else {
            throw mismatch("x [batch, position, head, even head width], cos and sin [position, head width]", inputs)
        }
        return inputs[0]
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor {
        inputs[0].rotated(cosines: inputs[1], sines: inputs[2], sign: 1)
    }

    /// Back through a rotation is the rotation by the opposite angle; the tables are given, not learnt.
    public func gradients(_ pass: BackwardPass) -> [Tensor?] {
        [pass.upstream.rotated(cosines: pass.inputs[1], sines: pass.inputs[2], sign: -1), nil, nil]
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        let half = inputs[0].shape[3] / 2
        let isFirst = index[3] < half
        var partner = index
        partner[3] += isFirst ? half : -half
        let table = [index[1], index[3]]
        let own = Expression.product([.cell(input: 0, index), .cell(input: 1, table)])
        let other = Expression.product([.cell(input: 0, partner), .cell(input: 2, table)])
        return isFirst ? .difference(own, other) : .sum([own, other])
    }

    /// What was turned forward is turned back.
    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        let half = pass.inputs[0].shape[3] / 2
        let isFirst = index[3] < half
        var partner = index
        partner[3] += isFirst ? half : -half
        let own = Expression.product([pass.upstream(index), .cell(input: 1, [index[1], index[3]])])
        let other = Expression.product([pass.upstream(partner), .cell(input: 2, [index[1], partner[3]])])
        return isFirst ? .sum([own, other]) : .difference(own, other)
    }
}
