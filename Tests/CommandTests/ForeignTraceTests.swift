import Foundation
import Tensors
import TestSupport
import Testing
import Tracing

/// Traces from elsewhere and parts of traces: all that they hold is drawn, and nothing is said that they do not show.
@Suite struct ForeignTraceTests {
    private static func tensor(_ shape: Shape, _ seed: Int = 1) throws -> Tensor {
        try Tensor(shape, (0..<shape.count).map { Float(($0 * 37 + seed * 11) % 23) / 7 - 1.5 })
    }

    private static func write(
        _ tensors: [(String, Tensor)], _ metadata: [(key: String, value: String)] = [], to path: String
    ) throws {
        var writer = SafeTensorsWriter()
        for (name, tensor) in tensors { writer.add(name, tensor) }
        writer.metadata = metadata
        try writer.write(to: path)
    }

    /// The ids of the figures that a trace gives.
    private static func drawn(_ outcome: Executable.Outcome) throws -> Set<String> {
        #expect(outcome.status == 0, "\(outcome.error)")
        let object = try #require(outcome.json() as? [String: Any], "\(outcome.error)")
        return Set(try #require(object["figures"] as? [[String: Any]]).compactMap { $0["id"] as? String })
    }

    /// One query against the keys that are kept.
    @Test func aStepOfDecodingIsARowOfItsKeys() throws {
        try Executable.inFolder { folder in
            try Self.write(
                [("blocks.0.attn.hook_pattern", Self.tensor([1, 2, 1, 6]).softmax())],
                [("tokens", #"["ay", "bee", "cee", "dee", "ee", "eff"]"#)], to: folder + "/t")
            let all = try Executable.run("draw", "--trace", "t", "--json", "--out", "d", in: folder)
            #expect(try Self.drawn(all).isSuperset(of: ["attention-pattern", "attention-lines", "all-heads"]))
            #expect(!all.error.contains("set aside"), "\(all.error)")
            for position in ["5", "-1"] {
                let one = try Executable.run(
                    "draw", "--trace", "t", "--figure", "attention-pattern", "--head", "1", "--position", position,
                    "--out", "p.svg", in: folder)
                #expect(one.status == 0, "\(one.error)")
                let svg = try String(contentsOfFile: folder + "/p.svg", encoding: .utf8)
                #expect(svg.contains("“eff” gives"), "the last token asks")
            }
        }
    }

    @Test func aTextOfABatchIsChosen() throws {
        try Executable.inFolder { folder in
            try Self.write(
                [("blocks.0.attn.hook_pattern", Self.tensor([2, 2, 3, 3]).softmax())],
                [("tokens", #"[["a", "b", "c"], ["dog", "eel", "fox"]]"#)], to: folder + "/t")
            let first = try Executable.run("steps", "--trace", "t", in: folder)
            #expect(first.status == 0 && first.error.contains("2 texts") && first.error.contains("0 … 1"))
            let second = try Executable.run("steps", "--trace", "t", "--sequence", "1", "--json", in: folder)
            let steps = try #require(second.json() as? [[String: Any]])
            #expect(steps.first?["shape"] as? [Int] == [1, 2, 3, 3] && !second.error.contains("texts"))
            _ = try Executable.run(
                "draw", "--trace", "t", "--sequence", "1", "--figure", "attention-pattern", "--head", "0",
                "--position", "2", "--out", "p.svg", in: folder)
            #expect(try String(contentsOfFile: folder + "/p.svg", encoding: .utf8).contains("“fox” gives"))
            let outside = try Executable.run("draw", "--trace", "t", "--sequence", "2", in: folder)
            #expect(outside.status == 1 && outside.complaints.last?.contains("0 … 1") == true, "\(outside.error)")
            #expect(try Executable.run("draw", "a", "--sequence", "1", in: folder).status == 2)
            // Cut out, it is a trace of its own.
            _ = try Executable.run("trace", "--trace", "t", "--sequence", "1", "--out", "s", in: folder)
            let trace = try TraceFile.read(path: folder + "/s")
            #expect(trace.tokens.map(\.display) == ["dog", "eel", "fox"] && trace.sequenceCount == 1)
            #expect(trace.isElsewhere)
        }
    }

    /// What is recorded as added need not be what was added: then nothing adds it up.
    @Test(arguments: [true, false]) func sumsAreCheckedBeforeTheyAreDrawn(isHonest: Bool) throws {
        try Executable.inFolder { folder in
            let shape: Shape = [1, 4, 8]
            let (pre, attention, feed) = (
                try Self.tensor(shape, 1), try Self.tensor(shape, 2), try Self.tensor(shape, 3)
            )
            let mid = try isHonest ? Add().evaluate([pre, attention]) : Self.tensor(shape, 4)
            try Self.write(
                [
                    ("blocks.0.hook_resid_pre", pre), ("blocks.0.hook_attn_out", attention),
                    ("blocks.0.hook_resid_mid", mid), ("blocks.0.hook_mlp_out", feed),
                    ("blocks.0.hook_resid_post", Add().evaluate([mid, feed])),
                ], to: folder + "/t")
            let outcome = try Executable.run("draw", "--trace", "t", "--json", "--out", "d", in: folder)
            let ids = try Self.drawn(outcome)
            let sums: Set = ["residual-stream", "layer", "residual-overview", "architecture-map"]
            #expect(isHonest ? ids.isSuperset(of: sums) : ids.isDisjoint(with: sums), "\(ids)")
            let says = outcome.error.contains(
                "The numbers do not bear out blocks.0.resid_mid = blocks.0.resid_pre + blocks.0.attn_out.")
            #expect(says != isHonest, "\(outcome.error)")
        }
    }

    @Test func aPartOfATranslationIsDrawnWithoutANote() throws {
        try Executable.inFolder { folder in
            let wrote = try Executable.run(
                "trace", "three", "--model", "translator", "--tokens", "2", "--step", "decoder.tokens", "--step",
                "decoder.blocks.*.mlp.post", "--out", "t", in: folder)
            #expect(wrote.status == 0, "\(wrote.error)")
            let outcome = try Executable.run("draw", "--trace", "t", "--json", "--out", "d", in: folder)
            #expect(try Self.drawn(outcome).contains("feed-forward"))
            #expect(!outcome.error.contains("set aside"), "\(outcome.error)")
        }
    }

    @Test func whatHasNoFigureIsOneLine() throws {
        try Executable.inFolder { folder in
            try Self.write([("blocks.0.attn.hook_q", Self.tensor([1, 3]))], to: folder + "/t")
            let outcome = try Executable.run("draw", "--trace", "t", "--out", "d", in: folder)
            #expect(outcome.status == 1 && outcome.error.contains("no figure shows what this run holds"))
            #expect(outcome.complaints.count == 2 && outcome.error.contains("set aside"), "\(outcome.error)")
        }
    }

    @Test func layersAreThoseThatAreThere() throws {
        try Executable.inFolder { folder in
            let pattern = try Self.tensor([1, 2, 3, 3]).softmax()
            try Self.write(
                [("blocks.0.attn.hook_pattern", pattern), ("blocks.16777215.attn.hook_pattern", pattern)],
                to: folder + "/t")
            let far = try Executable.run(
                "draw", "--trace", "t", "--layer", "16777215", "--head", "0", "--out", "d", in: folder)
            #expect(far.status == 0, "\(far.error)")
            let none = try Executable.run("draw", "--trace", "t", "--layer", "5", "--out", "d", in: folder)
            #expect(none.status == 1 && none.complaints.last?.contains("0, 16777215") == true, "\(none.error)")
        }
    }
}
