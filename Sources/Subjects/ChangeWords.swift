import Tracing
import Wording

/// What is changed in a run before it is looked at, as it was written.
package struct ChangeWords: Sendable, Hashable {
    /// `L0H2`: heads, neurons, layers and their parts that are switched off.
    package var off: [String] = []
    /// `L0H2=0.5`, `blocks.1.mlp.post:14=0`: a part, or a place of a step, and its factor.
    package var scale: [String] = []
    /// `blocks.1.resid_pre=TEXT`, `L1:3=TEXT`: a step's numbers, or one token's, of another text's run.
    package var patch: [String] = []

    package static let keys = ["off", "scale", "patch"]

    package init(off: [String] = [], scale: [String] = [], patch: [String] = []) {
        self.off = off
        self.scale = scale
        self.patch = patch
    }

    package init(_ words: SubjectWords) {
        self.init(off: words.texts("off"), scale: words.texts("scale"), patch: words.texts("patch"))
    }

    /// Whether a run stays as it is: a changed one is computed for the text alone, as its next words would be others.
    package var isEmpty: Bool { off.isEmpty && scale.isEmpty && patch.isEmpty }

    /// The same run with the changes, in the order off, scale, patch; itself where there are none.
    /// - Parameter other: the run of another text, as this one was made.
    /// - Throws: ``SubjectError/value(expected:found:)``; `TracingError` where a change does not fit.
    package func changing(
        _ trace: Trace, other: (String) throws(Failure) -> Trace
    ) throws(Failure) -> Trace {
        var changes: [Change] = []
        for text in off { changes += try Change.off(text, in: trace) }
        for text in scale { changes += try Change.scaled(text, in: trace) }
        for text in patch {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            guard sides.count == 2, !sides[1].isEmpty else {
                throw Failure(SubjectError.value(expected: "--patch STEP=TEXT", found: text))
            }
            changes.append(try Change.taken(sides[0], in: trace, from: try other(sides[1])))
        }
        return changes.isEmpty ? trace : try trace.replaying(changes)
    }
}
