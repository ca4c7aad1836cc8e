import Drawing
import Figures
import Foundation
import Models
import Reading
import Tensors
import Tracing
import Training
import Wording

extension SubjectShelf {
    /// A run of a recipe: the folder that it left, or the run itself, made here where it takes seconds.
    func read(_ source: SubjectSource.RunSource) throws -> Subject {
        let isChanged = !source.changes.isEmpty || source.variation != nil || source.input != nil
        if Place.isFolder(source.name), !isChanged { return try finished(source.name, step: source.step) }
        /// The recipe with one more option set.
        func read(_ more: [String]) throws -> any Recipe {
            let changes = RecipeChanges(source.changes + more)
            guard Place.isFolder(source.name) else {
                return try Recipes.read(path: recipes.path(source.name), changes: changes)
            }
            return try self.recipe(of: source.name, changes: changes)
        }
        if let variation = source.variation {
            return try varied(source, variation, variation.values.map { try read([variation.key + "=" + $0]) })
        }
        let recipe = try read([])
        guard recipe.isQuick else {
            let shipped = try models.located().models + "/" + recipe.head.name
            guard !isChanged, let quality = try? RunQualityName.read(shipped), quality == recipe.head.fileName else {
                throw Failure(SubjectError.untrained(recipe: source.name))
            }
            return try finished(shipped, step: source.step)
        }
        if let input = source.input { return try asked(recipe, input, steps: source.step) }
        return try made(recipe, steps: source.step)
    }

    /// A run that was finished, as its folder keeps it.
    private func finished(_ folder: String, step: Int?) throws -> Subject {
        let recipe = try self.recipe(of: folder)
        guard let step else { return try subject(recipe, folder) }
        if recipe.isQuick { return try made(recipe, steps: step) }
        let path = folder + "/step-\(step).safetensors"
        guard Place.exists(path) else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let known = names.compactMap { name -> Int? in
                guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
                return Int(name.dropFirst(5).dropLast(12))
            }
            throw Failure(SubjectError.noStepFile(step: step, run: recipe.head.name, known: known.sorted()))
        }
        var subject = try self.subject(.trace(.init(path: path)))
        subject.title = "\(recipe.head.name) \(step)"
        return subject
    }

    /// The recipe of a finished run, with its seed: what the run itself wrote down, else the shipped one of this name.
    private func recipe(of folder: String, changes: RecipeChanges = RecipeChanges([])) throws -> any Recipe {
        if let note = try RunNote.read(folder) { return try note.recipe(changes) }
        guard let name = try RunQualityName.read(folder) else {
            throw Failure(ReadingError.unreadable(path: folder + "/quality.json", reason: SystemReason.missing.phrase))
        }
        return try Recipes.read(path: recipes.path(name), changes: changes)
    }

    /// Trains where that takes seconds, in a folder that is gone afterwards.
    private func made(_ recipe: any Recipe, steps: Int?) throws -> Subject {
        try check(steps, of: recipe)
        let folder = NSTemporaryDirectory() + "/run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try recipe.run(into: folder, steps: steps) { _ in }
        var subject = try subject(recipe, folder)
        if let steps { subject.title += " \(steps)" }
        return subject
    }

    private func check(_ steps: Int?, of recipe: any Recipe) throws {
        guard let steps else { return }
        let last = try recipe.session(steps: nil).steps
        guard (0...last).contains(steps) else {
            throw Failure(SubjectError.outside(option: "--at-step", expected: "0 … \(last)", found: "\(steps)"))
        }
    }

    private func subject(_ recipe: any Recipe, _ folder: String) throws -> Subject {
        var numbers = try Measurements.read(folder)
        let records = try TrainingRecord.read(path: folder + "/training.json")
        for (path, number) in RunNumbers.of(records, recipe) { numbers[path] = number }
        if recipe.isQuick {
            for (path, number) in RunNumbers.of(try recipe.model(in: folder)) { numbers[path] = number }
        }
        return Subject(
            title: title(recipe), slides: try RunGallery.slides(recipe: recipe, folder: folder), numbers: numbers)
    }

    private func title(_ recipe: any Recipe) -> String {
        ([recipe.head.name] + recipe.head.changes.written).joined(separator: " ")
    }

    /// One update of a small recipe's training as a run with steps: forward, loss, gradients, update. At a step the one
    /// that follows it, else the first.
    /// - Throws: ``SubjectError/untrained(recipe:)`` where a step of the recipe takes long.
    package func update(_ source: SubjectSource.RunSource) throws -> Subject {
        let changes = RecipeChanges(source.changes)
        let recipe =
            Place.isFolder(source.name)
            ? try recipe(of: source.name, changes: changes)
            : try Recipes.read(path: recipes.path(source.name), changes: changes)
        guard recipe.isQuick, source.variation == nil else {
            throw Failure(SubjectError.untrained(recipe: source.name))
        }
        let steps = source.step ?? 0
        let last = try recipe.session(steps: nil).steps
        guard last > 0 else { throw Failure(SubjectError.noTrace(subject: title(recipe))) }
        guard (0..<last).contains(steps) else {
            throw Failure(SubjectError.outside(option: "--at-step", expected: "0 … \(last - 1)", found: "\(steps)"))
        }
        var session = try recipe.session(steps: nil)
        try session.advance(to: steps)
        return Subject(
            title: title(recipe) + " \(steps) → \(steps + 1)", traced: TracedText(trace: try session.tracedUpdate()))
    }

    // MARK: Several runs, and what a trained model says

    /// One run for each value of an option, side by side. Its numbers go by the value: `0.03.test_loss`.
    private func varied(
        _ source: SubjectSource.RunSource, _ variation: SubjectSource.Variation, _ recipes: [any Recipe]
    ) throws -> Subject {
        var runs: [RunVariant] = []
        var numbers: [String: Double] = [:]
        for (value, recipe) in zip(variation.values, recipes) {
            guard recipe.isQuick else { throw Failure(SubjectError.untrained(recipe: source.name)) }
            try check(source.step, of: recipe)
            let run = try RunVariant(recipe, key: variation.key, value: value, steps: source.step)
            for (path, number) in RunNumbers.of(run.records, recipe) { numbers[value + "." + path] = number }
            for (path, number) in RunNumbers.of(run.model) { numbers[value + "." + path] = number }
            runs.append(run)
        }
        let title = [source.name] + source.changes + [variation.key] + variation.values
        return Subject(
            title: title.joined(separator: " "),
            slides: RunVariants.slides(
                runs, of: variation.key, with: RecipeChanges(source.changes)), numbers: numbers)
    }

    /// What a trained model makes of one input, step by step.
    private func asked(_ recipe: any Recipe, _ input: [Double], steps: Int?) throws -> Subject {
        try check(steps, of: recipe)
        let recorder = Recorder()
        func expect(_ count: Int, _ names: String) throws {
            guard input.count != count else { return }
            throw Failure(
                SubjectError.outside(
                    option: "--input", expected: names, found: input.map { "\($0)" }.joined(separator: ",")))
        }
        switch try recipe.session(at: steps).model {
        case .playground(let playground):
            try expect(2, "X,Y")
            let features = Playground.rows(
                [PlanePoint(x: input[0], y: input[1], label: 0)], playground.settings.features)
            _ = try playground.network.model.outputs(Tensor([1, features.count], features), on: recorder)
        case .perceptron(let perceptron):
            try expect(3, "WEATHER,PRICE,FRIEND")
            _ = try perceptron.decisions([input], on: recorder)
        case .line(let line):
            try expect(1, "AREA")
            _ = try line.loss([input], targets: [0], on: recorder)
        case .language: throw Failure(SubjectError.untrained(recipe: recipe.head.name))
        }
        let given = input.map { Numbers.significant($0) }.joined(separator: ",")
        return Subject(title: title(recipe) + " " + given, traced: TracedText(trace: recorder.trace()))
    }
}
