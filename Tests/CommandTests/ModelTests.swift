import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct ModelTests {
    @Test func theShippedModelIsListed() throws {
        let models = try #require(Executable.run("models", "--json").json() as? [[String: Any]])
        let model = try #require(models.first { $0["name"] as? String == "next-word" })
        let shown = try #require(Executable.run("models", "show", "next-word", "--json").json() as? [String: Any])
        #expect(model["parameters"] as? Int == shown["parameters"] as? Int)
        let matrices = try #require(shown["matrices"] as? [[String: Any]])
        let counts = matrices.compactMap { $0["parameters"] as? Int }
        #expect(counts.reduce(0, +) == shown["parameters"] as? Int)
        let files = try #require(shown["files"] as? [[String: Any]])
        #expect(files.compactMap { $0["bytes"] as? Int }.reduce(0, +) == shown["bytes"] as? Int)
        #expect(shown["recipe"] as? String == "fixtures/recipes/next-word.yaml")
        let quality = try #require(shown["quality"] as? [String: Any])
        let perplexity = try #require(quality["heldOutPerplexity"] as? Double)
        #expect(perplexity < 0.5 * (try #require(quality["bigramPerplexity"] as? Double)))
    }

    /// The totals that are published: Hugging Face's model cards count the released GPT-2 files; "175 billion" is
    /// GPT-3's name for itself.
    @Test(arguments: [
        ("gpt-2", 124_439_808), ("gpt-2-medium", 354_823_168), ("gpt-2-large", 774_030_080),
        ("gpt-2-xl", 1_557_611_200),
        ("GPT3", 174_604_259_328),
    ])
    func publishedArchitecturesAreCounted(_ preset: String, _ parameters: Int) throws {
        let object = try #require(Executable.run("models", "--preset", preset, "--json").json() as? [String: Any])
        #expect(object["parameters"] as? Int == parameters)
        let shown = try Executable.run("models", "show", "--preset", preset).output
        #expect(shown.contains(ByteCount.grouped(parameters)))
    }

    @Test func aFolderIsAModelToo() throws {
        let folder = Places.reference("gpt2_relu_untied")
        let object = try #require(Executable.run("models", "show", folder, "--json").json() as? [String: Any])
        #expect(object["parameters"] as? Int == 4_136)
        #expect(object["quality"] is NSNull)
        // It needs none of the project's folders around it.
        let alone = try Executable.run(
            "steps", "--ids", "1,2", "--model", folder, environment: ["GLASSFORMER_HOME": "/no"])
        #expect(alone.status == 0, "\(alone.error)")
    }

    @Test func aHomeThatIsNoneIsSaid() throws {
        let outcome = try Executable.run("models", environment: ["GLASSFORMER_HOME": "/no"])
        #expect(outcome.status == 1)
        #expect(outcome.complaints.count == 1)
        #expect(outcome.error.contains("GLASSFORMER_HOME"))
    }

    @Test func sizesAreReadable() {
        let sizes = [0, 999, 1000, 1234, 99_999, 999_499, 999_500, 4_000_000_000]
        #expect(
            sizes.map(ByteCount.text) == ["0 B", "999 B", "1.0 KB", "1.2 KB", "100 KB", "999 KB", "1.0 MB", "4.0 GB"])
        #expect([0, 999, 1000, 1_234_567].map(ByteCount.grouped) == ["0", "999", "1,000", "1,234,567"])
    }
}
