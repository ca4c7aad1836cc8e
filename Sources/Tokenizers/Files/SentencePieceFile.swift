import Wording

/// A file of SentencePiece's own, which is not read: only what to do instead is said.
struct SentencePieceFile {
    let path: String
    /// Marian's pairs of `source.spm` and `target.spm` have no `tokenizer.json` that could be made of them.
    private let isMarian: Bool

    init(path: String) {
        self.path = path
        isMarian = path.hasSuffix(".spm")
    }

    /// nil where the file is not one by its name, or holds JSON or ranks after all.
    init?(path: String, bytes: [UInt8]) {
        guard path.hasSuffix(".model") || path.hasSuffix(".spm"), bytes.first != UInt8(ascii: "{") else { return nil }
        self.init(path: path)
    }

    var failure: Failure {
        let recipe =
            "python3 -c \"from transformers import AutoTokenizer; "
            + "AutoTokenizer.from_pretrained('.').save_pretrained('.')\""
        return Failure(
            TokenizerError.otherFormat(
                path: path,
                advice: isMarian
                    ? Phrase(
                        en: "Marian's tables are SentencePiece's own; give the ids that transformers makes (--ids)",
                        zh: "Marian 的词表是 SentencePiece 自己的格式；请用 transformers 分词，再以 --ids 给出编号")
                    : Phrase(
                        en:
                            "SentencePiece's own format; in its folder, this writes a tokenizer.json: \(recipe); or use --ids",
                        zh: "这是 SentencePiece 自己的格式；在它的文件夹里可以这样写出 tokenizer.json：\(recipe)；也可以改用 --ids")))
    }
}
