import Drawing
import Wording

/// The measures, faces and colours of a printed page. Lengths are points, from the upper left corner.
struct PrintStyle: Sendable {
    let language: Language
    var measurer: AnyTextMeasurer

    /// A4.
    static let page = Size(595.28, 841.89)
    /// Where the text begins and how much room it has.
    static let left = 85.0
    static let top = 92.0
    static let width = page.width - 2 * left
    static let height = page.height - top - 84
    /// How far a figure may reach into each margin.
    static let bleed = 26.0
    static let theme = Theme.light

    var isChinese: Bool { language == .chinese }

    // MARK: Type

    /// A kind of text: its face and how far lines are apart.
    struct Kind: Sendable, Hashable {
        var font: Font
        var leading: Double
        var color = PrintStyle.theme.ink
    }

    /// Chinese characters are larger to the eye than Latin letters of their size, and want more air between lines.
    private func kind(_ size: Double, _ leading: Double, _ weight: Font.Weight = .regular, muted: Bool = false) -> Kind
    {
        Kind(
            font: Font(.text, size: isChinese ? size * 1.04 : size, weight: weight),
            leading: isChinese ? leading * 1.12 : leading,
            color: muted ? PrintStyle.theme.muted : PrintStyle.theme.ink)
    }

    var body: Kind { kind(9.7, 15) }
    var small: Kind { kind(8.4, 12.4) }
    var quiet: Kind { kind(8.4, 12.4, muted: true) }
    var caption: Kind { kind(8.4, 12.2) }
    var label: Kind { kind(8, 12, .semibold, muted: true) }
    var title: Kind { kind(25, 31, .bold) }
    var heading: Kind { kind(13.2, 18, .semibold) }
    var subheading: Kind { kind(10.6, 15.5, .semibold) }
    var goal: Kind { kind(11.4, 17.5, muted: true) }
    var code: Kind {
        Kind(font: Font(.mono, size: 8.2), leading: 12.2)
    }
    var command: Kind {
        Kind(font: Font(.mono, size: 7.2), leading: 10.4, color: PrintStyle.theme.muted)
    }

    /// What the model computed.
    static let computed = theme.accent(.query)
    static let hairline = theme.hairline

    /// For formulas: what they are laid out at, and then scaled, since they keep small letters large enough for slides.
    static let formulaSize = 32.0

    var space: Space { Space(theme: PrintStyle.theme, language: language, measurer: measurer) }
}
