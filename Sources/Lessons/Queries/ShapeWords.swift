import Wording

extension AnsweredChapter.Shapes {
    /// Over the columns of a table of shapes.
    static let heads = [BookWords.stage, .here, .inDocument]

    /// `1 × 4 × 64 → 1 × 4 × 16`
    func here(_ language: Language) -> String { Self.path(input[language], output[language]) }

    var inDocument: String { Self.path(documentInput, documentOutput) }

    private static func path(_ input: String?, _ output: String?) -> String {
        input == nil && output == nil ? "–" : "\(input ?? "…") → \(output ?? "…")"
    }
}
