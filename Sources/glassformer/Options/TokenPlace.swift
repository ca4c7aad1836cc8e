import ArgumentParser
import Tracing

/// A token of the text: counted from zero, from the end where negative, or `at:` and characters that it ends.
enum TokenPlace: Sendable, Hashable {
    case index(Int)
    case characters(String)

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    static func read(_ argument: String) throws -> TokenPlace {
        guard let place = TokenPlace(argument: argument) else {
            throw CommandProblem.list(expected: "0, 1, -1, at:…", found: argument)
        }
        return place
    }

    init?(argument: String) {
        if argument.hasPrefix("at:"), argument.count > 3 {
            self = .characters(String(argument.dropFirst(3)))
        } else if let index = Int(argument) {
            self = .index(index)
        } else {
            return nil
        }
    }

    /// - Throws: ``CommandProblem/outside(option:expected:found:)``.
    func index(in trace: Trace) throws -> Int {
        let tokens = trace.tokens.filter { !$0.isGenerated }
        switch self {
        case .index(let index):
            let place = index < 0 ? tokens.count + index : index
            guard tokens.indices.contains(place) else {
                throw CommandProblem.outside(
                    option: "--position", expected: "\(-tokens.count) … \(tokens.count - 1)", found: "\(index)")
            }
            return place
        case .characters(let characters):
            let wanted = characters.replacing(" ", with: "␣")
            var text = ""
            for (place, token) in tokens.enumerated() {
                text += token.display
                if text.contains(wanted) { return place }
            }
            throw CommandProblem.outside(option: "--position", expected: "at:… ∈ “\(text)”", found: "at:\(characters)")
        }
    }
}
