import Foundation
import Reading
import TestSupport
import Testing

@testable import Models

/// What files ask of a generation, case by case; `families.py` compares whole texts with transformers.
@Suite struct GenerationRulesTests {
    private func applied(
        _ change: (inout GenerationRules) -> Void, ids: [Int] = [1, 2, 3], given: Int = 3, count: Int = 4
    ) -> [Float] {
        var rules = GenerationRules()
        rules.ends = [0]
        change(&rules)
        return rules.applied(to: [4, 3, 2, -1, 0], .init(ids: ids, given: given, count: count))
    }

    private static let none = -Float.infinity

    @Test func withoutRulesNothingChanges() {
        #expect(applied { _ in } == [4, 3, 2, -1, 0])
        #expect(!GenerationRules().changeLogits)
    }

    @Test func forbiddenRuns() {
        #expect(applied { $0.forbidden = [[4]] } == [4, 3, 2, -1, Self.none])
        #expect(applied { $0.forbidden = [[3, 1], [2, 4]] } == [4, Self.none, 2, -1, 0], "only after a 3")
        #expect(applied { $0.forbidden = [[0]] } == [4, 3, 2, -1, 0], "an end is never forbidden")
        #expect(applied { $0.forbidden = [[99], []] } == [4, 3, 2, -1, 0])
    }

    @Test func runsThatMustNotRecur() {
        #expect(applied({ $0.unrepeatedRun = 2 }, ids: [1, 2, 1, 3, 1]) == [4, 3, Self.none, Self.none, 0])
        #expect(applied({ $0.unrepeatedRun = 1 }, ids: [1, 2], given: 1) == [4, Self.none, Self.none, -1, 0])
        #expect(applied({ $0.unrepeatedRun = 9 }, ids: [1, 2], given: 1) == [4, 3, 2, -1, 0])
    }

    @Test func noEndTooEarly() {
        #expect(applied { $0.minimumLength = 4 } == [Self.none, 3, 2, -1, 0])
        #expect(applied { $0.minimumLength = 3 } == [4, 3, 2, -1, 0])
        #expect(applied { $0.minimumNewTokens = 1 } == [Self.none, 3, 2, -1, 0])
        #expect(applied({ $0.minimumNewTokens = 1 }, given: 2) == [4, 3, 2, -1, 0])
    }

    @Test func forcedTokens() {
        let only3: [Float] = [Self.none, Self.none, Self.none, 0, Self.none]
        #expect(applied({ $0.forcedFirst = 3 }, ids: [1], given: 1) == only3)
        #expect(applied { $0.forcedFirst = 3 } == [4, 3, 2, -1, 0])
        #expect(applied({ $0.forcedLast = [3] }, ids: [1, 2, 3, 4], given: 1, count: 4) == only3)
        #expect(applied({ $0.forcedLast = [3] }, ids: [1, 2, 3], given: 1, count: 4) == [4, 3, 2, -1, 0])
    }

    @Test func penaltiesAndSuppression() {
        #expect(applied { $0.repetitionPenalty = 2 } == [4, 1.5, 1, -2, 0])
        #expect(applied { $0.suppressed = [1, 99, -1] } == [4, Self.none, 2, -1, 0])
        #expect(applied { $0.suppressedFirst = [1] } == [4, Self.none, 2, -1, 0])
        #expect(applied({ $0.suppressedFirst = [1] }, given: 2) == [4, 3, 2, -1, 0])
    }

    @Test func whatAnEncoderReadCounts() {
        func applied(_ change: (inout GenerationRules) -> Void) -> [Float] {
            var rules = GenerationRules()
            change(&rules)
            #expect(rules.changeLogits)
            return rules.applied(
                to: [4, 3, 2, -1, 0], .init(ids: [9, 1], given: 1, count: 4, source: [0, 1, 2, 3, 1, 3]))
        }
        #expect(applied { $0.sourcePenalty = 2 } == [8, 6, 4, -0.5, 0])
        #expect(applied { $0.uncopiedRun = 2 } == [4, 3, Self.none, Self.none, 0])
        #expect(applied { $0.uncopiedRun = 1 } == [Self.none, Self.none, Self.none, Self.none, 0])
    }

    @Test func whatIsNotDoneIsSaid() throws {
        func unheeded(_ text: String) throws -> [String] {
            let folder = try Places.temporaryFolder()
            try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + GenerationFile.name))
            let object = try JSONPart("config.json", of: .disk(folder))
            let rules = try GenerationFile.rules(.disk(folder), configuration: object)
            #expect(!rules.changeLogits)
            return rules.unheeded
        }
        #expect(try unheeded(#"{"guidance_scale": 1.0, "diversity_penalty": 0.0, "sequence_bias": null}"#) == [])
        #expect(
            try unheeded(#"{"guidance_scale": 1.5, "sequence_bias": [[[3], 1.0]]}"#) == [
                "sequence_bias", "guidance_scale",
            ])
        for wrong in [#"{"encoder_repetition_penalty": 0}"#, #"{"encoder_no_repeat_ngram_size": -1}"#] {
            expectFailure(ModelError.self) { try unheeded(wrong) }
        }
    }

    @Test func theFileSaysThemAll() throws {
        var rules = GenerationRules()
        (rules.ends, rules.paddingID, rules.startID, rules.forcedFirst) = ([2, 5], 1, 3, 4)
        (rules.forcedLast, rules.forbidden, rules.suppressed, rules.suppressedFirst) = (
            [2], [[1], [2, 3]], [7], [8, 9]
        )
        (rules.minimumLength, rules.minimumNewTokens, rules.unrepeatedRun) = (5, 6, 3)
        (rules.repetitionPenalty, rules.sourcePenalty, rules.uncopiedRun) = (1.25, 0.5, 2)
        let folder = try Places.temporaryFolder()
        let text = try #require(GenerationFile.text(rules))
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + GenerationFile.name))
        let object = try JSONPart("config.json", of: .disk(folder))
        #expect(try GenerationFile.rules(.disk(folder), configuration: object) == rules)
        #expect(GenerationFile.text(GenerationRules()) == nil)
    }
}
