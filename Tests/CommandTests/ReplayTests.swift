import Foundation
import TestSupport
import Testing
import Tracing

@Suite struct ReplayTests {
    @Test(arguments: [
        ["中华人民"], ["the cat sat", "--backward"], ["ich mag katzen", "--model", "translator"],
        ["the [MASK] sat", "--model", "masked-word"],
    ])
    func aTraceOfOursVerifies(_ subject: [String]) throws {
        try Executable.inFolder { folder in
            _ = try Executable.run(["trace"] + subject + ["--out", "t.safetensors"], in: folder)
            let outcome = try Executable.run("verify", "t.safetensors", "--json", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let found = try #require(try outcome.json() as? [String: Any])
            #expect((found["failures"] as? [Any])?.isEmpty == true)
            #expect((found["worst"] as? Double ?? 1) <= 1e-6)
            #expect((found["steps"] as? Int ?? 0) > 50)
        }
    }

    @Test func oneAlteredNumberIsNamed() throws {
        try Executable.inFolder { folder in
            _ = try Executable.run("trace", "中华人民", "--out", "t", in: folder)
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/t")))
            let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: Any]
            let entry = try #require(header?["blocks.1.attn.z"] as? [String: Any])
            let start = try #require((entry["data_offsets"] as? [Int])?.first)
            // The highest byte of a number: its exponent.
            bytes[8 + length + start + 4 * 7 + 3] ^= 1
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/t"))
            let outcome = try Executable.run("verify", "t", in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 1)
            #expect(outcome.error.contains("blocks.1.attn.z[0, 0, "))
        }
    }

    /// Of every tensor of a training step in turn, parameters and gradients among them.
    @Test func everyAlteredTensorOfATrainingStepIsFound() throws {
        try Executable.inFolder { folder in
            _ = try Executable.run(
                ["trace", "--ids", "3,4,5", "--model", Places.reference("families/gpt2_rules"), "--backward"]
                    + ["--out", "t"], in: folder)
            let file = try AlteredFile([UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/t"))))
            #expect(file.names.count > 100)
            for name in file.names {
                let result = try TraceFile.verified(file.altered(name)).result
                #expect(result.failures.contains { $0.isAltered && $0.step.description == name }, "\(name)")
            }
        }
    }

    /// The same change from every command, and the same as by itself.
    @Test func aChangeMovesTheProbabilities() throws {
        try Executable.inFolder { folder in
            func probabilities(_ options: String...) throws -> [Float] {
                let outcome = try Executable.run(
                    ["trace", "中华人民", "--tokens", "0", "--out", "t"] + options, in: folder)
                #expect(outcome.status == 0, "\(outcome.error)")
                defer { try? FileManager.default.removeItem(atPath: folder + "/t") }
                return try TraceFile.read(path: folder + "/t").step("probabilities").tensor.scalars
            }
            let plain = try probabilities()
            #expect(try probabilities("--scale", "blocks.1.mlp.post:14=1") == plain)
            #expect(try probabilities("--patch", "blocks.1.resid_pre=中华人民") == plain)
            let off = try probabilities("--off", "L0H2")
            let both = try probabilities("--off", "L0H2", "--off", "L3M")
            #expect(off != plain && off != both)
            #expect(try probabilities("--scale", "blocks.1.mlp.post:14=0") != plain)
            let ablated = try Executable.run("ablate", "中华人民", "--json")
            let found = try #require(try ablated.json() as? [String: Any])
            let head = try #require((found["heads"] as? [[String: Any]])?.first { $0["name"] as? String == "L0H2" })
            let place = try #require((found["index"] as? [Int]))
            let width = off.count / (place[1] + 1)
            #expect(try Float(#require(head["after"] as? Double)) == off[place[1] * width + place[2]])

            let drawn = try Executable.run(
                "draw", "中华人民", "--off", "L0H2", "--scale", "blocks.1.mlp.post:14=0", "--figure", "candidates",
                "--format", "png", "--scale", "2", "--out", "x", in: folder)
            #expect(drawn.status == 0, "\(drawn.error)")
            let told = try Executable.run(
                "explain", "中华人民", "--off", "L0H2", "--step", "blocks.0.attn.z", "--at", "0,1,2,0", in: folder)
            #expect(told.output.contains("blocks.0.attn.z.unchanged"))
        }
    }

    @Test(arguments: [
        ["steps", "中", "--off", "L9H0"], ["steps", "中", "--off", "head 3"], ["draw", "中", "--scale", "logits:x=0"],
        ["steps", "中", "--scale", "2"], ["explain", "中", "--patch", "logits", "--step", "logits", "--at", "0,0,0"],
        ["steps", "中", "--patch", "blocks.0.resid_pre=the cat sat on the mat"],
        ["train", "house-prices", "--scale", "logits=2"],
    ])
    func aChangeThatDoesNotFitIsOneLine(_ arguments: [String]) throws {
        try Executable.inFolder { folder in
            for language in ["C.UTF-8", "zh_CN.UTF-8"] {
                let outcome = try Executable.run(arguments, in: folder, language: language)
                #expect(outcome.status == 1 || outcome.status == 2)
                #expect(outcome.complaints.count == 1, "\(outcome.error)")
                #expect(contents(folder).isEmpty)
            }
        }
    }

    /// Forward and backward tell the same.
    @Test func whatReadsACellHasItAmongItsTerms() throws {
        let arguments = ["explain", "中华人民", "--step", "blocks.0.attn.v", "--at", "0,1,2,0", "--forward"]
        let outcome = try Executable.run(arguments + ["--json"])
        let found = try #require(try outcome.json() as? [String: Any])
        let readers = try #require(found["readers"] as? [[String: Any]])
        // Two of three tokens see the second; the cells of the value's own cache read it too.
        #expect(readers.count == found["total"] as? Int && readers.count >= 2)
        #expect(readers.contains { $0["step"] as? String == "blocks.0.attn.z" })
        #expect(try Executable.run(arguments).output.contains("blocks.0.attn.z[0, 1, 2, 0]"))
    }

    @Test func whatHeadsMatterIsSaid() throws {
        let outcome = try Executable.run("ablate", "中华人民", "--json")
        let found = try #require(try outcome.json() as? [String: Any])
        let heads = try #require(found["heads"] as? [[String: Any]])
        #expect(heads.count == 16 && heads[3]["layer"] as? Int != nil && heads[3]["after"] as? Double != nil)
        let before = try #require(found["before"] as? Double)
        #expect(before > 0 && before <= 1)
        let chinese = try Executable.run("ablate", "中华人民", language: "zh_CN.UTF-8")
        #expect(chinese.status == 0 && chinese.output.contains("L0H0"))
        for subject in [["ich mag katzen", "--model", "translator"], ["the [MASK] sat", "--model", "masked-word"]] {
            #expect(try Executable.run(["ablate"] + subject + ["--json"]).status == 0)
        }
        let wrong = try Executable.run("ablate", "中华人民", "--target", "no such token")
        #expect(wrong.status == 1 && wrong.complaints.count == 1)
    }
}
