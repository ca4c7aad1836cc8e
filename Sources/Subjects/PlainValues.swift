import Wording

// Values as people write them, on the command line, in a chapter, in an address: read here and nowhere else.

/// Whole numbers with commas or blanks between them: `1,2,3`.
package struct IndexList: Sendable, Hashable, CustomStringConvertible {
    package let values: [Int]

    package init(_ values: [Int]) { self.values = values }

    /// The index of a cell; empty for a step that is a single number, such as the loss.
    package static func cell(_ text: String) throws(SubjectError) -> IndexList {
        text.isEmpty ? IndexList([]) : try IndexList(text)
    }

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package init(_ text: String) throws(SubjectError) {
        let parts = text.split { $0 == "," || $0 == " " || $0 == "\t" || $0 == "\n" }
        let values = parts.compactMap { Int($0) }
        guard !values.isEmpty, values.count == parts.count, values.allSatisfy({ $0 >= 0 }) else {
            throw .value(expected: "1,2,3 …", found: text)
        }
        self.values = values
    }

    package var description: String { values.map { String($0) }.joined(separator: ",") }
}

/// A number of tokens or levels: whole, not negative.
package struct Count: Sendable, Hashable, CustomStringConvertible {
    package let value: Int

    package init(_ value: Int) { self.value = value }

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package init(_ text: String) throws(SubjectError) {
        guard let value = Int(text), (0...Int(Int32.max)).contains(value) else {
            throw .value(expected: "0, 1, 2 …", found: text)
        }
        self.value = value
    }

    package var description: String { "\(value)" }
}

/// Plain numbers: each refusal says what was expected.
package enum PlainNumber {
    /// - Throws: ``SubjectError/value(expected:found:)``.
    package static func finite(_ text: String) throws(SubjectError) -> Double {
        guard let value = Double(text), value.isFinite else {
            throw .value(expected: Phrase(en: "a number", zh: "一个数"), found: text)
        }
        return value
    }

    /// Numbers with commas between them, at most a hundred.
    /// - Throws: ``SubjectError/value(expected:found:)``.
    package static func list(_ text: String) throws(SubjectError) -> [Double] {
        var numbers: [Double] = []
        for part in text.split(separator: ",") {
            numbers.append(try finite(String(part.filter { $0 != " " })))
        }
        guard (1...100).contains(numbers.count) else { throw .value(expected: "1,2 …", found: text) }
        return numbers
    }

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package static func rate(_ text: String) throws(SubjectError) -> Double {
        guard let value = Double(text), value.isFinite, value >= 0 else {
            throw .value(expected: "0 …", found: text)
        }
        return value
    }

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package static func whole(_ text: String) throws(SubjectError) -> Int {
        guard let value = Int(text) else {
            throw .value(expected: Phrase(en: "a whole number", zh: "整数"), found: text)
        }
        return value
    }

    /// - Throws: ``SubjectError/value(expected:found:)``.
    package static func seed(_ text: String) throws(SubjectError) -> UInt64 {
        guard let value = UInt64(text) else { throw .value(expected: "0 … \(UInt64.max)", found: text) }
        return value
    }
}
