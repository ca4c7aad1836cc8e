import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing
import Training
import Wording

/// A session steps as its recipe's run does, needs no folder, and can be looked at at any moment.
@Suite struct SessionTests {
    private static let small = ["film", "habits", "house-prices", "playground-circle", "playground-bumps"]

    private func recipe(_ name: String) throws -> any Recipe {
        name == "small"
            ? try SmallRecipe.read() : try Recipes.read(path: Places.root + "/fixtures/recipes/\(name).yaml")
    }

    /// The numbers of a model, in the order of its parameters.
    private func numbers(_ model: LiveModel) throws -> [[UInt32]] {
        let parameters =
            switch model {
            case .playground(let playground): playground.network.model.parameters
            case .perceptron(let perceptron): perceptron.parameters
            case .line(let line): line.parameters
            case .language(let model): model.network.parameters
            }
        return parameters.all.map { $0.tensor.scalars.map(\.bitPattern) }
    }

    @Test(arguments: small + ["small"]) func aSessionIsItsRun(_ name: String) throws {
        let recipe = try recipe(name)
        let folder = try Places.temporaryFolder()
        var told: [TrainingRecord] = []
        try recipe.run(into: folder, steps: 12) { if case .update(let record, _) = $0 { told.append(record) } }
        let session = try recipe.session(at: 12)
        #expect(session.isFinished && session.step == min(12, recipe.steps))
        #expect(session.records == told && !session.notes.isEmpty)
        #expect(try numbers(session.model) == numbers(recipe.model(in: folder)))
    }

    /// What is written down is the step that would have been made, and the copy before it stays where it was.
    @Test(arguments: small.dropFirst() + ["small"]) func aTracedStepIsTheSameStep(_ name: String) throws {
        func check(_ session: some TrainingSession) throws {
            var (start, plain) = (session, session)
            try plain.update()
            // A perceptron learns only from what it judges wrong.
            while try numbers(start.model) == numbers(plain.model), !plain.isFinished {
                start = plain
                try plain.update()
            }
            var traced = start
            let trace = try traced.tracedUpdate()
            #expect(plain.records == traced.records && traced.step == start.step + 1)
            #expect(try numbers(plain.model) == numbers(traced.model))
            let updated = trace.steps.filter { $0.name.label.rawValue.hasSuffix(".updated") }
            #expect(!updated.isEmpty)
            for step in updated {
                for place in 0..<min(9, step.tensor.count) {
                    let index = step.shape.index(at: place)
                    let explanation = try trace.explain(step.name, at: index)
                    let inputs = try explanation.inputs.map { try trace.step($0).tensor }
                    let exact = explanation.expression.value { Double(inputs[$0].cell($1) ?? .nan) }
                    #expect(
                        abs(explanation.value - exact) <= 2e-6 * max(abs(exact), 0.01), "\(step.name)\(index): \(exact)"
                    )
                }
            }
        }
        try check(recipe(name).session(steps: 100))
    }

    @Test func aModelInMidCourseSpeaks() throws {
        let session = try SmallRecipe.read().session(at: 20)
        guard case .language(let model) = session.model else {
            Issue.record("no language model")
            return
        }
        let trace = try model.trace(text: "the cat sat")
        #expect(trace["probabilities"] != nil && model.name == "small")
    }
}

/// What a recipe's mistakes are called.
@Suite struct TrainingErrorTests {
    static let errors: [any ExplainedError] = [
        TrainingError.recipe(
            path: "r.yaml", line: 3, key: "training.steps", expected: Phrase(en: "a number", zh: "一个数"),
            found: Phrase(en: "nothing", zh: "空缺")),
        TrainingError.unreadable(path: "r.yaml", reason: Phrase(en: "no such file", zh: "没有这个文件")),
        TrainingError.unwritable(path: "r.yaml", reason: Phrase(en: "the disk is full", zh: "磁盘已满")),
        TrainingError.corpusTooSmall(tokens: 3, context: 8),
        TrainingError.diverged(step: 4, cause: Phrase(en: "too large", zh: "太大")),
        TrainingError.checkpoint(path: "c", problem: Phrase(en: "another recipe", zh: "另一个配方")),
        TrainingError.nothingToPredict(tokens: 1), CorpusError.unreadable(path: "g.yaml"),
        CorpusError.cycle(source: "g.yaml", lists: ["a", "b", "a"]),
        CorpusError.exhausted(source: "g.yaml", list: "a"), CorpusError.emptySplit(source: "g.yaml", split: .heldOut),
        ParallelError.workers(found: 99, most: 8), ParallelError.nothingToLearn(tokens: 1),
        ParallelError.unsplittable(step: "blocks.0.mlp", operation: "linear"), ParallelError.neighbourStopped,
    ]

    /// One line in each language, the Chinese one without English words but for names from files.
    @Test(arguments: errors) func bothLanguagesSayIt(_ error: any ExplainedError) {
        let phrase = error.explanation
        #expect(!phrase.english.contains("\n") && !phrase.chinese.contains("\n"))
        #expect(phrase.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        let names: Set = ["r", "g", "c", "yaml", "training", "steps", "blocks", "mlp", "linear", "a", "b"]
        let words = phrase.chinese.split { !$0.isASCII || !$0.isLetter }.map(String.init)
        #expect(Set(words).isSubset(of: names), "\(phrase.chinese)")
    }
}
