import Wording

/// One step that changes a text before it is split, in the words of `tokenizers`.
enum NormalizerStep: Sendable {
    case form(UnicodeForm)
    case lowercase
    /// Combining marks are left out.
    case stripMarks
    case strip(left: Bool, right: Bool)
    case prepend([UInt8])
    case replace(TextCutter, [UInt8])
    case precompiled(PrecompiledMap)
    /// Each byte becomes a character of GPT-2's alphabet.
    case byteLevel
    case bert(BERTNormalizer)
}

/// The steps in their order.
struct TextNormalizer: Sendable {
    let steps: [NormalizerStep]

    var isEmpty: Bool { steps.isEmpty }

    /// The text after all steps; it must be well-formed UTF-8.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)``, ``TokenizerError/growth(most:)``.
    func normalize(_ text: [UInt8]) throws(Failure) -> [UInt8] { try trace(text, beginning: 0).text }

    /// The same, and how many bytes at the beginning come from the first ones of the text before it.
    func trace(_ text: [UInt8], beginning: Int) throws(Failure) -> (text: [UInt8], beginning: Int) {
        var (result, beginning) = (text, beginning)
        for step in steps {
            (result, beginning) = try step.apply(result, beginning)
            try TextGrowth.check(result.count, from: text.count)
        }
        return (result, beginning)
    }
}

/// Rules that put in more than they take out, one after the other, must not fill the memory.
enum TextGrowth {
    static func most(from count: Int) -> Int { max(1 << 20, count > 1 << 27 ? count : 8 * count) }

    /// - Throws: ``TokenizerError/growth(most:)``.
    @inline(__always)
    static func check(_ count: Int, from start: Int) throws(Failure) {
        guard count > start, count > most(from: start) else { return }
        throw Failure(TokenizerError.growth(most: most(from: start)))
    }
}

extension NormalizerStep {
    /// - Parameter beginning: how many bytes come from the beginning of the whole text.
    fileprivate func apply(_ text: [UInt8], _ beginning: Int) throws(Failure) -> ([UInt8], Int) {
        switch self {
        case .prepend(let bytes): return (apply(text), beginning > 0 ? beginning + bytes.count : 0)
        case .strip(let left, _):
            let result = apply(text)
            let rest = left ? NormalizerStep.strip(left: true, right: false).apply(text).count : text.count
            return (result, min(max(0, beginning - (text.count - rest)), result.count))
        case .replace(let cutter, let content): return try Self.replace(cutter, content, text, beginning)
        default:
            let result = apply(text)
            guard beginning > 0 else { return (result, 0) }
            return (result, min(apply(Array(text.prefix(beginning))).count, result.count))
        }
    }

    /// What is put in stands where the last byte of what it replaces stood.
    static func replace(
        _ cutter: TextCutter, _ content: [UInt8], _ text: [UInt8], _ beginning: Int = 0
    ) throws(Failure) -> ([UInt8], Int) {
        var result: [UInt8] = []
        var kept = 0
        result.reserveCapacity(text.count)
        try text.withUnsafeBufferPointer { (buffer) throws(Failure) in
            var end = 0
            try cutter.forEachMatch(in: buffer, 0..<buffer.count) { (match) throws(Failure) in
                result += buffer[end..<match.lowerBound]
                result += content
                kept += max(0, min(beginning, match.lowerBound) - end)
                if match.upperBound <= beginning || match.upperBound == 0 { kept += content.count }
                end = match.upperBound
                try TextGrowth.check(result.count, from: text.count)
            }
            result += buffer[end...]
            kept += max(0, beginning - end)
        }
        return (result, kept)
    }

    private func apply(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .form(let form): return form.normalize(text)
        case .lowercase: return text.lowercased
        case .stripMarks: return text.droppingMarks
        case .strip(let left, let right):
            return text.withUnsafeBufferPointer { buffer in
                var range = 0..<buffer.count
                let table = CharacterTable.shared
                func isSpace(_ offset: Int) -> Bool {
                    KindSet.whiteSpace.isSuperset(of: table.kind(buffer.character(at: offset).value))
                }
                while left, !range.isEmpty, isSpace(range.lowerBound) {
                    range = range.lowerBound + buffer.character(at: range.lowerBound).length..<range.upperBound
                }
                while right, !range.isEmpty, isSpace(buffer.start(before: range.upperBound)) {
                    range = range.lowerBound..<buffer.start(before: range.upperBound)
                }
                return Array(buffer[range])
            }
        case .prepend(let bytes): return text.isEmpty ? text : bytes + text
        case .replace: return text
        case .precompiled(let map): return map.normalize(text)
        case .byteLevel: return Array(ByteAlphabet.spelling(of: text).utf8)
        case .bert(let normalizer): return normalizer.normalize(text)
        }
    }
}

extension [UInt8] {
    /// Every character in lower case by itself, as Rust's `char::to_lowercase` has it: a final sigma is not special.
    fileprivate var lowercased: [UInt8] {
        mapScalars { value, result in
            if value < 0x80 {
                result.append((0x41...0x5A).contains(value) ? UInt8(value) | 0x20 : UInt8(value))
            } else if let scalar = Unicode.Scalar(value) {
                result += scalar.properties.lowercaseMapping.utf8
            }
        }
    }

    fileprivate var droppingMarks: [UInt8] {
        let table = CharacterTable.shared
        return mapScalars { value, result in
            if !ScalarSet.libraryMark.contains(value, table) { result.append(scalar: value) }
        }
    }

    /// What `body` appends for each character of well-formed UTF-8.
    func mapScalars(_ body: (UInt32, inout [UInt8]) -> Void) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        withUnsafeBufferPointer { buffer in
            var offset = 0
            while offset < buffer.count {
                let (value, length) = buffer.character(at: offset)
                body(value, &result)
                offset += length
            }
        }
        return result
    }
}
