import Foundation
import Models
import Reading
import Wording

/// The recipes that can be named.
package struct RecipeShelf: Sendable {
    private let models: ModelShelf

    package init(_ models: ModelShelf) { self.models = models }

    private func folder() throws -> String { try models.located().path + "/fixtures/recipes" }

    /// A file, or the name of a recipe that comes with the project.
    /// - Throws: ``SubjectError/unknownRecipe(_:known:)``, `ReadingError.unreadable`.
    package func path(_ recipe: String) throws -> String {
        if recipe.contains("/") || Place.exists(recipe) {
            try Place.checkReadable(recipe)
            return recipe
        }
        let folder = try folder()
        let shipped = folder + "/" + recipe + (recipe.hasSuffix(".yaml") ? "" : ".yaml")
        if Place.exists(shipped) { return shipped }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        throw Failure(
            SubjectError.unknownRecipe(
                recipe, known: names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()))
    }
}
