import Foundation
import TestSupport
import Testing

/// A model with one number that is none: every command names it, and none counts it as masked.
@Suite struct NotFiniteTests {
    private static let cell = "blocks.1.mlp.W_in[2, 5]"

    private func model(_ value: Float = .nan) throws -> String {
        try BrokenModel.copy(of: "next-word", tensor: "h.1.mlp.c_fc.weight", at: 2 * 256 + 5, to: value)
    }

    @Test(arguments: [
        (
            "C.UTF-8",
            ["not all numbers are finite; first, the parameter \(cell) is NaN", "* not counting −∞ of masked"]
        ),
        ("zh_CN.UTF-8", ["有的数不是有限数，最先是：参数 \(cell) 是 NaN", "* 不含被遮住位置的 −∞"]),
    ]) func stepsTellNaNFromTheMask(_ language: String, _ words: [String]) throws {
        let outcome = try Executable.run("steps", "the cat sat", "--model", model(), language: language)
        #expect(outcome.status == 0)
        for text in words { #expect(outcome.output.contains(text), "\(outcome.output)") }
        let row = outcome.output.split(separator: "\n").first { $0.contains("blocks.1.mlp.pre") } ?? ""
        #expect(row.contains("†") && !row.contains("*"), "\(row)")
        let masked = outcome.output.split(separator: "\n").first { $0.contains("blocks.0.attn.attn_scores ") } ?? ""
        #expect(masked.contains("*") && !masked.contains("†"), "\(masked)")
    }

    @Test(arguments: [[], ["--backward"]]) func jsonSaysWhereItBegins(_ options: [String]) throws {
        let arguments = ["steps", "the cat sat", "--json", "--model", try model()] + options
        let steps = try #require(Executable.run(arguments).json() as? [[String: Any]])
        let begins = steps.compactMap { $0["begins"] as? [String: Any] }
        #expect(begins.count == 1)
        #expect(begins.first?["step"] as? String == "blocks.1.mlp.W_in" && begins.first?["index"] as? [Int] == [2, 5])
        #expect(begins.first?["value"] as? String == "nan" && begins.first?["origin"] as? String == "parameter")
        func step(_ name: String) -> [String: Any]? { steps.first { $0["name"] as? String == name } }
        #expect(step("blocks.0.attn.attn_scores")?["nan"] == nil)
        #expect((step("logits")?["nan"] as? Int ?? 0) > 0 && step("logits")?["min"] is NSNull)
        // What the update would make of a gradient that is none is not told.
        #expect(step("embed.W_E.updated") == nil)
        #expect((step("embed.W_E.grad") != nil) == !options.isEmpty)
    }

    @Test func aTraceIsWrittenAndSaysSo() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "trace", "the cat", "--tokens", "3", "--model", model(), "--out", "t", in: folder)
            #expect(outcome.status == 0 && outcome.error.contains(Self.cell))
            let steps = try Executable.run("steps", "--trace", "t", in: folder)
            #expect(steps.output.contains(Self.cell))
        }
    }

    @Test func aNumberIsFollowedBackToItsCause() throws {
        let broken = try model()
        for (step, at) in [("logits", "0,1,7"), ("blocks.2.attn.pattern", "0,0,1,0"), ("blocks.1.mlp.pre", "0,0,5")] {
            let arguments = ["explain", "the cat", "--model", broken, "--step", step, "--at", at]
            let text = try Executable.run(arguments)
            #expect(text.output.contains("where it comes from: the parameter \(Self.cell) is NaN"), "\(text.output)")
            let json = try #require(Executable.run(arguments + ["--json"]).json() as? [String: Any])
            #expect((json["begins"] as? [String: Any])?["step"] as? String == "blocks.1.mlp.W_in")
        }
        let masked = try Executable.run(
            "explain", "the cat", "--model", broken, "--step", "blocks.0.attn.attn_scores", "--at", "0,0,0,1")
        #expect(masked.output.contains("hidden by the mask: −∞ by design"))
    }

    /// No token is drawn from what is no number.
    @Test(arguments: [Float.nan, .infinity]) func nothingIsDecidedByIt(_ value: Float) throws {
        let broken = try model(value)
        for arguments in [
            ["generate", "the cat"], ["generate", "the cat", "--temperature", "1", "--json"],
            ["compare", broken, "perceptron"], ["parallel", "the cat sat", "--model", broken],
            ["parallel", "the cat sat", "--model", broken, "--how", "tensor"],
        ] {
            try Executable.inFolder { folder in
                let options = arguments[0] == "generate" ? ["--model", broken] : []
                let outcome = try Executable.run(arguments + options, in: folder)
                #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.output)")
                #expect(outcome.complaints.count == 1)
                #expect(outcome.error.contains(Self.cell), "\(outcome.error)")
            }
        }
        try Executable.inFolder { folder in
            try "the cat sat on the mat\n".write(toFile: folder + "/t", atomically: true, encoding: .utf8)
            let outcome = try Executable.run("evaluate", broken, "t", in: folder)
            #expect(outcome.status == 1 && outcome.error.contains("the model cannot be measured"), "\(outcome.error)")
        }
    }

    @Test func aTranslatorAndAnEncoderAreNoExceptions() throws {
        let translator = try BrokenModel.copy(of: "translator", tensor: "decoder.layers.0.linear1.bias", at: 3)
        let text = try Executable.run("generate", "3 apples", "--model", translator)
        #expect(text.status == 1 && text.error.contains("decoder.blocks.0.mlp.b_in[3] is NaN"), "\(text.error)")
        let whole = try Executable.run("evaluate", translator)
        #expect(whole.status == 1 && whole.error.contains("decoder.blocks.0.mlp.b_in[3] is NaN"), "\(whole.error)")
        for model in ["masked-word", "classifier"] {
            let broken = try BrokenModel.copy(of: model, tensor: "bert.embeddings.LayerNorm.weight", at: 1)
            let outcome = try Executable.run("evaluate", broken)
            #expect(outcome.status == 1 && outcome.error.contains("embed.ln.w[1] is NaN"), "\(outcome.error)")
        }
    }
}
