import Tracing
import Wording

/// A token of the text: counted from zero, from the end where negative, or `at:` and characters that it ends.
package enum TokenPlace: Sendable, Hashable, CustomStringConvertible {
    case index(Int)
    case characters(String)

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package init(_ text: String) throws(SubjectError) {
        if text.hasPrefix("at:"), text.count > 3 {
            self = .characters(String(text.dropFirst(3)))
        } else if let index = Int(text) {
            self = .index(index)
        } else {
            throw .value(expected: "0, 1, -1, at:…", found: text)
        }
    }

    package var description: String {
        switch self {
        case .index(let index): String(index)
        case .characters(let characters): "at:" + characters
        }
    }

    /// Its place among the tokens that were read, those that the model wrote itself left out; of a decoder beside an
    /// encoder among its own.
    /// - Throws: ``SubjectError/outside(option:expected:found:)``.
    package func index(
        in trace: Trace, stack: Stack? = nil, option: String = "--position"
    ) throws(SubjectError) -> Int {
        let tokens = stack == .decoder ? trace.targetTokens : trace.tokens.filter { !$0.isGenerated }
        switch self {
        case .index(let index):
            let place = index < 0 ? tokens.count + index : index
            guard tokens.indices.contains(place) else {
                throw .outside(
                    option: option, expected: "\(-tokens.count) … \(tokens.count - 1)", found: "\(index)")
            }
            return place
        case .characters(let characters):
            let wanted = characters.replacing(" ", with: "␣")
            var text = ""
            for (place, token) in tokens.enumerated() {
                text += token.display
                if text.contains(wanted) { return place }
            }
            throw .outside(option: option, expected: "at:… ∈ “\(text)”", found: "at:\(characters)")
        }
    }
}
