import Drawing
import Wording

/// The page that shows a folder's figures: one file beside the pictures, no network, works from a disk.
///
///     let page = IndexPage(
///         title: "中华人民", command: "glassformer draw 中华人民", figures: [
///             IndexFigure(figure, name: "01-tokens", files: [("SVG", ["01-tokens.svg"])], section: …)
///         ], theme: .light, language: .chinese)
///     try folder.write(page.html, as: "index.html")
package struct IndexPage {
    /// What could not be drawn, and why.
    package struct Undrawn: Sendable, Hashable {
        package var name: String
        package var title: String
        package var reason: String

        package init(name: String, title: String, reason: String) {
            self.name = name
            self.title = title
            self.reason = reason
        }
    }

    package var title: String
    /// That wrote the folder, as it could be typed again.
    package var command: String
    package var figures: [IndexFigure]
    package var undrawn: [Undrawn]
    /// Of the figures, and so of the page.
    package var theme: Theme
    package var language: Language

    package init(
        title: String, command: String, figures: [IndexFigure], undrawn: [Undrawn] = [], theme: Theme,
        language: Language
    ) {
        self.title = title
        self.command = command
        self.figures = figures
        self.undrawn = undrawn
        self.theme = theme
        self.language = language
    }

    /// As UTF-8.
    package var html: [UInt8] {
        var document = Document(language: language, title: title)
        document.mode = theme.mode
        document.policy =
            "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        document.styles = [.text(Kit.colors(theme.mode) + Kit.base + Kit.figure + Kit.index)]
        document.firstScripts = [.text(Kit.themeScript)]
        document.scripts = [.text(Kit.figureScript), .text(Kit.indexScript)]
        let sections = sections
        return document.page {
            Tag.header {
                Tag.h1 { title }
                Tag.p {
                    PageWords.count.text(language, ["count": "\(figures.count)"]) + " · "
                    Tag.code { command }
                }
            }
            way(sections)
            Tag.main {
                for section in sections {
                    Tag.section(.id(section.id)) {
                        if !section.title.isEmpty { Tag.h2 { section.title } }
                        Tag.div(.class("grid")) { for figure in section.figures { figure.card(language) } }
                    }
                }
                undrawnList
            }
            Tag.dialog(.at(.ariaLabel, PageWords.figure[language]))
        }
    }

    /// One stretch of the figures, in their order.
    private struct Section {
        var id: String
        var title: String
        var figures: [IndexFigure] = []
    }

    private var sections: [Section] {
        var sections: [Section] = []
        for figure in figures {
            let id = figure.section?.id ?? "figures"
            if sections.last?.id != id { sections.append(Section(id: id, title: figure.section?.title ?? "")) }
            sections[sections.count - 1].figures.append(figure)
        }
        return sections
    }

    private func way(_ sections: [Section]) -> Markup {
        Tag.div(.class("way")) {
            Tag.nav(.at(.ariaLabel, PageWords.stages[language])) {
                for section in sections where !section.title.isEmpty {
                    Tag.a(.href("#" + section.id)) { section.title }
                }
            }
            let search = PageWords.search[language]
            Tag.input(.at(.type, "search"), .at(.placeholder, search), .at(.ariaLabel, search), .at(.hidden))
            Tag.output(.at(.ariaLive, "polite"))
        }
    }

    /// What is missing among the figures, each with its reason.
    @MarkupBuilder private var undrawnList: [Markup] {
        if !undrawn.isEmpty {
            Tag.section(.id("undrawn")) {
                Tag.h2 { PageWords.undrawn[language] }
                Tag.ul {
                    for figure in undrawn {
                        Tag.li(.id(figure.name)) {
                            figure.title + " "
                            Tag.code { figure.name }
                            (language == .chinese ? "：" : ": ") + figure.reason
                        }
                    }
                }
            }
        }
    }
}
