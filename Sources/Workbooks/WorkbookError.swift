import Wording

/// Why a workbook cannot be written.
package enum WorkbookError: ExplainedError, Equatable {
    /// The file, or what the library says of it.
    case file(path: String, reason: String)
    /// More than a spreadsheet holds, or more numbers than one opens with ease.
    case tooLarge(found: Phrase, most: Phrase, advice: Phrase)
    /// Nothing that was asked for is computed in this run.
    case nothing(asked: String)
    case noLayer(Int, known: ClosedRange<Int>?)
    case noHead(Int, known: ClosedRange<Int>?)
    case noStep(pattern: String)

    package var explanation: Phrase {
        switch self {
        case .file(let path, let reason):
            Phrase(en: "\(path): cannot be written: \(reason)", zh: "\(path)：无法写入：\(reason)")
        case .tooLarge(let found, let most, let advice):
            Phrase(
                en: "too large for a spreadsheet: \(found.english), at most \(most.english)\(advice.english)",
                zh: "电子表格装不下：\(found.chinese)，最多 \(most.chinese)\(advice.chinese)")
        case .nothing(let asked):
            Phrase(
                en: "\(asked): no such step of this run is computed from others",
                zh: "\(asked)：这次运行里没有符合条件、由其他步骤算出的步骤")
        case .noLayer(let layer, let known): Self.none("--layer", layer, known)
        case .noHead(let head, let known): Self.none("--head", head, known)
        case .noStep(let pattern):
            Phrase(
                en:
                    "--step \(pattern): no step of this run has such a name (“glassformer steps --parameters” lists them)",
                zh: "--step \(pattern)：这次运行没有这样命名的步骤（可用“glassformer steps --parameters”查看各步骤）")
        }
    }

    private static func none(_ option: String, _ found: Int, _ known: ClosedRange<Int>?) -> Phrase {
        guard let known else {
            return Phrase(en: "\(option) \(found): this run has none", zh: "\(option) \(found)：这次运行没有")
        }
        return Phrase(
            en: "\(option): expected \(known.lowerBound) … \(known.upperBound), found \(found)",
            zh: "\(option)：应为 \(known.lowerBound) … \(known.upperBound)，实际为 \(found)")
    }
}
