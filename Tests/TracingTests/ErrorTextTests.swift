import Reading
import Tensors
import Testing
import Tracing
import Wording

/// Every error in both languages: one line, what was found in it, nothing left over.
@Suite struct ErrorTextTests {
    static let tensors: [TensorError] = [
        .count(expected: 61, found: 52, shape: [7, 83]), .index([61, 52], shape: [7, 83]),
        .shapes(operation: "magic", expected: "[7]", found: [[61, 52], []]),
        .row(52, rows: 61, operation: "magic"),
    ]

    static let files: [SafeTensorsError] = [
        .malformed(path: "a/b", problem: Phrase(en: "too short", zh: "太短")), .missing(path: "a/b", tensor: "wte"),
        .kind(path: "a/b", tensor: "wte", found: "Q4"),
    ]

    static let readings: [ReadingError] = [
        .unreadable(path: "a/b", reason: "gone"), .unwritable(path: "a/b", reason: "full"),
        .foreign(path: "a/b"), .busy(path: "a/b"),
        .syntax(source: "a/b", line: 52, expected: Phrase(en: "a number", zh: "数字"), found: "61"),
        .otherKind(path: "a/b", expected: "safetensors", found: .gitPointer),
        .encoding(path: "a/b", found: .utf16), .encoding(path: "a/b", found: nil),
    ]

    static let traces: [TracingError] = [
        .attribute(operation: "magic", key: "axis"), .unknownOperation("magic"),
        .unknownStep("embedd", nearest: ["embed"]), .unknownStep("embedd", nearest: []),
        .index(step: "embed", index: [52], shape: "61"), .notExplained(step: "embed", operation: "recorded"),
        .notDifferentiable(operation: "gradient"), .notRecorded, .order(step: "embed", input: "logits"),
        .axes(step: "embed", axes: 52, shape: "61"), .shape(step: "embed", expected: "52", found: "61"),
        .notWhole(step: "tokens", number: "0.5"), .notScalar(step: "embed", shape: "61"),
        .traceFile(path: "a/b", problem: Phrase(en: "too short", zh: "太短")), .duplicateStep("embed"),
        .notReplayed(step: "embed"), .change("embed", problem: Phrase(en: "too short", zh: "太短")),
    ]

    static let all: [any ExplainedError] = tensors + readings + files + traces

    @Test(arguments: all.indices) func bothLanguagesSayIt(place: Int) {
        let error = Self.all[place]
        let (english, chinese) = (error.explanation.english, error.explanation.chinese)
        #expect(english == "\(error)")
        #expect(english != chinese)
        #expect(chinese.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
        #expect(!english.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
        for text in [english, chinese] {
            #expect(!text.isEmpty && !text.contains("\n") && !text.contains("Optional") && !text.contains("Phrase"))
        }
        // The same facts in both: numbers and quoted names.
        let facts = ["52", "61", "83", "magic", "embed", "a/b", "wte", "Q4", "0.5"]
        #expect(facts.filter(english.contains) == facts.filter(chinese.contains))
    }
}
