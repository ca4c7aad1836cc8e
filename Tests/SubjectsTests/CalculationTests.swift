import Foundation
import Subjects
import Tensors
import Testing
import Tracing
import Wording

/// Small calculations, against numbers worked out by hand or by NumPy.
@Suite struct CalculationTests {
    @Test(
        arguments: [
            ("[1, 2] + [3, 4]", [4, 6]), ("[3, 4] - [1, 1]", [2, 3]), ("2 * [1, 2]", [2, 4]),
            ("[1, 2, 3] * [4, 5, 6]", [4, 10, 18]), ("[[1, 2]] @ [[3], [4]]", [11]),
            ("[[1, 2], [3, 4]] @ [[5, 6], [7, 8]]", [19, 22, 43, 50]),
            ("spread([90, 80, 70, 60, 50])", [1, 0.75, 0.5, 0.25, 0]),
            // numpy: e = exp([3, 2, 1] - 3); e / e.sum()
            ("softmax([3, 2, 1])", [0.66524094, 0.24472848, 0.09003057]),
            ("relu([-1, 0, 2])", [0, 0, 2]), ("sigmoid([0, 1])", [0.5, 0.7310586]),
            // numpy: (x - x.mean()) / sqrt(x.var() + 1e-5)
            ("layer-norm([1, 2, 3])", [-1.2247357, 0, 1.2247357]), ("10 - [1, 2]", [9, 8]), ("[1, 2] + 1", [2, 3]),
            ("a = [1, 2]; b = a + a; b * 2", [4, 8]), ("[1, 2] @ [[1, 0], [0, 1]]", [1, 2]),
        ] as [(String, [Float])])
    func aLineIsComputed(_ line: String, _ expected: [Float]) throws {
        let trace = try Calculation([line]).trace
        let found = try #require(trace.steps.last?.tensor.scalars)
        #expect(found.count == expected.count)
        for (one, other) in zip(found, expected) { #expect(abs(one - other) <= 1e-5 * max(1, abs(other)), "\(line)") }
        #expect(trace.verified().failures.isEmpty)
    }

    /// Every cell explains itself, as in a model's run.
    @Test func aCellExplainsItself() throws {
        let trace = try Calculation(["p = softmax([90, 80, 70, 60, 50])"]).trace
        let explanation = try trace.explain(StepName("p"), at: [0])
        #expect(abs(explanation.value - 0.9999546) < 1e-5)
    }

    /// Shapes of the class that the course's document gives: (60, 100, 512) with 8 heads, smaller here.
    @Test func attentionOfGivenShapes() throws {
        let trace = try Calculation(["x = random(2, 10, 64)", "y = attention(x, 8)"]).trace
        #expect(try trace.step(StepName("y")).shape == [2, 10, 64])
        #expect(try trace.step(.block(0, .pattern)).shape == [2, 8, 10, 10])
        #expect(try trace.step(.block(0, .query)).shape == [2, 10, 8, 8])
    }

    @Test(arguments: [
        "", "softmax(", "softmax([1, [2]])", "[1, 2] @", "nothing(1)", "a = b", "1 +", "[1, 2", "a = [1]; a = [2]",
        "attention([1, 2], 3)", "random(100000, 100000, 100000)", "[1, 2] + [1, 2, 3]", "[1] @ 2", "]", "= 3",
        String(repeating: "(", count: 10_000), String(repeating: "[", count: 10_000),
    ])
    func whatCannotBeReadIsSaid(_ line: String) {
        #expect(throws: Failure.self) { try Calculation([line]) }
    }
}
