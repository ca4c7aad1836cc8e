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
    func normalize(_ text: [UInt8]) -> [UInt8] { steps.reduce(text) { $1.apply($0) } }
}

extension NormalizerStep {
    func apply(_ text: [UInt8]) -> [UInt8] {
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
        case .replace(let cutter, let content):
            var result: [UInt8] = []
            result.reserveCapacity(text.count)
            text.withUnsafeBufferPointer { buffer in
                var end = 0
                cutter.forEachMatch(in: buffer, 0..<buffer.count) { match in
                    result += buffer[end..<match.lowerBound]
                    result += content
                    end = match.upperBound
                }
                result += buffer[end...]
            }
            return result
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
