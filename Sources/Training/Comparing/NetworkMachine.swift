import Models
import Tensors
import Tracing
import Wording

/// A network with one hidden layer that reads features, as the perceptron does, and gives each answer a score.
///
/// It can bend its boundary; but what differs only in its order is the same to it too.
package struct NetworkMachine: DecisionMachine {
    package static let name = "network"
    package static let title = Phrase(en: "network with a hidden layer", zh: "有隐藏层的网络")
    package static let reads = DecisionCase.Form.features

    package let network: MultilayerNetwork

    package var parameters: Int { network.parameters.count }

    private static let hidden = 16

    package static func taught(_ task: DecisionTask, seed: UInt64) throws -> NetworkMachine {
        let widths = [task.featureNames.count, hidden, task.answers.count]
        var random = RandomSource(seed: seed)
        func layer(_ inputs: Int, _ neurons: Int) -> [Float] {
            let reach = 1 / Double(max(inputs, 1)).squareRoot()
            return (0..<inputs * neurons).map { _ in Float((2 * random.uniform() - 1) * reach) }
        }
        let network = MultilayerNetwork(
            widths: widths, activation: .tanh, outputActivation: nil,
            weights: [layer(widths[0], widths[1]), layer(widths[1], widths[2])], bias: 0)
        let steps = 400
        var trainer = Trainer<FeatureTask>(
            model: network,
            settings: TrainingSettings(
                steps: steps, batch: 24,
                schedule: Schedule(rate: 0.02, warmUp: 0, shape: .cosine, steps: steps, final: 0.001), seed: seed))
        let lessons = FeatureTask(cases: task.training)
        while !trainer.isFinished { try trainer.update(lessons) }
        return NetworkMachine(network: trainer.model)
    }

    package func decide(_ one: DecisionCase) throws -> Decision {
        let recorder = Recorder()
        let scores = try network.outputs(FeatureTask.features([one]), on: recorder)
        let shares = try recorder.apply(Softmax(), scores, as: .probabilities, axes: [.batch, .hidden]).tensor.scalars
        let best = shares.indices.max { shares[$0] < shares[$1] } ?? 0
        return Decision(
            answer: best, probabilities: shares.map(Double.init),
            trace: recorder.trace(
                model: ModelCard(name: Self.name, family: "network", numbers: ["parameters": Double(parameters)])))
    }
}

/// Cases as features, with the place of the right answer: cross-entropy over the answers.
struct FeatureTask: TrainingTask {
    let cases: [DecisionCase]

    static func features(_ cases: [DecisionCase]) throws -> Tensor {
        try Tensor([cases.count, cases.first?.features.count ?? 0], cases.flatMap { $0.features.map { Float($0) } })
    }

    func batch(_ count: Int, using random: inout RandomSource) -> [DecisionCase] {
        (0..<count).map { _ in cases[random.integer(below: cases.count)] }
    }

    func loss(of model: MultilayerNetwork, on batch: [DecisionCase], recorder: Recorder) throws -> Value {
        let scores = try model.outputs(Self.features(batch), on: recorder)
        let answers = try recorder.targets(batch.map(\.answer), as: .targets)
        return try recorder.apply(CrossEntropy(), scores, answers, as: .loss, axes: [])
    }
}

extension [DecisionCase]: TrainingBatch {
    package var examples: Int { count }
    package var weight: Double { Double(count) }
    package func part(_ range: Range<Int>) -> [DecisionCase] { Array(self[range]) }
}
