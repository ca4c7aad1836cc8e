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
            #expect((found["worst"] as? Double) == 0)
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

    @Test func whatHeadsMatterIsSaid() throws {
        let outcome = try Executable.run("ablate", "中华人民", "--json")
        let found = try #require(try outcome.json() as? [String: Any])
        let heads = try #require(found["heads"] as? [[String: Any]])
        #expect(heads.count == 16 && heads[3]["layer"] as? Int != nil && heads[3]["after"] as? Double != nil)
        let before = try #require(found["before"] as? Double)
        #expect(before > 0 && before <= 1)
        let chinese = try Executable.run("ablate", "中华人民", language: "zh_CN.UTF-8")
        #expect(chinese.status == 0 && chinese.output.contains("L0H0"))
        let wrong = try Executable.run("ablate", "中华人民", "--target", "no such token")
        #expect(wrong.status == 1 && wrong.complaints.count == 1)
    }
}
