import Foundation
import TestSupport
import Testing

/// What a page says of a model with one number that is none.
@Suite struct NotFiniteTests {
    private func ask(_ twin: Twin, _ question: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(twin.ask(question).utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ("en", "It is NaN because the parameter blocks.1.mlp.W_in[2, 5] is NaN."),
        ("zh-Hans", "它成了 NaN，是因为参数 blocks.1.mlp.W_in[2, 5] 是 NaN。"),
    ]) func aNumberThatIsNoneNamesItsCause(_ language: String, _ words: String) throws {
        let twin = try Twin(
            BrokenModel.copy(of: "next-word", tensor: "h.1.mlp.c_fc.weight", at: 2 * 256 + 5))
        let text = try ask(twin, #"{"ask": "text", "text": "the cat sat", "language": "\#(language)"}"#)
        let groups = try #require((text["next"] as? [String: Any])?["groups"] as? [[String: Any]])
        #expect(groups.allSatisfy { ($0["candidates"] as? [Any])?.isEmpty == true && $0["fault"] as? String == words })
        func sentence(_ step: String, _ index: String) throws -> String {
            try ask(twin, #"{"ask": "explain", "step": "\#(step)", "index": [\#(index)]}"#)["sentence"] as? String ?? ""
        }
        #expect(try sentence("blocks.2.attn.pattern", "0,0,1,0").hasSuffix(words))
        #expect(try sentence("blocks.1.mlp.W_in", "2,5").contains("blocks.1.mlp.W_in[2, 5]"))
        // What is finite or masked has no fault; a score that is none was seen all the same.
        for (step, index) in [("blocks.0.attn.pattern", "0,0,1,0"), ("blocks.0.attn.attn_scores", "0,0,0,1")] {
            #expect(try !sentence(step, index).contains("NaN"))
        }
        let (seen, hidden) = (
            try sentence("blocks.2.attn.attn_scores", "0,0,1,0"), try sentence("blocks.2.attn.attn_scores", "0,0,0,1")
        )
        #expect(seen.hasSuffix(words) && !hidden.contains("NaN") && hidden.contains("−∞"))
    }
}
