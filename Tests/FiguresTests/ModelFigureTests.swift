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

/// What the figures of a whole model say of it, in every family that there is a model of.
@Suite("Models: figures") struct ModelFigureTests {
    static let folders = ["reference/families", "reference", "models"].flatMap { place -> [String] in
        let root = Places.root + "/fixtures/" + place
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().map { place + "/" + $0 }.filter {
            FileManager.default.fileExists(atPath: Places.root + "/fixtures/" + $0 + "/config.json")
        }
    }

    static func model(_ folder: String) throws -> LanguageModel {
        try LanguageModel.load(folder: Places.root + "/fixtures/" + folder)
    }

    @Test func allFamiliesAreThere() { #expect(Self.folders.count >= 25) }

    @Test("the kinds of parameters sum to the model, and none is of a wrong kind", arguments: folders)
    func kindsAreWhole(_ folder: String) throws {
        let network = try Self.model(folder).network
        let steps = network.shapes.map { ($0.name, $0.shape) }
        let shares = Parameters.shares(steps)
        #expect(shares.reduce(0) { $0 + $1.count } == network.parameters.count)
        #expect(
            shares.allSatisfy { share in
                share.shapes.reduce(0) { $0 + $1.shape.reduce($1.copies, *) } == share.count
            })
        #expect(ParameterTree.tree(steps).count == network.parameters.count, "the areas leave something out")
        for (name, _) in steps {
            let label = name.label.rawValue
            let kind = Self.kind(label)
            #expect(kind != nil && ParameterKind(name.label) == kind, "\(name)")
        }
        let groups = ParameterTree.tree(steps).parts
        let stacks = Set(network.shapes.map(\.name.stack)).subtracting([.single])
        #expect(Set(groups.compactMap { $0.family?.english }) == Set(stacks.map(\.rawValue)))
    }

    /// The kinds written down a second time, by whole names.
    private static func kind(_ label: String) -> ParameterKind? {
        let parts = label.split(separator: ".")
        guard let last = parts.last, let first = parts.first else { return nil }
        if last == "b" || last.hasPrefix("b_") { return .small }
        if last == "w" { return parts.contains { $0.hasPrefix("ln") || $0.hasSuffix("norm") } ? .small : nil }
        let table: [Substring: ParameterKind] = [
            "embed.W_E": .embedding, "pos_embed.W_pos": .position, "token_type_embed.W_type": .segment,
            "unembed.W_U": .output, "pooler.W": .pooler, "mlm.W": .maskedHead, "nsp.W": .nextSentenceHead,
            "classifier.W": .classifier,
        ]
        if let kind = table[Substring(label)] { return kind }
        let inside: [Substring: ParameterKind] = [
            "attn": .attention, "cross_attn": .crossAttention, "mlp": .feedForward,
        ]
        return inside[first]
    }

    @Test func aCatchAllWearsNoCategorysName() {
        #expect(ParameterKind(Label(rawValue: "adapter.up")) == .other)
        #expect(ParameterKind(Label(rawValue: "transformer.h.0.weight")) == .other)
    }

    private static func request(_ folder: String) throws -> FigureRequest {
        let model = try model(folder)
        var input = ModelInput(ids: [5, 6, 7, 3])
        if case .encoderDecoder = model.network { input.target = [2, 5, 6] }
        return FigureRequest(
            trace: try model.trace(input), style: SlideStyle(language: .english, measurer: FixedMeasurer()))
    }

    @Test("what a map adds is what the trace added: x + p + … = h", arguments: folders)
    func sumsOnTheMaps(_ folder: String) throws {
        let request = try Self.request(folder)
        let trace = request.trace
        var sums: [(step: StepName, addends: [StepName])] = []
        if let levels = TwoStackLevels(request) {
            sums = (levels.encoder + levels.decoder).compactMap { $0.sum }
            // Each sum in a block ends a residual path.
            let blocks = levels.encoder.count { $0.isInBlock && $0.sum != nil }
            #expect(blocks == 2 && levels.decoder.count { $0.isInBlock && $0.sum != nil } == 3)
        } else {
            try #require(ArchitectureMap.isPossible(request))
            for level in ArchitectureLevels(request).levels {
                guard case .plus(let side) = level.kind else { continue }
                #expect(level.addends.count == 2 && (level.isInBlock || side != nil), "a sum of one")
                sums.append((try #require(level.step), level.addends))
            }
        }
        #expect(sums.count >= 2)
        for (name, addends) in sums {
            let sum = try trace.step(name).tensor.scalars
            let parts = try addends.map { try trace.step($0).tensor.scalars }
            let found = sum.indices.map { place in parts.reduce(0) { $0 + $1[place] } }
            #expect(zip(sum, found).allSatisfy { abs($0 - $1) <= 1e-4 * max(1, abs($0)) }, "\(name)")
        }
    }

    @Test("a map names what its family has") func wordsOfTheMaps() throws {
        func words(_ folder: String) throws -> String {
            let request = try Self.request(folder)
            let figure = try ArchitectureMap.slide(request).figure(request.style)
            #expect(figure.faults.isEmpty)
            return figure.texts.map(\.string).joined(separator: "\n")
        }
        let bert = try words("reference/families/bert_untied_many_types")
        for word in ["segments", "pooler", "next sentence", "masked words"] { #expect(bert.contains(word), "\(word)") }
        let llama = try words("reference/families/llama_v4_yes_everything")
        for word in ["rotary positions", "K and V: 3", "SwiGLU"] { #expect(llama.contains(word), "\(word)") }
        #expect(llama.contains("× 2 layers") && llama.contains("L0 opened"))
    }

    @Test("frames of gradients do not tell the end, and an update's arithmetic holds") func backward() throws {
        let request = try #require(Samples.trained).request(.english, measurer: FixedMeasurer())
        let flow = try GradientsFlowingBack.slide(request)
        let last = try #require(flow.frames.last?.caption)
        #expect(Set(flow.frames.map(\.caption)).count == flow.frames.count)
        #expect(flow.frames.dropLast().allSatisfy { $0.takeaway == $0.caption && $0.caption != last })
        let update = try OneUpdate.slide(request)
        let words = try #require(update.takeaway?.english)
        let numbers = words.replacing("−", with: "-").matches(of: /-?\d+\.\d+/).compactMap { Double($0.output) }
        try #require(numbers.count == 5, "\(words)")
        let (old, step, new) = (numbers[2], numbers[3], numbers[4])
        #expect(old != new && words.contains("η = "))
        let sum = words.contains("+ ") ? old + step : old - step
        #expect(abs(sum - new) < (words.contains("≈") ? 2e-3 : 1e-9), "\(words)")
    }

    @Test("a run that was changed says so in every figure of it") func changedRuns() throws {
        let sample = try #require(Samples.encoders.first { $0.name == "classifier" })
        let changed = try sample.trace.replaying(try Change.off("L0H1", in: sample.trace))
        for (trace, isChanged) in [(sample.trace, false), (changed, true)] {
            var other = sample
            other.trace = trace
            let request = other.request(.english, measurer: FixedMeasurer())
            let kind = try #require(Catalogue.figure("classification"))
            let slide = try kind.slide(request)
            #expect((slide.note?.english.contains("L0 · H1 switched off") ?? false) == isChanged)
            #expect((slide.frames[0].altText.english.contains("was changed")) == isChanged)
        }
        let typed = try #require(Samples.encoders.first { $0.name == "masked-word" })
        let slide = try NextSentence.slide(typed.request(.english, measurer: FixedMeasurer()))
        // As it was typed, and not as bytes.
        #expect(slide.takeaway?.english.contains("“苹果很甜。”") == true)
    }
}
