import Foundation
import TestSupport
import Testing
import Tracing

/// What a file claims of its tensors is checked when it is read: a step that does not fit is set aside by name.
@Suite struct ShapeCheckTests {
    typealias Parts = DamagedTraceTests.Parts

    /// A trace of ours with its parts changed, each step as if recorded without arithmetic where that is asked for.
    private func read(plain: Bool = true, _ change: (inout Parts) -> Void) throws -> Trace {
        var parts = try Parts(TraceFile.data(of: SampleTrace.make()))
        if plain {
            for step in try SampleTrace.make().steps where !step.isInteger {
                parts.step(step.name.description) { record in
                    record["operation"] = "source"
                    record["inputs"] = [String]()
                    record["numbers"] = nil
                    record["words"] = ["kind": "unexplained"]
                }
            }
        }
        change(&parts)
        parts.layOut()
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try parts.data().write(to: URL(fileURLWithPath: path))
        return try TraceFile.read(path: path)
    }

    private static let axes = ["batch", "position", "head", "head_width", "unknown"]

    @Test(arguments: [true, false]) func anHonestTraceHasNoNote(plain: Bool) throws {
        let trace = try read(plain: plain) { _ in }
        #expect(trace.notes.isEmpty && !trace.isPartial)
        #expect(try trace.steps.count == SampleTrace.make().steps.count)
    }

    @Test(arguments: [
        ("blocks.0.attn.q", [1, 3, 2, 3], "1 × 3 × 2 × 2"), ("blocks.0.attn.z", [1, 0, 2, 2], "1 × 3 × 2 × 2"),
        ("blocks.0.attn.v", [3, 2, 2], "1 × 3 × 2 × 2"), ("blocks.0.attn.pattern", [1, 2, 3, 4], "1 × 2 × 3 × 3"),
        ("blocks.0.attn.pattern", [0, 0, 0, 0], "1 × 2 × 3 × 3"),
        ("blocks.0.attn.pattern", [1, 3, 3, 3], "1 × 2 × 3 × 3"),
        ("blocks.0.attn.z_joined", [1, 3, 5], "1 × 3 × 4"), ("blocks.0.attn.W_Q", [2, 2], "4 × 2 × 2"),
        ("blocks.0.attn.b_Q", [], "2 × 2"), ("blocks.0.resid_post", [1, 3, 4, 1], "1 × 3 × 4"),
        ("ln_final.scale", [1, 3, 2], "1 × 3 × 1"), ("ln_final.w", [1000], "4"), ("pos_table", [2, 4], "3 × 4"),
        ("logits", [1, 3, 6], "1 × 3 × 5"), ("logits.grad", [1, 1, 1], "1 × 3 × 5"), ("loss", [3], "scalar"),
    ])
    func aStepThatLiesIsSetAside(name: String, shape: [Int], expected: String) throws {
        let trace = try read { parts in
            parts.replace(name, shape: shape, doubles: [Double](repeating: 0.5, count: shape.reduce(1, *)))
            parts.step(name) { $0["axes"] = Array(Self.axes.prefix(shape.count)) }
        }
        let found = shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ")
        #expect(trace.notes.map(\.english) == ["“\(name)” is set aside: expected \(expected), found \(found)"])
        #expect(trace[StepName(name)] == nil && trace.isPartial)
        #expect(try trace.steps.count == SampleTrace.make().steps.count - 1)
    }

    @Test(arguments: [([4.0, 5, 4], "5.0"), ([4, -1, 4], "-1.0"), ([4, 1e12, 4], "1e+12")])
    func idsOutsideTheVocabularyAreSetAside(ids: [Double], found: String) throws {
        let trace = try read { $0.replace("tokens", shape: [1, 3], doubles: ids) }
        #expect(
            trace.notes.map(\.english) == ["“tokens” is set aside: expected whole numbers from 0 to 4, found \(found)"])
        #expect(trace["tokens"] == nil && trace.tokens.count == 3)
    }

    /// What read the step stays, without its arithmetic.
    @Test func whatReadsItStays() throws {
        let trace = try read(plain: false) { $0.tensors["blocks.0.attn.q"]?["shape"] = [1, 3, 4, 1] }
        #expect(trace["blocks.0.attn.q"] == nil && trace.notes.count == 1)
        let products = try trace.step("blocks.0.attn.dot_products")
        #expect(products.isSource && products.inputs.isEmpty)
        #expect(try !trace.step("blocks.0.attn.pattern").isSource)
    }

    @Test func tokensThatAreTooFewAreNumbered() throws {
        let trace = try read { $0.glass["tokens"] = [["id": 4, "display": "语"]] }
        #expect(trace.tokens.map(\.display) == ["0", "1", "2"] && trace.notes.count == 1)
    }

    @Test func withoutAnyTokensTheyAreNumberedToo() throws {
        let trace = try read { $0.glass["tokens"] = [[String: Any]]() }
        #expect(trace.tokens.map(\.id) == [4, 0, 4] && trace.notes.isEmpty)
    }

    @Test func whatARunComputesIsNoParameter() throws {
        let trace = try read { parts in parts.step("blocks.0.resid_pre") { $0["words"] = ["kind": "parameter"] } }
        #expect(try !trace.step("blocks.0.resid_pre").isParameter && trace.step("blocks.0.attn.W_Q").isSource)
    }

    /// However much is wrong, it is said in a few lines.
    @Test func manyLiesAreAFewLines() throws {
        let trace = try read { parts in
            for name in parts.tensors.keys where name.hasPrefix("blocks.") {
                parts.replace(name, shape: [0], doubles: [])
                parts.step(name) { $0["axes"] = ["unknown"] }
            }
        }
        #expect(trace.notes.count == 9 && trace.steps.allSatisfy { $0.shape.count > 0 })
        #expect(trace.notes.allSatisfy { $0.english.count < 1000 && !$0.chinese.isEmpty })
    }
}
