import Drawing
import Pages
import Wording

/// The table of contents of one language: its parts, what can be searched, and how far the reader is.
struct ContentsPage {
    let frame: PageFrame

    private var language: Language { frame.language }

    var page: [UInt8] {
        frame.page(title: BookWords.contents[language], description: BookWords.tagline[language], path: "index.html") {
            Tag.header(.class("opening contents-opening")) {
                Tag.h1 { frame.course.title[language] }
                Tag.p(.class("goal")) { BookWords.tagline[language] }
            }
            Tag.div(.class("finding"), .at(.role, "search")) {
                Tag.label(.class("finding-label")) {
                    Tag.span { BookWords.search[language] }
                    Tag.input(
                        .at(.type, "search"), .id("search"), .at(.hidden), .at(.dataWord, BookWords.nothing[language]))
                }
                Tag.p(.class("resume"), .at(.hidden)) {
                    Tag.a(.href("index.html")) { BookWords.goOn[language] }
                }
                Tag.p(.class("progress"), .at(.hidden), .at(.dataWord, BookWords.progress[language]))
                Tag.ol(.class("found"), .at(.ariaLive, "polite"), .at(.hidden))
                Markup.data(
                    "scripts", .texts(frame.course.chapters.map { "../" + ChapterSearch.path($0.id, language) }))
            }
            for part in frame.course.parts {
                let chapters = frame.course.chapters.filter { $0.part == part.number }
                if !chapters.isEmpty {
                    Tag.section(.class("part")) {
                        Tag.h2 {
                            Tag.span(.class("kicker")) {
                                BookWords.part.text(language, ["number": "\(part.number)"])
                            }
                            Tag.span { part.title[language] }
                        }
                        Tag.ol(.class("lines")) { for chapter in chapters { line(chapter) } }
                    }
                }
            }
        }
    }

    private func line(_ chapter: Chapter) -> Markup {
        Tag.li(.class("line")) {
            Tag.a(.href("\(chapter.pageName).html")) {
                Tag.span(.class("line-number")) { "\(chapter.id)" }
                Tag.span(.class("line-text")) {
                    Tag.span(.class("line-title")) { chapter.title[language].plainText }
                    Tag.span(.class("line-goal")) { chapter.goal[language].plainText }
                }
                Tag.span(.class("line-steps")) {
                    BookWords.steps.text(language, ["number": "\(chapter.steps.count)"])
                }
                Tag.span(.class("done"), .at(.hidden)) { BookWords.done[language] }
            }
        }
    }
}

/// The book's first page: which language to read in.
struct CoverPage {
    let course: Course
    let languages: [Language]

    var page: [UInt8] {
        PageFrame.document(nil, .english, description: BookWords.tagline[.english], root: "").page {
            Tag.main(.id("main"), .class("cover-main")) {
                Tag.p(.class("brand")) { "Glassformer" }
                Tag.h1(.class("cover-title")) {
                    for language in languages {
                        Tag.span(.at(.lang, language.rawValue)) { course.title[language] }
                    }
                }
                Tag.nav(.class("editions")) {
                    for language in languages {
                        Tag.a(
                            .class("edition"), .href("\(language.rawValue)/index.html"),
                            .at(.lang, language.rawValue), .at(.hreflang, language.rawValue)
                        ) {
                            Tag.strong { BookWords.readIn[language] }
                            Tag.span { BookWords.tagline[language] }
                        }
                    }
                }
                PageFrame.themeButton(.english)
            }
        }
    }
}
