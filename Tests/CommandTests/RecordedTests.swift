import Foundation
import TestSupport
import Testing

/// What `scripts/record.py` records through transformers is what `glassformer trace` computes.
@Suite struct RecordedTests {
    private static let models = [
        "fixtures/models/next-word", "fixtures/reference/families/llama_v4_yes_everything",
        "fixtures/reference/families/marian_own_vocabularies", "fixtures/reference/families/mbart_pre_norm",
    ]

    @Test func theScriptAndTheProgramRecordTheSame() throws {
        // A broken installation may hang; then there is no Python to compare with.
        let probe = ["timeout", "30", "python3", "-c", "import torch, transformers, safetensors.torch"]
        guard try run(probe).status == 0 else {
            return print("SKIPPED: record.py: python3 lacks torch, transformers or safetensors")
        }
        let folders = Self.models.map { Places.root + "/" + $0 }
        let script = Places.root + "/fixtures/record_agrees.py"
        let result = try run(
            ["python3", script, Executable.path] + folders, environment: ["GLASSFORMER_HOME": Places.root])
        #expect(result.status == 0, "\(result.output)\n\(result.error.suffix(2000))")
        for folder in folders {
            let name = folder.split(separator: "/").last ?? ""
            let line = result.output.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
            let count = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            // A comparison of nothing would pass too.
            #expect(count > 30 && line.hasSuffix("tensors agree"), "\(name): \(line)")
        }
    }
}

/// Traces that hold a part of a run.
@Suite struct PartialTraceTests {
    @Test func parametersCanBeLeftOut() throws {
        try Executable.inFolder { folder in
            _ = try Executable.run("trace", "中华人民", "--out", "all", in: folder)
            let wrote = try Executable.run("trace", "中华人民", "--without-parameters", "--out", "few", in: folder)
            #expect(wrote.status == 0)
            func size(_ name: String) throws -> Int {
                try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)).count
            }
            #expect(try size("few") * 3 < size("all"))
            let steps = try #require(
                Executable.run("steps", "--trace", "few", "--json", in: folder).json() as? [[String: Any]])
            let names = Set(steps.compactMap { $0["name"] as? String })
            #expect(names.isSuperset(of: TraceTests.promised) && !names.contains("blocks.0.attn.W_Q"))
            for step in steps {
                for input in try #require(step["inputs"] as? [String]) { #expect(names.contains(input)) }
            }
            // What needs no parameter is explained as ever, what does is not explained by halves.
            let at = ["--step", "blocks.0.attn.z", "--at", "0,1,0,0"]
            let few = try Executable.run(["explain", "--trace", "few"] + at, in: folder)
            #expect(try few.output == Executable.run(["explain", "--trace", "all"] + at, in: folder).output)
            let query = try Executable.run(
                "explain", "--trace", "few", "--step", "blocks.0.attn.q", "--at", "0,1,0,0", in: folder)
            #expect(query.status == 1 && query.error.contains("recorded"))
            #expect(try Executable.run("draw", "--trace", "few", "--layer", "0", "--out", "d", in: folder).status == 0)
        }
    }

    @Test func onlyTheStepsAskedForAreWritten() throws {
        try Executable.inFolder { folder in
            let wrote = try Executable.run(
                "trace", "中华人民", "--step", "blocks.*.attn.pattern", "--step", "logits", "--out", "p", in: folder)
            #expect(wrote.status == 0)
            let steps = try #require(
                Executable.run("steps", "--trace", "p", "--json", in: folder).json() as? [[String: Any]])
            let names = steps.compactMap { $0["name"] as? String }
            #expect(names == (0..<4).map { "blocks.\($0).attn.pattern" } + ["logits"])
            let drawn = try Executable.run("draw", "--trace", "p", "--head", "1", "--out", "d", in: folder)
            #expect(
                drawn.status == 0 && contents(folder + "/d").contains { $0.hasSuffix("head-1-attention-pattern.svg") })
            #expect(drawn.error.contains("residual-stream"), "\(drawn.error)")
            for pattern in ["nothing", "no*"] {
                let none = try Executable.run("trace", "中华人民", "--step", pattern, "--out", "q", in: folder)
                #expect(none.status == 1 && none.complaints.count == 1 && none.error.contains(pattern))
            }
            #expect(!contents(folder).contains("q"))
        }
    }

    /// Embedding tables have no figure of their own numbers, logits have several.
    @Test(arguments: [
        (["--step", "blocks.0.attn.W_Q"], 1, 1), (["--step", "ln_final.b"], 1, 1),
        (["--step", "blocks.0.attn.b_*"], 4, 4), (["--step", "logits", "--figure", "values"], 1, 1),
    ])
    func aStepWithoutAFigureIsATable(_ options: [String], _ figures: Int, _ files: Int) throws {
        try Executable.inFolder { folder in
            let drawn = try Executable.run(["draw", "中华人民", "--out", "d", "--json"] + options, in: folder)
            let report = try #require(drawn.json() as? [String: Any])
            let list = try #require(report["figures"] as? [[String: Any]])
            #expect(list.count == figures && list.allSatisfy { $0["id"] as? String == "values" })
            #expect(contents(folder + "/d").count == files + 1)
        }
    }
}
