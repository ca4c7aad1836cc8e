import Models
import Tensors
import TestSupport
import Testing
import Tracing

@testable import Training

@Suite struct DataParallelTests {
    static let texts = [
        [3, 1, 4, 1, 5, 9], [2, 6, 5], [3, 5, 8, 9, 7], [9, 3], [2, 3, 8, 4, 6, 2], [6, 4, 3], [3, 8],
    ]

    private func decoder() throws -> Decoder {
        try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 11, context: 8, width: 16, layers: 2, heads: 4), seed: 7)
    }

    private static func settings(_ optimizer: OptimizerSettings? = nil) -> TrainingSettings {
        var settings = TrainingSettings(
            steps: 10, batch: 7, schedule: Schedule(rate: 0.01, warmUp: 0, shape: .constant, steps: 10))
        if let optimizer { settings.optimizer = optimizer }
        return settings
    }

    private var settings: TrainingSettings { Self.settings() }

    /// Seven texts of different lengths: no number of workers but one and seven shares them evenly.
    @Test(
        arguments: [1, 2, 3, 4, 7, 8],
        [OptimizerSettings(.sgd, momentum: 0.9), OptimizerSettings(.adamw, weightDecay: 0.1)])
    func theUpdateIsTheSingleWorkers(_ workers: Int, _ optimizer: OptimizerSettings) throws {
        let task = try TextBatchTask(texts: Self.texts)
        let settings = Self.settings(optimizer)
        var single = Trainer<TextBatchTask>(model: try decoder(), settings: settings)
        var together = try DataParallelTrainer<TextBatchTask>(
            model: try decoder(), settings: settings, workers: workers)
        for _ in 0..<3 {
            try single.update(task, on: task.examples)
            let record = try together.update(task, on: task.examples)
            let expected = try #require(single.records.last)
            #expect(abs(record.loss - expected.loss) <= 1e-6 * expected.loss)
            let norm = try #require(expected.gradientNorm)
            #expect(abs(record.gradientNorm - norm) <= 1e-5 * norm)
            #expect(record.parts.reduce(0) { $0 + $1.targets } == task.weight(of: task.examples))
            #expect(abs(record.parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        }
        // The key bias has a gradient of rounding errors only, since a softmax does not change when all keys gain the
        // same; gradient descent leaves it near zero, and Adam makes a step of any error.
        let largest = single.model.parameters.all.map { $0.tensor.scalars.map(abs).max() ?? 0 }.max() ?? 0
        for (found, expected) in zip(together.model.parameters.all, single.model.parameters.all) {
            var difference = relativeDifference(found.tensor, expected.tensor)
            if found.name.label == .keyBias {
                guard optimizer.kind == .sgd else { continue }
                difference *= Double(expected.tensor.scalars.map(abs).max() ?? 0) / Double(largest)
            }
            #expect(difference <= 1e-5, "\(workers) workers, \(optimizer.kind), \(found.name): \(difference)")
        }
        #expect(together.workersAgree)
        for worker in together.workers.dropFirst() {
            for (own, first) in zip(worker.model.parameters.all, together.workers[0].model.parameters.all) {
                #expect(own.tensor.bits == first.tensor.bits)
                #expect(!own.tensor.isSame(as: first.tensor))
            }
        }
    }

    @Test(arguments: [2, 3, 5, 8])
    func everyMessageOfTheRingIsRecorded(_ workers: Int) throws {
        let task = try TextBatchTask(texts: Self.texts)
        var trainer = try DataParallelTrainer<TextBatchTask>(
            model: try decoder(), settings: settings, workers: workers)
        let record = try trainer.update(task, on: task.examples)
        let bytes = 4 * trainer.model.parameters.count
        #expect(record.messages.count == 2 * (workers - 1) * workers)
        for message in record.messages { #expect(message.to == (message.from + 1) % workers) }
        // Every chunk travels to all but one in each half.
        for phase in [Message.Phase.reduceScatter, .allGather] {
            let sent = record.messages.filter { $0.phase == phase }.reduce(0) { $0 + $1.bytes }
            #expect(sent == bytes * (workers - 1))
        }
        #expect(record.messages == record.messages.sorted(by: Message.inOrder))
        for holding in record.holdings {
            #expect(holding.parameters == bytes)
            #expect(holding.gradients == bytes)
            #expect(holding.optimizerState == 2 * bytes)
            #expect(holding.messages == 2 * (workers - 1))
        }
        #expect(record.holdings.reduce(0) { $0 + $1.sent } == 2 * bytes * (workers - 1))
    }

    @Test func watchedNumbersAreAddedUpAsTheyTravel() throws {
        let task = try TextBatchTask(texts: Self.texts)
        var trainer = try DataParallelTrainer<TextBatchTask>(model: try decoder(), settings: settings, workers: 3)
        let record = try trainer.update(task, on: task.examples)
        #expect(record.watched.map(\.chunk) == [0, 1, 2])
        for number in record.watched {
            #expect(number.rounds.count == 5)
            let sum = number.rounds[0].reduce(0, +)
            #expect(abs(number.result - sum) <= 1e-6 * max(abs(sum), 1))
            #expect(Set(number.rounds[4].map(\.bitPattern)).count == 1)
        }
    }

    @Test func moreWorkersThanExamplesAreIdle() throws {
        let task = try TextBatchTask(texts: [[1, 2, 3], [4, 5, 6]])
        var trainer = try DataParallelTrainer<TextBatchTask>(model: try decoder(), settings: settings, workers: 5)
        let record = try trainer.update(task, on: task.examples)
        #expect(record.parts.map(\.targets) == [2, 2, 0, 0, 0])
        #expect(record.holdings.map { $0.activations > 0 } == [true, true, false, false, false])
    }

    @Test func aTextAloneIsABatchOfItsBeginnings() throws {
        let task = try TextBatchTask(texts: [[5, 6, 7, 8]])
        #expect(task.examples.inputs == [[5, 0, 0], [5, 6, 0], [5, 6, 7]])
        #expect(task.examples.targets == [[6, -1, -1], [-1, 7, -1], [-1, -1, 8]])
        #expect(throws: ParallelError.nothingToLearn(tokens: 1)) { try TextBatchTask(texts: [[5]]) }
        #expect(throws: ParallelError.nothingToLearn(tokens: 0)) { try TextBatchTask(texts: []) }
    }

    @Test func theNumberOfWorkersIsChecked() throws {
        for workers in [0, -1, 9] {
            #expect(throws: ParallelError.workers(found: workers, most: 8)) {
                _ = try DataParallelTrainer<TextBatchTask>(model: try decoder(), settings: settings, workers: workers)
            }
        }
    }

    /// A worker that fails must not leave the others waiting for its messages.
    @Test func aFailureEndsTheWholeCrew() throws {
        expectFailure(ModelError.emptyText) {
            _ = try Crew.run(4) { place -> [Float] in
                if place.worker == 2 { throw ModelError.emptyText }
                var numbers: [Float] = [1, 2, 3, 4, 5]
                try place.allReduce(&numbers, what: "test")
                return numbers
            }
        }
    }

    /// Fewer numbers than workers, so that some chunks are empty.
    @Test(arguments: [1, 2, 3, 8], [0, 1, 3, 8, 13])
    func theRingAddsUp(_ workers: Int, _ count: Int) throws {
        let (results, _) = try Crew.run(workers) { place in
            var numbers = (0..<count).map { Float((place.worker + 1) * ($0 + 1)) }
            try place.allReduce(&numbers, what: "sum")
            let parts = try place.allGather(
                [Float](repeating: Float(place.worker), count: place.worker), lengths: Array(0..<workers), what: "all")
            return (numbers, parts)
        }
        let sum = Float(workers * (workers + 1) / 2)
        for (numbers, parts) in results {
            #expect(numbers == (0..<count).map { sum * Float($0 + 1) })
            #expect(parts == (0..<workers).flatMap { [Float](repeating: Float($0), count: $0) })
        }
    }
}
