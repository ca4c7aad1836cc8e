import Foundation
import Models

/// The recipes that can be named.
enum RecipeShelf {
    /// A file, or the name of a recipe that comes with the project.
    /// - Throws: ``CommandProblem/unknownRecipe(_:known:)``.
    static func path(_ recipe: String) throws -> String {
        if recipe == "-" { throw CommandProblem.recipeFromInput }
        if recipe.contains("/") || InputFile.exists(recipe) {
            try InputFile.check(recipe)
            return recipe
        }
        let folder = try Home.locate().path + "/fixtures/recipes"
        let shipped = folder + "/" + recipe + (recipe.hasSuffix(".yaml") ? "" : ".yaml")
        if InputFile.exists(shipped) { return shipped }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        throw CommandProblem.unknownRecipe(
            recipe, known: names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted())
    }
}
