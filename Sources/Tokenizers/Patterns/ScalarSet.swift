/// A set of characters: the line of scalar values cut into stretches, each with the kinds that belong to the set.
///
/// So `[^\r\n\p{L}]` is a handful of stretches, not the hundreds of ranges of all letters, and union, intersection
/// and complement are done on the kinds.
struct ScalarSet: Sendable, Hashable {
    /// Where each stretch begins, ascending from 0.
    private(set) var starts: [UInt32]
    private(set) var kinds: [KindSet]
    private var ascii: [Bool] = []

    private init(starts: [UInt32], kinds: [KindSet]) {
        self.starts = []
        self.kinds = []
        for (start, kind) in zip(starts, kinds) where self.kinds.last != kind {
            self.starts.append(start)
            self.kinds.append(kind)
        }
        ascii = (0..<0x80).map { value in find(UInt32(value)) }
    }

    static let nothing = ScalarSet(.init(rawValue: 0))
    static let everything = ScalarSet(.all)

    init(_ kinds: KindSet) { self.init(starts: [0], kinds: [kinds]) }

    init(_ range: ClosedRange<UInt32>) {
        let outside = KindSet(rawValue: 0)
        self.init(
            starts: (range.lowerBound > 0 ? [0] : []) + [range.lowerBound, range.upperBound + 1],
            kinds: (range.lowerBound > 0 ? [outside] : []) + [.all, outside])
    }

    init(_ scalar: UInt32) { self.init(scalar...scalar) }

    init(scalars: some Sequence<UInt32>) { self.init(ranges: scalars.map { $0...$0 }) }

    /// Ranges in any order; they may overlap.
    init(ranges: [ClosedRange<UInt32>]) {
        let outside = KindSet(rawValue: 0)
        var starts: [UInt32] = [0]
        var kinds: [KindSet] = [outside]
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Where the last stretch, which is outside, begins.
            let end = starts[starts.count - 1]
            if range.lowerBound > end || starts.count == 1 {
                starts += [range.lowerBound, range.upperBound + 1]
                kinds += [.all, outside]
            } else {
                starts[starts.count - 1] = max(end, range.upperBound + 1)
            }
        }
        if starts.count > 1, starts[1] == 0 {
            starts.removeFirst()
            kinds.removeFirst()
        }
        self.init(starts: starts, kinds: kinds)
    }

    @inline(__always)
    func contains(_ value: UInt32, _ table: CharacterTable) -> Bool {
        if value < 0x80 { return ascii[Int(value)] }
        return !kinds[stretch(of: value)].isDisjoint(with: table.kind(value))
    }

    func union(_ other: ScalarSet) -> ScalarSet { combined(other) { $0.union($1) } }
    func intersection(_ other: ScalarSet) -> ScalarSet { combined(other) { $0.intersection($1) } }
    func subtracting(_ other: ScalarSet) -> ScalarSet { combined(other) { $0.subtracting($1) } }
    var complement: ScalarSet { ScalarSet(starts: starts, kinds: kinds.map { KindSet.all.subtracting($0) }) }

    /// Whether it holds a kind everywhere or nowhere, so that upper and lower case are the same to it.
    var ignoresCase: Bool {
        let cased: KindSet = [
            CharacterKind.uppercase.set, CharacterKind.lowercase.set, CharacterKind.titlecase.set,
        ]
        return starts.count == 1 && (kinds[0].isSuperset(of: cased) || kinds[0].isDisjoint(with: cased))
    }

    private func find(_ value: UInt32) -> Bool {
        !kinds[stretch(of: value)].isDisjoint(with: CharacterTable.shared.kind(value))
    }

    /// From the end, because most sets have one stretch that holds everything beyond ASCII.
    @inline(__always)
    private func stretch(of value: UInt32) -> Int {
        var index = starts.count - 1
        if index < 8 {
            while index > 0, starts[index] > value { index -= 1 }
            return index
        }
        var first = 0
        while first < index {
            let middle = (first + index + 1) / 2
            if starts[middle] <= value { first = middle } else { index = middle - 1 }
        }
        return first
    }

    private func combined(_ other: ScalarSet, _ operation: (KindSet, KindSet) -> KindSet) -> ScalarSet {
        let all = Set(starts + other.starts).sorted()
        return ScalarSet(
            starts: all,
            kinds: all.map { operation(kinds[stretch(of: $0)], other.kinds[other.stretch(of: $0)]) })
    }
}

extension ScalarSet {
    static let whiteSpace = ScalarSet(.whiteSpace)
    static let rustWord = ScalarSet.word(.rust)
    static let digit = ScalarSet(CharacterKind.decimalNumber.set)

    /// `\w`: letters, marks, decimal numbers, connectors, and circled letters, which are alphabetic.
    ///
    /// The two libraries that regular expressions are written for differ: Rust's has the joiners, Oniguruma's
    /// ² ³ ¹ ¼ ½ ¾.
    static func word(_ flavour: RegexFlavour) -> ScalarSet {
        wordInClass.union(
            flavour == .rust
                ? ScalarSet(0x200C...0x200D)
                : ScalarSet(0xB2...0xB3).union(ScalarSet(0xB9)).union(ScalarSet(0xBC...0xBE)))
    }

    /// `\w` as both have it.
    static let wordInClass: ScalarSet = {
        let kinds: KindSet = [
            .letter, .mark, CharacterKind.decimalNumber.set, CharacterKind.letterNumber.set,
            CharacterKind.connector.set,
        ]
        let ranges: [ClosedRange<UInt32>] = [
            0x24B6...0x24E9, 0x1F130...0x1F149, 0x1F150...0x1F169, 0x1F170...0x1F189,
        ]
        return ranges.reduce(ScalarSet(kinds)) { $0.union(ScalarSet($1)) }
    }()

    /// The characters of a script; `nil` where it is none of those known.
    static func script(_ name: String) -> ScalarSet? {
        let lists = CategoryRuns.scripts.fields.lazy.map { $0.split(separator: ",") }
        guard let fields = lists.first(where: { $0[0].lowercased() == name.lowercased() }) else { return nil }
        return ScalarSet(hexadecimal: fields.dropFirst())
    }

    /// Ranges and single characters, such as `61D` and `1B4E-1B4F`.
    init(hexadecimal fields: some Sequence<Substring>) {
        var starts: [UInt32] = [0]
        var kinds: [KindSet] = [KindSet(rawValue: 0)]
        for field in fields {
            let ends = field.split(separator: "-").compactMap { UInt32($0, radix: 16) }
            guard let first = ends.first, let last = ends.last else { continue }
            starts += [first, last + 1]
            kinds += [.all, KindSet(rawValue: 0)]
        }
        self.init(starts: starts, kinds: kinds)
    }

    /// The same, with spaces between them.
    init(_ ranges: StaticString) { self.init(hexadecimal: ranges.fields) }
}

extension StaticString {
    /// What stands between spaces in a table of the program.
    var fields: [Substring] { withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: " ") }
}
