import Drawing
import Reading

/// A tree of HTML. Text and attributes are escaped when it is written, tags come from a closed list and close
/// themselves, so a page cannot be malformed and nothing that a chapter or a token says can become markup.
public indirect enum Markup: Sendable, Hashable {
    case element(Tag, [Attribute], [Markup])
    case text(String)
    /// A formula, as written by the MathML writer.
    case formula(TypesetFormula)
    /// Data for the page's script.
    case data(String, [DataValue])
    case group([Markup])

    public enum Tag: String, Sendable {
        case html, head, title, meta, link, script, body
        case header, main, nav, footer, article, section, aside, div, span, figure, figcaption
        case h1, h2, h3, p, a, em, strong, code, pre, sup, br, hr
        case ol, ul, li, dl, dt, dd, table, thead, tbody, tr, th, td
        case img, button, form, fieldset, legend, label, input, details, summary, output, kbd

        var isVoid: Bool {
            switch self {
            case .meta, .link, .br, .hr, .img, .input: true
            default: false
            }
        }

        /// Elements that stand on lines of their own in the file; breaks inside others could show.
        var breaksLine: Bool {
            switch self {
            case .html, .head, .title, .meta, .link, .script, .body, .header, .main, .nav, .footer, .article, .section,
                .aside, .div, .figure, .figcaption, .h1, .h2, .h3, .p, .ol, .ul, .li, .dl, .dt, .dd, .table, .thead,
                .tbody, .tr, .form, .fieldset, .details, .pre:
                true
            default: false
            }
        }
    }

    public struct Attribute: Sendable, Hashable {
        let name: Name
        let value: String

        public enum Name: String, Sendable {
            case `class`, id, lang, href, hreflang, src, alt, title, type, name, value, content, charset, rel, width
            case height, loading, decoding, scope, start, role, tabindex, hidden, download, property, media, `for`
            case ariaLabel = "aria-label"
            case ariaLive = "aria-live"
            case ariaHidden = "aria-hidden"
            case ariaCurrent = "aria-current"
            case ariaPressed = "aria-pressed"
            case dataAnswer = "data-answer"
            case dataFigure = "data-figure"
            case dataWord = "data-word"
            case dataCopied = "data-copied"
            case dataRight = "data-right"
            case dataWrong = "data-wrong"
            case dataAlign = "data-align"
            case `defer`
        }
    }

    /// A value of JSON.
    public indirect enum DataValue: Sendable, Hashable {
        case number(Double)
        case text(String)
        case list([DataValue])
    }
}

extension Markup: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
}

extension Markup.Attribute {
    static func at(_ name: Name, _ value: String = "") -> Self { Self(name: name, value: value) }
    static func `class`(_ value: String) -> Self { Self(name: .class, value: value) }
    static func id(_ value: String) -> Self { Self(name: .id, value: value) }
    static func href(_ value: String) -> Self { Self(name: .href, value: value) }
}

/// Where a page is written, its elements by their names alone.
typealias Tag = Markup.Tag

/// Lists of markup, written one under another.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ markup: Markup) -> [Markup] { [markup] }
    static func buildExpression(_ text: String) -> [Markup] { [.text(text)] }
    static func buildExpression(_ many: [Markup]) -> [Markup] { many }
    static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap { $0 } }
    static func buildOptional(_ part: [Markup]?) -> [Markup] { part ?? [] }
    static func buildEither(first: [Markup]) -> [Markup] { first }
    static func buildEither(second: [Markup]) -> [Markup] { second }
    static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap { $0 } }
}

extension Markup.Tag {
    /// An element: `Tag.p(.class("goal")) { "…" }`.
    func callAsFunction(
        _ attributes: Markup.Attribute..., @MarkupBuilder content: () -> [Markup] = { [] }
    ) -> Markup {
        .element(self, attributes, content())
    }
}

extension Markup {
    /// A whole page, as UTF-8.
    func page() -> [UInt8] {
        var writer = MarkupWriter()
        writer.put("<!DOCTYPE html>\n")
        writer.write(self)
        writer.put("\n")
        return writer.bytes
    }
}

/// Writes markup, escaping whatever could be mistaken for more of it.
struct MarkupWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func write(_ markup: Markup) {
        switch markup {
        case .text(let text): escape(text)
        case .group(let parts): for part in parts { write(part) }
        case .formula(let formula): put(formula.mathML)
        case .data(let name, let values):
            put("<script type=\"application/json\" class=\"")
            escape(name)
            put("\">")
            write(.list(values))
            put("</script>\n")
        case .element(let tag, let attributes, let children):
            put("<\(tag.rawValue)")
            for attribute in attributes {
                put(" \(attribute.name.rawValue)")
                if !attribute.value.isEmpty || attribute.name == .alt || attribute.name == .value {
                    put("=\"")
                    escape(attribute.value)
                    put("\"")
                }
            }
            put(">")
            for child in children {
                // A title holds no elements.
                if case .text(let text) = child, tag != .title { put(text.isolatedMarkup) } else { write(child) }
            }
            if !tag.isVoid { put("</\(tag.rawValue)>") }
            if tag.breaksLine { put("\n") }
        }
    }

    private mutating func escape(_ text: String) { put(text.escaped) }

    private mutating func write(_ value: Markup.DataValue) {
        switch value {
        case .number(let number): put(Int(exactly: number).map { "\($0)" } ?? JSONText.number(number).line)
        case .list(let values):
            put("[")
            for (index, value) in values.enumerated() {
                if index > 0 { put(",") }
                write(value)
            }
            put("]")
        case .text(let text):
            // It cannot end the script that it stands in.
            put(JSONText.quoted(text).replacing("<", with: "\\u003c").replacing(">", with: "\\u003e"))
        }
    }
}
