import Tensors
import TestSupport
import Testing
import Tracing

/// What every operation promises, asked of each of them.
@Suite struct OperationTests {
    @Test func everyOperationHasACase() {
        let registered = Operations.all.map { $0.name }
        #expect(Set(registered).count == registered.count, "two operations of one name")
        let computed = (OperationCase.all + OperationCase.undifferentiable).map { type(of: $0.operation).name }
        let given = OperationCase.given.map { type(of: $0).name }
        #expect(Set(computed + given) == Set(registered))
    }

    @Test(arguments: OperationCase.all + OperationCase.undifferentiable) func theShapeIsKnownBeforehand(
        it: OperationCase
    ) throws {
        poisonFreedMemory()
        let output = try it.operation.evaluate(it.inputs)
        #expect(try it.operation.outputShape(it.inputs.map(\.shape)) == output.shape)
        #expect(!output.scalars.contains { $0.isNaN }, "a cell was left unwritten")
    }

    /// The expression in double precision, and every cell that it reads.
    @Test(arguments: OperationCase.all + OperationCase.undifferentiable) func everyCellExplainsItself(it: OperationCase)
        throws
    {
        let output = try it.operation.evaluate(it.inputs)
        let scale = output.scalars.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0
        for place in 0..<output.count {
            let index = output.shape.index(at: place)
            let expression = it.operation.expression(at: index, inputs: it.inputs, output: output)
            for cell in expression.cells {
                #expect(it.inputs.indices.contains(cell.input))
                #expect(it.inputs[cell.input].shape.offset(of: cell.index) != nil, "\(cell) is not there")
            }
            let exact = expression.value { Double(it.inputs[$0].cell($1) ?? .nan) }
            let found = Double(output[flat: place])
            let agrees = found == exact || abs(found - exact) <= 1e-5 * abs(exact) + 1e-7 * scale
            #expect(agrees, "\(index): \(found), expected \(exact)")
        }
    }

    @Test(arguments: OperationCase.all + OperationCase.undifferentiable) func attributesMakeTheSameOperation(
        it: OperationCase
    ) throws {
        let name = type(of: it.operation).name
        let again = try Operations.make(name, attributes: it.operation.attributes)
        #expect(type(of: again) == type(of: it.operation))
        #expect(again.attributes == it.operation.attributes)
        #expect(try again.evaluate(it.inputs).bits == it.operation.evaluate(it.inputs).bits)
    }

    @Test(arguments: OperationCase.all + OperationCase.undifferentiable) func aMissingOrWrongAttributeIsAnError(
        it: OperationCase
    ) {
        let name = type(of: it.operation).name
        for key in it.operation.attributes.values.keys {
            var missing = it.operation.attributes
            missing.values[key] = nil
            expectFailure(TracingError.attribute(operation: name, key: key)) {
                try Operations.make(name, attributes: missing)
            }
            var wrong = it.operation.attributes
            if case .number = wrong.values[key] {
                wrong.values[key] = .text("7")
            } else {
                wrong.values[key] = .number(7)
            }
            expectFailure(TracingError.attribute(operation: name, key: key)) {
                try Operations.make(name, attributes: wrong)
            }
        }
    }

    @Test(arguments: OperationCase.all + OperationCase.undifferentiable) func shapesThatDoNotFitAreErrors(
        it: OperationCase
    ) {
        var wrong = it.wrong
        let shapes = it.inputs.map(\.shape)
        if !shapes.isEmpty { wrong.append([]) }
        wrong.append(shapes + shapes + [[2], [2], [2]])
        for shapes in wrong {
            expectFailure(TensorError.self, "\(shapes)") { try it.operation.outputShape(shapes) }
            expectFailure(TensorError.self, "\(shapes)") {
                try it.operation.evaluate(shapes.map { Tensor($0, repeating: 0) })
            }
        }
    }

    @Test(arguments: [Float.nan, .infinity, 0.5, -1, 7, 1e20]) func idsOutsideTheTableAreErrors(id: Float) throws {
        let table = Tensor.test([7, 3])
        expectFailure(TensorError.self) { try Embedding().evaluate([table, Tensor(scalar: id)]) }
        let logits = Tensor.test([1, 7])
        guard id != -1 else { return }
        expectFailure(TensorError.self) { try CrossEntropy().evaluate([logits, Tensor([1], repeating: id)]) }
    }

    /// Attributes are read from files: absurd ones must be errors, never traps.
    @Test(
        arguments: [
            ("position_rows", ["start": 9e18, "count": 9e18, "batch": 1]),
            ("position_rows", ["start": -1, "count": 1, "batch": 1]),
            ("position_rows", ["start": 0, "count": -1, "batch": 1]),
            ("position_rows", ["start": 0, "count": 1, "batch": -1]),
            ("position_rows", ["start": 0, "count": 7, "batch": 1]),
            ("linear", ["contracted": 9e18, "transposed": 0]),
            ("concatenate", ["axis": 9e18]), ("concatenate", ["axis": -1]), ("concatenate", ["axis": 2]),
        ] as [(String, [String: Double])])
    func absurdAttributes(name: String, numbers: [String: Double]) throws {
        let operation = try Operations.make(name, attributes: Attributes(numbers.mapValues { .number($0) }))
        let inputs: [Shape] = name == "position_rows" ? [[6, 2]] : [[6, 2], [6, 2]]
        expectFailure(TensorError.self) { try operation.outputShape(inputs) }
        expectFailure(TensorError.self) { try operation.evaluate(inputs.map { Tensor($0, repeating: 0) }) }
    }

    @Test(
        arguments: [
            ("linear", ["contracted": 0, "transposed": 0]), ("linear", ["contracted": 1.5, "transposed": 0]),
            ("linear", ["contracted": 1e300, "transposed": 0]), ("linear", ["contracted": .nan, "transposed": 0]),
            ("concatenate", ["axis": .infinity]),
        ] as [(String, [String: Double])])
    func numbersThatNoAttributeCanBe(name: String, numbers: [String: Double]) {
        expectFailure(TracingError.self) {
            try Operations.make(name, attributes: Attributes(numbers.mapValues { .number($0) }))
        }
    }

    @Test func sizesThatOverflowHaveAShapeAllTheSame() throws {
        let sizes = Attributes(["count": .number(4e18), "width": .number(4e18)])
        let operation = try Operations.make("sinusoidal_positions", attributes: sizes)
        #expect(try operation.outputShape([]).count == .max)
        expectFailure(TensorError.self) {
            try SinusoidalPositions(count: -1, width: 2).evaluate([])
        }
    }

    @Test func unknownNamesAreErrors() {
        expectFailure(TracingError.unknownOperation("magic")) {
            try Operations.make("magic", attributes: Attributes())
        }
        expectFailure(TracingError.attribute(operation: "activation", key: "function")) {
            try Operations.make("activation", attributes: Attributes(["function": .text("magic")]))
        }
        expectFailure(TracingError.attribute(operation: "source", key: "kind")) {
            try Operations.make("source", attributes: Attributes(["kind": .text("magic")]))
        }
    }

    @Test(arguments: OperationCase.given.indices) func whatIsGivenIsNotComputed(place: Int) throws {
        let operation = OperationCase.given[place]
        let again = try Operations.make(type(of: operation).name, attributes: operation.attributes)
        #expect(again.attributes == operation.attributes)
        let tensor = Tensor.test([3])
        // The gradient of what nothing else reads: the loss's own, 1.
        if operation is Gradient {
            #expect(try operation.evaluate([tensor]).scalars == [1, 1, 1])
        } else {
            expectFailure(TracingError.self) { try operation.evaluate([tensor]) }
        }
        let expression = operation.expression(at: [1], inputs: [tensor], output: tensor)
        #expect(expression == .constant(Double(tensor[flat: 1])))
    }

    /// A masked key has a weight of exactly zero and is left out of the sum that explains its query.
    @Test func maskedKeysAreLeftOutOfTheArithmetic() throws {
        let pattern = try Tensor([1, 1, 1, 3], [0.5, 0.5, 0])
        let values = Tensor.test([1, 3, 1, 2])
        let output = try WeightedSum().evaluate([pattern, values])
        let expression = WeightedSum().expression(at: [0, 0, 0, 1], inputs: [pattern, values], output: output)
        #expect(expression.cells.map(\.index) == [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 1, 0, 1]])
        let scores = try Tensor([3], [1, 2, -.infinity])
        let softmax = Softmax().expression(at: [0], inputs: [scores], output: scores.softmax())
        #expect(softmax.cells.map(\.index) == [[0], [0], [1]])
    }
}
