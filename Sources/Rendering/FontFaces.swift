import Drawing
import Wording

/// The faces behind each family of `Drawing.Font`, in the order they are looked for.
///
/// The first that has a character draws it; the last of each list is the system's own choice.
package enum FontFaces {
    static let chinese = "Noto Sans CJK SC"

    package static func faces(_ family: Font.Family) -> [String] {
        switch family {
        case .text: ["Inter", chinese, "PingFang SC", "DejaVu Sans", "sans-serif"]
        case .mono: ["JetBrains Mono", chinese, "PingFang SC", "DejaVu Sans Mono", "monospace"]
        case .math: ["Latin Modern Math", "STIX Math", "STIXGeneral", chinese, "serif"]
        }
    }

    /// What must be there for figures to look as designed: the first face of each family and the Chinese companion.
    static let designed: [(family: Font.Family, face: String)] = [
        (.text, "Inter"), (.text, chinese), (.mono, "JetBrains Mono"), (.math, "Latin Modern Math"),
    ]
}

/// A face that the design asks for and this machine lacks: figures are drawn with another, and look different.
package struct MissingFace: Sendable, Hashable {
    package var face: String
    /// What is used in its place.
    package var substitute: String

    package var warning: Phrase {
        RenderingText.missingFace.phrase.filled(["face": Phrase(face), "substitute": Phrase(substitute)])
    }
}
