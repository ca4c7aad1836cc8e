import Foundation
import Models
import Tensors
import Tracing
import Wording

/// Questions answered, answers learned from, again and again, in a folder where it can be killed at any moment.
///
/// A checkpoint is kept only between two rollouts: there the state is parameters, optimiser and generator.
struct PolicyLoop {
    let maker: RolloutMaker
    let questions: [AnswerQuestion]
    /// A held-out question to show now and then.
    let shown: AnswerQuestion?
    var trainer: Trainer<PolicyTask>
    let folder: String
    let fingerprint: String

    mutating func run(steps limit: Int?, report: (TrainingEvent) throws -> Void) throws {
        limitMatrixThreads(to: 1)
        try RunFolder.create(folder)
        let checkpoint = folder + "/checkpoint.safetensors"
        // Rewards stop a run no earlier than its steps.
        var stopping: EarlyStopping?
        if try TrainingCheckpoint.resume(&trainer, stopping: &stopping, recipe: fingerprint, from: checkpoint) {
            try report(.resumed(step: trainer.step))
        }
        let last = min(limit ?? .max, trainer.settings.steps)
        var kept = trainer.step
        while trainer.step < last {
            let rollout = try maker.rollout(on: questions, by: trainer.model, using: &trainer.random)
            try learn(from: rollout, until: last, report: report)
            guard trainer.step - kept >= trainer.settings.checkpointEvery, trainer.step < last else { continue }
            kept = trainer.step
            try TrainingCheckpoint.write(trainer, recipe: fingerprint, to: checkpoint)
            if let shown {
                let said = try AnswerExam(words: maker.words, questions: [shown]).answers(of: trainer.model.decoder)
                try report(.sample(step: trainer.step, input: shown.text, output: maker.words.text(said[0])))
            }
        }
    }

    private mutating func learn(
        from rollout: Rollout, until last: Int, report: (TrainingEvent) throws -> Void
    ) throws {
        let meter = PolicyMeter()
        let task = PolicyTask(rule: maker.rule, written: rollout.batch, meter: meter)
        for _ in 0..<maker.settings.epochs {
            var order = Array(rollout.batch.inputs.indices)
            for place in order.indices.dropLast() {
                order.swapAt(place, place + trainer.random.integer(below: order.count - place))
            }
            for places in order.batches(of: trainer.settings.batch) {
                guard trainer.step < last else { return }
                let batch = rollout.batch.answers(Array(places))
                if let wanted = TracedStep.wanted, trainer.step + 1 == wanted.step {
                    try TraceFile.write(trainer.tracedUpdate(task, on: batch), to: wanted.path)
                    try report(.wrote([wanted.path]))
                } else {
                    try trainer.update(task, on: batch)
                }
                let parts = trainer.parts(of: batch, task)
                let measures = rollout.measures.merging(meter.measures(of: parts)) { $1 }
                trainer.note(measures)
                if let record = trainer.records.last { try report(.update(record, of: last)) }
            }
        }
    }
}
