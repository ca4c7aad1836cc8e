/// A tree of HTML. Text and attributes are escaped when it is written, tags come from a closed list and close
/// themselves, so a page cannot be malformed and nothing that a chapter or a token says can become markup.
package indirect enum Markup: Sendable, Hashable {
    case element(Tag, [Attribute], [Markup])
    case text(String)
    /// What another writer made: a formula, a picture, a style sheet, data. It stands as it is.
    case made(String)
    case group([Markup])

    package enum Tag: String, Sendable {
        case html, head, title, meta, link, style, script, body
        case header, main, nav, footer, article, section, aside, div, span, figure, figcaption
        case h1, h2, h3, p, a, em, strong, code, pre, sup, br
        case ol, ul, li, dl, dt, dd, table, thead, tbody, tr, th, td
        case img, button, form, fieldset, legend, label, input, select, option, noscript, details, summary, output, kbd,
            dialog

        var isVoid: Bool {
            switch self {
            case .meta, .link, .br, .img, .input: true
            default: false
            }
        }

        /// Elements that stand on lines of their own in the file; breaks inside others could show.
        var breaksLine: Bool {
            switch self {
            case .html, .head, .title, .meta, .link, .style, .script, .body, .header, .main, .nav, .footer, .article,
                .section, .aside, .div, .figure, .figcaption, .h1, .h2, .h3, .p, .ol, .ul, .li, .dl, .dt, .dd, .table,
                .thead, .tbody, .tr, .form, .fieldset, .details, .pre, .dialog:
                true
            default: false
            }
        }
    }

    package struct Attribute: Sendable, Hashable {
        package let name: Name
        package let value: String

        package enum Name: String, Sendable {
            case `class`, id, lang, href, hreflang, src, alt, title, type, name, value, content, charset, rel, width
            case height, loading, decoding, style, scope, start, role, tabindex, hidden, download, placeholder
            case ariaLabel = "aria-label"
            case ariaLive = "aria-live"
            case ariaHidden = "aria-hidden"
            case ariaPressed = "aria-pressed"
            case ariaKeyShortcuts = "aria-keyshortcuts"
            case inputmode, autocomplete
            case dataKind = "data-kind"
            case dataName = "data-name"
            case dataSecond = "data-second"
            case dataWord = "data-word"
            case dataCopied = "data-copied"
            case dataRight = "data-right"
            case dataWrong = "data-wrong"
            case dataAlign = "data-align"
            case dataTheme = "data-theme"
            case httpEquiv = "http-equiv"
            case `defer`
        }

        package static func at(_ name: Name, _ value: String = "") -> Self { Self(name: name, value: value) }
        package static func `class`(_ value: String) -> Self { Self(name: .class, value: value) }
        package static func id(_ value: String) -> Self { Self(name: .id, value: value) }
        package static func href(_ value: String) -> Self { Self(name: .href, value: value) }
    }
}

extension Markup: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}

/// Where a page is written, its elements by their names alone.
package typealias Tag = Markup.Tag

/// Lists of markup, written one under another.
@resultBuilder
package enum MarkupBuilder {
    package static func buildExpression(_ markup: Markup) -> [Markup] { [markup] }
    package static func buildExpression(_ text: String) -> [Markup] { [.text(text)] }
    package static func buildExpression(_ many: [Markup]) -> [Markup] { many }
    package static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap { $0 } }
    package static func buildOptional(_ part: [Markup]?) -> [Markup] { part ?? [] }
    package static func buildEither(first: [Markup]) -> [Markup] { first }
    package static func buildEither(second: [Markup]) -> [Markup] { second }
    package static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap { $0 } }
}

extension Markup.Tag {
    /// An element: `Tag.p(.class("goal")) { "…" }`.
    package func callAsFunction(
        _ attributes: Markup.Attribute..., @MarkupBuilder content: () -> [Markup] = { [] }
    ) -> Markup {
        .element(self, attributes, content())
    }
}
