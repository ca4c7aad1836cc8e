import Drawing
import Pages
import Wording

/// A page that lists models and chapters, each in both languages.
struct SiteIndex: Sendable {
    struct Entry: Sendable {
        var path: String
        var title: Phrase
    }

    var models: [Entry] = []
    var parts: [(title: Phrase, chapters: [Entry])] = []

    /// A chapter of a part; none of a part that is not there.
    mutating func add(_ entry: Entry, to part: Phrase?) {
        guard let part else { return }
        if parts.last?.title != part { parts.append((part, [])) }
        parts[parts.count - 1].chapters.append(entry)
    }

    /// - Parameters:
    ///   - style: ``styles``, in the page or beside it.
    ///   - policy: what a browser may load, where no server says it.
    func page(style: Document.Source, policy: String?) -> [UInt8] {
        var document = Document(language: .english)
        document.policy = policy
        document.styles = [style]
        document.mode = .light
        return document.page {
            Tag.main {
                Tag.h1 { "Glassformer" }
                section(PageText.models.phrase, models)
                for part in parts { section(part.title, part.chapters) }
            }
        }
    }

    private func section(_ title: Phrase, _ entries: [Entry]) -> Markup {
        Tag.section {
            Tag.h2 { both(title) }
            Tag.ul { for entry in entries { Tag.li { Tag.a(.href(entry.path)) { both(entry.title) } } } }
        }
    }

    @MarkupBuilder private func both(_ title: Phrase) -> [Markup] {
        Markup.text(title.english)
        if title.chinese != title.english { Tag.span(.at(.lang, "zh-Hans")) { title.chinese } }
    }

    static let styles =
        Kit.colors(.light) + Kit.base + """
            main { max-width: 880px; margin: 0 auto; padding: 40px 24px 80px; }
            h1 { font-size: 34px; letter-spacing: -.02em; }
            h2 { margin: 34px 0 10px; font-size: 19px; }
            ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(380px, 100%), 1fr)); gap: 8px; margin: 0; padding: 0; list-style: none; }
            a { display: block; padding: 12px 16px; border: 1px solid var(--line); border-radius: 11px; background: var(--paper); color: var(--ink); text-decoration: none; }
            a:hover { border-color: var(--highlight); }
            h2 span, a span { margin-left: 10px; color: var(--muted); font-weight: 400; }
            """
}
