import Foundation
import TestSupport
import Testing
import Tracing

@testable import glassformer

@Suite struct TraceTests {
    /// The names that the trace file promises, of one block of a pre-norm decoder.
    static let promised = [
        "embed", "pos_embed", "blocks.0.resid_pre", "blocks.0.ln1.scale", "blocks.0.ln1.normalized", "blocks.0.attn.q",
        "blocks.0.attn.k", "blocks.0.attn.v", "blocks.0.attn.attn_scores", "blocks.0.attn.pattern", "blocks.0.attn.z",
        "blocks.0.attn_out", "blocks.0.resid_mid", "blocks.0.ln2.normalized", "blocks.0.mlp.pre", "blocks.0.mlp.post",
        "blocks.0.mlp_out", "blocks.0.resid_post", "ln_final.normalized", "logits", "probabilities",
    ]

    @Test func theFileHoldsTheRun() throws {
        try Executable.inFolder { folder in
            let wrote = try Executable.run("trace", "中华人民", "--out", "t.safetensors", in: folder)
            #expect(wrote.status == 0)
            #expect(contents(folder) == ["t.safetensors"])
            let fromText = try Executable.run("steps", "中华人民", "--json")
            let fromFile = try Executable.run("steps", "--trace", "t.safetensors", "--json", in: folder)
            #expect(fromFile.output == fromText.output)
            let names = try #require(fromFile.json() as? [[String: Any]]).compactMap { $0["name"] as? String }
            for name in Self.promised { #expect(names.contains(name)) }
            let streamed = try Executable.shell(
                "glassformer trace 中华人民 --out - > s && glassformer steps --trace s --json", in: folder)
            #expect(streamed.output == fromText.output)
        }
    }

    @Test func aGenerationIsInTheSameTrace() throws {
        try Executable.inFolder { folder in
            let wrote = try Executable.run(
                "trace", "--ids", "1 2,3", "--tokens", "2", "--out", "t", "--quiet", in: folder)
            #expect(wrote.status == 0)
            #expect(wrote.output.isEmpty)
            let trace = try TraceFile.read(path: folder + "/t")
            #expect(trace.tokens.map(\.isGenerated) == [false, false, false, true, true])
            #expect(trace["generated.1.logits"] != nil)
        }
    }

    @Test func pythonOpensTheFile() throws {
        try Executable.inFolder { folder in
            let hasPython = try run(["python3", "-c", "import safetensors, numpy"]).status == 0
            guard hasPython else { return print("SKIPPED: python3 has no safetensors") }
            _ = try Executable.run("trace", "中华人民", "--out", "t.safetensors", in: folder)
            let script = """
                import json
                from safetensors import safe_open
                with safe_open("t.safetensors", "np") as file:
                    steps = json.loads(file.metadata()["glassformer"])["steps"]
                    pattern = file.get_tensor("blocks.0.attn.pattern")
                    assert {step["name"] for step in steps} == set(file.keys())
                    assert abs(pattern.sum(-1) - 1).max() < 1e-5
                    print(pattern.shape)
                """
            let python = try run(["python3", "-c", script], in: folder)
            #expect(python.output == "(1, 4, 4, 4)\n", "\(python.error)")
        }
    }
}

@Suite struct StepsTests {
    @Test func everyStepIsListedWithItsKeys() throws {
        let steps = try #require(Executable.run("steps", "中华人民", "--json").json() as? [[String: Any]])
        let keys: Set = ["name", "operation", "inputs", "shape", "axes", "min", "mean", "max", "not_finite"]
        var names = Set<String>()
        for step in steps {
            #expect(Set(step.keys) == keys)
            // The list is closed: what a step reads stands before it.
            for input in try #require(step["inputs"] as? [String]) { #expect(names.contains(input)) }
            names.insert(try #require(step["name"] as? String))
        }
        let scores = try #require(steps.first { $0["name"] as? String == "blocks.0.attn.attn_scores" })
        #expect(scores["shape"] as? [Int] == [1, 4, 4, 4])
        #expect(scores["axes"] as? [String] == ["batch", "head", "query", "key"])
        // Six of sixteen cells a head lie in the future.
        #expect(scores["not_finite"] as? Int == 24)
        let low = try #require(scores["min"] as? Double)
        #expect(low > -1000 && low < 0)
    }

    @Test func theTableLeavesParametersOutUnlessAsked() throws {
        let short = try Executable.run("steps", "中华人民").output
        let long = try Executable.run("steps", "中华人民", "--parameters").output
        #expect(!short.contains("embed.W_E"))
        #expect(long.contains("embed.W_E"))
        #expect(short.contains("blocks.3.attn.pattern"))
    }
}
