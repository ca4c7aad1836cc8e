import Foundation
import TestSupport
import Testing
import Tracing

@Suite struct ExplainTests {
    @Test func theTermsAreTheTracesAndGiveTheCell() throws {
        try Executable.inFolder { folder in
            _ = try Executable.run("trace", "中华人民", "--out", "t", in: folder)
            let trace = try TraceFile.read(path: folder + "/t")
            let outcome = try Executable.run(
                "explain", "中华人民", "--step", "blocks.0.attn.z", "--at", "0,2,0,1", "--json")
            let object = try #require(outcome.json() as? [String: Any])
            #expect(Set(object.keys) == ["step", "index", "value", "operation", "expression", "terms"])
            let value = try #require(object["value"] as? Double)
            // As numbers of single precision: the reader of JSON is off by the last digit of a double.
            #expect(Float(value) == trace["blocks.0.attn.z"]?.tensor.cell([0, 2, 0, 1]))
            let terms = try #require(object["terms"] as? [[String: Any]])
            #expect(terms.count == 6)
            var values: [Double] = []
            for term in terms {
                let name = StepName(try #require(term["step"] as? String))
                let index = try #require(term["index"] as? [Int])
                let value = try #require(term["value"] as? Double)
                #expect(Float(value) == trace[name]?.tensor.cell(index))
                values.append(value)
            }
            let sum = stride(from: 0, to: 6, by: 2).reduce(0) { $0 + values[$1] * values[$1 + 1] }
            #expect(abs(sum - value) < 1e-6)
        }
    }

    /// Every kind of operation: Python's arithmetic on the printed expression gives the printed value.
    @Test(arguments: [
        ("embed", "0,1,5"), ("blocks.0.resid_pre", "0,1,5"), ("blocks.0.ln1.scale", "0,1,0"),
        ("blocks.0.ln1.normalized", "0,1,5"), ("blocks.0.attn.q", "0,1,2,3"), ("blocks.0.attn.dot_products", "0,1,2,1"),
        ("blocks.0.attn.attn_scores", "0,1,2,1"), ("blocks.0.attn.attn_scores", "0,1,1,2"),
        ("blocks.0.attn.pattern", "0,1,2,1"), ("blocks.0.attn.pattern", "0,1,1,2"), ("blocks.0.attn_out", "0,1,5"),
        ("blocks.0.mlp.post", "0,1,7"), ("logits", "0,3,100"), ("probabilities", "0,3,100"),
    ])
    func pythonEvaluatesTheExpression(_ step: String, _ index: String) throws {
        guard try run(["python3", "--version"]).status == 0 else { return print("SKIPPED: there is no python3") }
        let outcome = try Executable.run("explain", "中华人民", "--step", step, "--at", index, "--json")
        let script = """
            import json, sys
            from math import *
            mean = lambda *x: sum(x) / len(x)
            variance = lambda *x: sum((v - mean(*x)) ** 2 for v in x) / len(x)
            look_up = lambda x, *_: x
            gelu_tanh = lambda x: 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3)))
            found = json.loads(sys.argv[1])
            number = lambda x: float(x)
            value, again = number(found["value"]), eval(found["expression"])
            assert value == again or abs(value - again) < 1e-5 * max(1, abs(value)), (value, again)
            print("equal")
            """
        let python = try run(["python3", "-c", script, outcome.output])
        #expect(python.output == "equal\n", "\(python.error)")
    }

    /// A training step's numbers too: gradients, clipping and the update, with Python's own functions.
    @Test(arguments: [
        ("logits.grad", "0,1,100"), ("blocks.1.resid_post.grad", "0,1,5"), ("blocks.0.mlp.pre.grad", "0,1,7"),
        ("blocks.0.attn.dot_products.grad", "0,1,2,1"), ("blocks.0.attn.attn_scores.grad", "0,1,2,1"),
        ("blocks.0.attn.W_Q.grad", "0,0,0"), ("embed.W_E.grad", "300,3"), ("blocks.0.ln1.w.grad", "3"),
        ("blocks.0.ln1.scale.grad", "0,1,0"), ("gradient_norm", ""), ("clip_factor", ""),
        ("blocks.0.attn.W_Q.second_moment", "0,0,0"), ("blocks.0.attn.W_Q.updated", "0,0,0"),
    ])
    func pythonEvaluatesGradients(_ step: String, _ index: String) throws {
        guard try run(["python3", "--version"]).status == 0 else { return print("SKIPPED: there is no python3") }
        let outcome = try Executable.run(
            "explain", "the cat sat on", "--backward", "--step", step, "--at", index, "--json")
        let script = """
            import json, sys
            from math import *
            mean = lambda *x: sum(x) / len(x)
            look_up = lambda x, *_: x
            def gelu_tanh_slope(x):
                t = tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3))
                return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * sqrt(2 / pi) * (1 + 3 * 0.044715 * x * x)
            found = json.loads(sys.argv[1])
            value, again = float(found["value"]), eval(found["expression"])
            assert value == again or abs(value - again) < 1e-5 * max(0.01, abs(value)), (value, again)
            print("equal")
            """
        let python = try run(["python3", "-c", script, outcome.output])
        #expect(python.output == "equal\n", "\(python.error)")
    }

    /// From a weight's gradient, the operands lead on.
    @Test func gradientsAreFollowedBack() throws {
        let outcome = try Executable.run(
            "explain", "the cat sat", "--backward", "--step", "blocks.0.attn.W_Q.grad", "--at", "0,0,0", "--depth", "2",
            "--json")
        let object = try #require(outcome.json() as? [String: Any])
        #expect(object["operation"] as? String == "gradient")
        let terms = try #require(object["terms"] as? [[String: Any]])
        let names = Set(terms.compactMap { $0["step"] as? String })
        #expect(names == ["blocks.0.ln1.normalized", "blocks.0.attn.q.grad"])
        #expect(terms.contains { ($0["terms"] as? [Any])?.isEmpty == false })
    }

    @Test func aTrainingStepNeedsWhatItNeeds() throws {
        let one = try Executable.run("steps", "--ids", "5", "--backward")
        #expect(one.status == 1)
        #expect(one.error.contains("expected two tokens or more"))
        let rate = try Executable.run("steps", "the cat", "--rate", "0.1")
        #expect(rate.status == 2)
        #expect(rate.error.contains("--rate needs --backward"))
        for (argument, other) in [("--rate", "-1"), ("--rate", "nan")] {
            #expect(try Executable.run("steps", "the cat", "--backward", "\(argument)=\(other)").status == 2)
        }
    }

    @Test func infinitiesAreTexts() throws {
        let outcome = try Executable.run(
            "explain", "中华人民", "--step", "blocks.0.attn.attn_scores", "--at", "0,0,0,1", "--json")
        let object = try #require(outcome.json() as? [String: Any])
        #expect(object["value"] as? String == "-inf")
    }

    @Test func depthFollowsOperandsBack() throws {
        let arguments = ["explain", "中华人民", "--step", "blocks.0.attn.pattern", "--at", "0,0,1,0"]
        let object = try #require(
            Executable.run(arguments + ["--depth", "3", "--json"]).json() as? [String: Any])
        let terms = try #require(object["terms"] as? [[String: Any]])
        let scores = terms.filter { $0["operation"] as? String == "causal_mask" }
        #expect(scores.count == 2)
        let inner = try #require(scores.first?["terms"] as? [[String: Any]])
        #expect(inner.first?["operation"] as? String == "scale")
        let tree = try Executable.run(arguments + ["--depth", "3"]).output
        #expect(tree.contains("├─ blocks.0.attn.attn_scores[0, 0, 1, 0]"))
        #expect(tree.contains("   └─ blocks.0.attn.attn_scores_unmasked[0, 0, 1, 1]"))
    }

    @Test func thePageShowsTheArithmetic() throws {
        let page = try Executable.run(
            "explain", "中华人民", "--step", "blocks.0.attn.z", "--at", "0,1,0,1", "--language", "en"
        ).output
        #expect(page.contains("weighted_sum · position 1 “华” · head 0 · dimension 1 of the head"))
        #expect(page.contains("blocks.0.attn.pattern[0, 0, 1, 1] × blocks.0.attn.v[0, 1, 0, 1]"))
        let given = try Executable.run("explain", "中华人民", "--step", "embed.W_E", "--at", "5,5").output
        #expect(given.contains("given, not computed"))
        let long = try Executable.run("explain", "中华人民", "--step", "blocks.0.mlp_out", "--at", "0,1,0").output
        #expect(long.contains("243 more terms, together"))
    }
}
