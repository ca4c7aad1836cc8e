import Foundation
import Models
import TestSupport
import Testing
import Tracing
import Wording

@testable import Page

/// What the page asks before it shows: the right option is found here once more, by other code.
@Suite struct PredictTests {
    private static let sentences = [
        ("next-word", "the cat sat on the mat"), ("next-word", "我爱吃苹果"), ("next-word", "the the the the"),
        ("next-word", "a dog and a cat"), ("masked-word", "the [MASK] sat on the mat"), ("classifier", "a good day"),
        ("translator", "the cat sees the dog"),
    ]

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private struct Option {
        let label: String
        let isRight: Bool
        let why: String
        let row: [Double]
        init(_ json: [String: Any]) throws {
            label = try #require(json["label"] as? String)
            isRight = try #require(json["right"] as? Bool)
            why = try #require(json["why"] as? String)
            row = json["row"] as? [Double] ?? []
        }
    }

    private func options(_ question: [String: Any]) throws -> [Option] {
        try #require(question["options"] as? [[String: Any]]).map { try Option($0) }
    }

    /// One row of a step, from the tensor's cells alone.
    private func row(_ session: PageSession, _ name: String, _ beginning: [Int]) throws -> [Double] {
        let tensor = try #require(session.step(name)).tensor
        return (0..<tensor.shape[tensor.shape.rank - 1]).map { Double(tensor.cell(beginning + [$0]) ?? .nan) }
    }

    @Test(arguments: sentences) func theRightOptionIsRight(model: String, text: String) throws {
        let session = try Twin(Places.root + "/fixtures/models/" + model).session
        func ask(_ question: String) throws -> [String: Any] {
            try object(String(decoding: session.ask(Array(question.utf8)), as: UTF8.self))
        }
        let run = try ask(#"{"ask":"text","text":"\#(text)","language":"en"}"#)
        let figures = try #require(run["figures"] as? [[String: Any]])
        var kinds: [String: Int] = [:]
        for figure in figures where figure["head"] as? Int ?? 0 < 2 {
            let name = try #require(figure["name"] as? String)
            for place in [1, 3] {
                let asked = #""ask":"predict","name":"\#(name)","position":\#(place)"#
                let question = try ask(#"{\#(asked),"language":"en"}"#)
                let kind = try #require(question["kind"] as? String)
                guard kind != "none" else { continue }
                kinds[kind, default: 0] += 1
                let (english, chinese) = (try options(question), try options(ask(#"{\#(asked),"language":"zh-Hans"}"#)))
                #expect(english.count > 1 && english.count { $0.isRight } == 1, "\(name)")
                // Of a token's name the order may differ, the right one not.
                #expect(chinese.map(\.isRight) == english.map(\.isRight), "\(name)")
                #expect(Set(english.map { $0.label + "\($0.row)" }).count == english.count, "\(name)")
                #expect((english + chinese).allSatisfy { !$0.why.isEmpty && !$0.why.contains("{") }, "\(name)")
                let right = try #require(english.first { $0.isRight })
                try check(kind, right, english, question, session, name)
            }
        }
        let expected: Set<String> =
            switch model {
            case "next-word": ["largest", "scaling", "later", "softmax", "next", "headOff"]
            case "translator": ["largest", "next", "headOff"]
            default: ["largest", "next"]
            }
        #expect(expected.subtracting(kinds.keys).isEmpty, "\(kinds)")
    }

    private func check(
        _ kind: String, _ right: Option, _ options: [Option], _ question: [String: Any], _ session: PageSession,
        _ name: String
    ) throws {
        let veil = (question["veils"] as? [[String: Any]])?.first
        let step = veil?["step"] as? String ?? ""
        let beginning = veil?["index"] as? [Int] ?? []
        switch kind {
        case "largest":
            let numbers = try row(session, step, beginning)
            let best = try #require(numbers.indices.max { numbers[$0] < numbers[$1] })
            let written = try object(
                String(
                    decoding: session.ask(
                        Array(
                            #"{"ask":"name","language":"en","step":"\#(step)","index":[\#((beginning + [best]).map { "\($0)" }.joined(separator: ","))]}"#
                                .utf8)), as: UTF8.self))
            let title = try #require(written["title"] as? String)
            let token = try #require(right.label.split(separator: "”").first).dropFirst()
            #expect(title.hasSuffix("→ “\(token)”"), "\(name): \(title), \(right.label)")
            if right.label.contains("position") { #expect(right.label.contains("position \(best))"), "\(name)") }
        case "softmax":
            let scores = try row(session, step.replacingOccurrences(of: "pattern", with: "attn_scores"), beginning)
            let powers = scores.map { Foundation.exp($0) }
            let sum = powers.reduce(0, +)
            for (own, power) in zip(right.row, powers) { #expect(abs(own - power / sum) < 1e-4, "\(name)") }
            for other in options where !other.isRight {
                #expect(zip(other.row, right.row).contains { $0 != $1 }, "\(name)")
                #expect(abs(other.row.reduce(0, +) - 1) < 1e-4, "\(name)")
            }
        case "scaling":
            let values = options.map { LivePage.number($0.label) }
            let sentence = try #require(question["question"] as? String)
            let raw = LivePage.number(
                String(sentence.split(separator: " is ")[1].split(separator: ". ")[0]))
            let queries = try #require(
                session.step(
                    step.replacingOccurrences(of: "attn_scores_unmasked", with: "q")
                        .replacingOccurrences(of: "attn_scores", with: "q")))
            let scaled = raw / Double(queries.shape[3]).squareRoot()
            #expect(abs(LivePage.number(right.label) - scaled) < 0.011, "\(name): \(right.label), \(scaled)")
            #expect(Set(values).count == values.count)
        case "later":
            // No decoder sees what comes later.
            #expect(options.firstIndex { $0.isRight } == 0, "\(name)")
        default: break
        }
    }

    /// The guess without a head, once more in a run of its own that was asked for without it.
    @Test func whatAHeadDoesIsWhatItsAbsenceGives() throws {
        let folder = Places.root + "/fixtures/models/next-word"
        let (session, other) = (try Twin(folder).session, try Twin(folder).session)
        func ask(_ session: PageSession, _ question: String) throws -> [String: Any] {
            try object(String(decoding: session.ask(Array(question.utf8)), as: UTF8.self))
        }
        let text = #""ask":"text","text":"the cat sat on the mat""#
        let figures = try #require(ask(session, "{\(text)}")["figures"] as? [[String: Any]])
        let before = try row(session, "probabilities", [0, 5])
        let best = try #require(before.indices.max { before[$0] < before[$1] })
        for figure in figures where figure["kind"] as? String == "one-head" {
            let (layer, head) = (try #require(figure["layer"] as? Int), try #require(figure["head"] as? Int))
            let question = try ask(
                session, #"{"ask":"predict","name":"\#(try #require(figure["name"] as? String))","position":5}"#)
            let place = try options(question).firstIndex { $0.isRight }
            _ = try ask(other, #"{\#(text),"off":["L\#(layer)H\#(head)"]}"#)
            let after = try row(other, "probabilities", [0, 5])
            let winner = try #require(after.indices.max { after[$0] < after[$1] })
            let change = after[best] - before[best]
            let expected = winner != best ? 3 : abs(change) < 0.01 ? 2 : change > 0 ? 0 : 1
            #expect(place == expected, "L\(layer)H\(head): \(change)")
        }
    }

    @Test func whatIsNotAskedIsNothing() throws {
        let session = try Twin(Places.root + "/fixtures/models/next-word").session
        _ = session.ask(Array(#"{"ask":"text","text":"the cat"}"#.utf8))
        func ask(_ question: String) -> String {
            String(decoding: session.ask(Array(question.utf8)), as: UTF8.self)
        }
        #expect(ask(#"{"ask":"predict","name":"token-strip"}"#).contains(#""none""#))
        #expect(ask(#"{"ask":"predict","name":"nothing"}"#).contains("error"))
        #expect(ask(#"{"ask":"predict"}"#).contains("error"))
        // A place that another text had, and one token alone.
        for text in ["the", "the cat"] {
            let run = session.ask(Array(#"{"ask":"text","text":"\#(text)"}"#.utf8))
            #expect(!String(decoding: run, as: UTF8.self).hasPrefix(#"{"error"#))
            for name in ["softmax", "mask", "scores"] {
                #expect(!ask(#"{"ask":"predict","name":"\#(name)","position":99,"head":77}"#).isEmpty)
            }
        }
    }
}
