import Drawing
import Reading
import Wording

/// The page that shows a folder's figures: one file beside the pictures, no network, works from a disk.
///
/// One figure is large; the reader goes on along the story of one head, chooses another part, head or kind, or searches
/// among all. Without a script the page is a list of links.
///
///     let page = IndexPage(
///         title: "中华人民", command: "glassformer draw 中华人民", figures: [
///             IndexFigure(name: "01-tokens", title: …, files: [("SVG", ["01-tokens.svg"])], section: …)
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
        document.styles = [.text(Kit.colors(theme.mode) + Kit.base + Kit.index)]
        document.firstScripts = [.text(Kit.themeScript)]
        document.scripts = [.text(Kit.indexScript)]
        let sections = sections
        return document.page {
            bar(sections)
            Tag.main {
                reader
                Tag.section(.id("list"), .at(.ariaLabel, PageWords.list[language])) {
                    for section in sections {
                        Tag.section(.id(section.id)) {
                            if !section.title.isEmpty { Tag.h2 { section.title } }
                            Tag.ol { for figure in section.figures { figure.entry } }
                        }
                    }
                    Tag.p(.class("none"), .at(.hidden)) { PageWords.none[language] }
                }
                undrawnList
            }
            Tag.footer {
                Tag.p {
                    PageWords.count.text(language, ["count": "\(figures.count)"]) + " · "
                    PageWords.command[language] + " "
                    Tag.code { command }
                }
            }
            Markup.packed("figures", .array(figures.map { $0.data }))
            Markup.data("words", words)
            for figure in figures where !figure.values.isEmpty {
                Tag.script(.at(.type, "application/json"), .id("values-" + figure.name)) {
                    Markup.made(figure.values)
                }
            }
        }
    }

    /// What the script says by itself.
    private var words: JSONText {
        func text(_ word: PageWords) -> JSONText { .text(word[language]) }
        return .object([
            "play": text(.play), "pause": text(.pause), "head": text(.head), "all": text(.all),
            "hint": text(.values), "frame": text(.frame), "list": text(.list), "picture": text(.picture),
        ])
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

    // MARK: Parts

    /// What stays in sight: where one is and where one may go.
    private func bar(_ sections: [Section]) -> Markup {
        Tag.header(.class("bar")) {
            Tag.h1 { title }
            Tag.nav(.class("choices"), .at(.ariaLabel, PageWords.stages[language]), .at(.hidden)) {
                if figures.contains(where: \.isMap) {
                    button("map", PageWords.map[language]) { PageWords.map[language] }
                }
                choice("section", .part) {
                    for section in sections { Tag.option(.at(.value, section.id)) { section.title } }
                }
                choice("head", .head) {}
                choice("kind", .kind) {}
            }
            Tag.div(.class("steps"), .at(.role, "group"), .at(.ariaLabel, PageWords.figure[language]), .at(.hidden)) {
                button("back", PageWords.before[language], keys: "ArrowLeft") { "←" }
                Tag.output(.class("counter")) { "" }
                button("next", PageWords.after[language], keys: "ArrowRight") { "→" }
            }
            Tag.input(
                .at(.type, "search"), .at(.placeholder, PageWords.search[language]),
                .at(.ariaLabel, PageWords.search[language]), .at(.hidden))
            Tag.button(.class("all"), .at(.type, "button"), .at(.ariaPressed, "false"), .at(.hidden)) {
                PageWords.list[language]
            }
        }
    }

    private func button(
        _ name: String, _ label: String, keys: String = "", @MarkupBuilder content: () -> [Markup]
    ) -> Markup {
        var attributes: [Markup.Attribute] = [.at(.type, "button"), .at(.name, name), .at(.ariaLabel, label)]
        if !keys.isEmpty { attributes.append(.at(.ariaKeyShortcuts, keys)) }
        return .element(.button, attributes, content())
    }

    private func choice(_ name: String, _ label: PageWords, @MarkupBuilder options: () -> [Markup]) -> Markup {
        Tag.label {
            Tag.span { label[language] }
            Markup.element(.select, [.at(.name, name)], options())
        }
    }

    /// The large figure; a script fills it.
    private var reader: Markup {
        Tag.figure(.class("reader"), .at(.hidden)) {
            Tag.div(.class("stage"), .at(.tabindex, "0"), .at(.role, "group")) {
                Tag.span(.class("picture")) { Tag.span(.class("mark"), .at(.hidden)) }
            }
            Tag.div(.class("frames"), .at(.role, "group"), .at(.ariaLabel, PageWords.frames[language]), .at(.hidden)) {
                button("play", PageWords.play[language]) { "▶" }
                Tag.input(.at(.type, "range"), .at(.value, "0"), .at(.ariaLabel, PageWords.frames[language]))
                Tag.output { "" }
            }
            Tag.figcaption {
                Tag.p(.class("caption")) { "" }
                Tag.p(.class("status"), .at(.role, "status"), .at(.ariaLive, "polite")) { "" }
                Tag.p(.class("sum")) { "" }
                Tag.p(.class("files")) { "" }
                Tag.details(.class("words")) {
                    Tag.summary { PageWords.description[language] }
                    Tag.p { "" }
                }
            }
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
