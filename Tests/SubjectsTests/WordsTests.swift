import Models
import Subjects
import TestSupport
import Testing
import Tracing

/// What people write about a subject is read in one place.
@Suite struct WordsTests {
    @Test(arguments: [
        ("blocks.*.attn.pattern", "blocks.0.attn.pattern", true), ("*", "logits", true), ("*", "", true),
        ("blocks.0.*", "blocks.0.attn.q", true), ("blocks.?.ln1.*", "blocks.3.ln1.scale", true),
        ("blocks.?.ln1.*", "blocks.10.ln1.scale", false), ("logits", "logits.grad", false), ("*.q", "attn.q", true),
        ("*a*b*", "xxaxbx", true), ("*a*b", "xxaxbx", false), ("", "a", false),
    ])
    func starsStandForAnything(_ pattern: String, _ name: String, _ matches: Bool) {
        #expect(Glob(pattern).matches(name) == matches)
    }

    /// Whatever a recorded number came from, a sentence says it.
    @Test func everyOperationHasWords() {
        // These ask the numbers first.
        let asking = [
            "source", "linear", "softmax", "scale", "magnify", "take_position", "causal_mask", "padding_mask",
            "scale_part", "replace", "replace_part", "pull_to_zero", "perceptron_rule",
        ]
        let silent = Operations.all.map(\.name).filter {
            OperationWords(rawValue: $0) == nil && !asking.contains($0)
        }
        #expect(silent.isEmpty, "\(silent)")
        for words in AlteredCellWords.allCases {
            #expect(!words.phrase.english.isEmpty && !words.phrase.chinese.isEmpty)
        }
    }

    @Test(arguments: [("at:华", 1), ("-1", 3), ("0", 0)])
    func aTokenIsFoundByPlaceOrByItsCharacters(_ text: String, _ index: Int) throws {
        let trace = try Shelf.shared.subject(.text(TextSource(text: "中华人民"))).trace
        #expect(try TokenPlace(text).index(in: trace) == index)
    }

    /// Every kind of subject by the words of its options.
    @Test(
        arguments: [
            (["text": "a"], "text"), (["ids": "1,2"], "text"), (["trace": "x.safetensors", "sequence": "1"], "trace"),
            (["run": "film", "at-step": "3"], "run"), (["compare": "perceptron, transformer"], "comparison"),
            (["text": "a", "workers": "2", "how": "tensor"], "workers"), (["preset": "gpt-3"], "preset"),
            (["calculate": "softmax([1, 2])"], "calculation"),
        ] as [([String: String], String)])
    func eachKindIsRead(_ written: [String: String], _ kind: String) throws {
        let source = try SubjectSource(words(written))
        let found =
            switch source {
            case .text: "text"
            case .trace: "trace"
            case .run: "run"
            case .comparison: "comparison"
            case .workers: "workers"
            case .preset: "preset"
            case .calculation: "calculation"
            }
        #expect(found == kind)
    }

    @Test(
        arguments: [
            ([:], SubjectError.oneOf(expected: ["text", "ids", "trace"], found: [])),
            (["text": "a", "ids": "1"], .oneOf(expected: ["text", "ids", "trace"], found: ["text", "ids"])),
            (["trace": "x", "pair": "a"], .together("pair", "trace")),
            (["run": "film", "backward": ""], .together("backward", "run")),
            (["text": "a", "rate": "1"], .needs("rate", "backward")),
            (["text": "a", "how": "data"], .needs("how", "workers")),
            (["text": "a", "at-step": "1"], .needs("at-step", "run")),
            (
                ["compare": "perceptron"],
                .outside(option: "compare", expected: "perceptron,transformer", found: "perceptron")
            ),
            (["text": "a", "tokens": "-1"], .outside(option: "tokens", expected: "0, 1, 2 …", found: "-1")),
            (
                ["text": "a", "workers": "2", "how": "both"],
                .outside(option: "how", expected: "data, tensor", found: "both")
            ),
        ] as [([String: String], SubjectError)])
    func whatDoesNotFitIsSaid(_ written: [String: String], _ expected: SubjectError) {
        #expect(throws: expected) { try SubjectSource(words(written)) }
    }

    @Test func aLookReadsWhatFiguresTake() throws {
        let look = try Look([
            "figure": "scores", "layer": "1", "head": "2", "position": "at:人", "size": "800x600", "theme": "dark",
            "language": "zh-Hans", "top-k": "4", "stack": "decoder",
        ])
        #expect(look.figures == ["scores"] && look.layer == 1 && look.head == 2 && look.top == 4)
        #expect(look.position == .characters("人") && look.stack == .decoder)
        #expect(look.size?.size.width == 800 && look.theme == .dark && look.language == .chinese)
        #expect(throws: SubjectError.atNeedsStep) { try Look(["at": "0,1"]) }
        #expect(
            throws: SubjectError.outside(
                option: "size", expected: "slide, wide, square, 1280x720 (1 … 16384)", found: "big")
        ) {
            try Look(["size": "big"])
        }
    }

    private func words(_ written: [String: String]) -> SubjectWords {
        var words = SubjectWords()
        for (key, value) in written.sorted(by: { $0.key < $1.key }) { words.add(key, value) }
        return words
    }
}

enum Shelf {
    static let shared = SubjectShelf(home: Home(path: Places.root))
}
