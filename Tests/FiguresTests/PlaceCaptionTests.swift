import Drawing
import Foundation
import Models
import TestSupport
import Testing
import Tracing
import Wording

@testable import Figures

/// The sentences of dials, maps and shapes, and of what the source adds, computed again; and that no kind of figure is
/// left out of such tests.
@Suite("Sentences of turns, maps and shapes") struct PlaceCaptionTests {
    /// The first and the last pair, as the query itself was turned.
    @Test("angles are those between the query before and after", arguments: [0, 1, 2, 3])
    func turns(_ place: Int) throws {
        var request = try #require(Samples.rotary).request(.english)
        (request.layer, request.head, request.position) = (1, 2, place)
        let words = try #require(try OtherCaptionTests.sentences("rotary", request).first)
        guard place > 0 else {
            #expect(words.hasSuffix("stands at position 0: nothing turns."))
            return
        }
        let rows = try [Label.query, .rotatedQuery].map { label in
            try request.step(label).row(0, place, 2).map(Double.init)
        }
        let pairs = rows[0].count / 2
        let said = words.matches(of: /([\d.]+)°/).compactMap { Double($0.output.1) }
        #expect(said.count == 2 && words.contains("position \(place):"), "\(words)")
        for (pair, angle) in zip([0, pairs - 1], said) {
            let (old, new) = (
                (rows[0][pair], rows[0][pair + pairs]), (rows[1][pair], rows[1][pair + pairs])
            )
            let turned = atan2(old.0 * new.1 - old.1 * new.0, old.0 * new.0 + old.1 * new.1) * 180 / .pi
            let apart = (angle - turned).remainder(dividingBy: 360)
            #expect(abs(apart) <= max(0.51, angle * 0.05) && (angle >= 100 || abs(apart) <= angle * 0.06), "\(words)")
        }
    }

    @Test("the nearest neighbour of all, and what a plane keeps", arguments: ["the cat sat on the mat", "我爱吃苹果"])
    func neighbours(_ text: String) throws {
        let request = try OtherCaptionTests.request("next-word", text)
        let table = try request.step(StepName(.embedding))
        let rows = (0..<table.shape[0]).map { table.row($0).map(Double.init) }
        var best = (cosine: -2.0, token: -1, other: -1)
        for token in Set(request.ids) {
            for other in rows.indices where other != token && request.label(id: other).kind == .plain {
                let found = cosine(rows[token], rows[other])
                if found > best.cosine { best = (found, token, other) }
            }
        }
        let words = try #require(try OtherCaptionTests.sentences("embedding-map", request).first)
        #expect(Said(words).numbers == [Numbers.fixed(best.cosine)], "\(words)")
        for id in [best.token, best.other] { #expect(words.contains(request.label(id: id).spoken.english), "\(words)") }

        let map = try #require(MappedTokens(request, table))
        let points = map.points.compactMap { $0.tag.index.first }.map { rows[$0] }
        #expect(points.count == map.points.count)
        let kind = try #require(Catalogue.figure("embedding-map"))
        let kept = try #require(Said(try kind.slide(request).subtitle?.english ?? "").shares.first)
        let share = Self.spread(points)
        #expect([share, share - 1e-3, share + 1e-3].contains { isShare($0, kept) }, "\(kept) \(share)")
    }

    /// The share of the two strongest directions in the points' spread, by repeated multiplication.
    private static func spread(_ points: [[Double]]) -> Double {
        let width = points.first?.count ?? 0
        let mean = (0..<width).map { column in points.reduce(0) { $0 + $1[column] } / Double(points.count) }
        var left = points.map { zip($0, mean).map { $0 - $1 } }
        let squares = { (rows: [[Double]]) in rows.joined().reduce(0) { $0 + $1 * $1 } }
        let all = squares(left)
        for _ in 0..<2 {
            var axis = (0..<width).map { sin(Double($0 + 1)) }
            for _ in 0..<300 {
                let shadows = left.map { zip($0, axis).reduce(0) { $0 + $1.0 * $1.1 } }
                axis = (0..<width).map { column in zip(left, shadows).reduce(0) { $0 + $1.0[column] * $1.1 } }
                let size = max(length(axis), 1e-30)
                axis = axis.map { $0 / size }
            }
            left = left.map { row in
                let shadow = zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 }
                return zip(row, axis).map { $0 - shadow * $1 }
            }
        }
        return 1 - squares(left) / all
    }

    @Test("tokens in, rows all the way, and the widest step", arguments: ["the cat sat on", "a", "我爱吃苹果，我爱"])
    func shapes(_ text: String) throws {
        let request = try OtherCaptionTests.request("next-word", text)
        let words = try #require(try OtherCaptionTests.sentences("data-shapes", request).first)
        let count = request.promptIDs.count
        // Of all steps that hold a row for each token, not only of those that are drawn.
        let rows = request.trace.steps.filter {
            $0.shape.rank >= 3 && $0.shape.dimensions.dropFirst().contains(count)
        }
        let width = try #require(rows.map { $0.shape.count / count }.max())
        #expect(
            Said(words).numbers == (count == 1 ? [] : ["\(count)", "\(count)"]) + [Numbers.count(width)], "\(words)")
    }

    @Test("what the source adds, and to how long a vector", arguments: [0, 1])
    func source(_ layer: Int) throws {
        var request = try OtherCaptionTests.request("translator", "the cat eats fish", generating: 6)
        request.layer = layer
        let view = try #require(TranslationView(request))
        for words in try OtherCaptionTests.sentences("cross-output", request) {
            let row = try #require(
                view.written.indices.first { words.hasPrefix("Writing \(view.written.name($0).english):") })
            let place = view.places[row]
            let sum = try request.step(
                StepName(.residualMidCross, block: layer, stack: .decoder, pass: place.pass))
            let added = StepName(.crossAttentionOut, block: layer, stack: .decoder, pass: place.pass)
            // The other of the two that the sum itself read.
            let own = try #require(sum.inputs.map { request.trace.steps[$0] }.first { $0.name != added })
            let lengths = try [own, request.step(added)].map { step in
                Numbers.significant(length(step.row(0, place.position).map(Double.init)))
            }
            #expect(Said(words).numbers == lengths, "\(words)")
        }
    }

    /// Named in a test that computes its sentence again, here or in the other suites of sentences.
    @Test("no kind of figure is left out") func complete() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix("CaptionTests.swift") || ["Why", "Translation"].contains($0.prefix { $0 != "F" }) }
        let sources = try names.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
        let types = ["why-this-score": "WhyThisScore"]
        let missing = Catalogue.all.map { $0.id }.filter {
            !sources.contains("\"\($0)\"") && !sources.contains(types[$0] ?? "\"\($0)\"")
        }
        #expect(missing == [])
    }
}
