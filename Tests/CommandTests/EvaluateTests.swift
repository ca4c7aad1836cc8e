import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct EvaluateTests {
    @Test func perplexityIsTheMeanSurprise() throws {
        try Executable.inFolder { folder in
            try "the cat sat on the mat\n我爱吃苹果\n".write(
                toFile: folder + "/texts.txt", atomically: true, encoding: .utf8)
            let outcome = try Executable.run("evaluate", "next-word", "texts.txt", "--json", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let json = try #require(try outcome.json() as? [String: Any])
            let tokens = try #require(json["tokens"] as? [[String: Any]])
            let nats = tokens.compactMap { $0["nats"] as? Double }
            let perplexity = try #require(json["perplexity"] as? Double)
            #expect(abs(perplexity - exp(nats.reduce(0, +) / Double(nats.count))) < 1e-9 * perplexity)
            for token in tokens {
                let probability = try #require(token["probability"] as? Double)
                let surprise = try #require(token["nats"] as? Double)
                #expect(abs(probability - exp(-surprise)) < 1e-12)
            }
            #expect(json["bleu"] is NSNull)
        }
    }

    /// PyTorch's model on the same ids says the same.
    @Test func pyTorchIsAsSurprised() throws {
        let script = """
            import json, sys, torch
            from transformers import GPT2LMHeadModel
            from tokenizers import Tokenizer
            folder = sys.argv[1]
            model = GPT2LMHeadModel.from_pretrained(folder).eval()
            tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
            ids = [tokenizer.token_to_id("<|endoftext|>")] + tokenizer.encode("the cat sat on the mat").ids
            with torch.no_grad():
                logits = model(torch.tensor([ids])).logits[0, :-1]
            loss = torch.nn.functional.cross_entropy(logits, torch.tensor(ids[1:]))
            print(json.dumps(float(torch.exp(loss))))
            """
        guard
            let printed = try Python.run(
                script, needing: ["torch", "transformers", "tokenizers"],
                arguments: [Places.root + "/fixtures/models/next-word"])
        else { return }
        let expected = try #require(Double(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
        try Executable.inFolder { folder in
            try "the cat sat on the mat".write(toFile: folder + "/t", atomically: true, encoding: .utf8)
            let json = try #require(
                try Executable.run("evaluate", "next-word", "t", "--json", in: folder).json() as? [String: Any])
            let perplexity = try #require(json["perplexity"] as? Double)
            #expect(abs(perplexity - expected) <= 1e-5 * expected)
        }
    }

    @Test func pairsAreCountedToTheLastCharacter() throws {
        try Executable.inFolder { folder in
            try "two cats\t两只猫\nthree hundred and five\t三百零六\n".write(
                toFile: folder + "/pairs.tsv", atomically: true, encoding: .utf8)
            let outcome = try Executable.run("evaluate", "translator", "pairs.tsv", "--json", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let json = try #require(try outcome.json() as? [String: Any])
            #expect(json["accuracy"] as? Double == 0.5)
            #expect(try #require(json["bleu"] as? Double) < 100)
        }
    }

    @Test(arguments: [
        ("evaluate next-word missing.txt", "missing.txt"), ("evaluate next-word empty.txt", "at least one line"),
        ("evaluate translator broken.tsv", "line 2"), ("evaluate nobody", "nobody"),
        ("evaluate masked-word texts.txt", "masked-word"),
    ]) func mistakesAreOneLine(_ line: String, _ words: String) throws {
        try Executable.inFolder { folder in
            try "\n \n".write(toFile: folder + "/empty.txt", atomically: true, encoding: .utf8)
            try "a cat".write(toFile: folder + "/texts.txt", atomically: true, encoding: .utf8)
            try "two cats\t两只猫\nno tab\n".write(toFile: folder + "/broken.tsv", atomically: true, encoding: .utf8)
            let outcome = try Executable.shell("glassformer " + line, in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 1 && outcome.error.contains(words), "\(outcome.error)")
        }
    }
}
