import Foundation
import Tensors
import TestSupport
import Testing
import Tracing

@Suite struct ExplanationTests {
    let trace: Trace
    init() throws { trace = try SampleTrace.make() }

    /// Every cell of every step: the arithmetic on the recorded operands gives the recorded number.
    @Test func everyNumberOfATraceExplainsItself() throws {
        var explained = 0
        for step in trace.steps {
            let scale = step.tensor.scalars.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0
            for place in 0..<step.tensor.count {
                let index = step.shape.index(at: place)
                let explanation = try trace.explain(step.name, at: index)
                let inputs = try explanation.inputs.map { try trace.step($0).tensor }
                let exact = explanation.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
                // What comes back through a softmax is the small difference of larger numbers.
                let operands = step.name.isGradient ? explanation.terms.map { abs($0.value) }.max() ?? 0 : 0
                let agrees =
                    explanation.value == exact
                    || abs(explanation.value - exact) <= 1e-5 * abs(exact) + 1e-6 * scale + 1e-7 * operands
                #expect(agrees, "\(step.name)\(index): \(explanation.value), \(exact)")
                if step.isSource {
                    #expect(explanation.terms.isEmpty)
                } else {
                    for term in explanation.terms {
                        #expect(try trace.step(term.step).tensor.cell(term.index).map(Double.init) == term.value)
                    }
                }
                explained += 1
            }
        }
        #expect(explained > 600)
    }

    @Test func termsComeInReadingOrder() throws {
        let explanation = try trace.explain("blocks.0.resid_pre", at: [0, 1, 2])
        #expect(explanation.operation == "add")
        #expect(explanation.terms.map(\.step.description) == ["embed", "pos_embed"])
        #expect(explanation.terms.map(\.index) == [[0, 1, 2], [0, 1, 2]])
        #expect(abs(explanation.terms.reduce(0) { $0 + $1.value } - explanation.value) < 1e-6)
        let embedded = try trace.explain("embed", at: [0, 1, 2])
        #expect(embedded.terms.map(\.step.description) == ["embed.W_E", "tokens"])
        #expect(embedded.terms.first?.value == embedded.value)
    }

    @Test func whatCannotBeExplainedIsAnError() throws {
        expectFailure(TracingError.index(step: "embed", index: [0, 9, 0], shape: "1 × 3 × 4")) {
            try trace.explain("embed", at: [0, 9, 0])
        }
        expectFailure(TracingError.self) { try trace.explain("embed", at: []) }
        expectFailure(TracingError.self) { try trace.explain("nothing", at: [0]) }
        let alone = try Trace(steps: [
            Step(name: "embed", operation: Source(.unexplained), tensor: .test([2]), axes: [.width]),
            Step(name: "embed.grad", operation: Gradient(), inputs: [0], tensor: .test([2]), axes: [.width]),
        ])
        expectFailure(TracingError.notExplained(step: "embed.grad", operation: "gradient")) {
            try alone.explain("embed.grad", at: [0])
        }
        let elsewhere = try Trace(steps: [
            Step(name: "embed", operation: Source(.unexplained), tensor: .test([2]), axes: [.width])
        ])
        expectFailure(TracingError.notExplained(step: "embed", operation: "recorded")) {
            try elsewhere.explain("embed", at: [0])
        }
    }

    /// The functions of expressions against the C library, and the statistics over several operands.
    @Test(arguments: Tracing.Expression.Function.allCases) func functionsAreTheLibrarys(
        function: Tracing.Expression.Function
    ) {
        let x = 0.7
        /// The slope of `function` at x, by a small step to either side.
        func slope(_ function: Tracing.Expression.Function) -> Double {
            func value(_ x: Double) -> Double {
                Tracing.Expression.function(function, [.constant(x)]).value { _, _ in 0 }
            }
            return (value(x + 1e-4) - value(x - 1e-4)) / 2e-4
        }
        let gelu = x * 0.5 * erfc(-x / 2.0.squareRoot())
        let expected: Double =
            switch function {
            case .exp: Foundation.exp(x)
            case .log: Foundation.log(x)
            case .sqrt: x.squareRoot()
            case .sin: Foundation.sin(x)
            case .cos: Foundation.cos(x)
            case .tanh: Foundation.tanh(x)
            case .erf: Foundation.erf(x)
            case .relu: 0.7
            case .silu: x / (1 + Foundation.exp(-x))
            case .sigmoid: 1 / (1 + Foundation.exp(-x))
            case .gelu: gelu
            case .geluTanh: 0.5 * x * (1 + Foundation.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))
            case .mean, .lookUp: 0.7
            case .variance: 0
            // The nearest multiples of 2⁻¹¹ and 2⁻⁸.
            case .float16: (x * 2048).rounded() / 2048
            case .bfloat16: (x * 256).rounded() / 256
            case .power: .nan
            case .reluSlope: 1
            case .siluSlope: slope(.silu)
            case .geluSlope: slope(.gelu)
            case .geluTanhSlope: slope(.geluTanh)
            }
        let value = Tracing.Expression.function(function, [.constant(x)]).value { _, _ in .nan }
        let isSlope = function.rawValue.hasSuffix("_slope")
        #expect(
            expected.isNaN ? value.isNaN : abs(value - expected) < (isSlope ? 1e-8 : 1e-15), "\(value), \(expected)")
        #expect(Tracing.Expression.function(function, []).value { _, _ in 0 }.isNaN)
        let several = Tracing.Expression.function(function, [.constant(1), .constant(3), .constant(8)]).value { _, _ in
            .nan
        }
        if function == .power { #expect(several == 1) }
        if function == .mean { #expect(several == 4) }
        if function == .variance { #expect(several == 26.0 / 3) }
    }

    /// A trace put together by hand may say anything; one that is read is checked.
    @Test(arguments: [
        [[1, 2, 0, 3], [1, 2, 0, 3]], [[1, 2, 2, 3], [1, 2, 0, 3]], [[1, 2, 2, 3], [3]], [[], []],
        [[1, 0, 2, 3], [1, 2, 2, 3]],
    ])
    func arithmeticThatDoesNotFitIsAnError(_ shapes: [[Int]]) throws {
        let given = shapes.enumerated().map { place, shape in
            Step(
                name: StepName(place == 0 ? .query : .key, block: 0), operation: Source(.constant),
                tensor: Tensor(Shape(shape), repeating: .nan), axes: shape.map { _ in .unknown })
        }
        let name = StepName.block(0, .dotProducts)
        let lying = Step(
            name: name, operation: DotProducts(), inputs: [0, 1], tensor: Tensor([1, 2, 2, 2], repeating: .nan),
            axes: [.batch, .head, .query, .key])
        let trace = try Trace(steps: given + [lying])
        expectFailure(TensorError.self) { try trace.explain(name, at: [0, 1, 1, 1]) }
        #expect(trace.verified().unexplained == [name])
        #expect(trace.firstNotFinite != nil)
        _ = trace.arithmetic()
        _ = trace.origin(of: name, at: [0, 1, 1, 1])
        expectFailure(TracingError.notReplayed(step: name.description)) {
            try trace.replaying([given[0].name: given[0].tensor])
        }
    }
}
