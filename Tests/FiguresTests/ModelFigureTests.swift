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
}
