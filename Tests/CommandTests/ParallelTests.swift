import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct ParallelTests {
    @Test(arguments: ["data", "tensor"])
    func theResultIsTheWholes(_ how: String) throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.shell("glassformer parallel 中华人民 --workers 2 --how \(how) --json", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect(json["workers_agree"] as? Bool == true)
            #expect((json["workers"] as? [Any])?.count == 2)
            for key in how == "tensor" ? ["gradients", "logits"] : ["gradients"] {
                let it = try #require(json[key] as? [String: Double])
                #expect(try #require(it["greatest_difference"]) <= 1e-5 * (try #require(it["greatest"])))
            }
            let messages = try #require(json["messages"] as? [[String: Any]])
            #expect(messages.allSatisfy { ($0["bytes"] as? Int ?? 0) > 0 })
            let workers = try #require(json["workers"] as? [[String: Any]])
            let sent = workers.reduce(0) { $0 + ($1["sent"] as? Int ?? 0) }
            #expect(sent == messages.reduce(0) { $0 + ($1["bytes"] as? Int ?? 0) })
            for file in try #require(json["files"] as? [String]) {
                #expect(FileManager.default.fileExists(atPath: folder + "/" + file), "\(file)")
            }
        }
    }

    @Test func whatCannotBeSplitIsExplained() throws {
        try Executable.inFolder { folder in
            let cases = [
                ("中华人民 --workers 3 --how tensor", "4 heads cannot be shared evenly by 3 workers"),
                ("中华人民 --workers 9", "expected 1 to 8, found 9"), ("中 --workers 2", "found 1"),
                ("中华 人民 --how tensor", "expected 1, found 2"), ("中华人民 --how tensor --layer 4", "0 … 3"),
            ]
            for (arguments, words) in cases {
                let outcome = try Executable.shell("glassformer parallel " + arguments, in: folder)
                #expect(outcome.status == 1, "\(arguments)")
                #expect(outcome.error.contains(words), "\(arguments): \(outcome.error)")
                #expect(outcome.output.isEmpty)
            }
        }
    }

    @Test func aSingleTokenCanStillBeReadInShards() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.shell("glassformer parallel 中 --how tensor --quiet", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("logits"))
        }
    }

    @Test func theShardsCanBeExplainedFromTheirFile() throws {
        try Executable.inFolder { folder in
            let wrote = try Executable.shell(
                "glassformer parallel 中华人民 --how tensor --trace run.safetensors --quiet", in: folder)
            #expect(wrote.status == 0, "\(wrote.error)")
            let sum = try Executable.shell(
                "glassformer explain --trace run.safetensors --step blocks.0.attn_out --at 0,3,5 --json", in: folder)
            #expect(sum.output.contains("worker.1.blocks.0.attn_out"))
            let wrong = try Executable.shell("glassformer parallel 中华人民 --trace run.safetensors", in: folder)
            #expect(wrong.status == 2)
        }
    }

    @Test func linesOfStandardInputAreTexts() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.shell(
                "printf '中华人民\\n我爱吃苹果\\n' | glassformer parallel - --json", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("\"我爱吃苹果\""))
        }
    }
}
