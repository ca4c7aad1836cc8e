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
        let (trace, result) = try TraceFile.verified(path: path)
        for note in trace.notes { StandardError.write(note.text + "\n") }
        let isTold = result.steps > 0 || result.checksums != nil
        if facts.json {
            try StandardOutput.write(Self.json(result).page)
        } else if isTold, !common.quiet {
            try StandardOutput.write(text(result))
        }
        guard isTold else { throw CommandProblem.nothingToVerify(path: file) }
        // What was altered goes before what does not follow for that reason.
        if let first = result.failures.first(where: \.isAltered) ?? result.failures.first {
            let cell = first.step.cell(first.index ?? [])
            let (found, expected) = (Self.text(first.value), Self.text(first.expected))
            guard !first.isAltered, let found, let expected else {
                throw CommandProblem.altered(path: file, cell: cell, found: found, expected: expected)
            }
            throw CommandProblem.doesNotFollow(
                path: file, count: result.failures.count, cell: cell, found: found, expected: expected)
        }
        if result.checksums?.isMetadataAltered == true { throw CommandProblem.alteredMetadata(path: file) }
    }

    static func json(_ result: Verification) -> JSONText {
        .object([
            "steps": .integer(result.steps), "cells": .integer(result.cells), "worst": number(result.worst),
            "failures": .objects(result.failures) { failure in
                [
                    "step": .text(failure.step.description),
                    "index": failure.index.map { .integers($0) } ?? .null, "value": number(failure.value),
                    "expected": number(failure.expected), "altered": .bool(failure.isAltered),
                ]
            },
            "unexplained": .texts(result.unexplained.map(\.description)),
            "checksums": result.checksums.map { checksums in
                .object([
                    "checked": .integer(checksums.checked), "altered": .texts(checksums.altered),
                    "unlisted": .texts(checksums.unlisted), "metadata": .bool(!checksums.isMetadataAltered),
                ])
            } ?? .null,
        ])
    }

    /// JSON has no word for what is not finite.
    private static func number(_ value: Double?) -> JSONText {
        value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }

    private static func text(_ value: Double?) -> String? { value.map { Numbers.significant($0, digits: 6) } }

    private func text(_ result: Verification) -> String {
        var text =
            VerifyText.agree.text([
                "steps": "\(result.steps)", "cells": "\(result.cells)",
                "worst": .init(result.worst == 0 ? "0" : Numbers.significant(result.worst, digits: 2)),
            ]) + "\n"
        func list(_ line: VerifyText, _ names: [String]) {
            guard !names.isEmpty else { return }
            let some = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " …" : "")
            text += line.text(["count": "\(names.count)", "names": .init(some)]) + "\n"
        }
        let unexplained = result.unexplained.map(\.description)
        if let checksums = result.checksums {
            text += VerifyText.checksums.text(["count": "\(checksums.checked)"]) + "\n"
            list(.checksumOnly, unexplained)
            list(.unlisted, checksums.unlisted)
        } else {
            text += VerifyText.noChecksums.text + "\n"
            list(.unexplained, unexplained)
        }
        guard !result.failures.isEmpty else { return text }
        var table = TextTable([.left, .right, .right], heading: [VerifyText.cell, .found, .expected])
        for failure in result.failures {
            table.add(
                failure.step.cell(failure.index ?? []) + (failure.isAltered ? " *" : ""),
                Self.text(failure.value) ?? "", Self.text(failure.expected) ?? "")
        }
        text += "\n" + table.text(style: common.style)
        return result.failures.contains(where: \.isAltered) ? text + "* " + VerifyText.altered.text + "\n" : text
    }
}
