import ArgumentParser
import Models
import Tracing

/// What is changed in a run before it is looked at; `--scale` stands beside it, as it also names a picture's scale.
struct ChangeOptions: ParsableArguments {
    @Option(name: .long, help: ChangeText.off.help("L0H2"))
    var off: [String] = []

    @Option(name: .long, help: ChangeText.patch.help("step=text"))
    var patch: [String] = []

    /// The same run with the changes, in the order off, scale, patch; itself where there are none.
    /// - Parameter other: the run of another text, as this one was made.
    /// - Throws: ``CommandProblem/list(expected:found:)``; `TracingError` where a change does not fit.
    func changing(_ trace: Trace, scaled: [String], other: (String) throws -> Trace) throws -> Trace {
        var changes = try off.flatMap { try Change.off($0, in: trace) }
        changes += try scaled.flatMap { try Change.scaled($0, in: trace) }
        for text in patch {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, !sides[1].isEmpty else {
                throw CommandProblem.list(expected: "--patch STEP=TEXT", found: text)
            }
            changes.append(try Change.patched(StepName(sides[0]), in: trace, from: other(sides[1])))
        }
        return changes.isEmpty ? trace : try trace.replaying(changes)
    }

    /// Whether a run is changed: it is then computed for the text alone, as its next words would be others.
    func isEmpty(scaled: [String]) -> Bool { off.isEmpty && patch.isEmpty && scaled.isEmpty }
}

/// `--scale` of commands that draw nothing.
struct ScaledSteps: ParsableArguments {
    @Option(name: .long, help: ChangeText.scale.help("step:place=factor"))
    var scale: [String] = []
}

/// `--scale` of `draw`: a picture's pixels, or a place of a step and its factor.
enum ScaleArgument: Sendable, Hashable {
    case picture(PictureScale)
    case step(String)

    init(_ argument: String) throws {
        self = argument.contains("=") ? .step(argument) : .picture(try PictureScale(argument))
    }
}
