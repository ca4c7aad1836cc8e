import Drawing
import Foundation
import Models
import Rendering
import TestSupport
import Testing
import Tracing
import Wording

@testable import Figures

/// The captions inside attention say numbers: each is computed here anew from the trace's queries, keys, scores and
/// weights, in double precision, and the token that is named must be the one that has it.
@Suite("Inside attention: captions") struct AttentionCaptionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var sample: Sample
        var testDescription: String { sample.name }
    }

    static let cases: [Case] = {
        let shipped = [
            ("next-word", "猫"), ("next-word", "the cat sat on the mat and the cat"), ("next-word", "我爱吃苹果，我爱吃苹果。"),
            ("polite", "中华人民"), ("masked-word", "我爱吃[MASK]。"),
        ].compactMap { name, text -> Case? in
            guard let model = try? LanguageModel.load(folder: Places.root + "/fixtures/models/" + name),
                let input = try? model.input(text, pair: nil), let trace = try? model.trace(input)
            else { return nil }
            return Case(sample: Sample(name: "\(name): \(text)", trace: trace, tokenizer: model.tokenizer, text: text))
        }
        return shipped
            + [Samples.rotary, Samples.sixtyTokens, Samples.postNorm].compactMap { $0.map { Case(sample: $0) } }
    }()

    @Test func allCasesAreThere() { #expect(Self.cases.count == 8) }

    @Test("every number of a caption is what the trace says", arguments: cases)
    func numbers(_ test: Case) throws {
        let trace = test.sample.trace
        for layer in trace.layers {
            for head in 0..<trace.headCount(layer: layer) {
                var request = test.sample.request(.english, measurer: FixedMeasurer())
                (request.layer, request.head) = (layer, head)
                let view = try Recomputed(request)
                for id in AttentionFigureTests.ids {
                    guard let kind = Catalogue.figure(id), kind.isPossible(request) else { continue }
                    if head > 0, kind.scope != .perHead || layer > 0, kind.scope == .once { continue }
                    let slide = try kind.slide(request)
                    for (place, frame) in slide.frames.enumerated() {
                        let words = try #require(frame.takeaway ?? slide.takeaway)
                        let caption = Caption(words.english)
                        let comment = Comment("\(id), L\(layer) H\(head), frame \(place): \(words.english)")
                        #expect(view.isTrue(caption, id, frame: place, comment), comment)
                        // Both languages say the same numbers, and alternative text more than the caption.
                        #expect(Caption(words.chinese).numbers.sorted() == caption.numbers.sorted(), comment)
                        #expect(frame.altText.english.count > words.english.count, comment)
                        #expect(!words.english.contains("␣") && !words.english.contains("{"), comment)
                    }
                }
            }
        }
    }
}

/// A caption taken apart: its quoted tokens, and the numbers outside them.
struct Caption {
    var words: String
    var tokens: [String] = []
    var numbers: [String] = []

    init(_ words: String) {
        self.words = words
        var plain = ""
        var quoted: String?
        for character in words {
            if character == "“" {
                quoted = ""
            } else if character == "”", let token = quoted {
                tokens.append(token)
                quoted = nil
                plain += "_"
            } else if quoted != nil {
                quoted?.append(character)
            } else {
                plain.append(character)
            }
        }
        for (pattern, with) in [(#"\(position \d+\)|（位置 \d+）"#, ""), (#"[LH]\d+"#, "")] {
            plain = plain.replacingOccurrences(of: pattern, with: with, options: .regularExpression)
        }
        var rest = Substring(plain)
        while let range = rest.range(of: #"[<>]?−?\d+(\.\d+)?(e−?\d+)?%?"#, options: .regularExpression) {
            numbers.append(String(rest[range]))
            rest = rest[range.upperBound...]
        }
    }

    func value(_ place: Int) -> Double {
        guard numbers.indices.contains(place) else { return .nan }
        return Double(numbers[place].replacing("−", with: "-").replacing("%", with: "")) ?? .nan
    }
}

/// What captions speak of, by the trace's tensors alone.
private struct Recomputed {
    let request: FigureRequest
    let pattern: [[Double]]
    /// `[query][key]`, of queries and keys as they were compared.
    let products: [[Double]]
    let hidden: [[Bool]]
    let width: Int
    let focus: Int

    init(_ request: FigureRequest) throws {
        self.request = request
        func head(_ label: Label, of step: Step, _ row: Int) -> [Double] {
            let heads = request.trace.headCount(layer: request.layer)
            let head = request.head * step.shape[2] / heads
            return (0..<step.shape[3]).map { Double(step.tensor.cell([0, row, head, $0]) ?? .nan) }
        }
        func cells(_ label: Label) throws -> [[Double]] {
            let step = try request.step(label)
            return (0..<step.shape[2]).map { row in
                (0..<step.shape[3]).map { Double(step.tensor.cell([0, request.head, row, $0]) ?? .nan) }
            }
        }
        pattern = try cells(.pattern)
        let queries = try request.trace[request.name(.rotatedQuery)] ?? request.step(.query)
        let keys = try request.trace[request.name(.rotatedKey)] ?? request.step(.key)
        let count = pattern.count
        let (asks, answers) = (
            (0..<count).map { head(.query, of: queries, $0) }, (0..<count).map { head(.key, of: keys, $0) }
        )
        products = asks.map { query in answers.map { key in zip(query, key).reduce(0) { $0 + $1.0 * $1.1 } } }
        hidden = try cells(.scores).map { $0.map { $0 == -.infinity } }
        width = queries.shape[3]
        focus = count - 1
    }

    private func token(_ place: Int) -> String {
        request.labels[place].display.split(separator: "␣").joined(separator: " ")
    }

    private func names(_ caption: Caption, _ place: Int) -> Bool {
        let word = token(place)
        if word.isEmpty { return caption.words.contains("space") }
        let isTwice = (0..<pattern.count).contains { $0 != place && token($0) == word }
        return caption.words.contains("“\(word)”" + (isTwice ? " (position \(place))" : ""))
            || place == focus && caption.words.contains("itsel") || caption.words.contains("its own")
    }

    /// A weight as captions write it; where two are as good as equal, either may be named.
    private func share(_ value: Double, _ text: String) -> Bool {
        [value, value * (1 - 1e-5), value * (1 + 1e-5)].contains { Numbers.percent($0) == text }
    }

    private func fixed(_ value: Double, _ text: String, decimals: Int = 2) -> Bool {
        let slack = 1e-5 * abs(value) + 1e-6
        return [value, value - slack, value + slack].contains { Numbers.fixed($0, decimals: decimals) == text }
    }

    private func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    private func softmax(_ scores: [Double], _ row: Int) -> [Double] {
        let powers = zip(scores, hidden[row]).map { $1 ? 0 : exp($0) }
        return powers.map { $0 / powers.reduce(0, +) }
    }

    private func greatest(_ row: [Double]) -> (place: Int, value: Double) {
        row.enumerated().reduce((0, -Double.infinity)) { $1.element > $0.1 ? ($1.offset, $1.element) : $0 }
    }

    func isTrue(_ caption: Caption, _ id: String, frame: Int, _ comment: Comment) -> Bool {
        let numbers = caption.numbers
        let weights = pattern[focus]
        let best = greatest(weights)
        switch id {
        case "projections":
            return numbers == [
                "\(request.trace[request.name(.query)]?.inputs.first.map { request.trace.steps[$0].shape[2] } ?? 0)",
                "\(width)",
            ]
        case "scores":
            let seen = zip(products[focus], hidden[focus]).map { $1 ? -.infinity : $0 }
            let best = greatest(seen)
            return fixed(best.value, numbers.last ?? "") && (pattern.count < 2 || names(caption, best.place))
                && !caption.words.contains("agree")
        case "scaling":
            let all = products.joined()
            let root = Double(width).squareRoot()
            if all.count == 1, let only = all.first {
                return numbers.count == 4 && fixed(only, numbers[2]) && fixed(only / root, numbers[3])
            }
            let claims = [
                caption.value(0) == Double(width), abs(caption.value(1) - root) < 0.006 * root,
                caption.words.contains("≈") == (root != root.rounded()),
                numbers[2] == Numbers.significant(deviation(Array(all))),
                numbers[3] == Numbers.significant(deviation(all.map { $0 / root })),
            ]
            let scaled = greatest(softmax(products[focus].map { $0 / root }, focus)).value
            let plain = greatest(softmax(products[focus], focus)).value
            return claims.allSatisfy { $0 }
                && (numbers.count < 5 || share(scaled, numbers[4]))
                && (numbers.count < 6 || share(plain, numbers[5]) && numbers[4] != numbers[5])
        case "mask":
            guard pattern.count > 1 else { return numbers.isEmpty }
            let count = hidden.joined().count { $0 }
            return numbers
                == [hidden[0].count { !$0 }, hidden[focus].count { !$0 }, count, pattern.count * pattern.count].map {
                    "\($0)"
                }
        case "softmax": return isArithmetic(caption, frame)
        case "attention-pattern", "one-head", "weighted-sum":
            return share(best.value, numbers.last ?? "") && names(caption, best.place) && names(caption, focus)
        case "attention-lines":
            guard pattern.count > 1 else { return numbers.isEmpty }
            let ranked = weights.sorted(by: >).prefix(3).filter { $0 >= 0.005 }
            return numbers.count == ranked.count && zip(ranked, numbers).allSatisfy { share($0, $1) }
        case "all-heads", "heads-overview": return isHabit(caption)
        case "join-heads":
            guard numbers.count == 3 else { return caption.words.contains("single head") }
            return caption.value(0) * caption.value(1) == caption.value(2)
        case "output-projection":
            guard let step = request.trace[request.name(.attentionOut)] else { return false }
            let row = (0..<step.shape[2]).map { Double(step.tensor.cell([0, focus, $0]) ?? .nan) }
            let strongest = row.max { abs($0) < abs($1) } ?? .nan
            return numbers == ["\(row.count)", numbers.last ?? ""] && fixed(strongest, numbers.last ?? "")
        case "attention-rollout": return isRollout(caption)
        default: return true
        }
    }

    /// Each number follows, as it is written, from those written before it; and the share is the trace's.
    private func isArithmetic(_ caption: Caption, _ query: Int) -> Bool {
        let row = pattern[min(query, pattern.count - 1)]
        let numbers = caption.numbers
        guard numbers.count >= 4 else { return false }
        // With a shift the exponent is a difference.
        let isShifted = numbers.count == 5
        let exponent = isShifted ? caption.value(0) - caption.value(1) : caption.value(0)
        let power = numbers[numbers.count - 3]
        let decimals = power.firstIndex(of: ".").map { power.distance(from: $0, to: power.endIndex) - 1 } ?? 0
        let quotient = caption.value(numbers.count - 3) / caption.value(numbers.count - 2)
        return Numbers.fixed(exp(exponent), decimals: decimals) == power
            && Numbers.percent(quotient) == numbers.last
            && (pattern.count > 24 || share(row.max() ?? .nan, numbers.last ?? ""))
    }

    /// The mean weight at the place that the caption names, from the third query on.
    private func isHabit(_ caption: Caption) -> Bool {
        let text = caption.words
        guard let range = text.range(of: #"(L\d+ · )?H\d+"#, options: .regularExpression) else {
            return caption.numbers.allSatisfy { !$0.contains("%") }
        }
        let parts = text[range].split { !$0.isNumber }.compactMap { Int($0) }
        let (layer, head) = parts.count > 1 ? (parts[0], parts[1]) : (request.layer, parts[0])
        guard let step = request.trace[StepName(.pattern, block: layer)] else { return false }
        let kinds: [(String, (Int) -> ClosedRange<Int>)] = [
            ("the previous token", { $0 - 1...$0 - 1 }), ("the first token", { _ in 0...0 }),
            ("the token itself", { $0...$0 }), ("the last three tokens", { $0 - 2...$0 }),
        ]
        guard let kind = kinds.first(where: { text.contains($0.0) }) else { return true }
        let queries = (text.contains("last three") ? 5 : 2)..<pattern.count
        let sums = queries.map { query in
            kind.1(query).reduce(0) { $0 + Double(step.tensor.cell([0, head, query, $1]) ?? .nan) }
        }
        return share(sums.reduce(0, +) / Double(sums.count), caption.numbers.last ?? "")
    }

    private func isRollout(_ caption: Caption) -> Bool {
        guard pattern.count > 1 else { return caption.numbers.isEmpty }
        let count = pattern.count
        var rows = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
        for layer in request.trace.layers {
            guard let step = request.trace[StepName(.pattern, block: layer)] else { return false }
            let heads = step.shape[1]
            rows = (0..<count).map { query in
                (0..<count).map { column in
                    (0..<count).reduce(rows[query][column] / 2) { sum, key in
                        let mean = (0..<heads).reduce(0) {
                            $0 + Double(step.tensor.cell([0, $1, query, key]) ?? .nan) / Double(heads)
                        }
                        return sum + mean * rows[key][column] / 2
                    }
                }
            }
        }
        let last = caption.numbers.suffix(2)
        return rows.contains { row in
            row.indices.contains { place in
                share(row[place], last.first ?? "")
                    && share(
                        row.enumerated().filter { $0.offset != place }.map { $0.element }.max() ?? 0, last.last ?? "")
            }
        }
    }
}
