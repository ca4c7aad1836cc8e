import Models
import Tensors
import Tokenizers
import Tracing
import Wording

/// A reinforcement's questions: they are answered, and the answers learned from, again and again.
package struct PolicyCourse: Course {
    package typealias Task = PolicyTask

    package let recipe: RewardRecipe
    package let fingerprint: String
    private let base: LanguageModel
    private let maker: RolloutMaker
    private let questions: [AnswerQuestion]
    private let heldOut: [AnswerQuestion]
    /// The answers that are being learned from, and what of them is still to come, the last first.
    private var written: (task: PolicyTask, measures: [String: Double])?
    private var waiting: [PolicyBatch] = []

    init(_ recipe: RewardRecipe) throws {
        self.recipe = recipe
        let head = recipe.head
        base = try LanguageModel.load(folder: head.file(recipe.from))
        maker = RolloutMaker(
            words: try AnswerWords(base), reference: try base.decoder, reward: recipe.reward, settings: recipe.policy,
            rule: recipe.rule)
        let grammar = try CorpusGrammar(path: head.file(recipe.questions.grammar))
        questions = try recipe.questions.questions(.training, grammar: grammar)
        heldOut = try recipe.questions.questions(.heldOut, grammar: grammar)
        fingerprint = try head.fingerprint(
            with: [head.file(recipe.questions.grammar)], startingFrom: head.file(recipe.from), seed: recipe.seed)
    }

    package var settings: TrainingSettings { recipe.training }
    package var notes: [Phrase] { [] }

    package func beginning() throws -> PolicyModel {
        PolicyModel(maker.reference, hasValueHead: recipe.algorithm == .ppo)
    }

    /// Between two rollouts the state is parameters, optimiser and generator.
    package var mayPause: Bool { waiting.isEmpty }

    /// A part of the answers that were written last; where all have been learned from, others are written first.
    package mutating func lesson(for trainer: inout Trainer<PolicyTask>) throws -> Lesson<PolicyTask> {
        if let written, let batch = waiting.popLast() { return Lesson(task: written.task, batch: batch) }
        let rollout = try maker.rollout(on: questions, by: trainer.model, using: &trainer.random)
        let task = PolicyTask(rule: maker.rule, written: rollout.batch, meter: PolicyMeter())
        written = (task, rollout.measures)
        var batches: [PolicyBatch] = []
        for _ in 0..<maker.settings.epochs {
            var order = Array(rollout.batch.inputs.indices)
            for place in order.indices.dropLast() {
                order.swapAt(place, place + trainer.random.integer(below: order.count - place))
            }
            batches += order.batches(of: settings.batch).map { rollout.batch.answers(Array($0)) }
        }
        waiting = batches.reversed()
        return Lesson(task: task, batch: waiting.popLast() ?? rollout.batch)
    }

    package func measures(of lesson: Lesson<PolicyTask>, by trainer: Trainer<PolicyTask>) -> [String: Double]? {
        let parts = trainer.parts(of: lesson.batch, lesson.task)
        return (written?.measures ?? [:]).merging(lesson.task.meter?.measures(of: parts) ?? [:]) { $1 }
    }

    package func sample(of policy: PolicyModel, at step: Int) throws -> TrainingEvent? {
        guard let shown = heldOut.first else { return nil }
        let said = try AnswerExam(words: maker.words, questions: [shown]).answers(of: policy.decoder)
        return .sample(step: step, input: shown.text, output: maker.words.text(said[0]))
    }

    package func written(_ policy: PolicyModel) -> LanguageModel {
        recipe.head.model(.decoder(policy.decoder), family: base.family, tokenizer: base.tokenizer)
    }

    package func read(_ model: LanguageModel) throws -> PolicyModel {
        PolicyModel(try model.decoder, hasValueHead: false)
    }

    /// Held-out questions answered by drawing, as the policy acts: mean reward, divergence from the reference, the
    /// share of right answers and of whole sentences, each beside the reference's.
    package func measures(of policy: PolicyModel) throws -> [Measure] {
        var random = RandomSource(seed: recipe.questions.seed &+ 3)
        let seeds = heldOut.map { _ in random.next() }
        func measures(_ decoder: Decoder) throws -> [String: Double] {
            try maker.rollout(of: heldOut, by: PolicyModel(decoder, hasValueHead: false), seeds: seeds).measures
        }
        let (old, new) = (try measures(maker.reference), try measures(policy.decoder))
        return ["reward", "kl", "accuracy", "whole_sentences"].compactMap { name in
            new[name].map { Measure(name, $0, baseline: name == "kl" ? nil : old[name]) }
        }
    }

    package func measured(
        _ policy: PolicyModel, in folder: String
    ) throws -> (measures: [Measure], findings: RewardFindings) {
        (
            try measures(of: policy),
            try RewardFindings(
                recipe: recipe, words: maker.words, before: maker.reference, after: policy.decoder,
                questions: heldOut)
        )
    }
}
