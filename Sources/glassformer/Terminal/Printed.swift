import Wording

/// What a terminal is given: colours of ours, and texts of others that cannot act on it.
enum Printed {
    /// Begins our own sequences until they are printed. It is made anew in each run, of what is no character, so that no
    /// text of others is taken for a colour.
    static let escape = String(
        String.UnicodeScalarView((0..<4).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0xFDD0...0xFDEF)) }))

    /// A text as it is written to standard output: a terminal that follows the standard in the order of letters is told
    /// what runs its own way; a file is not.
    static func text(_ text: String) -> String {
        let isTerminal = StandardOutput.isTerminal
        return mapped(text) { isTerminal ? isolated($0.shown) : $0.shown }.replacing(escape, with: "\u{1B}")
    }

    private static func isolated(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isRightToLeft) else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).isolated }
            .joined(separator: "\n")
    }

    /// One cell of a table, as wide as it will be.
    static func cell(_ text: String) -> String { mapped(text) { $0.shownInLine } }

    /// Our own sequences stay; what stands between them is changed.
    private static func mapped(_ text: String, _ change: (String) -> String) -> String {
        guard Console.hasColors else { return change(text) }
        return text.split(separator: escape, omittingEmptySubsequences: false).map { change(String($0)) }
            .joined(separator: escape)
    }
}
