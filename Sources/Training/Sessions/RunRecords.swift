import Wording

// By hand: the page, which compiles the type, has no such coding.
extension TrainingRecord: Codable {
    private enum CodingKeys: String, CodingKey { case step, loss, learningRate, gradientNorm, measures }

    package init(from decoder: any Swift.Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            step: try values.decode(Int.self, forKey: .step), loss: try values.decode(Double.self, forKey: .loss),
            learningRate: try values.decode(Double.self, forKey: .learningRate),
            gradientNorm: try values.decodeIfPresent(Double.self, forKey: .gradientNorm),
            measures: try values.decodeIfPresent([String: Double].self, forKey: .measures))
    }

    package func encode(to encoder: any Swift.Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(step, forKey: .step)
        try values.encode(loss, forKey: .loss)
        try values.encode(learningRate, forKey: .learningRate)
        try values.encodeIfPresent(gradientNorm, forKey: .gradientNorm)
        try values.encodeIfPresent(measures, forKey: .measures)
    }
}

extension TrainingRecord {
    /// Reads a run's `training.json`.
    /// - Throws: ``TrainingError/unreadable(path:reason:)``.
    package static func read(path: String) throws -> [TrainingRecord] {
        try RunFolder.read(path, otherwise: Phrase(en: "not a run's training.json", zh: "不是一次训练的 training.json"))
    }
}
