import Models
import Training

/// What is asked of a run by path, beside what was measured at its end.
enum RunNumbers {
    /// Of each step that was kept: `steps.100.loss`, `.learning_rate`, `.gradient_norm` (before clipping), `.clipped_norm`
    /// (after), and every other measure by its name. Of all of them: the greatest and least of each with its step,
    /// `loss.least`, `gradient_norm.greatest.step`, and which share was clipped, `clipped.share`. Of the recipe:
    /// `settings.learning_rate`, `settings.warm_up` …
    static func of(_ records: [TrainingRecord], _ recipe: any Recipe) -> [String: Double] {
        let settings = settings(recipe)
        var numbers: [String: Double] = [:]
        for (name, value) in settings { numbers["settings." + name] = value }
        var greatest: [String: (value: Double, step: Int)] = [:]
        var least = greatest
        var (known, clipped) = (0, 0)
        for record in records {
            var values = record.measures ?? [:]
            values["loss"] = record.loss
            values["learning_rate"] = record.learningRate
            if let norm = record.gradientNorm {
                values["gradient_norm"] = norm
                known += 1
                if let most = settings["clip_norm"] {
                    values["clipped_norm"] = min(norm, most)
                    if norm > most { clipped += 1 }
                }
            }
            for (name, value) in values {
                numbers["last." + name] = value
                numbers["steps.\(record.step).\(name)"] = value
                if value > greatest[name]?.value ?? -.infinity { greatest[name] = (value, record.step) }
                if value < least[name]?.value ?? .infinity { least[name] = (value, record.step) }
            }
        }
        for (end, ends) in [("greatest", greatest), ("least", least)] {
            for (name, found) in ends {
                numbers["\(name).\(end)"] = found.value
                numbers["\(name).\(end).step"] = Double(found.step)
            }
        }
        if let last = records.last {
            numbers["last.step"] = Double(last.step)
        }
        if known > 0, settings["clip_norm"] != nil { numbers["clipped.share"] = Double(clipped) / Double(known) }
        return numbers
    }

    /// What the recipe chose, by the names of its file.
    private static func settings(_ recipe: any Recipe) -> [String: Double] {
        switch recipe {
        case let recipe as PlaygroundRecipe:
            let settings = recipe.settings
            return [
                "noise": settings.noise, "training_share": settings.trainingShare, "batch": Double(settings.batch),
                "learning_rate": settings.learningRate, "regularization_rate": settings.regularizationRate,
                "epochs": Double(recipe.epochs), "features": Double(settings.features.count),
            ]
        case let recipe as LineRecipe:
            return ["learning_rate": recipe.line.rate, "steps": Double(recipe.steps), "noise": recipe.line.noise]
        case let recipe as any TrainedRecipe:
            let training = recipe.training
            var settings = [
                "steps": Double(training.steps), "batch": Double(training.batch),
                "learning_rate": training.schedule.rate, "final_rate": training.schedule.final,
                "warm_up": Double(training.schedule.warmUp), "weight_decay": training.optimizer.weightDecay,
            ]
            if case .norm(let most) = training.clip { settings["clip_norm"] = most }
            return settings
        default: return [:]
        }
    }

    /// Of a small model: of a playground `weights.count`, `weights.zero` (how many are exactly 0), `weights.largest`,
    /// `weights.norm`, `points.training`, `points.test`, and the losses of its points; of the film's perceptron
    /// `weights.weather`, `threshold`, and `cases.110.sum`, `cases.110.fires` of each case, its inputs in the order
    /// weather, price, friend.
    static func of(_ model: LiveModel) -> [String: Double] {
        switch model {
        case .playground(let playground):
            let weights = playground.network.linkWeights.map { Double($0) }
            var numbers = [
                "weights.count": Double(weights.count), "weights.zero": Double(weights.count { $0 == 0 }),
                "weights.largest": weights.map { abs($0) }.max() ?? 0,
                "weights.norm": weights.reduce(0) { $0 + $1 * $1 }.squareRoot(),
                "points.training": Double(playground.training.count), "points.test": Double(playground.test.count),
                "parameters": Double(playground.network.parameterCount),
                "train_loss": playground.trainingLoss, "test_loss": playground.testLoss,
            ]
            if !playground.settings.data.isRegression { numbers["accuracy"] = playground.testAccuracy }
            return numbers
        case .perceptron(let perceptron): return numbers(of: perceptron)
        case .line(let line): return ["slope": line.slopes.first ?? 0, "intercept": line.intercept]
        case .language: return [:]
        }
    }

    private static func numbers(of perceptron: Perceptron) -> [String: Double] {
        let weights = perceptron.weights()
        var numbers = ["threshold": perceptron.threshold()]
        for (name, weight) in zip(["weather", "price", "friend"], weights) { numbers["weights." + name] = weight }
        for inputs in PerceptronLessons.cases {
            let name = "cases." + inputs.map { $0 > 0 ? "1" : "0" }.joined()
            numbers[name + ".sum"] = zip(inputs, weights).reduce(0) { $0 + $1.0 * $1.1 }
            numbers[name + ".fires"] = perceptron.fires(inputs) ? 1 : 0
        }
        return numbers
    }
}
