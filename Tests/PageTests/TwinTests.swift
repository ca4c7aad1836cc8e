import Drawing
import Foundation
import Models
import Page
import TestSupport
import Testing
import Tracing
import Wording

/// The page's engine against the machine's: the same questions to both, in Node.
@Suite struct TwinTests {
    /// Every shipped model with a text, and small models of all nine families with ids.
    static let models: [(folder: String, question: String)] =
        [
            ("models/next-word", #""text":"the cat sat on the mat""#), ("models/answers", #""text":"中华人民共和国成立于哪一年""#),
            ("models/polite", #""text":"the cat""#), ("models/masked-word", #""text":"我爱吃[MASK]""#),
            ("models/classifier", #""text":"the dog was hit by the cat""#),
            ("models/translator", #""text":"three hundred and five""#),
            ("models/next-word", #""text":"the cat sat","off":["L0H2","L1M"],"scale":["blocks.1.mlp.post:14=0"]"#),
            ("models/next-word", #""text":"the cat sat","patch":["blocks.1.resid_pre=the dog sat"]"#),
            ("models/translator", #""text":"three hundred","target":"三百","off":["cross.L0H1"]"#),
            ("reference/gpt2_gelu_hub_buffers", #""ids":[1,2,3,4]"#),
            ("reference/families/gpt2_float16_shards", #""ids":[1,2,3]"#),
            ("reference/families/llama_bfloat16_shards", #""ids":[5,17,3,12]"#),
            ("reference/llama3_scaled_wide_heads", #""ids":[5,1,3,2]"#),
            ("reference/mistral_window", #""text":"5, 1, 3 2,6,4""#),
            ("reference/families/qwen2_window_layer_types", #""ids":[5,17,3,12]"#),
            ("reference/qwen3_head_norms", #""ids":[5,1,3,2]"#),
            ("reference/bert_pretraining", #""ids":[5,1,3,2]"#),
            ("reference/families/bert_answers", #""ids":[5,1,3,2]"#),
            ("reference/families/bart_source_rules", #""ids":[5,1,3,2]"#),
            ("reference/translator_paper_tied", #""ids":[5,1,3,2]"#),
        ] + others("mbart") + others("marian")

    /// The folders of a family whose names say so.
    private static func others(_ family: String) -> [(String, String)] {
        let folder = Places.root + "/fixtures/reference/families"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { $0.hasPrefix(family) }.map { ("reference/families/" + $0, #""ids":[5,1,3,2]"#) }
    }

    private func folder(_ name: String) -> String { Places.root + "/fixtures/" + name }

    @Test func everyFamilyIsHere() {
        for family in ["gpt2", "llama", "mistral", "qwen2", "qwen3", "bert", "bart", "mbart", "marian", "translator"] {
            #expect(Self.models.contains { ($0.folder as NSString).lastPathComponent.hasPrefix(family) }, "\(family)")
        }
    }

    /// Every step's numbers, and how the last of each came to be.
    @Test(arguments: models) func everyStepAndItsExplanationIsTheSame(folder: String, question: String) throws {
        guard let program = Twin.program else { return }
        let twin = try Twin(self.folder(folder))
        var questions = [#"{"ask":"text",\#(question)}"#, #"{"ask":"steps"}"#]
        var own = questions.map(twin.ask)
        let names = try steps(own[1]).map { String($0.prefix { $0 != " " }) }
        #expect(names.count > 20)
        for name in names {
            let shape = try #require(twin.session.step(name)).tensor.shape
            guard shape.count > 0 else { continue }
            let last = shape.dimensions.map { String($0 - 1) }.joined(separator: ",")
            questions.append(#"{"ask":"explain","step":"\#(name)","index":[\#(last)],"language":"zh-Hans"}"#)
        }
        own += questions.dropFirst(2).map(twin.ask)
        let page = try twin.page(program, questions, steps: [[], names])
        // Tokens, ids, places, names; what comes next, with its shares to a few digits.
        expectSame(page[0].answer, own[0], within: 1e-5, atLeast: 1e-5, folder)
        #expect(page[1].answer == own[1])
        for (place, name) in names.enumerated() {
            let expected = try #require(twin.session.step(name)).tensor.scalars
            let found = page[1].floats(place)
            try #require(found.count == expected.count, "\(name)")
            let scale = expected.filter(\.isFinite).map(abs).max() ?? 0
            let worst = zip(found, expected).map { $0 == $1 || ($0.isNaN && $1.isNaN) ? 0 : abs($0 - $1) }.max() ?? 0
            #expect(worst <= 1e-5 * max(scale, 1e-30), "\(folder), \(name): \(worst) of \(scale)")
        }
        for (place, question) in questions.enumerated().dropFirst(2) {
            expectSame(page[place].answer, own[place], within: 1e-4, atLeast: 1e-5, "\(question)")
        }
    }

    /// Every figure of every shipped model: the same marks at the same places, to the last digit of an SVG.
    @Test(arguments: models.prefix(6))
    func everyFigureIsTheSame(model: (folder: String, question: String)) throws {
        guard let program = Twin.program else { return }
        let twin = try Twin(folder(model.folder))
        var questions = [#"{"ask":"text",\#(model.question)}"#]
        let text = try JSONSerialization.jsonObject(with: Data(twin.ask(questions[0]).utf8)) as? [String: Any]
        let figures = try #require(text?["figures"] as? [[String: Any]])
        #expect(figures.count > 20)
        for language in Language.allCases {
            for (place, figure) in figures.enumerated() {
                // Heads and layers are many of a kind: the first of each is drawn, and a few others.
                let isFirst = (figure["layer"] as? Int ?? 0) == 0 && (figure["head"] as? Int ?? 0) == 0
                guard isFirst || place % 41 == 0, let name = figure["name"] as? String else { continue }
                let quiet = place % 2 == 0
                questions.append(
                    #"{"ask":"figure","name":"\#(name)","width":1046,"height":640,"frame":0,"quiet":\#(quiet),"#
                        + #""language":"\#(language.rawValue)"}"#
                )
            }
        }
        for (question, answer) in zip(questions, try twin.page(program, questions)).dropFirst() {
            let own = twin.ask(question)
            #expect(!own.hasPrefix("{\"error"), "\(question): \(own)")
            expectSame(answer.answer, own, within: 1e-4, atLeast: 0.011, "\(model.folder): \(question)")
        }
    }

    static let hardTexts = [
        "", " ", "a", "naïve café", "e\u{301}\u{301}", "👩‍👩‍👧 🙂", "مرحبا بالعالم", "שלום", "１２３ 半角ｶﾅ",
        "中华人民共和国 the  cat\n\t!",
        "x\u{FEFF}\u{200B}y\u{0}", "<b>&\"'</b>", String(repeating: "的", count: 70), "don't I'LL 3.14 …", "ﷺ ǆ İ ß",
    ]

    @Test(arguments: ["models/next-word", "models/masked-word", "models/translator"])
    func hardTextsGiveTheSameIdsAndNoTrap(_ folder: String) throws {
        guard let program = Twin.program else { return }
        let twin = try Twin(self.folder(folder))
        let questions = try Self.hardTexts.flatMap { text in
            let words = String(decoding: try JSONSerialization.data(withJSONObject: [text]), as: UTF8.self)
            return [
                #"{"ask":"text","text":\#(words.dropFirst().dropLast())}"#,
                #"{"ask":"figure","name":"token-strip","width":800,"height":500}"#,
                #"{"ask":"explain","step":"blocks.0.attn.pattern","index":[0,0,99,0]}"#,
            ]
        }
        for (question, answer) in zip(questions, try twin.page(program, questions)) {
            let own = twin.ask(question)
            expectSame(answer.answer, own, within: 1e-4, atLeast: 0.011, "\(question)")
        }
    }

    // MARK: Comparing

    private func expectSame(
        _ found: String, _ expected: String, within share: Double, atLeast: Double = 1e-6, _ name: String
    ) {
        let difference = Self.difference(found, expected, within: share, atLeast: atLeast)
        #expect(difference == nil, "\(name): \(difference ?? "")")
    }

    private func steps(_ answer: String) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
        return try #require(object?["steps"] as? [String])
    }

    /// Where two answers differ: the same texts are expected with the same numbers in them, these within a share of
    /// themselves; colours within one step of each part.
    static func difference(
        _ found: String, _ expected: String, within share: Double, atLeast: Double = 1e-6
    ) -> String? {
        if found == expected { return nil }
        let (a, b) = (pieces(found), pieces(expected))
        for (place, (x, y)) in zip(a, b).enumerated() where x != y {
            if let x = Double(x), let y = Double(y), abs(x - y) <= max(share * max(abs(x), abs(y)), atLeast) {
                continue
            }
            if x.hasPrefix("#"), y.hasPrefix("#"), x.count == y.count, colourDistance(x, y) <= 1 { continue }
            return "…\(a[max(0, place - 9)..<place].joined())‹\(x.prefix(80)) ≠ \(y.prefix(80))›"
        }
        return a.count == b.count ? nil : "\(a.count) ≠ \(b.count) pieces"
    }

    private static func colourDistance(_ a: Substring, _ b: Substring) -> Int {
        guard let x = Int(a.dropFirst(), radix: 16), let y = Int(b.dropFirst(), radix: 16) else { return .max }
        return [16, 8, 0].map { abs((x >> $0 & 255) - (y >> $0 & 255)) }.max() ?? 0
    }

    /// Numbers, colours, and what stands between them.
    private static func pieces(_ text: String) -> [Substring] {
        // A small picture is one path for each colour: where two colours are one step apart, the paths are others.
        let small = #/<path fill=\\"#[0-9A-Fa-f]{6}\\"(?: fill-opacity=\\"[^"]*")? d=\\"M\d+ \d+h\d+v1h-\d+z[^"]*"\/>/#
        return text.replacing(small, with: "").matches(
            of: #/#[0-9A-Fa-f]{6}\b|-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?|[^-#.\d]+|[-#.]/#
        )
        .map(\.output)
    }
}
