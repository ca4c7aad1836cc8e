import Drawing
import Wording

/// A page around its content: its head, its styles and scripts.
package struct Document {
    /// A style sheet or a script: in the page itself, or a file beside it.
    package enum Source: Sendable, Hashable {
        case text(String)
        case file(String)
    }

    package var language: Language
    /// Of the window, before `· Glassformer`; nil where that is all.
    package var title: String?
    package var description: String?
    /// The one theme that the page has; nil where the reader chooses.
    package var mode: Theme.Mode?
    package var styles: [Source] = []
    /// Run before the page is painted.
    package var firstScripts: [Source] = []
    /// Run when all of the page is there.
    package var scripts: [Source] = []
    /// What else the head says.
    package var links: [Markup] = []
    /// What a browser may load for the page (Content Security Policy); nil where nothing is said of it.
    package var policy: String?

    package init(language: Language, title: String? = nil) {
        self.language = language
        self.title = title
    }

    package func page(@MarkupBuilder body: () -> [Markup]) -> [UInt8] { markup(body: body).page() }

    package func markup(@MarkupBuilder body: () -> [Markup]) -> Markup {
        var attributes: [Markup.Attribute] = [.at(.lang, language.rawValue)]
        if let mode { attributes.append(.at(.dataTheme, mode.rawValue)) }
        return .element(
            .html, attributes,
            [
                head,
                Tag.body {
                    body()
                    ends
                },
            ])
    }

    private var head: Markup {
        Tag.head {
            Tag.meta(.at(.charset, "utf-8"))
            // As this, the page is known as one that we may replace.
            Tag.meta(.at(.name, "generator"), .at(.content, "Glassformer"))
            Tag.meta(.at(.name, "viewport"), .at(.content, "width=device-width, initial-scale=1"))
            if let policy { Tag.meta(.at(.httpEquiv, "Content-Security-Policy"), .at(.content, policy)) }
            Tag.meta(.at(.name, "color-scheme"), .at(.content, mode?.rawValue ?? "light dark"))
            Tag.title { title.map { $0 + " · Glassformer" } ?? "Glassformer" }
            if let description { Tag.meta(.at(.name, "description"), .at(.content, description)) }
            // A browser would ask for a picture that is not there.
            Tag.link(.at(.rel, "icon"), .href("data:,"))
            firstScripts.map { script($0) }
            styles.map { style($0) }
            scripts.compactMap { if case .file = $0 { script($0, .at(.defer)) } else { nil } }
            links
        }
    }

    /// A script in the page cannot wait: it stands at the end.
    private var ends: [Markup] {
        scripts.compactMap { if case .text = $0 { script($0) } else { nil } }
    }

    private func style(_ source: Source) -> Markup {
        switch source {
        case .text(let text): Tag.style { Markup.made("\n" + text) }
        case .file(let address): Tag.link(.at(.rel, "stylesheet"), .href(address))
        }
    }

    private func script(_ source: Source, _ more: Markup.Attribute...) -> Markup {
        switch source {
        case .text(let text): Tag.script { Markup.made("\n" + text) }
        case .file(let address): .element(.script, [.at(.src, address)] + more, [])
        }
    }
}
