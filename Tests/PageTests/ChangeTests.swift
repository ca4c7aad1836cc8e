import Foundation
import Models
import Subjects
import TestSupport
import Testing
import Tracing

@testable import Page

/// What a page answers where something is changed: the numbers of `ablate`, of `--off`, `--scale` and `--patch`, and of
/// `generate`.
@Suite struct ChangeTests {
    /// A decoder, an encoder, one that sorts into classes, an encoder–decoder; what is changed in each.
    static let subjects: [(model: String, text: String, changes: String)] = [
        ("next-word", "the cat sat on the", #""off":["L0H2","L1N14"],"scale":["L2M=0.5"]"#),
        ("next-word", "the cat sat on the", #""patch":["L1:1=a dog"]"#),
        ("masked-word", "我爱吃[MASK]", #""off":["L0H1"],"scale":["L1H0=2"]"#),
        ("classifier", "the dog was hit by the cat", #""off":["L0"]"#),
        ("translator", "three hundred and five", #""off":["cross.L0H1"],"scale":["encoder.L0H0=0"]"#),
    ]

    private static func folder(_ name: String) -> String { Places.root + "/fixtures/models/" + name }

    private func object(_ text: String) throws -> [String: Any] {
        let found = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(found["error"] == nil, "\(found["error"] ?? "")")
        return found
    }

    private func tokens(_ answer: [String: Any]) throws -> [(index: [Int], before: Double, now: Double)] {
        try #require(answer["tokens"] as? [[String: Any]]).map {
            (
                try #require($0["index"] as? [Int]), try #require($0["before"] as? Double),
                try #require($0["now"] as? Double)
            )
        }
    }

    /// Before, after, and what was changed, as the same subject elsewhere.
    @Test(arguments: subjects) func theGuessIsTheChangedRuns(model: String, text: String, changes: String) throws {
        let twin = try Twin(Self.folder(model))
        let plain = #"{"ask":"text","text":"\#(text)"}"#
        let question = #"{"ask":"text","text":"\#(text)",\#(changes)}"#
        let names = ["probabilities", "mlm_probs", "classifier_probs"]
        _ = try object(twin.ask(plain))
        let step = try #require(names.first { twin.session.step($0) != nil })
        let before = try #require(twin.session.step(step)).tensor
        #expect(try #require(object(twin.ask(question))["changes"] as? [[String: Any]]).count >= 1)
        let after = try #require(twin.session.step(step)).tensor
        let guess = try object(twin.ask(#"{"ask":"guess"}"#))
        #expect(guess["changed"] as? Bool == true && guess["step"] as? String == step)
        var isOther = false
        for token in try tokens(guess) {
            #expect(Float(token.before) == before.cell(token.index) && Float(token.now) == after.cell(token.index))
            if token.before != token.now { isOther = true }
        }
        #expect(isOther)
        // What was before is looked at without forgetting what was changed.
        let seen = try object(twin.ask(String(question.dropLast()) + #","before":true}"#))
        #expect((seen["changes"] as? [Any])?.isEmpty == false)
        #expect(try #require(twin.session.step(step)).tensor.bits == before.bits)
        #expect(try tokens(object(twin.ask(#"{"ask":"guess"}"#))).map(\.now) == tokens(guess).map(\.now))
        // The command line reads the same words.
        let words = try #require(JSONSerialization.jsonObject(with: Data("{\(changes)}".utf8)) as? [String: [String]])
        var source = TextSource(text: text)
        source.changes = ChangeWords(
            off: words["off"] ?? [], scale: words["scale"] ?? [], patch: words["patch"] ?? [])
        let loaded = try LanguageModel.load(folder: Self.folder(model))
        #expect(try TextReader(model: loaded).trace(source).step(StepName(step)).tensor.bits == after.bits)
    }

    /// Layer by layer and at once, as the run with that part off.
    @Test(arguments: [subjects[0], subjects[2], subjects[4]]) func theGridIsWhatIsLeft(
        model: String, text: String, changes: String
    ) throws {
        let twin = try Twin(Self.folder(model))
        _ = try object(twin.ask(#"{"ask":"text","text":"\#(text)",\#(changes)}"#))
        let whole = try object(twin.ask(#"{"ask":"ablate"}"#))
        let parts = try #require(whole["parts"] as? [[String: Any]])
        let step = try #require(whole["step"] as? String)
        let index = try #require(whole["index"] as? [Int])
        #expect((whole["sentence"] as? String)?.isEmpty == false)
        let one = try object(try Twin(Self.folder(model), asked: text).ask(#"{"ask":"ablate","layer":0}"#))
        #expect(try #require(one["parts"] as? [Any]).count < parts.count && one["sentence"] as? String == "")
        for place in [0, parts.count / 2, parts.count - 1] {
            let (name, after) = (parts[place]["name"] as? String ?? "", parts[place]["after"] as? Double)
            _ = try object(twin.ask(#"{"ask":"text","text":"\#(text)","off":["\#(name)"]}"#))
            #expect(twin.session.step(step)?.tensor.cell(index) == after.map { Float($0) }, "\(name)")
        }
    }

    /// Token by token, or all at once, what `generate` writes.
    @Test(arguments: ["", #","off":["L0H2"]"#, #","scale":["L0H2=1"]"#]) func writingOnIsGeneration(change: String)
        throws
    {
        let twin = try Twin(Self.folder("next-word"))
        let draw = #""temperature":0.8,"topK":20,"seed":7"#
        func put(_ numbers: [Int], count: Int) throws -> [Int] {
            _ = try object(twin.ask(#"{"ask":"text","text":"the cat sat","put":\#(numbers)\#(change)}"#))
            return try #require(object(twin.ask(#"{"ask":"write","count":\#(count),\#(draw)}"#))["put"] as? [Int])
        }
        let all = try put([], count: 4)
        var numbers: [Int] = []
        for _ in 0..<4 { numbers = try put(numbers, count: 1) }
        #expect(numbers == all && all.count == 8)
        guard change != #","off":["L0H2"]"# else { return }
        let model = try LanguageModel.load(folder: Self.folder("next-word"))
        let written = try model.decoder.generate(
            from: model.encode("the cat sat"), count: 4, sampling: Sampling(temperature: 0.8, topK: 20, seed: 7),
            stop: model.endOfText)
        #expect(stride(from: 1, to: all.count, by: 2).map { all[$0] } == written.map(\.id))
    }

    /// A word of a translation that is chosen otherwise stays, and the rest is written after it; a hidden word is filled.
    @Test func chosenTokensStandWhereTheyWerePut() throws {
        let translator = try Twin(Self.folder("translator"))
        let first = try object(translator.ask(#"{"ask":"text","text":"three hundred"}"#))
        let target = try #require(first["target"] as? [[String: Any]]).compactMap { $0["id"] as? Int }
        let guess = try object(translator.ask(#"{"ask":"guess","position":1}"#))
        #expect(guess["put"] as? Int == 2)
        let other = try #require((guess["tokens"] as? [[String: Any]])?.compactMap { $0["id"] as? Int }.last)
        let turned = try object(translator.ask(#"{"ask":"text","text":"three hundred","put":[2,\#(other)]}"#))
        let tokens = try #require(turned["target"] as? [[String: Any]])
        #expect(tokens.count > 2 && tokens[2]["id"] as? Int == other && tokens[2]["put"] as? Bool == true)
        #expect(tokens[1]["id"] as? Int == target[1])

        let masked = try Twin(Self.folder("masked-word"), asked: "我爱吃[MASK]")
        let numbers = try #require(object(masked.ask(#"{"ask":"write","temperature":0}"#))["put"] as? [Int])
        #expect(numbers.count == 2)
        let filled = try object(masked.ask(#"{"ask":"text","text":"我爱吃[MASK]","put":\#(numbers)}"#))
        #expect((filled["tokens"] as? [[String: Any]])?[numbers[0]]["id"] as? Int == numbers[1])
    }

    @Test(
        arguments: [
            #"{"ask":"text","text":"the cat","off":["L9H0"]}"#, #"{"ask":"text","text":"the cat","put":[1]}"#,
            #"{"ask":"text","text":"the cat","put":[9,1]}"#, #"{"ask":"guess","temperature":-1}"#,
            #"{"ask":"guess","topP":0}"#, #"{"ask":"text","text":"the cat","patch":["L1:7=a dog"]}"#,
            #"{"ask":"text","text":"the cat","put":[2,999999]}"#,
        ]) func whatCannotBeChangedIsSaid(question: String) throws
    {
        let twin = try Twin(Self.folder("next-word"), asked: "the cat")
        #expect(twin.ask(question).hasPrefix(#"{"error":"#))
        #expect(!twin.ask(#"{"ask":"guess"}"#).hasPrefix(#"{"error":"#))
    }
}

extension Twin {
    /// With a text read already.
    fileprivate init(_ folder: String, asked text: String) throws {
        try self.init(folder)
        _ = ask(#"{"ask":"text","text":"\#(text)"}"#)
    }
}
