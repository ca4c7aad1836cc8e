import CPangoCairo
import Drawing
import Wording

/// How Chinese text sets its marks: quotation marks as wide as a character, though Inter has narrow ones; no double gap
/// where two marks meet; and an opening mark at the start of a line flush with the lines around it.
enum ChinesePunctuation {
    /// Marks that Latin faces have too, half as wide as Chinese text sets them: “ ” ‘ ’ … —
    private static let shared: Set<UInt32> = [0x201C, 0x201D, 0x2018, 0x2019, 0x2026, 0x2014]
    private static let opening: Set<UInt32> = [0x201C, 0x2018, 0xFF08, 0x300A, 0x300C, 0x300E, 0x3010]
    /// 。，、；： and the closing marks: their ink sits on the left, the right half is empty.
    private static let closing: Set<UInt32> = [
        0x201D, 0x2019, 0xFF09, 0x300B, 0x300D, 0x300F, 0x3011, 0x3002, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A,
    ]

    /// Whether a text is Chinese with some Latin in it, rather than the reverse.
    static func isChinese(_ string: String) -> Bool {
        var wide = 0
        var latin = 0
        for scalar in string.unicodeScalars {
            if scalar.isWide { wide += 1 } else if scalar.properties.isAlphabetic { latin += 1 }
        }
        // A Latin word weighs as much as one or two characters.
        return wide > 0 && wide * 3 >= latin
    }

    static func insert(into list: OpaquePointer?, for scalars: [Unicode.Scalar]) {
        var offset = 0
        for (index, scalar) in scalars.enumerated() {
            let length = Unicode.UTF8.width(scalar)
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isChinese =
                scalar.isWide
                || shared.contains(scalar.value) && (before.map(belongs) ?? true) && (after.map(belongs) ?? true)
            func add(_ attribute: UnsafeMutablePointer<PangoAttribute>?) {
                attribute?.pointee.start_index = UInt32(offset)
                attribute?.pointee.end_index = UInt32(offset + length)
                pango_attr_list_insert(list, attribute)
            }
            if isChinese, shared.contains(scalar.value) {
                add(pango_attr_family_new(FontFaces.chinese + ",PingFang SC"))
            }
            let startsLine = before == nil && opening.contains(scalar.value)
            let meets = closing.contains(scalar.value) && after.map { closing.contains($0.value) } ?? false
            if isChinese, startsLine || meets { add(pango_attr_font_features_new("halt=1")) }
            offset += length
        }
    }

    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWide || shared.contains(scalar.value) || !scalar.properties.isAlphabetic
    }
}
