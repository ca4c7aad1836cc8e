import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct CompareTests {
    @Test(arguments: ["film", "word-order"]) func factsAndFiguresAgree(_ task: String) throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "compare", "perceptron", "transformer", "--task", task, "--json", "--out", "out", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let json = try #require(try outcome.json() as? [String: Any])
            let models = try #require(json["models"] as? [[String: Any]])
            #expect(models.compactMap { $0["name"] as? String } == ["perceptron", "transformer"])
            for model in models {
                let decisions = try #require(model["decisions"] as? [[String: Any]])
                let steps = try #require(decisions.first?["steps"] as? [[String: Any]])
                let counted = steps.reduce(0) { $0 + ($1["operations"] as? Int ?? 0) }
                #expect(counted == model["operations"] as? Int)
            }
            #expect((json["impossible"] is String) == (task == "word-order"))
            for file in try #require(json["files"] as? [String]) {
                #expect(FileManager.default.fileExists(atPath: folder + "/" + file), "\(file)")
            }
        }
    }

    @Test(arguments: [
        (["compare", "perceptron", "parrot"], "perceptron, network, transformer"),
        (["compare", "perceptron", "transformer", "--task", "chess"], "film, word-order"),
    ]) func whatIsUnknownIsNamed(_ arguments: [String], _ expected: String) throws {
        let outcome = try Executable.run(arguments)
        #expect(outcome.status != 0)
        #expect(outcome.complaints.count == 1 && outcome.error.contains(expected), "\(outcome.error)")
    }
}
