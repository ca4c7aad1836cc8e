import Tensors
import TestSupport
import Testing
import Wording

@testable import Tracing

/// Every cell of every gradient says how it came to be, whatever the operation.
@Suite struct GradientExpressionTests {
    private struct Case {
        let pass: BackwardPass
        let gradients: [Tensor?]
    }

    private func backward(_ it: OperationCase) throws -> Case {
        let output = try it.operation.evaluate(it.inputs)
        var upstream = Tensor.test(output.shape, seed: 91)
        // What was masked gets no gradient, as in a whole trace.
        upstream.mutate { cells in
            for place in cells.indices where !output[flat: place].isFinite { cells[place] = 0 }
        }
        let pass = BackwardPass(inputs: it.inputs, output: output, upstream: upstream)
        return Case(pass: pass, gradients: try it.operation.gradients(pass))
    }

    /// - Parameter expression: of one cell of the gradient of an input.
    private func compare(
        _ it: OperationCase, tolerance: Double, _ expression: (Int, [Int], BackwardPass) -> Tracing.Expression
    ) throws {
        let run = try backward(it)
        let tensors = run.pass.inputs + [run.pass.output, run.pass.upstream]
        for (input, gradient) in run.gradients.enumerated() {
            guard let gradient else { continue }
            let scale = gradient.scalars.map { abs(Double($0)) }.max() ?? 0
            for place in 0..<gradient.count {
                let index = gradient.shape.index(at: place)
                let arithmetic = expression(input, index, run.pass)
                for cell in arithmetic.cells {
                    guard tensors.indices.contains(cell.input) else {
                        Issue.record("operand \(cell.input) of \(tensors.count)")
                        return
                    }
                    #expect(tensors[cell.input].shape.offset(of: cell.index) != nil, "\(cell) is not there")
                }
                let exact = arithmetic.value { Double(tensors[$0].cell($1) ?? .nan) }
                let found = Double(gradient[flat: place])
                #expect(abs(found - exact) <= tolerance * max(scale, 1e-3), "\(input) \(index): \(found), \(exact)")
            }
        }
    }

    @Test(arguments: OperationCase.all) func everyGradientExplainsItself(it: OperationCase) throws {
        try compare(it, tolerance: 1e-5) { it.operation.gradientExpression(ofInput: $0, at: $1, pass: $2) }
    }

    /// What an operation gets that writes none of its own: the derivative of the arithmetic that goes forward.
    @Test(arguments: OperationCase.all) func theRulesOfCalculusAgree(it: OperationCase) throws {
        final class Plain: Operation {
            static let name = "plain"
            let operation: any Operation
            init(_ operation: any Operation) { self.operation = operation }
            init(attributes: Attributes) throws(Failure) { throw Failure(TracingError.unknownOperation(Self.name)) }
            var attributes: Attributes { operation.attributes }
            func outputShape(_ inputs: [Shape]) throws(Failure) -> Shape { try operation.outputShape(inputs) }
            func evaluate(_ inputs: [Tensor]) throws(Failure) -> Tensor { try operation.evaluate(inputs) }
            func gradients(_ pass: BackwardPass) throws(Failure) -> [Tensor?] { try operation.gradients(pass) }
            func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Tracing.Expression {
                operation.expression(at: index, inputs: inputs, output: output)
            }
        }
        try compare(it, tolerance: 1e-5) { Plain(it.operation).gradientExpression(ofInput: $0, at: $1, pass: $2) }
    }

    @Test func contributionsAddUpInTheOrderOfTheSum() throws {
        let trace = try SampleTrace.make()
        let step = try trace.step("blocks.0.resid_pre.grad")
        let gradient = try #require(step.operation as? Gradient)
        #expect(gradient.parts.map { $0.operation.name } == ["add", "linear", "linear", "linear"])
        let explanation = try trace.explain("blocks.0.resid_pre.grad", at: [0, 1, 2])
        #expect(explanation.terms.first?.step == "blocks.0.resid_post.grad")
        #expect(Set(explanation.terms.map(\.step.description)).contains("blocks.0.attn.W_K"))
    }

    /// From any gradient the operands lead back to the loss, whose own gradient is 1.
    @Test func everyGradientLeadsBackToTheLoss() throws {
        let trace = try SampleTrace.make()
        let loss = try trace.explain("loss.grad", at: [])
        #expect(loss.value == 1)
        #expect(loss.terms.isEmpty)
        for step in trace.steps where step.name.isGradient && step.name != "loss.grad" {
            var open: [StepName] = [step.name]
            var seen: Set<StepName> = []
            while let next = open.popLast(), seen.insert(next).inserted {
                let places = try trace.step(next).inputs
                open += places.map { trace.steps[$0].name }.filter(\.isGradient)
            }
            #expect(seen.contains("loss.grad") || !open.isEmpty || seen.count > 1)
        }
    }

    /// Attributes come from files: none of them may trap, or nest gradients in each other.
    @Test func damagedAttributesAreErrors() throws {
        let whole = Gradient([.init(Scale(dividingBy: 2), input: 0, of: 1), .init(Linear(), input: 1, of: 2)])
        let again = try Gradient(attributes: whole.attributes)
        #expect(again.attributes == whole.attributes)
        for key in whole.attributes.values.keys {
            var missing = whole.attributes
            missing.values[key] = nil
            if key == "parts" { continue }
            expectFailure(TracingError.self, "\(key)") { try Gradient(attributes: missing) }
        }
        let damage: [(String, Attributes.Value)] = [
            ("parts", .number(3)), ("parts", .number(1e15)), ("parts", .number(-1)), ("parts", .text("2")),
            ("0.operation", .text("gradient")), ("0.operation", .text("magic")), ("0.slot", .number(1)),
            ("0.slot", .number(-1)), ("1.slot", .number(0.5)), ("0.reads", .number(9e18)),
        ]
        for (key, value) in damage {
            var wrong = whole.attributes
            wrong.values[key] = value
            expectFailure(TracingError.self, "\(key)") { try Gradient(attributes: wrong) }
        }
        let shapes: [Shape] = [[2, 3], [2, 3], [2, 3], [2, 3], [4, 2], [2, 3], [4, 3], [4, 3]]
        #expect(try whole.outputShape(shapes) == [2, 3])
        for place in shapes.indices {
            var wrong = shapes
            wrong[place] = [7]
            expectFailure(TensorError.self, "\(place)") { try whole.outputShape(wrong) }
            wrong.remove(at: place)
            expectFailure(TensorError.self, "\(place)") { try whole.outputShape(wrong) }
        }
    }
}
