import Drawing
import Figures
import Foundation
import Gallery
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

/// A few figures item by item, against files that were looked at before they were committed.
///
/// `GLASSFORMER_RECORD=1 swift test --filter GoldenTests` writes the files anew; that run fails, so that a recording
/// is never mistaken for a pass.
@Suite("Goldens") struct GoldenTests {
    /// A trace whose every number is a small binary fraction: the same on every machine.
    static func trace() throws -> Trace {
        let width = 6
        let tokens = [("中", 3), ("华", 5), ("␣the", 1)]
        func grid(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Float) throws -> Tensor {
            try Tensor([1, rows, columns], (0..<rows * columns).map { value($0 / columns, $0 % columns) })
        }
        let embed = try grid(3, width) { Float(($0 * 7 + $1 * 5) % 11 - 5) / 8 }
        let positions = try grid(3, width) { Float(($0 * 3 + $1 * 2) % 5 - 2) / 16 }
        let sum = try Add().evaluate([embed, positions])
        let shares: [Float] = [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.0078125]
        let probabilities = try grid(3, 8) { shares[($1 + $0 * 3) % 8] }
        let logits = try grid(3, 8) { -Float(($1 + $0 * 3) % 8) }
        let axes: [Axis] = [.batch, .position, .width]
        let steps = [
            Step(
                name: StepName(.tokens), operation: Source(.tokens),
                tensor: try Tensor([1, 3], tokens.map { Float($0.1) }), axes: [.batch, .position]),
            Step(name: StepName(.embed), operation: Source(.unexplained), tensor: embed, axes: axes),
            Step(name: StepName(.positionEmbed), operation: Source(.unexplained), tensor: positions, axes: axes),
            Step(name: .block(0, .residualPre), operation: Add(), inputs: [1, 2], tensor: sum, axes: axes),
            Step(name: StepName(.logits), operation: Source(.unexplained), tensor: logits, axes: axes),
            Step(name: StepName(.probabilities), operation: Source(.unexplained), tensor: probabilities, axes: axes),
        ]
        var trace = try Trace(steps: steps, tokens: tokens.map { TraceToken(id: $0.1, display: $0.0) })
        trace.vocabulary = [0: "a", 1: "␣the", 2: "人民", 3: "中", 4: "‹E4 B8›", 5: "华", 6: "b", 7: "c"]
        return trace
    }

    static let cases: [(id: String, language: Language)] = [
        ("token-strip", .english), ("embedding-sum", .chinese), ("logits", .english), ("candidates", .chinese),
        ("explain", .english),
    ]

    /// Every kind of figure, on real numbers: where they differ, `make gallery` shows how; `make goldens` keeps them.
    @Test func everyFigureIsAsItWasKept() throws {
        let kept = try Golden.kept()
        let now = try Golden.all()
        #expect(Set(kept.keys) == Set(now.map(\.name)))
        for golden in now {
            guard let expected = kept[golden.name] else { continue }
            let places = golden.differences(from: expected)
            guard let place = places.first else { continue }
            let (one, other) = (expected.lines, golden.lines)
            Issue.record(
                """
                \(golden.name) differs in \(places.count) of \(one.count) lines; `make gallery` shows them, the first:
                expected: \(place < one.count ? one[place] : "the end")
                found:    \(place < other.count ? other[place] : "the end")
                """)
        }
    }

    @Test("figures are as they were recorded", arguments: cases)
    func golden(_ id: String, _ language: Language) throws {
        let request = FigureRequest(
            trace: try Self.trace(), text: "中华 the", cell: (.block(0, .residualPre), [0, 1, 2]),
            style: SlideStyle(language: language, measurer: FixedMeasurer()))
        let figure = try #require(Catalogue.figure(id))
        let text = FigureText.write(try figure.slide(request).figure(request.style))
        let folder = Places.root + "/Tests/FiguresTests/Goldens"
        let path = "\(folder)/\(id).txt"
        if ProcessInfo.processInfo.environment["GLASSFORMER_RECORD"] != nil {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            Issue.record("recorded \(id).txt: look at it, then run without GLASSFORMER_RECORD")
            return
        }
        let expected = try String(contentsOfFile: path, encoding: .utf8)
        guard text != expected else { return }
        let found = text.split(separator: "\n")
        let wanted = expected.split(separator: "\n")
        let place = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let line = place ?? min(found.count, wanted.count)
        Issue.record(
            """
            \(id).txt differs in line \(line + 1)
            expected: \(line < wanted.count ? wanted[line] : "the end")
            found:    \(line < found.count ? found[line] : "the end")
            """)
    }
}
