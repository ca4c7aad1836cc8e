import Drawing
import Foundation
import Models
import Rendering
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

@testable import Figures

/// What the sentences of the stages' figures say, computed again from the trace by other code.
@Suite("Sentences of the stages") struct StageCaptionTests {
    static let cases: [(model: String, text: String)] = [
        ("next-word", "the cat sat on"), ("next-word", "我爱吃苹果"), ("next-word", "the dog and the dog 🙂é"),
        ("next-word", "a"), ("polite", "你好"), ("masked-word", "我爱吃[MASK]"), ("classifier", "张麻子打李麻子"),
    ]

    private static let mine: Set = [
        "token-strip", "merge-ladder", "embedding-lookup", "embedding-matrix", "position-matrix", "embedding-sum",
        "layer-norm", "feed-forward", "activation-function", "strongest-neurons", "residual-stream",
        "residual-overview", "layer", "final-norm", "logits", "candidates", "word-chain", "explain", "values",
    ]

    private static func request(_ name: String, _ text: String) throws -> FigureRequest {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/" + name)
        let input = try model.input(text)
        let trace = try model.trace(input)
        let step = try #require(trace.steps.last { $0.name.label == .hiddenPre })
        return FigureRequest(
            trace: trace, tokenizer: model.tokenizer, text: text, layer: 1, cell: (step.name, [0, 0, 3]),
            table: step.name, style: SlideStyle(language: .english, measurer: PangoMeasurer()))
    }

    @Test("what is said adds up, and spaces are no marks", arguments: cases)
    func arithmetic(_ model: String, _ text: String) throws {
        let request = try Self.request(model, text)
        var equations = 0
        for kind in Catalogue.all where Self.mine.contains(kind.id) && kind.isPossible(request) {
            let slide = try kind.slide(request)
            var all: [Phrase] = slide.frames.flatMap { frame -> [Phrase] in
                [frame.caption, frame.altText, frame.takeaway ?? ""]
            }
            all.append(slide.takeaway ?? "")
            if kind.id == "layer-norm" {
                all += LayerNormFigure.sites(request).compactMap { LayerNormFigure.worked($0, request) }
            }
            for phrase in all {
                for words in [phrase.english, phrase.chinese] {
                    #expect(!words.contains("␣"), "\(kind.id): \(words)")
                    #expect(!words.contains("““") && !words.contains("{"), "\(kind.id): \(words)")
                    for (left, right, found) in Equation.all(in: words) {
                        let places = right.split(separator: ".").dropFirst().first?.count ?? 0
                        equations += 1
                        #expect(Numbers.fixed(found, decimals: places) == right, "\(kind.id): \(left) = \(right)")
                    }
                }
            }
            for frame in slide.frames {
                #expect(frame.altText.english.count > frame.caption.english.count, "\(kind.id)")
            }
        }
        #expect(equations > 0)
    }

    @Test("counts, shares and sizes are the trace's", arguments: cases)
    func numbers(_ model: String, _ text: String) throws {
        let request = try Self.request(model, text)
        let focus = request.focus
        func sentence(_ id: String) throws -> String? {
            guard let kind = Catalogue.figure(id), kind.isPossible(request) else { return nil }
            let slide = try kind.slide(request)
            return (slide.takeaway ?? slide.frames[0].takeaway ?? slide.frames[0].caption).english
        }
        let post = try request.step(.hiddenPost)
        let neurons = (0..<post.shape[2]).map { post.tensor.cell([0, focus, $0]) ?? .nan }
        let active = neurons.count { $0 > 0 }
        let best = try #require(neurons.max())
        let said = try #require(try sentence("feed-forward"))
        #expect(said.contains("\(active) of \(neurons.count)"))
        #expect(
            said.contains("neuron \(neurons.firstIndex(of: best) ?? -1) ") && said.contains(Numbers.fixed(Double(best)))
        )

        if let said = try sentence("strongest-neurons") {
            let sizes = neurons.map { abs(Double($0)) }.sorted(by: >)
            let share = sizes.prefix(3).reduce(0, +) / sizes.reduce(0, +)
            #expect(said.contains(Numbers.percent(share)), "\(said)")
        }
        if let said = try sentence("activation-function") {
            let pre = try request.step(.hiddenPre)
            let below = neurons.indices.filter { (pre.tensor.cell([0, focus, $0]) ?? 0) < 0 }
            #expect(said.contains("\(below.count) of \(neurons.count)"))
            // Nothing that was below zero is larger than the sentence allows.
            if let range = said.range(of: "more than "),
                let most = Double(said[range.upperBound...].prefix { $0 != " " })
            {
                #expect(below.allSatisfy { abs(Double(neurons[$0])) <= most })
                #expect(below.contains { abs(Double(neurons[$0])) > most - 0.0101 })
            }
        }
        if let said = try sentence("embedding-lookup") {
            let ids = request.promptIDs
            #expect(ids.contains { said.contains("row \($0)") })
        }
        if let said = try sentence("logits"), let place = request.outputPlaces.last {
            let row = place.probabilities.row(0, place.position).map(Double.init)
            let top = try #require(row.max())
            #expect(said.contains(Numbers.percent(top)) && said.contains(Numbers.percent(1 - top)), "\(said)")
            #expect(said.contains(Numbers.count(row.count - 1)))
        }
        if let said = try sentence("candidates"), said.hasPrefix("At ") {
            let places = request.outputPlaces.filter { $0.next != nil }
            let right = places.count { place in
                let row = place.probabilities.row(0, place.position)
                return place.next.map { row[$0] == row.max() } ?? false
            }
            #expect(said.contains("At \(right) of \(places.count)"), "\(said)")
        }
        if let said = try sentence("residual-stream"),
            let range = said.range(of: #"[0-9.]+ times"#, options: .regularExpression)
        {
            func size(_ label: Label) throws -> Double {
                let row = try request.step(label).row(0, focus).map(Double.init)
                return (row.reduce(0) { $0 + $1 * $1 } / Double(row.count)).squareRoot()
            }
            let (one, other) = (try size(.attentionOut), try size(.feedForwardOut))
            let ratio = max(one, other) / min(one, other)
            #expect(said[range].hasPrefix(Numbers.significant(ratio, digits: 2) + " "), "\(said)")
        }
        // A product of the norm's row with a column of weights: every number counted once.
        let found = try request.trace.explain(try #require(request.cell).step, at: [0, 0, 3])
        let cells = Set(found.terms.map { "\($0.step) \($0.index)" })
        let explained = try #require(try sentence("explain"))
        #expect(explained.contains("\(cells.count) numbers"), "\(explained)")
    }
}

/// Sums, products and quotients in a sentence, with the number that they are said to be.
private enum Equation {
    static func all(in words: String) -> [(left: String, right: String, found: Double)] {
        let parts = words.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        return zip(parts, parts.dropFirst()).compactMap { before, after in
            let left = String(before.reversed().prefix { "0123456789.−+×÷() ".contains($0) }.reversed())
            let right = String(after.drop { $0 == " " }.prefix { "0123456789.−".contains($0) })
            // A point ends the sentence.
            let number = right.hasSuffix(".") ? String(right.dropLast()) : right
            guard !number.isEmpty, let value = Reader(left).sum() else { return nil }
            return (left, number, value)
        }
    }

    private struct Reader {
        var rest: Substring.SubSequence
        private let text: String

        init(_ text: String) {
            self.text = text.filter { $0 != " " }
            rest = self.text[...]
        }

        func sum() -> Double? {
            var reader = self
            guard let value = reader.terms(), reader.rest.isEmpty else { return nil }
            return value
        }

        private mutating func terms() -> Double? {
            guard var value = factors() else { return nil }
            while let sign = rest.first, sign == "+" || sign == "−" {
                rest.removeFirst()
                guard let next = factors() else { return nil }
                value += sign == "+" ? next : -next
            }
            return value
        }

        private mutating func factors() -> Double? {
            guard var value = number() else { return nil }
            while let sign = rest.first, sign == "×" || sign == "÷" {
                rest.removeFirst()
                guard let next = number() else { return nil }
                value = sign == "×" ? value * next : value / next
            }
            return value
        }

        private mutating func number() -> Double? {
            if rest.first == "−" {
                rest.removeFirst()
                return number().map { -$0 }
            }
            if rest.first == "(" {
                rest.removeFirst()
                guard let value = terms(), rest.first == ")" else { return nil }
                rest.removeFirst()
                return value
            }
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            return Double(digits)
        }
    }
}
