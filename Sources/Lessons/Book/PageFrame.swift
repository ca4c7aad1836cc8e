import Drawing
import Pages
import Wording

/// What every page of one language has around its content: head, bar, and the way to the other pages.
struct PageFrame: Sendable {
    let course: Course
    let language: Language
    /// The languages that the book is written in.
    let languages: [Language]
    /// What belongs to no chapter.
    var extras: [BookPage] = []

    /// The address of a chapter from a page of the same language.
    func address(of id: ChapterID) -> String? { course.chapter(id).map { "\($0.pageName).html" } }

    /// - Parameters:
    ///   - path: the page's file within its language's folder, which is the same in every language.
    ///   - steps: the places on the page that the bar leads to.
    func page(
        title: String, description: String, path: String, steps: [(id: String, label: String, title: String)] = [],
        @MarkupBuilder content: () -> [Markup]
    ) -> [UInt8] {
        var document = Self.document(title, language, description: description, root: "../")
        document.links = languages.filter { $0 != language }.map { other in
            Tag.link(.at(.rel, "alternate"), .at(.hreflang, other.rawValue), .href("../\(other.rawValue)/\(path)"))
        }
        return document.page {
            Tag.a(.class("skip"), .href("#main")) { BookWords.skip[language] }
            bar(path: path, steps: steps)
            Tag.main(.id("main"), content: content)
            footer
        }
    }

    /// - Parameter root: the way to the book's root.
    static func document(_ title: String?, _ language: Language, description: String, root: String) -> Document {
        var document = Document(language: language, title: title)
        document.description = description
        document.styles = BookFolder.styles.map { .file("\(root)assets/\($0)") }
        document.firstScripts = [.file("\(root)assets/\(BookFolder.themeScript)")]
        document.scripts = BookFolder.scripts.map { .file("\(root)assets/\($0)") }
        return document
    }

    private func bar(path: String, steps: [(id: String, label: String, title: String)]) -> Markup {
        Tag.header(.class("bar")) {
            Tag.a(.class("brand"), .href("index.html")) { "Glassformer" }
            if !steps.isEmpty {
                Tag.nav(.class("steps"), .at(.ariaLabel, BookWords.contents[language])) {
                    Tag.ol {
                        for step in steps {
                            Tag.li {
                                Tag.a(.href("#\(step.id)"), .at(.title, step.title), .at(.ariaLabel, step.title)) {
                                    step.label
                                }
                            }
                        }
                    }
                }
            }
            Tag.div(.class("tools")) {
                for other in languages where other != language {
                    Tag.a(
                        .class("tool"), .href("../\(other.rawValue)/\(path)"), .at(.lang, other.rawValue),
                        .at(.hreflang, other.rawValue)
                    ) { other.endonym }
                }
                Self.themeButton(language)
            }
        }
    }

    static func themeButton(_ language: Language) -> Markup {
        Tag.button(
            .class("tool theme"), .at(.type, "button"), .at(.hidden), .at(.ariaLabel, PageWords.theme[language]),
            .at(.title, PageWords.theme[language])
        ) { Tag.span(.class("moon"), .at(.ariaHidden, "true")) }
    }

    /// The way to the chapters before and after.
    func turning(from id: ChapterID) -> Markup {
        Tag.nav(.class("turning"), .at(.ariaLabel, BookWords.chapters[language])) {
            if let before = course.chapter(before: id) {
                turn(before, rel: "prev", label: .previousChapter)
            } else {
                Tag.a(.class("turn turn-prev"), .href("index.html")) {
                    Tag.span(.class("turn-label")) { BookWords.contents[language] }
                }
            }
            if let after = course.chapter(after: id) { turn(after, rel: "next", label: .nextChapter) }
        }
    }

    private func turn(_ chapter: Chapter, rel: String, label: BookWords) -> Markup {
        Tag.a(.class("turn turn-\(rel)"), .href("\(chapter.pageName).html"), .at(.rel, rel)) {
            Tag.span(.class("turn-label")) { label[language] }
            Tag.span(.class("turn-title")) { "\(chapter.id) \(chapter.title[language].plainText)" }
        }
    }

    private var footer: Markup {
        Tag.footer(.class("foot")) {
            Tag.nav(.class("extras"), .at(.ariaLabel, BookWords.extras[language])) {
                Tag.a(.href("index.html")) { BookWords.contents[language] }
                for page in extras { Tag.a(.href("\(page.name).html")) { page.title[language].plainText } }
            }
            Tag.p(.class("keys"), .at(.hidden)) {
                Tag.kbd { "←" }
                Tag.kbd { "→" }
                Markup.text(" \(BookWords.keyFrames[language]) · ")
                Tag.kbd { "Enter" }
                Markup.text(" ")
                Tag.kbd { "←↑↓→" }
                Markup.text(" ")
                Tag.kbd { "Enter" }
                Markup.text(" \(BookWords.keyCells[language])")
            }
        }
    }
}
