import CPangoCairo
import Drawing

/// Letters whose outlines Cairo 1.16 loses when it puts the Chinese face into a PDF: of the 6,763 characters of GB 2312
/// this one, in the regular weight. The face's Japanese form of it, which is kept, looks the same.
enum LostLetters {
    private static let lost: Set<Unicode.Scalar> = ["如"]

    static func insert(into list: OpaquePointer?, for string: String) {
        guard string.unicodeScalars.contains(where: lost.contains) else { return }
        var offset = 0
        for scalar in string.unicodeScalars {
            let length = Unicode.UTF8.width(scalar)
            if lost.contains(scalar) {
                let attribute = pango_attr_language_new(pango_language_from_string("ja"))
                attribute?.pointee.start_index = UInt32(offset)
                attribute?.pointee.end_index = UInt32(offset + length)
                pango_attr_list_insert(list, attribute)
            }
            offset += length
        }
    }
}
