/// What BERT does to a text before it is split (Devlin et al. 2019, `tokenization.py`), as `tokenizers` does it.
struct BERTNormalizer: Sendable, Hashable {
    /// Control characters and U+FFFD are left out, white space becomes a space.
    var cleansText = true
    /// Spaces are put around each Chinese character.
    var separatesHan = true
    /// Nonspacing marks are left out after canonical decomposition.
    var stripsAccents = true
    var lowercases = true

    /// The text after all four; it must be well-formed UTF-8.
    func normalize(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8)
        let table = quickTable
        var run: [UInt32] = []
        text.withUnsafeBufferPointer { text in
            var offset = 0
            while offset < text.count {
                let byte = text[offset]
                if byte < 0x80 {
                    offset += 1
                    if cleansText, Self.isDropped(byte) { continue }
                    if !run.isEmpty { flush(&run, &result, table) }
                    if cleansText, byte < 0x20 {
                        result.append(0x20)
                    } else {
                        result.append(lowercases && byte &- 0x41 < 26 ? byte | 0x20 : byte)
                    }
                    continue
                }
                let (value, length) = text.character(at: offset)
                if separatesHan, value &- 0x3400 < 0x6C00, value < 0x4DC0 || value >= 0x4E00 {
                    // A Chinese character that nothing changes; the others are of the run.
                    if !run.isEmpty { flush(&run, &result, table) }
                    result.append(0x20)
                    result += text[offset..<offset + length]
                    result.append(0x20)
                } else {
                    run.append(value)
                }
                offset += length
            }
        }
        if !run.isEmpty { flush(&run, &result, table) }
        return result
    }

    /// A stretch without ASCII. Marks move among each other in the canonical order, so that it is done at once.
    private func flush(_ run: inout [UInt32], _ result: inout [UInt8], _ table: [UInt32]) {
        defer { run.removeAll(keepingCapacity: true) }
        if !table.isEmpty, run.allSatisfy({ quick($0, table) != Self.isOther }) {
            for value in run {
                let character = quick(value, table)
                if character != 0 { result.append(scalar: character) }
            }
            return
        }
        var values: [UInt32] = []
        for value in run where !(cleansText && Self.isDropped(value)) {
            if cleansText, Self.isSpace(value) {
                values.append(0x20)
            } else if separatesHan, Self.isHan(value) {
                values += [0x20, value, 0x20]
            } else {
                values.append(value)
            }
        }
        if stripsAccents {
            let forms = NormalForms.shared
            var decomposed: [UInt32] = []
            for value in values { forms.decompose(value, false, into: &decomposed) }
            forms.order(&decomposed)
            values = decomposed.filter { !ScalarSet.libraryNonspacingMark.contains($0, .shared) }
        }
        for value in values {
            if lowercases, let scalar = Unicode.Scalar(value) {
                result += scalar.properties.lowercaseMapping.utf8
            } else {
                result.append(scalar: value)
            }
        }
    }

    /// `tokenizers` knows control, format and private-use characters of Unicode 8; tab, line feed and carriage
    /// return are white space.
    @inline(__always)
    static func isDropped(_ byte: UInt8) -> Bool {
        byte < 0x20 ? byte != 0x09 && byte != 0x0A && byte != 0x0D : byte == 0x7F
    }

    private static let dropped = ScalarSet(
        """
        0-8 B-C E-1F 7F-9F AD 600-605 61C 6DD 70F 180E 200B-200F 202A-202E 2060-2064 2066-206F E000-F8FF FEFF \
        FFF9-FFFB FFFD 110BD 1BCA0-1BCA3 1D173-1D17A E0001 E0020-E007F F0000-FFFFD 100000-10FFFD
        """)

    private static func isDropped(_ value: UInt32) -> Bool { dropped.contains(value, .shared) }

    private static func isSpace(_ value: UInt32) -> Bool { ScalarSet.whiteSpace.contains(value, .shared) }

    /// The blocks that `tokenizers` takes for Chinese; U+2B820 to U+2B91F are missing there.
    private static func isHan(_ value: UInt32) -> Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F,
            0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}

/// Characters that become one character or none, whatever is beside them.
extension BERTNormalizer {
    private static let isOther = UInt32.max

    /// What each character below U+3100 becomes; empty for options that are seldom met.
    private var quickTable: [UInt32] {
        switch (cleansText, lowercases, stripsAccents) {
        case (true, true, true): Self.uncasedTable
        case (true, false, false): Self.casedTable
        default: []
        }
    }

    @inline(__always)
    private func quick(_ value: UInt32, _ table: [UInt32]) -> UInt32 {
        if value < 0x3100 { return table[Int(value)] }
        // Full-width forms, which Chinese text is full of.
        guard (0xFF00...0xFFEF).contains(value) else { return Self.isOther }
        return lowercases && (0xFF21...0xFF3A).contains(value) ? value + 0x20 : value
    }

    private static let uncasedTable = (0..<0x3100).map { isDropped($0) ? 0 : isSpace($0) ? 0x20 : uncased($0) }

    private static let casedTable = (0..<0x3100).map { isDropped($0) ? 0 : isSpace($0) ? 0x20 : $0 }

    /// 0 for a mark that is left out, the largest number for what has to be looked at among its neighbours.
    private static func uncased(_ value: UInt32) -> UInt32 {
        let forms = NormalForms.shared
        var parts: [UInt32] = []
        forms.decompose(value, false, into: &parts)
        parts.removeAll { ScalarSet.libraryNonspacingMark.contains($0, .shared) }
        guard let first = parts.first else { return 0 }
        guard parts.count == 1, !forms.isMark(first), let scalar = Unicode.Scalar(first) else { return isOther }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        guard let only = lower.first, lower.count == 1 else { return isOther }
        return only.value
    }
}

extension ScalarSet {
    /// Category Mn of the Unicode version that `tokenizers` (0.23.3) strips accents by. Found by asking the library
    /// about every character.
    static let libraryNonspacingMark = ScalarSet(KindSet(.nonspacingMark)).intersection(libraryMark)
        .subtracting(
            ScalarSet(
                """
                8D4-8E1 1885-1886 1DFB A8C5 A9BD 1123E 11438-1143F 11442-11444 11446 11C30-11C36 11C38-11C3D 11C3F \
                11C92-11CA7 11CAA-11CB0 11CB2-11CB3 11CB5-11CB6 1E000-1E006 1E008-1E018 1E01B-1E021 1E023-1E024 \
                1E026-1E02A 1E944-1E94A
                """)
        )
        .union(ScalarSet(0x1734)).union(ScalarSet(0x1171E))
}
