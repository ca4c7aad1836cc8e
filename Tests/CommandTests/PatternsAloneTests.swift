import Foundation
import Tensors
import TestSupport
import Testing
import Tracing

/// A file from elsewhere that holds attention patterns and nothing else.
@Suite struct PatternsAloneTests {
    private static func drawn(_ arguments: [String], in folder: String) throws -> Set<String> {
        let outcome = try Executable.run(
            ["draw", "--trace", "p", "--layer", "0", "--head", "0", "--json", "--out", "d"] + arguments, in: folder)
        let object = try #require(outcome.json() as? [String: Any], "\(outcome.error)")
        let figures = try #require(object["figures"] as? [[String: Any]])
        return Set(figures.compactMap { $0["id"] as? String })
    }

    /// How a text was cut is told only from a tokenizer that somebody vouches for, whatever the file calls its model.
    @Test func giveEveryFigureOfAttentionAndNoOther() throws {
        try Executable.inFolder { folder in
            #expect(try Executable.run("trace", "the cat sat", "--out", "t", "--quiet", in: folder).status == 0)
            let trace = try TraceFile.read(path: folder + "/t")
            var writer = SafeTensorsWriter()
            for step in trace.steps where step.name.label == .pattern {
                let name = step.name.description.replacingOccurrences(of: "attn.pattern", with: "attn.hook_pattern")
                writer.add(name, step.tensor)
            }
            let tokens = trace.tokens.map { "\"\($0.display)\"" }.joined(separator: ", ")
            let ids = trace.tokens.map { "\($0.id)" }.joined(separator: ", ")
            writer.metadata = [("model", "next-word"), ("tokens", "[\(tokens)]"), ("ids", "[\(ids)]")]
            try writer.write(to: folder + "/p")
            let attention: Set = [
                "token-strip", "attention-pattern", "attention-lines", "all-heads", "heads-overview",
                "attention-rollout",
            ]
            #expect(try Self.drawn([], in: folder) == attention)
            #expect(try Self.drawn(["--model", "next-word"], in: folder) == attention.union(["merge-ladder"]))
        }
    }
}
