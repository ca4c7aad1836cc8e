import Wording

/// What somebody wrote about a subject and how it is to be shown: a list of names and values, whether from the options
/// of a command line, the keys of a chapter or the query of an address. All of them are read by the same readers.
package struct SubjectWords: Sendable, Hashable {
    /// How names are written, for messages: `--pair` or `pair`.
    package enum Form: Sendable, Hashable { case options, keys }

    package struct Word: Sendable, Hashable {
        package let key: String
        package let value: String
    }

    package private(set) var words: [Word] = []
    package let form: Form

    package init(_ form: Form = .keys) { self.form = form }

    package mutating func add(_ key: String, _ value: String?) {
        if let value { words.append(Word(key: key, value: value)) }
    }

    package mutating func add(_ key: String, all values: [String]) { for value in values { add(key, value) } }

    /// A flag: there or not.
    package mutating func add(_ key: String, if isGiven: Bool) { if isGiven { add(key, "") } }

    // MARK: Reading

    /// The last value that was given, as of every option.
    package func text(_ key: String) -> String? { words.last { $0.key == key }?.value }

    package func texts(_ key: String) -> [String] { words.filter { $0.key == key }.map { $0.value } }

    package func has(_ key: String) -> Bool { words.contains { $0.key == key } }

    package func name(_ key: String) -> String {
        switch form {
        case .keys: key
        case .options: key == "text" ? "TEXT" : "--" + key
        }
    }

    package func isTrue(_ key: String) throws(SubjectError) -> Bool {
        switch text(key) {
        case nil, "false": return false
        case "", "true": return true
        case let other?: throw .value(expected: "true, false", found: other)
        }
    }

    /// A value by its reader; what is wrong with it names its key.
    package func value<Value>(
        _ key: String, _ read: (String) throws(SubjectError) -> Value
    ) throws(SubjectError) -> Value? {
        guard let text = text(key) else { return nil }
        do throws(SubjectError) {
            return try read(text)
        } catch {
            guard case .value(let expected, let found) = error else { throw error }
            throw .outside(option: name(key), expected: expected[.english], found: found)
        }
    }

    package func count(_ key: String) throws(SubjectError) -> Int? {
        try value(key) { (text) throws(SubjectError) in try Count(text).value }
    }

    package func indices(_ key: String) throws(SubjectError) -> [Int]? {
        try value(key) { (text) throws(SubjectError) in try IndexList(text).values }
    }

    /// - Throws: ``SubjectError/unknownKey(_:known:)`` for a name that nobody reads.
    package func allow(_ keys: [String]) throws(SubjectError) {
        for word in words where !keys.contains(word.key) {
            let near = Nearest.names(to: word.key, among: keys)
            throw .unknownKey(name(word.key), known: near.isEmpty ? keys : near)
        }
    }

    /// - Throws: ``SubjectError/together(_:_:)`` for the first of some names that was given beside another.
    package func refuse(_ keys: [String], beside other: String) throws(SubjectError) {
        for key in keys where has(key) { throw .together(name(key), name(other)) }
    }
}

extension SubjectWords: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (key, value) in elements { add(key, value) }
    }
}
