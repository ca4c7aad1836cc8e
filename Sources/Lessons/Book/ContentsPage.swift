import Drawing
import Pages
import Wording

/// The table of contents of one language.
struct ContentsPage {
    let frame: PageFrame
    /// The picture that stands for a chapter: its first figure's last frame.
    let covers: [ChapterID: (files: FigureFiles, figure: Figure)]

    private var language: Language { frame.language }

    var page: [UInt8] {
        frame.page(title: BookWords.contents[language], description: BookWords.tagline[language], path: "index.html") {
            Tag.header(.class("opening contents-opening")) {
                Tag.p(.class("kicker")) { Tag.span { BookWords.contents[language] } }
                Tag.h1 { frame.course.title[language] }
                Tag.p(.class("goal")) { BookWords.tagline[language] }
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
                        Tag.ol(.class("cards")) { for chapter in chapters { card(chapter) } }
                    }
                }
            }
        }
    }

    private func card(_ chapter: Chapter) -> Markup {
        Tag.li(.class("card")) {
            Tag.a(.href("\(chapter.pageName).html")) {
                if let cover = covers[chapter.id] {
                    Tag.span(.class("cover"), .at(.ariaHidden, "true")) {
                        for picture in cover.files.pictures(frame: max(0, cover.figure.frames.count - 1)) {
                            picture.markup(cover.figure.size, words: "", .at(.loading, "lazy"))
                        }
                    }
                }
                Tag.span(.class("card-text")) {
                    Tag.span(.class("card-number")) { "\(chapter.id)" }
                    Tag.span(.class("card-title")) { chapter.title[language].plainText }
                    Tag.span(.class("card-goal")) { chapter.goal[language].plainText }
                    Tag.span(.class("card-steps")) {
                        BookWords.steps.text(language, ["number": "\(chapter.steps.count)"])
                    }
                }
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
