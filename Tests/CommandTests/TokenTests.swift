import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct TokenizeTests {
    @Test func tokensIdsAndBytes() throws {
        let object = try #require(Executable.run("tokenize", "the cat 中", "--json").json() as? [String: Any])
        let ids = try #require(object["ids"] as? [Int])
        let tokens = try #require(object["tokens"] as? [String])
        let bytes = try #require(object["bytes"] as? [[Int]])
        #expect(ids.count == tokens.count && ids.count == bytes.count)
        #expect(bytes.joined().map(UInt8.init) == Array("the cat 中".utf8))
        #expect(tokens[1] == "␣cat")
        #expect(object["merges"] == nil)
    }

    @Test func mergesLeadFromBytesToTokens() throws {
        let object = try #require(
            Executable.run("tokenize", "the cat", "--merges", "--json").json() as? [String: Any])
        let words = try #require(object["merges"] as? [[String: Any]])
        #expect(words.map { $0["word"] as? String } == ["the", "␣cat"])
        #expect(words[1]["initial"] as? [String] == ["␣", "c", "a", "t"])
        let steps = try #require(words[1]["steps"] as? [[String: Any]])
        #expect(steps.last?["tokens"] as? [String] == ["␣cat"])
        #expect(try Executable.run("tokenize", "the cat", "--merges").output.contains("␣ · c · a · t"))
    }

    @Test func aFileIsEncodedLineByLineBytesAsTheyAre() throws {
        try Executable.inFolder { folder in
            try Data("the cat\n\na".utf8 + [0xFF, 0x0A] + "end".utf8).write(to: URL(fileURLWithPath: folder + "/f"))
            let outcome = try Executable.run("tokenize", "--file", "f", in: folder)
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 5 && lines[4].isEmpty)
            let values = try lines.dropLast().map {
                try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(values[1]["ids"] as? [Int] == [])
            #expect(values[2]["tokens"] as? [String] == ["a", "‹FF›"])
            let single = try #require(Executable.run("tokenize", "the cat", "--json").json() as? [String: Any])
            #expect(values[0]["ids"] as? [Int] == single["ids"] as? [Int])
            let piped = try Executable.shell("glassformer tokenize --file - < f", in: folder)
            #expect(piped.output == outcome.output)
        }
    }

    @Test func anotherTokenizerThanTheModels() throws {
        let file = Places.root + "/fixtures/tokenizers/trained.json"
        let object = try #require(
            Executable.run("tokenize", "the", "--tokenizer", file, "--json").json() as? [String: Any])
        #expect(object["tokens"] as? [String] == ["t", "he"])
    }
}

@Suite struct GenerateTests {
    private func generate(_ arguments: String...) throws -> [String: Any] {
        try #require(Executable.run(["generate"] + arguments + ["--json"]).json() as? [String: Any])
    }

    @Test func theShippedModelKnowsWhatComesNext() throws {
        let object = try generate("中华人民", "--tokens", "1")
        #expect(object["text"] as? String == "中华人民共和国")
        let steps = try #require(object["steps"] as? [[String: Any]])
        #expect(steps.count == 1)
        #expect(Set(steps[0].keys) == ["id", "token", "probability", "candidates"])
        #expect(try #require(steps[0]["probability"] as? Double) > 0.9)
        let candidates = try #require(steps[0]["candidates"] as? [[String: Any]])
        #expect(Set(candidates[0].keys) == ["id", "token", "probability"])
        #expect(candidates[0]["id"] as? Int == steps[0]["id"] as? Int)
        let ids = try #require(object["ids"] as? [Int])
        #expect(ids.last == steps[0]["id"] as? Int)
    }

    @Test func itStopsAtTheEndOfTheTextOrWhereAsked() throws {
        let whole = try #require(generate("中华人民", "--tokens", "40")["steps"] as? [[String: Any]])
        #expect(whole.count < 40)
        let second = try #require(whole[1]["id"] as? Int)
        let cut = try #require(generate("中华人民", "--stop-ids", "\(second)")["steps"] as? [[String: Any]])
        #expect(cut.count == 2)
    }

    @Test func aTranslationStopsWhereAsked() throws {
        let arguments = ["three hundred and five", "--model", "translator"]
        let whole = try #require(generate(arguments[0], arguments[1], arguments[2])["ids"] as? [Int])
        #expect(whole.count > 2)
        let cut = try generate(arguments[0], arguments[1], arguments[2], "--stop-ids", "\(whole[1])")["ids"] as? [Int]
        #expect(cut == Array(whole.prefix(2)))
    }

    /// A token that a rule forbids is passed over, and the reader is told why.
    @Test func rulesOfTheModelAreSaid() throws {
        let families = Places.root + "/fixtures/reference/families/"
        let ruled = try Executable.run("generate", "--ids", "5,3,7", "--model", families + "gpt2_rules")
        #expect(ruled.status == 0 && ruled.error.contains("generation_config.json"))
        let free = try Executable.run("generate", "--ids", "5,3,7", "--model", families + "llama_v4_yes_everything")
        #expect(free.status == 0 && free.error.isEmpty)
    }

    @Test func theSeedDecides() throws {
        let first = try generate("the", "--temperature", "1", "--seed", "3")["text"] as? String
        let again = try generate("the", "--temperature", "1", "--seed", "3")["text"] as? String
        let texts = try (0..<4).map { try generate("the", "--temperature", "1", "--seed", "\($0)")["text"] as? String }
        #expect(first == again)
        #expect(Set(texts).count > 1)
        let cut = try generate("the", "--temperature", "1", "--top-k", "1", "--seed", "3")["text"] as? String
        #expect(try generate("the")["text"] as? String == cut)
    }

    @Test func idsAreAnInputLikeAText() throws {
        let ids = try #require(generate("中华人民", "--tokens", "0")["ids"] as? [Int])
        let list = ids.map(String.init).joined(separator: ", ")
        #expect(try generate("--ids", list)["text"] as? String == generate("中华人民")["text"] as? String)
    }

    /// Transformers' greedy continuation of a GPT-2 with random weights.
    @Test func itAgreesWithTransformers() throws {
        let folder = Places.reference("families/gpt2_unscaled_by_depth")
        let reference = try SafeTensors(path: folder + "/reference.safetensors").integers("input.greedy")
        let prompt = reference.dropLast(9).map(String.init).joined(separator: ",")
        let object = try #require(
            Executable.run("generate", "--ids", prompt, "--model", folder, "--tokens", "9", "--json").json()
                as? [String: Any])
        #expect(object["ids"] as? [Int] == reference)
        #expect(object["text"] is NSNull)
    }
}
