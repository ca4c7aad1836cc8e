import Tensors
import Wording

/// The derivative of the loss with respect to a step: the sum of what comes back through each operation that read it.
///
/// Its inputs are the step itself, then for each part in turn: that operation's inputs, its output, and the output's
/// gradient. The loss's own gradient has no parts; it is 1.
public final class Gradient: Operation {
    /// One operation that read the step, as which of its inputs, and how many it read in all.
    public struct Part: Sendable {
        public let operation: any Operation
        public let input: Int
        public let count: Int

        public init(_ operation: any Operation, input: Int, of count: Int) {
            self.operation = operation
            self.input = input
            self.count = count
        }
    }

    public static let name = "gradient"
    public let parts: [Part]

    public init(_ parts: [Part] = []) { self.parts = parts }

    /// The parts' gradients, added in the order in which going back added them.
    public func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor {
        let shape = try outputShape(inputs.map { $0.shape })
        guard !parts.isEmpty else { return Tensor(shape, repeating: 1) }
        let passes = passes(inputs) { part, _, own in BackwardPass(part, own) }
        var sum: Tensor?
        for (part, pass) in zip(parts, passes ?? []) {
            let gradients = try part.operation.gradients(pass)
            guard gradients.indices.contains(part.input), let gradient = gradients[part.input] else { continue }
            sum?.accumulate(gradient)
            if sum == nil { sum = gradient }
        }
        guard let sum else { throw .notDifferentiable(operation: Self.name) }
        return sum
    }

    public func hasGradient(ofInput input: Int) -> Bool { false }

    public func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] {
        throw .notDifferentiable(operation: Self.name)
    }

    /// Each part's inputs, output and upstream gradient, with the place of the first among this operation's inputs.
    func passes<Element, Result>(
        _ inputs: [Element], _ body: (_ part: Part, _ first: Int, _ own: ArraySlice<Element>) -> Result
    ) -> [Result]? {
        var first = 1
        var results: [Result] = []
        for part in parts {
            guard inputs.count - first >= part.count + 2 else { return nil }
            results.append(body(part, first, inputs[first..<first + part.count + 2]))
            first += part.count + 2
        }
        return first == max(inputs.count, 1) ? results : nil
    }

    /// The step's own shape, where all that it is made of fits.
    public func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape {
        let fits = passes(inputs) { part, first, own -> Bool in
            let shapes = Array(own.prefix(part.count))
            guard part.operation.hasGradient(ofInput: part.input), shapes.indices.contains(part.input),
                shapes[part.input] == inputs[0]
            else { return false }
            let output = own[own.endIndex - 2]
            return (try? part.operation.outputShape(shapes)) == output && own[own.endIndex - 1] == output
        }
        guard let shape = inputs.first, let fits, fits.allSatisfy({ $0 }) else {
            throw mismatch("the step, then what each operation read and gave, and its gradient", inputs)
        }
        return shape
    }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        guard !parts.isEmpty else { return .constant(Double(output.cell(index) ?? .nan)) }
        let sums = passes(inputs) { part, first, own in
            part.operation.gradientExpression(ofInput: part.input, at: index, pass: BackwardPass(part, own))
                .reading(from: first)
        }
        guard let sums else { return .constant(.nan) }
        return sums.count == 1 ? sums[0] : .sum(sums)
    }

    public func gradientExpression(ofInput input: Int, at index: [Int], pass: BackwardPass) -> Expression {
        .constant(.nan)
    }
}

extension BackwardPass {
    /// - Parameter own: what an operation read, what it gave, and the gradient of that.
    init(_ part: Gradient.Part, _ own: ArraySlice<Tensor>) {
        self.init(
            inputs: Array(own.prefix(part.count)), output: own[own.endIndex - 2], upstream: own[own.endIndex - 1])
    }
}

extension Gradient {
    /// The parts' operations are kept as `0.operation`, `0.slot` and `0.reads`, their own attributes under `0.` too.
    public convenience init(attributes: Attributes) throws(Failure) {
        guard attributes.values["parts"] != nil else {
            self.init()
            return
        }
        let count = try attributes.integer("parts", of: Self.name)
        // Each part has an operation, so a count beyond the attributes is damage.
        guard count >= 0, count <= attributes.values.count else {
            throw .attribute(operation: Self.name, key: "parts")
        }
        var own: [Int: Attributes] = [:]
        for (key, value) in attributes.values {
            guard let dot = key.firstIndex(of: "."), let part = Int(key[..<dot]) else { continue }
            own[part, default: Attributes()].values[String(key[key.index(after: dot)...])] = value
        }
        self.init(
            try (0..<count).map { (place) throws(Failure) in
                let operation = try attributes.text("\(place).operation", of: Self.name)
                let input = try attributes.integer("\(place).slot", of: Self.name)
                let reads = try attributes.integer("\(place).reads", of: Self.name)
                // A gradient of a gradient is never recorded; allowing it would let a file nest without end.
                guard operation != Self.name else {
                    throw .attribute(operation: Self.name, key: "\(place).operation")
                }
                guard input >= 0, reads > input, reads < 1 << 20 else {
                    throw .attribute(operation: Self.name, key: "\(place).slot")
                }
                return Part(
                    try Operations.make(operation, attributes: own[place] ?? Attributes()), input: input, of: reads)
            })
    }

    public var attributes: Attributes {
        guard !parts.isEmpty else { return Attributes() }
        var values: [String: Attributes.Value] = ["parts": .number(Double(parts.count))]
        for (place, part) in parts.enumerated() {
            for (key, value) in part.operation.attributes.values { values["\(place).\(key)"] = value }
            values["\(place).operation"] = .text(part.operation.operationKind)
            values["\(place).slot"] = .number(Double(part.input))
            values["\(place).reads"] = .number(Double(part.count))
        }
        return Attributes(values)
    }
}

extension Expression {
    /// The same arithmetic where the first input has another place.
    func reading(from first: Int) -> Expression {
        func moved(_ parts: [Expression]) -> [Expression] { parts.map { $0.reading(from: first) } }
        return switch self {
        case .cell(let input, let index): .cell(input: input + first, index)
        case .constant: self
        case .sum(let parts): .sum(moved(parts))
        case .product(let parts): .product(moved(parts))
        case .difference(let left, let right): .difference(left.reading(from: first), right.reading(from: first))
        case .quotient(let left, let right): .quotient(left.reading(from: first), right.reading(from: first))
        case .function(let function, let parts): .function(function, moved(parts))
        }
    }
}
