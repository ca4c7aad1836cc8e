/// A normal form of Unicode (Unicode Standard Annex 15), of the Unicode version of `tokenizers`.
enum UnicodeForm: String, Sendable, CaseIterable {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    var composes: Bool { self == .nfc || self == .nfkc }
    var isCompatibility: Bool { self == .nfkc || self == .nfkd }

    /// The text in this form; it must be well-formed UTF-8.
    func normalize(_ text: [UInt8]) -> [UInt8] {
        // Below U+0300 only a compatibility form, or one that decomposes, changes anything.
        let first: UInt8 = composes && !isCompatibility ? 0xCC : 0x80
        guard text.contains(where: { $0 >= first }) else { return text }
        let forms = NormalForms.shared
        var segment: [UInt32] = []
        var result = text.mapScalars { value, result in
            // A character that begins a segment, and neither changes nor composes with what comes before it, closes
            // the segment before it.
            if forms.isBoundary(value, self) { flush(&segment, forms, &result) }
            segment.append(value)
        }
        flush(&segment, forms, &result)
        return result
    }

    private func flush(_ segment: inout [UInt32], _ forms: NormalForms, _ result: inout [UInt8]) {
        defer { segment.removeAll(keepingCapacity: true) }
        if segment.count == 1, segment[0] < (composes && !isCompatibility ? 0x300 : 0x80) {
            result.append(scalar: segment[0])
            return
        }
        var values: [UInt32] = []
        for value in segment { forms.decompose(value, isCompatibility, into: &values) }
        forms.order(&values)
        if composes { forms.compose(&values) }
        for value in values { result.append(scalar: value) }
    }
}

/// Decompositions, compositions and combining classes.
struct NormalForms: Sendable {
    static let shared = NormalForms()

    private var canonical: [UInt32: [UInt32]] = [:]
    private var compatibility: [UInt32: [UInt32]] = [:]
    private var compositions: [UInt64: UInt32] = [:]
    private var classes: [UInt32: UInt8] = [:]
    /// Characters that may compose with one before them.
    private var seconds: Set<UInt32> = []

    private init() {
        canonical = Self.mapping(CanonicalForms.decompositions)
        compatibility = Self.mapping(CompatibilityForms.decompositions)
        for list in CanonicalForms.classes.fields {
            let parts = list.split(separator: ",")
            guard let first = parts.first, let found = UInt8(first) else { continue }
            for part in parts.dropFirst() { for value in Self.range(part) { classes[value] = found } }
        }
        var excluded: Set<UInt32> = []
        for part in CanonicalForms.excluded.fields { excluded.formUnion(Self.range(part)) }
        // A decomposition is full; the pair that composes is its last character and the composition of the others.
        for (value, parts) in canonical.sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) })
        where !excluded.contains(value) {
            guard var first = parts.first, let last = parts.last, parts.count > 1 else { continue }
            for part in parts.dropFirst().dropLast() { first = compositions[Self.key(first, part)] ?? first }
            compositions[Self.key(first, last)] = value
            seconds.insert(last)
        }
    }

    /// Whether a segment may begin here whatever came before it.
    func isBoundary(_ value: UInt32, _ form: UnicodeForm) -> Bool {
        if value < 0x80 { return true }
        if value < 0x300, !form.isCompatibility { return true }
        if classes[value] != nil { return false }
        if !form.composes { return true }
        if isSecond(value) { return false }
        guard let first = (form.isCompatibility ? compatibility[value] : nil)?.first ?? canonical[value]?.first else {
            return true
        }
        return classes[first] == nil && !isSecond(first)
    }

    /// Whether it may compose with a character before it, as vowels and final consonants of Hangul do.
    private func isSecond(_ value: UInt32) -> Bool {
        seconds.contains(value) || (0x1161...0x1175).contains(value) || (0x11A8...0x11C2).contains(value)
    }

    func decompose(_ value: UInt32, _ isCompatibility: Bool, into result: inout [UInt32]) {
        if (0xAC00..<0xD7A4).contains(value) {
            // Hangul syllables are composed by arithmetic (Unicode Standard, section 3.12).
            let index = value - 0xAC00
            result += [0x1100 + index / 588, 0x1161 + index % 588 / 28]
            if index % 28 > 0 { result.append(0x11A7 + index % 28) }
        } else if let parts = (isCompatibility ? compatibility[value] : nil) ?? canonical[value] {
            result += parts
        } else {
            result.append(value)
        }
    }

    /// Whether a character has a place among the marks that follow another.
    func isMark(_ value: UInt32) -> Bool { classes[value] != nil }

    /// Marks by their classes, those of one class in their order.
    func order(_ values: inout [UInt32]) {
        var start = 0
        while start < values.count {
            guard classes[values[start]] != nil else {
                start += 1
                continue
            }
            var end = start
            while end < values.count, classes[values[end]] != nil { end += 1 }
            let marks = values[start..<end].enumerated().sorted {
                (classes[$0.element] ?? 0, $0.offset) < (classes[$1.element] ?? 0, $1.offset)
            }
            values.replaceSubrange(start..<end, with: marks.map { $0.element })
            start = end
        }
    }

    func compose(_ values: inout [UInt32]) {
        var starter: Int?
        var kept = 0
        var lastClass = -1
        for value in values {
            let found = Int(classes[value] ?? 0)
            if let first = starter, lastClass < found || lastClass == -1,
                let composed = composition(values[first], value)
            {
                values[first] = composed
                continue
            }
            if found == 0 {
                starter = kept
                lastClass = -1
            } else {
                lastClass = found
            }
            values[kept] = value
            kept += 1
        }
        values.removeLast(values.count - kept)
    }

    private func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if (0x1100..<0x1113).contains(first), (0x1161..<0x1176).contains(second) {
            return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
        }
        if (0xAC00..<0xD7A4).contains(first), (first - 0xAC00) % 28 == 0, (0x11A8..<0x11C3).contains(second) {
            return first + second - 0x11A7
        }
        return compositions[Self.key(first, second)]
    }

    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    private static func range(_ part: Substring) -> ClosedRange<UInt32> {
        let ends = part.split(separator: "-").compactMap { UInt32($0, radix: 36) }
        guard let first = ends.first, let last = ends.last, first <= last else { return 0...0 }
        return first...last
    }

    private static func mapping(_ text: StaticString) -> [UInt32: [UInt32]] {
        var result: [UInt32: [UInt32]] = [:]
        var last = UInt32.max
        for field in text.fields {
            let sides = field.split(separator: ":").map { side in
                side.split(separator: ",").compactMap { UInt32($0, radix: 36) }
            }
            guard var parts = sides.last, !parts.isEmpty else { continue }
            let place = sides.count > 1 ? sides[0] : []
            last &+= place.first ?? 1
            result[last] = parts
            for _ in 1..<max(1, place.count > 1 ? place[1] : 1) {
                last += 1
                parts[0] += 1
                result[last] = parts
            }
        }
        return result
    }
}
