import Reading
import Wording

/// What can go wrong while a book is written.
package enum BookError: ExplainedError {
    /// The folder holds something that is not a book, which writing would destroy.
    case foreignFolder(String)
    case missingAssets(String)
    /// There is no chapter that could be written; why the first could not.
    case noChapter(Finding?)

    package var explanation: Phrase {
        switch self {
        case .foreignFolder(let path):
            Phrase(
                en:
                    "\(path) is not empty and is no book of ours; name a new or empty folder, or write into it by --force",
                zh: "\(path) 不是空文件夹，也不是本程序写的书；请换一个新的或空的文件夹，或用 --force 写进去")
        case .missingAssets(let path):
            Phrase(en: "the book's styles are missing; expected \(path)", zh: "缺少书的样式文件，应有 \(path)")
        case .noChapter(let finding):
            finding?.line ?? Phrase(en: "the course has no chapter to write", zh: "课程里没有可写的章节")
        }
    }
}
