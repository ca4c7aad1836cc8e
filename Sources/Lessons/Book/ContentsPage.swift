import Wording

/// The table of contents of one language.
struct ContentsPage {
    let frame: PageFrame
    /// The picture that stands for a chapter: its first figure's last frame.
    let covers: [ChapterID: (files: FigureFiles, figure: RenderedFigure)]

    private var language: Language { frame.language }

    func markup() -> Markup {
        frame.page(title: BookWords.contents[language], description: BookWords.tagline[language], path: "index.html") {
            Markup.Tag.header(.class("opening contents-opening")) {
                Markup.Tag.p(.class("kicker")) { Markup.Tag.span { BookWords.contents[language] } }
                Markup.Tag.h1 { frame.course.title[language] }
                Markup.Tag.p(.class("goal")) { BookWords.tagline[language] }
            }
            for part in frame.course.parts {
                let chapters = frame.course.chapters.filter { $0.part == part.number }
                if !chapters.isEmpty {
                    Markup.Tag.section(.class("part")) {
                        Markup.Tag.h2 {
                            Markup.Tag.span(.class("kicker")) {
                                BookWords.part.text(language, ["number": Phrase("\(part.number)")])
                            }
                            Markup.Tag.span { part.title[language] }
                        }
                        Markup.Tag.ol(.class("cards")) { for chapter in chapters { card(chapter) } }
                    }
                }
            }
        }
    }

    private func card(_ chapter: Chapter) -> Markup {
        Markup.Tag.li(.class("card")) {
            Markup.Tag.a(.href("\(chapter.pageName).html")) {
                if let cover = covers[chapter.id] {
                    Markup.Tag.span(.class("cover"), .at(.ariaHidden, "true")) {
                        for theme in PageTheme.allCases {
                            cover.files.picture(
                                of: cover.figure, frame: max(0, cover.figure.frames.count - 1), theme: theme,
                                alternative: "", .at(.loading, "lazy"))
                        }
                    }
                }
                Markup.Tag.span(.class("card-text")) {
                    Markup.Tag.span(.class("card-number")) { "\(chapter.id)" }
                    Markup.Tag.span(.class("card-title")) { chapter.title[language].plainText }
                    Markup.Tag.span(.class("card-goal")) { chapter.goal[language].plainText }
                    Markup.Tag.span(.class("card-steps")) {
                        BookWords.steps.text(language, ["number": Phrase("\(chapter.steps.count)")])
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

    func markup() -> Markup {
        Markup.Tag.html(.at(.lang, Language.english.rawValue)) {
            PageFrame.head(title: "Glassformer", description: BookWords.tagline[.english], root: "")
            Markup.Tag.body(.class("cover-page")) {
                Markup.Tag.main(.id("main"), .class("cover-main")) {
                    Markup.Tag.p(.class("brand")) { "Glassformer" }
                    Markup.Tag.h1(.class("cover-title")) {
                        for language in languages {
                            Markup.Tag.span(.at(.lang, language.rawValue)) { course.title[language] }
                        }
                    }
                    Markup.Tag.nav(.class("editions")) {
                        for language in languages {
                            Markup.Tag.a(
                                .class("edition"), .href("\(language.rawValue)/index.html"),
                                .at(.lang, language.rawValue), .at(.hreflang, language.rawValue)
                            ) {
                                Markup.Tag.strong { BookWords.readIn[language] }
                                Markup.Tag.span { BookWords.tagline[language] }
                            }
                        }
                    }
                    PageFrame.themeButton(.english)
                }
            }
        }
    }
}
