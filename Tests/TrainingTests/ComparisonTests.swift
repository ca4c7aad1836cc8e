import TestSupport
import Testing
import Tracing
import Training

/// Two machines at one task: what each can learn, and what one of them cannot.
@Suite struct ComparisonTests {
    private func task(_ name: String, seed: UInt64 = 1) throws -> DecisionTask {
        try #require(DecisionTask.named(name, seed: seed))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func wordsInAnotherOrderAreTheSameToAPerceptron(_ seed: UInt64) throws {
        let task = try task("word-order", seed: seed)
        let comparison = try Comparison(DecisionMachines.all, on: task, seed: seed)
        let perceptron = try #require(comparison.contestants.first { $0.name == "perceptron" })
        let transformer = try #require(comparison.contestants.first { $0.name == "transformer" })
        #expect(perceptron.heldOutAccuracy <= 0.5)
        #expect(transformer.heldOutAccuracy >= 0.95)
        // 张麻子打李麻子, and the other way round: one answer for both.
        #expect(task.examples.count == 2)
        #expect(perceptron.examples[0].answer == perceptron.examples[1].answer)
        #expect(zip(transformer.examples, task.examples).allSatisfy { $0.answer == $1.answer })
        let reason = try #require(comparison.impossibility)
        #expect(reason.english.contains("张麻子打李麻子") && reason.chinese.contains("李麻子打张麻子"))
        for (one, other) in task.contradictions {
            #expect(one.features == other.features && one.answer != other.answer)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func bothLearnTheFilm(_ seed: UInt64) throws {
        let task = try task("film", seed: seed)
        #expect(task.examples.count == 8 && task.training.count == 6 && task.heldOut.count == 2)
        #expect(task.contradictions.isEmpty)
        let comparison = try Comparison(DecisionMachines.all, on: task, seed: seed)
        for one in comparison.contestants { #expect(one.trainingAccuracy == 1, "\(one.name)") }
        #expect(comparison.impossibility == nil)
    }

    /// Held-out sentences speak of pairs of names that no lesson has.
    @Test func nothingHeldOutWasLearned() throws {
        let task = try task("word-order")
        func names(_ one: DecisionCase) -> Set<String> { Set(one.words).intersection(task.answers) }
        let learned = Set(task.training.map(names))
        #expect(task.heldOut.allSatisfy { !learned.contains(names($0)) })
        #expect(task.examples.allSatisfy { !learned.contains(names($0)) })
    }

    /// A perceptron's decision: three products, two sums, and one comparison with a difference in it.
    @Test func arithmeticIsCountedByHand() throws {
        let film = try task("film")
        let comparison = try Comparison([PerceptronMachine.self], on: film, seed: 1)
        let one = comparison.contestants[0]
        #expect(one.parameters == 4)
        #expect(one.arithmetic.multiplications == 3)
        #expect(one.arithmetic.additions == 3)
        #expect(one.arithmetic.functions == 1)
    }

    @Test func theSameSeedIsTheSameMachine() throws {
        let task = try task("film")
        let twice = try (0..<2).map { _ in try Comparison([TransformerMachine.self], on: task, seed: 4).contestants[0] }
        #expect(twice[0].examples.map(\.probabilities) == twice[1].examples.map(\.probabilities))
    }
}
