import ArgumentParser
import Drawing
import Reading
import Tracing
import Wording

/// `glassformer verify`: whether a trace file's numbers follow from each other.
struct Verify: GuidedCommand {
    static let guide = CommandGuide(
        name: "verify", abstract: VerifyText.abstract.phrase, discussion: VerifyText.discussion.phrase,
        examples: [
            "glassformer trace 中华人民 --out china.safetensors && glassformer verify china.safetensors",
            "glassformer verify china.safetensors --json",
        ])

    @Argument(help: VerifyText.file.help("file"))
    var file: String

    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let path = InputFile.path(file)
        try InputFile.check(path)
        let trace = try TraceFile.read(path: path)
        for note in trace.notes { StandardError.write(note.text + "\n") }
        let result = trace.verified()
        if facts.json {
            try StandardOutput.write(Self.json(result).page)
        } else if result.steps > 0, !common.quiet {
            try StandardOutput.write(text(result))
        }
        guard result.steps > 0 else { throw CommandProblem.nothingToVerify(path: file) }
        if let first = result.failures.first {
            throw CommandProblem.doesNotFollow(
                path: file, count: result.failures.count, cell: first.step.cell(first.index),
                found: Numbers.significant(first.value, digits: 6),
                expected: Numbers.significant(first.expected, digits: 6))
        }
    }

    static func json(_ result: Verification) -> JSONText {
        .object([
            "steps": .integer(result.steps), "cells": .integer(result.cells), "worst": number(result.worst),
            "failures": .objects(result.failures) { failure in
                [
                    "step": .text(failure.step.description), "index": .integers(failure.index),
                    "value": number(failure.value), "expected": number(failure.expected),
                ]
            },
            "unexplained": .texts(result.unexplained.map(\.description)),
        ])
    }

    /// JSON has no word for what is not finite.
    private static func number(_ value: Double) -> JSONText { value.isFinite ? .number(value) : .null }

    private func text(_ result: Verification) -> String {
        var text =
            VerifyText.agree.text([
                "steps": "\(result.steps)", "cells": "\(result.cells)",
                "worst": .init(result.worst == 0 ? "0" : Numbers.significant(result.worst, digits: 2)),
            ]) + "\n"
        if !result.unexplained.isEmpty {
            let names = result.unexplained.prefix(6).map(\.description).joined(separator: ", ")
            text +=
                VerifyText.unexplained.text([
                    "count": "\(result.unexplained.count)",
                    "names": .init(names + (result.unexplained.count > 6 ? " …" : "")),
                ]) + "\n"
        }
        guard !result.failures.isEmpty else { return text }
        var table = TextTable([.left, .right, .right], heading: [VerifyText.cell, .found, .expected])
        for failure in result.failures {
            table.add(
                failure.step.cell(failure.index), Numbers.significant(failure.value, digits: 6),
                Numbers.significant(failure.expected, digits: 6))
        }
        return text + "\n" + table.text(style: common.style)
    }
}
