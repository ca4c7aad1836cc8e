/// Escapes, properties and classes in brackets.
extension RegexParser {
    /// A character, or both its cases and what folds to them.
    static func literal(_ value: UInt32, _ flags: Flags) -> ScalarSet { ScalarSet(scalars: variants(value, flags)) }

    private static func variants(_ value: UInt32, _ flags: Flags) -> Set<UInt32> {
        guard flags.ignoresCase else { return [value] }
        var values: Set<UInt32> = [value]
        if let scalar = Unicode.Scalar(value) {
            for text in [
                scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping,
                scalar.properties.titlecaseMapping,
            ] {
                let scalars = Array(text.unicodeScalars)
                if scalars.count == 1 { values.insert(scalars[0].value) }
            }
        }
        // Two letters beyond Latin-1 fold to ASCII: the long s and the sign of kelvin.
        if !values.isDisjoint(with: [0x53, 0x73, 0x17F]) { values.formUnion([0x53, 0x73, 0x17F]) }
        if !values.isDisjoint(with: [0x4B, 0x6B, 0x212A]) { values.formUnion([0x4B, 0x6B, 0x212A]) }
        return values
    }

    mutating func escape(_ flags: Flags) throws(RegexProblem) -> RegexNode {
        guard offset + 1 < pattern.count else { throw problem(from: offset) }
        let assertion: RegexNode.Assertion
        switch pattern[offset + 1] {
        case "A": assertion = .startOfText
        case "z": assertion = .endOfText
        case "Z": assertion = .endOfTextOrLastLine
        case "b": assertion = .wordBoundary
        case "B": assertion = .noWordBoundary
        default: return .set(try escapedSet(flags).set)
        }
        offset += 2
        return .assertion(assertion)
    }

    /// What a backslash and what follows stands for; `value` where it is one character.
    mutating func escapedSet(_ flags: Flags) throws(RegexProblem) -> (set: ScalarSet, value: UInt32?) {
        let start = offset
        offset += 1
        guard let letter = next else { throw problem(from: start) }
        offset += 1
        let hexadecimal = ScalarSet(0x30...0x39).union(ScalarSet(0x41...0x46)).union(ScalarSet(0x61...0x66))
        switch letter {
        case "s": return (.whiteSpace, nil)
        case "S": return (ScalarSet.whiteSpace.complement, nil)
        case "d": return (.digit, nil)
        case "D": return (ScalarSet.digit.complement, nil)
        case "w": return (.word(flavour), nil)
        case "W": return (ScalarSet.word(flavour).complement, nil)
        case "h": return (hexadecimal, nil)
        case "H": return (hexadecimal.complement, nil)
        case "p", "P": return (try property(flags, negated: letter == "P", from: start), nil)
        case "n": return one(0x0A, flags)
        case "r": return one(0x0D, flags)
        case "t": return one(0x09, flags)
        case "f": return one(0x0C, flags)
        case "v": return one(0x0B, flags)
        case "a": return one(0x07, flags)
        case "e": return one(0x1B, flags)
        case "x": return one(try code(digits: 2, from: start), flags)
        case "u": return one(try code(digits: 4, from: start), flags)
        case "0" where !(next.map { ("0"..."9").contains($0) } ?? false): return one(0, flags)
        case "a"..."z", "A"..."Z", "0"..."9": throw problem(from: start)
        default: return one(letter.value, flags)
        }
    }

    private func one(_ value: UInt32, _ flags: Flags) -> (set: ScalarSet, value: UInt32?) {
        (Self.literal(value, flags), value)
    }

    /// `\xHH`, `\uHHHH`, or with braces any number of digits.
    private mutating func code(digits: Int, from start: Int) throws(RegexProblem) -> UInt32 {
        let isBraced = take("{")
        let text = isBraced ? takeAll(bytes: 9) { $0 != "}" } : takeAll(bytes: digits) { $0.properties.isASCIIHexDigit }
        guard !isBraced || take("}") else { throw problem(from: start) }
        guard let value = UInt32(text, radix: 16), value < 0x11_0000 else { throw problem(from: start) }
        return value
    }

    private mutating func property(
        _ flags: Flags, negated: Bool, from start: Int
    ) throws(RegexProblem) -> ScalarSet {
        var negated = negated
        var name = ""
        if take("{") {
            if take("^") { negated.toggle() }
            name = takeAll { $0 != "}" }
            name.unicodeScalars.removeAll { $0 == " " || $0 == "_" }
            guard take("}") else { throw problem(from: start) }
        } else if let scalar = next {
            name.unicodeScalars.append(scalar)
            offset += 1
        }
        guard let set = Self.property(named: name, flavour) else { throw problem(from: start) }
        if flags.ignoresCase, !set.ignoresCase { throw problem(from: start) }
        return negated ? set.complement : set
    }

    private static func property(named name: String, _ flavour: RegexFlavour) -> ScalarSet? {
        var name = name
        for prefix in ["Script=", "sc=", "GeneralCategory=", "gc=", "scx="] where name.hasPrefix(prefix) {
            if prefix == "scx=" { return nil }
            name.removeFirst(prefix.count)
        }
        let capitalized = name.prefix(1).uppercased() + name.dropFirst()
        if let kinds = KindSet.named(name) ?? KindSet.named(capitalized) { return ScalarSet(kinds) }
        switch name.lowercased() {
        case "any": return .everything
        case "ascii": return ScalarSet(0...0x7F)
        case "space", "whitespace": return .whiteSpace
        case "digit" where flavour == .oniguruma: return .digit
        case "word" where flavour == .oniguruma: return .word(flavour)
        default: return .script(name)
        }
    }

    /// `[…]`: ranges, escapes, classes within and `&&`.
    mutating func characterClass(_ flags: Flags, depth: Int = 0) throws(RegexProblem) -> ScalarSet {
        let start = offset
        offset += 1
        guard depth < 20 else { throw problem(from: start) }
        let negated = take("^")
        var left: ScalarSet?
        var set = ScalarSet.nothing
        // Thousands of characters are made one set at once, not one after the other.
        var single: [ClosedRange<UInt32>] = []
        func whole() -> ScalarSet { single.isEmpty ? set : set.union(ScalarSet(ranges: single)) }
        var isFirst = true
        while let scalar = next {
            if scalar == "]", !isFirst {
                offset += 1
                let all = left?.intersection(whole()) ?? whole()
                return negated ? all.complement : all
            }
            isFirst = false
            if take("&&") {
                left = left?.intersection(whole()) ?? whole()
                (set, single) = (.nothing, [])
                continue
            }
            if flavour == .rust, pattern[offset...].starts(with: "--".unicodeScalars) { throw problem(from: start) }
            if scalar == "[" {
                let posix = try posix()
                let inner = if let posix { posix } else { try characterClass(flags, depth: depth + 1) }
                set = set.union(inner)
                continue
            }
            try addMember(flags, to: &set, &single)
        }
        throw problem(from: start)
    }

    /// One character, range or escape of a class.
    private mutating func addMember(
        _ flags: Flags, to set: inout ScalarSet, _ single: inout [ClosedRange<UInt32>]
    ) throws(RegexProblem) {
        let start = offset
        guard let first = try element(flags) else { throw problem(from: start) }
        guard let low = first.value, next == "-", offset + 1 < pattern.count, pattern[offset + 1] != "]" else {
            guard let value = first.value else {
                set = set.union(first.set)
                return
            }
            single += Self.variants(value, flags).map { $0...$0 }
            return
        }
        offset += 1
        guard next != "[", let last = try element(flags), let high = last.value, low <= high else {
            throw problem(from: start)
        }
        guard flags.ignoresCase else { return single.append(low...high) }
        guard high < 0x250 else { throw problem(from: start) }
        for value in low...high { single += Self.variants(value, flags).map { $0...$0 } }
    }

    private mutating func element(_ flags: Flags) throws(RegexProblem) -> (set: ScalarSet, value: UInt32?)? {
        guard let scalar = next else { return nil }
        if scalar == "\\" {
            if take("\\b") { return one(0x08, flags) }
            // In Oniguruma ² ³ ¹ ¼ ½ ¾ are of `\w` only outside a class.
            if flavour == .oniguruma {
                if take("\\w") { return (.wordInClass, nil) }
                if take("\\W") { return (ScalarSet.wordInClass.complement, nil) }
            }
            return try escapedSet(flags)
        }
        offset += 1
        return one(scalar.value, flags)
    }

    /// `[:space:]` within a class.
    private mutating func posix() throws(RegexProblem) -> ScalarSet? {
        let start = offset
        guard take("[:") else { return nil }
        let negated = take("^")
        let name = takeAll { $0 != ":" && $0 != "]" }
        guard take(":]"), let set = posix(named: name) else { throw problem(from: start) }
        return negated ? set.complement : set
    }

    private func posix(named name: String) -> ScalarSet? {
        let upper = ScalarSet(0x41...0x5A)
        let lower = ScalarSet(0x61...0x7A)
        let ascii = ScalarSet(0...0x7F)
        let digit = ScalarSet(0x30...0x39)
        switch (name, flavour) {
        case ("space", .oniguruma): return .whiteSpace
        case ("digit", .oniguruma): return .digit
        case ("punct", .oniguruma): return ScalarSet(KindSet.punctuation.union(.symbol))
        case ("word", .oniguruma): return .word(flavour)
        case ("space", .rust): return ScalarSet.whiteSpace.intersection(ascii)
        case ("digit", .rust): return ScalarSet.digit.intersection(ascii)
        case ("punct", .rust): return ScalarSet(KindSet.punctuation.union(.symbol)).intersection(ascii)
        case ("upper", .rust): return upper
        case ("lower", .rust): return lower
        case ("alpha", .rust): return upper.union(lower)
        case ("alnum", .rust): return upper.union(lower).union(digit)
        case ("word", .rust): return upper.union(lower).union(digit).union(ScalarSet(0x5F))
        default: return nil
        }
    }
}
