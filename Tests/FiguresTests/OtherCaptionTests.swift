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

/// The sentences of figures that compare, guess, translate and go backward: every number computed again, in double
/// precision, from the trace's tensors.
@Suite("Sentences of the other figures") struct OtherCaptionTests {
    static func request(
        _ name: String, _ text: String, pair: String? = nil, isTrained: Bool = false, generating: Int = 0
    ) throws -> FigureRequest {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/" + name)
        let input = try model.input(text, pair: pair)
        let trace =
            isTrained
            ? try model.trainingTrace(input.ids)
            : try model.trace(input, generating: generating)
        return FigureRequest(
            trace: trace, tokenizer: model.tokenizer, text: text, layer: 1, head: 1,
            style: SlideStyle(language: .english, measurer: FixedMeasurer()))
    }

    /// The English sentence of each frame.
    static func sentences(_ id: String, _ request: FigureRequest) throws -> [String] {
        let kind = try #require(Catalogue.figure(id))
        guard kind.isPossible(request) else { return [] }
        let slide = try kind.slide(request)
        return slide.frames.map { ($0.takeaway ?? slide.takeaway ?? $0.caption).english }
    }

    static let texts = [
        ("next-word", "the cat sat on the mat and the cat"), ("polite", "我爱吃苹果，我爱"), ("next-word", "猫"),
    ]

    @Test("lengths, angles and cosines", arguments: texts)
    func geometry(_ model: String, _ text: String) throws {
        let request = try Self.request(model, text)
        let focus = request.focus
        let (x, added) = (try vector(request, .residualPre, focus), try vector(request, .attentionOut, focus))
        let sum = zip(x, added).map { $0 + $1 }
        let arrow = Said(try Self.sentences("attention-arrow", request)[0])
        #expect(
            arrow.numbers == [
                Numbers.significant(length(added) / length(x), digits: 2), degrees(x, added), degrees(x, sum),
                Numbers.significant(length(sum) / length(x), digits: 2),
            ], "\(arrow.words)")

        if let words = try Self.sentences("same-token", request).first {
            let places = try #require(twice(request))
            let rows = { (label: Label, layer: Int?) throws -> Double in
                let step = try request.step(StepName(label, block: layer))
                return cosine(step.row(0, places.0).map(Double.init), step.row(0, places.1).map(Double.init))
            }
            let (into, last) = (try rows(.residualPre, 0), try rows(.residualPost, request.trace.layers.last))
            #expect(Said(words).numbers == [Numbers.fixed(into), Numbers.fixed(last)], "\(words)")
        }
        if let words = try Self.sentences("position-distances", request).first {
            let table = try request.trace[StepName(.positions)] ?? request.step(StepName(.positionTable))
            let count = Int(Said(words).numbers.suffix(2).first ?? "") ?? 1
            let all = (0...count).map { table.row($0).map(Double.init) }
            let mean = { (apart: Int) in
                (0...(count - apart)).reduce(0.0) { $0 + cosine(all[$1], all[$1 + apart]) } / Double(count - apart + 1)
            }
            let middle = max(2, count / 2)
            #expect(
                Said(words).numbers == [
                    Numbers.fixed(mean(1)), "\(middle)", Numbers.fixed(mean(middle)), "\(count)",
                    Numbers.fixed(mean(count)),
                ], "\(words)")
        }
        let split = Said(try Self.sentences("splitting-heads", request)[0]).numbers
        let query = try request.step(request.name(.query))
        let (rows, heads, width) = (query.shape[1], query.shape[2], query.shape[3])
        #expect(
            split.prefix(6) == ["\(rows)", "\(heads * width)", "\(heads)", "\(rows)", "\(width)"]
                + [Numbers.count(rows * heads * width)])
        #expect(split.count == 9 && Int(split[7]).map { first in Int(split[6]).map { first - $0 } } == width - 1)
    }

    @Test("what may follow: probabilities, ranks, prices", arguments: texts)
    func guesses(_ model: String, _ text: String) throws {
        let request = try Self.request(model, text, generating: 3)
        let (ids, step) = (request.promptIDs, try request.step(StepName(.probabilities)))
        let row = step.row(0, ids.count - 1).map(Double.init)
        let logits = try request.step(StepName(.logits)).row(0, ids.count - 1).map(Double.init)
        let best = try #require(row.indices.max { row[$0] < row[$1] })

        let warm = Said(try Self.sentences("temperature", request)[0]).shares
        let shares = [0.5, 1, 2].map { temperature -> Double in
            1 / logits.reduce(0) { $0 + exp(($1 - logits[best]) / temperature) }
        }
        #expect(warm.count >= 3 && zip(shares, warm).allSatisfy { isShare($0, $1) }, "\(warm) \(shares)")

        for words in try Self.sentences("logit-lens", request) {
            #expect(Said(words).shares.contains { isShare(row[best], $0) }, "\(words)")
        }
        let lens = try request.trace.replaying([
            .block(request.trace.layers.last ?? 0, .residualPost): request.step(StepName(.residualPre, block: 0)).tensor
        ]).step(StepName(.probabilities)).row(0, ids.count - 1).map(Double.init)
        let rank = 1 + lens.count { $0 > lens[best] }
        if let words = try Self.sentences("logit-lens", request).first, words.contains("at the embedding it was") {
            #expect(words.hasSuffix("number \(Numbers.count(rank))."), "\(words)")
        }

        if let words = try Self.sentences("cross-entropy", request).first, ids.count > 2 {
            let prices = (1..<ids.count).map { -log(Double(step.row(0, $0 - 1)[ids[$0]])) }
            let (sum, numbers) = (prices.reduce(0, +), Said(words).numbers)
            #expect(
                Array(numbers.prefix(3)) == [
                    Numbers.fixed(sum), "\(prices.count)", Numbers.fixed(sum / Double(prices.count)),
                ], "\(words)")
            #expect(numbers.contains(Numbers.fixed(prices.max() ?? 0)), "\(words)")
            let perplexity = try #require(try Self.sentences("perplexity", request).first)
            let said = Said(perplexity).values
            // The power of the mean as it is written is the perplexity as it is written, within its last digit.
            #expect(abs(exp(said[0]) / said[1] - 1) < 0.006, "\(perplexity)")
            #expect(perplexity.contains("blind") == (exp(sum / Double(prices.count)) > Double(row.count)))
        }

        let losses = Said(try Self.sentences("which-head-matters", request)[0])
        let ablation = try request.trace.ablating(StepName(.probabilities), at: [0, ids.count - 1, best])
        let worst = try #require(ablation.heads.min { $0.after < $1.after })
        if losses.words.contains("matters most") {
            #expect(losses.words.contains("L\(worst.layer)H\(worst.head ?? -1)"), "\(losses.words)")
            #expect(isShare(row[best], losses.shares[0]) && isShare(worst.after, losses.shares[1]), "\(losses.words)")
        }

        let chain = try Self.sentences("word-chain", request)
        for (pass, words) in chain.enumerated() {
            let said = try request.step(StepName(.probabilities, pass: pass))
            let most = said.row(0, said.shape[1] - 1).max().map(Double.init) ?? .nan
            #expect(isShare(most, Said(words).shares[0]), "\(words)")
        }
        if let tree = try Self.sentences("generation-tree", request).first {
            let (said, real) = (Said(tree).shares, try ContinuationTree(request))
            let sum = real.leaves.reduce(0) { $0 + $1.total }
            #expect(said.count == (real.best?.shares.count ?? 0) + 2)
            #expect(zip(real.best?.shares ?? [], said).allSatisfy { isShare($0, $1) }, "\(tree)")
            #expect(Array(said.suffix(2)) == [real.best?.total ?? .nan, sum].map { Numbers.percent($0) }, "\(tree)")
        }
        let caches = try Self.sentences("key-value-cache", request)
        for (pass, words) in caches.enumerated().dropFirst() {
            let keys = try request.step(StepName(.pattern, block: 1, pass: pass)).shape[3]
            #expect(Said(words).numbers == ["1", "\(keys)", "\(keys - 1)"], "\(words)")
        }
    }

    @Test("a changed run: before, after, and the weight that moved most")
    func changes() throws {
        var request = try Self.request("next-word", "the cat sat on the", generating: 0)
        let plain = request.trace
        request.trace = try plain.replaying(try Change.off("L0H2", in: plain))
        let words = try Self.sentences("two-runs", request)[0]
        let rows = try [plain, request.trace].map { trace in
            try trace.step(StepName(.probabilities)).row(0, 4).map(Double.init)
        }
        let old = try #require(rows[0].indices.max { rows[0][$0] < rows[0][$1] })
        let shares = Said(words).shares
        #expect(isShare(rows[0][old], shares[0]) && shares.contains { isShare(rows[1][old], $0) }, "\(words)")
        var most = (change: 0.0, before: 0.0, after: 0.0, name: "")
        for layer in plain.layers {
            for head in 0..<plain.headCount(layer: layer) {
                let cells = try [plain, request.trace].map { trace in
                    try trace.step(.block(layer, .pattern)).cells(head: head).joined().map(Double.init)
                }
                for (before, after) in zip(cells[0], cells[1]) where abs(after - before) > most.change {
                    most = (abs(after - before), before, after, "L\(layer)H\(head) changes most")
                }
            }
        }
        #expect(words.contains(most.name), "\(words)")
        #expect(
            isShare(most.before, shares[shares.count - 2]) && isShare(most.after, shares[shares.count - 1]), "\(words)")
    }

    @Test("what a decoder takes from its source")
    func translation() throws {
        let request = try Self.request("translator", "i eat apples", generating: 8)
        let view = try #require(TranslationView(request))
        for layer in request.trace.layers(of: .decoder) {
            for head in 0..<4 {
                var part = request
                (part.layer, part.head) = (layer, head)
                let weights = view.weights(layer: layer, head: head)
                let said = try Self.sentences("cross-attention", part)
                for words in said {
                    let share = Said(words).shares[0]
                    let row = try #require(
                        view.written.indices.first { words.contains("Writing \(view.written.name($0).english),") })
                    #expect(isShare(weights[row].max().map(Double.init) ?? .nan, share), "\(words)")
                }
                for words in try Self.sentences("cross-weighted-sum", part) {
                    let row = try #require(
                        view.written.indices.first { words.contains("for \(view.written.name($0).english):") })
                    let first = weights[row].max().map(Double.init) ?? .nan
                    #expect(Said(words).numbers[0] == Numbers.fixed(first), "\(words)")
                }
                for words in try Self.sentences("cross-softmax", part) {
                    let row = try #require(
                        view.written.indices.first { words.contains("Writing \(view.written.name($0).english):") })
                    #expect(isShare(weights[row].max().map(Double.init) ?? .nan, Said(words).shares[0]), "\(words)")
                }
            }
            var part = request
            part.layer = layer
            for words in try Self.sentences("decoder-layer", part) {
                let row = try #require(
                    view.written.indices.first { words.contains("Writing \(view.written.name($0).english):") })
                let place = view.places[row]
                let lengths = try [Label.attentionOut, .crossAttentionOut, .feedForwardOut].map { label in
                    let step = try request.step(StepName(label, block: layer, stack: .decoder, pass: place.pass))
                    return Numbers.significant(length(step.row(0, place.position).map(Double.init)))
                }
                #expect(Said(words).numbers == lengths, "\(words)")
            }
        }
        for (index, words) in try Self.sentences("translation-chain", request).enumerated() {
            let row = view.probabilities(index).map(Double.init)
            #expect(isShare(row[view.writtenIDs[index]], Said(words).shares[0]), "\(words)")
            #expect(!words.contains("␣") && !words.contains("“ "), "\(words)")
        }
        let three = Said(try Self.sentences("three-attentions", request)[0]).numbers
        let (source, target) = (view.source.count, view.places.count)
        #expect(three == ["\(source)", "\(target)", "\(target * (target - 1) / 2)"])
        let map = Said(try Self.sentences("encoder-decoder-map", request)[0]).numbers
        #expect(map == ["\(source)", "\(source)", "64"])
    }

    @Test("hidden words, a next sentence, a class")
    func encoders() throws {
        let request = try Self.request("masked-word", "我爱吃[MASK]", pair: "苹果很[MASK]。")
        let step = try request.step(StepName(.maskedProbabilities))
        let shares = request.maskedPlaces.map { step.row(0, $0).max().map(Double.init) ?? .nan }
        let said = Said(try Self.sentences("masked-words", request)[0])
        #expect(said.shares.count == 2 && zip(shares, said.shares).allSatisfy { isShare($0, $1) }, "\(said.words)")
        let next = Said(try Self.sentences("next-sentence", request)[0])
        let follows = try request.step(StepName(.nextSentenceProbabilities)).row(0).map(Double.init)
        #expect(isShare(follows.max() ?? .nan, next.shares[0]), "\(next.words)")
        #expect(next.words.contains("does not follow") == (follows[1] > follows[0]), "\(next.words)")
        let asked = try Self.request("classifier", "张麻子打李麻子")
        let classes = try asked.step(StepName(.classProbabilities)).row(0).map(Double.init)
        let answer = Said(try Self.sentences("classification", asked)[0])
        #expect(isShare(classes.max() ?? .nan, answer.shares[0]), "\(answer.words)")
    }

    @Test("gradients' lengths, and a weight before and after")
    func backward() throws {
        let request = try Self.request("next-word", "the cat sat on", isTrained: true)
        func size(_ name: StepName) throws -> String {
            var gradient = name
            gradient.isGradient = true
            return Numbers.significant(length(try request.step(gradient).tensor.scalars.map(Double.init)))
        }
        let words = try Self.sentences("gradients-flowing-back", request)
        for layer in request.trace.layers {
            for (part, label) in [("Attention", Label.attentionOut), ("Feed-forward", .feedForwardOut)] {
                let own = try #require(words.first { $0.hasPrefix("\(part) L\(layer):") })
                #expect(Said(own).numbers.first == (try size(.block(layer, label))), "\(own)")
            }
        }
        let update = Said(try Self.sentences("one-update", request)[0])
        let values = update.values.suffix(3)
        let (before, after) = (try #require(values.first), try #require(values.last))
        let step = (update.words.contains(" − ") ? -1 : 1) * values[values.startIndex + 1]
        #expect(abs(before + step - after) < 1e-9, "\(update.words)")
    }

    @Test("every size is the model's", arguments: ["next-word", "masked-word", "translator"])
    func sizes(_ name: String) throws {
        let model = try LanguageModel.load(folder: Places.root + "/fixtures/models/" + name)
        let request = try Self.request(name, name == "masked-word" ? "我爱吃[MASK]" : "the cat")
        let count = Numbers.count(model.network.parameters.count)
        for id in ["parameters", "architecture-map"] {
            for words in try Self.sentences(id, request) { #expect(words.contains("\(count) parameters"), "\(words)") }
        }
    }
}

private func vector(_ request: FigureRequest, _ label: Label, _ place: Int) throws -> [Double] {
    try request.step(label).row(0, place).map(Double.init)
}

private func degrees(_ a: [Double], _ b: [Double]) -> String {
    "\(Int((acos(min(1, max(-1, cosine(a, b)))) * 180 / .pi).rounded()))°"
}

/// The first token that stands twice, as ids tell: at its first and its last place.
private func twice(_ request: FigureRequest) -> (Int, Int)? {
    let ids = request.promptIDs
    guard let first = ids.indices.first(where: { ids[($0 + 1)...].contains(ids[$0]) }) else { return nil }
    return ids.lastIndex(of: ids[first]).map { (first, $0) }
}
