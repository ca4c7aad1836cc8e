import Reading
import Tokenizers
import Wording

/// Tokens and their merges as the command prints them.
enum TokenPage {
    static func json(_ pieces: [TokenPiece], ladders: [WordMerges]?, tokenizer: AnyTokenizer) -> JSONText {
        var members: [(String, JSONText)] = [
            ("ids", .integers(pieces.map(\.id))), ("tokens", .texts(pieces.map(\.display))),
            ("bytes", .array(pieces.map { .integers($0.bytes.map(Int.init)) })),
            ("special", .integers(pieces.indices.filter { pieces[$0].isSpecial })),
        ]
        if let ladders { members.append(("merges", .array(ladders.map { json($0, tokenizer) }))) }
        return .members(members)
    }

    private static func json(_ word: WordMerges, _ tokenizer: AnyTokenizer) -> JSONText {
        func names(_ ids: [Int]) -> JSONText { .texts(ids.map { tokenizer.piece($0).display }) }
        return .object([
            "word": .text(ByteText.visible(word.bytes)), "initial": names(word.initial),
            "steps": .objects(word.rungs) { rung in
                [
                    "rank": .integer(rung.step.rank), "left": .integer(rung.step.left),
                    "right": .integer(rung.step.right), "merged": .integer(rung.step.merged),
                    "tokens": names(rung.after),
                ]
            },
            "ids": .integers(word.ids),
        ])
    }

    static func text(_ pieces: [TokenPiece], ladders: [WordMerges], tokenizer: AnyTokenizer, style: Style) -> String {
        var text = ""
        for word in ladders { text += ladder(word, tokenizer, style) + "\n" }
        var table = TextTable(
            [.right, .left, .right, .left],
            heading: ["", TokenizeText.token.text, TokenizeText.id.text, TokenizeText.bytes.text])
        for (place, piece) in pieces.enumerated() {
            table.add(
                "\(place)", piece.display, "\(piece.id)",
                piece.isSpecial ? style.dim(TokenizeText.isSpecial.text) : hexadecimal(piece.bytes))
        }
        return text + table.text(style: style)
    }

    /// A word's ladder: a line a merge, the merged pair named.
    private static func ladder(_ word: WordMerges, _ tokenizer: AnyTokenizer, _ style: Style) -> String {
        func line(_ ids: [Int]) -> String { ids.map { tokenizer.piece($0).display }.joined(separator: " · ") }
        var table = TextTable([.right, .left, .left])
        table.add("", line(word.initial), TokenizeText.bytes.text)
        for rung in word.rungs {
            let pair = [rung.step.left, rung.step.right, rung.step.merged].map { tokenizer.piece($0).display }
            table.add(
                TokenizeText.merge.text(["rank": "\(rung.step.rank + 1)"]), line(rung.after),
                "\(pair[0]) + \(pair[1]) → \(pair[2])")
        }
        return style.strong(ByteText.visible(word.bytes)) + "\n" + table.text(style: style)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
}
