import Archives
import Foundation
import Synchronization
import Wording

/// The course in one language as an EPUB 3: its chapters with their figures, and an answer key at the end.
package struct ElectronicBook<Source: FigureSource>: Sendable {
    private let course: Course
    private let source: Source
    private let language: Language
    private let answered: [AnsweredChapter]

    /// - Parameter answered: the chapters that the book is to have; both languages share them.
    package init(_ course: Course, answered: [AnsweredChapter], source: Source, language: Language) {
        self.course = course.keeping(answered.map(\.chapter))
        self.answered = answered
        self.source = source
        self.language = language
    }

    /// One file of the archive, as its package lists it.
    struct Part: Sendable {
        var name: String
        var media: String
        var bytes: [UInt8]
        /// Names of the features that a reader has to know, such as `mathml`.
        var properties: String?
        /// For the table of contents; nil for what is no page.
        var title: String?
        var chapter: ChapterID?

        var id: String { "i" + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined() }
    }

    /// - Returns: the archive, and what it lacks.
    /// - Throws: `BookError` where it would hold no chapter.
    package func bytes(
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> (bytes: [UInt8], findings: [Finding]) {
        typealias Made = (parts: [Part], findings: [Finding])
        let results = Mutex<[ChapterID: Result<Made, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: answered.count) { index in
            let chapter = answered[index]
            let result = Result {
                try EPUBChapter(chapter, in: course, source: source, language: language).parts()
            }
            results.withLock {
                $0[chapter.chapter.id] = result
                progress($0.count, answered.count)
            }
        }
        let made = results.withLock { $0 }
        var parts: [Part] = []
        var findings: [Finding] = []
        for chapter in course.chapters {
            switch made[chapter.id] {
            case .success(let own):
                parts += own.parts
                findings += own.findings
            case .failure(let error): findings.append(Finding(error, of: chapter))
            case nil: break
            }
        }
        guard !parts.isEmpty else { throw BookError.noChapter(findings.first) }
        let pages = parts.filter { $0.title != nil && $0.chapter != nil }
        let keys = parts.filter { $0.name.hasSuffix("-answers.xhtml") }
        let package = EPUBPackage(course: course, language: language, chapters: pages, answers: keys)
        var zip = ZIPArchive()
        zip.add(Array("application/epub+zip".utf8), as: "mimetype", isStored: true)
        for (name, text) in package.files(parts) { zip.add(Array(text.utf8), as: name) }
        for part in parts { zip.add(part.bytes, as: "OEBPS/\(part.name)") }
        return (try zip.bytes(), findings)
    }
}
