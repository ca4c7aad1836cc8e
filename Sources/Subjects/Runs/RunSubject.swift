import Figures
import Foundation
import Models
import Reading
import Tracing
import Training
import Wording

extension SubjectShelf {
    /// A run of a recipe: the folder that it left, or the run itself, made here where it takes seconds.
    func read(_ source: SubjectSource.RunSource) throws -> Subject {
        if Place.isFolder(source.name) { return try finished(source.name, step: source.step) }
        let recipe = try Recipes.read(path: recipes.path(source.name))
        guard recipe.isQuick else {
            let shipped = try models.located().models + "/" + recipe.head.name
            guard let quality = try? RunQualityName.read(shipped), quality == recipe.head.fileName else {
                throw Failure(SubjectError.untrained(recipe: source.name))
            }
            return try finished(shipped, step: source.step)
        }
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
    private func recipe(of folder: String) throws -> any Recipe {
        if let note = try RunNote.read(folder) { return try note.recipe() }
        guard let name = try RunQualityName.read(folder) else {
            throw Failure(ReadingError.unreadable(path: folder + "/quality.json", reason: SystemReason.missing.phrase))
        }
        return try Recipes.read(path: recipes.path(name))
    }

    /// Trains where that takes seconds, in a folder that is gone afterwards.
    private func made(_ recipe: any Recipe, steps: Int?) throws -> Subject {
        if let steps {
            let last = try recipe.session(steps: nil).steps
            guard (0...last).contains(steps) else {
                throw Failure(
                    SubjectError.outside(option: "--at-step", expected: "0 … \(last)", found: "\(steps)"))
            }
        }
        let folder = NSTemporaryDirectory() + "/run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try recipe.run(into: folder, steps: steps) { _ in }
        var subject = try subject(recipe, folder)
        if let steps { subject.title += " \(steps)" }
        return subject
    }

    private func subject(_ recipe: any Recipe, _ folder: String) throws -> Subject {
        var numbers = try Measurements.read(folder)
        for record in try TrainingRecord.read(path: folder + "/training.json") {
            numbers["steps.\(record.step).loss"] = record.loss
            for (name, value) in record.measures ?? [:] { numbers["steps.\(record.step).\(name)"] = value }
        }
        if recipe is PerceptronRecipe, case .perceptron(let perceptron) = try recipe.model(in: folder) {
            numbers.merge(Self.numbers(of: perceptron)) { _, own in own }
        }
        return Subject(
            title: recipe.head.name, slides: try RunGallery.slides(recipe: recipe, folder: folder), numbers: numbers)
    }
}

extension SubjectShelf {
    /// The film's perceptron: `weights.weather`, `threshold`, and `cases.110.sum`, `cases.110.fires` of each case, its
    /// inputs in the order weather, price, friend.
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

extension Recipe {
    /// Whether a run of it takes seconds: whatever is not trained as a language model is.
    var isQuick: Bool { !(self is any TrainedRecipe) }
}

/// The recipe's file name, as a run's `quality.json` says it.
enum RunQualityName {
    /// nil where the folder holds no finished run.
    static func read(_ folder: String) throws -> String? {
        let (name, path) = ("quality.json", folder + "/quality.json")
        guard Place.exists(path) else { return nil }
        var cursor = JSONCursor(try FileFolder.disk(folder).contents(name), source: path)
        guard case .object(let members) = try cursor.readValue() else { return nil }
        return members["recipe"]?.text
    }
}

/// What a finished run keeps of its recipe, so that it can be drawn again wherever the recipe has gone.
package struct RunNote: Sendable {
    package static let name = "run.json"

    private let path: String
    private let text: String
    private let seed: UInt64

    /// - Parameter recipe: as it was run, with the seed that it was given.
    /// - Throws: what reading the recipe's file throws.
    package init(_ recipe: any Recipe) throws {
        path = URL(fileURLWithPath: recipe.head.path).standardizedFileURL.path
        text = try PlainText.read(recipe.head.path)
        seed = recipe.seed
    }

    private init(path: String, text: String, seed: UInt64) {
        (self.path, self.text, self.seed) = (path, text, seed)
    }

    package func write(to folder: String) throws {
        let json = JSONText.object(["recipe": .text(path), "seed": .text("\(seed)"), "text": .text(text)])
        try OutputFile(folder + "/" + Self.name, mayReplace: true).write(Array(json.page.utf8))
    }

    /// nil where the folder has none.
    static func read(_ folder: String) throws -> RunNote? {
        let path = folder + "/" + name
        guard Place.exists(path) else { return nil }
        var cursor = JSONCursor(try FileFolder.disk(folder).contents(name), source: path)
        guard case .object(let members) = try cursor.readValue(), let recipe = members["recipe"]?.text,
            let text = members["text"]?.text, let seed = members["seed"]?.text.flatMap({ UInt64($0) })
        else { return nil }
        return RunNote(path: recipe, text: text, seed: seed)
    }

    func recipe() throws -> any Recipe {
        var recipe = try Recipes.read(text: text, path: path)
        recipe.seed = seed
        return recipe
    }
}
