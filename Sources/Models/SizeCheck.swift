import Platform
import Wording

/// The checks that every configuration's sizes must pass.
struct SizeCheck {
    let path: String
    /// How many parameters there may be.
    let most: Int

    static let largestSize = 1 << 24
    static let mostLayers = 4096
    /// 16 GiB of them for a model that is made anew: sizes that no memory holds must be an error, not the end of the
    /// program.
    static let mostFresh = Int(clamping: Int64(1) << 32)
    /// A file's weights are mapped, and may be somewhat more than the memory holds.
    static let mostLoaded = max(mostFresh, Int(clamping: physicalMemory() / 2))

    /// - Throws: ``ModelError/configuration(path:key:expected:found:)`` unless a value is what it should be.
    func require(
        _ isRight: Bool, _ key: String, _ expected: @autoclosure () -> Phrase, found: String
    ) throws(Failure) {
        guard !isRight else { return }
        throw .configuration(path: path, key: key, expected: expected(), found: Phrase(found))
    }

    /// Each from one to the most that there may be.
    func require(_ sizes: [(String, Int)], upTo most: Int = largestSize) throws(Failure) {
        for (key, size) in sizes { try require((1...most).contains(size), key, "1 … \(most)", found: "\(size)") }
    }

    /// Whether heads share a width evenly.
    func require(width: (key: String, size: Int), sharedBy heads: (key: String, size: Int)) throws(Failure) {
        try require(
            width.size % heads.size == 0, width.key,
            Phrase(en: "a multiple of \(heads.key) (\(heads.size))", zh: "\(heads.key)（\(heads.size)）的倍数"),
            found: "\(width.size)")
    }

    func require(epsilon: (key: String, size: Double)) throws(Failure) {
        try require(
            epsilon.size >= 0 && epsilon.size.isFinite, epsilon.key, .zeroOrMore, found: "\(epsilon.size)")
    }

    /// - Parameter key: the size that an error names.
    func require(parameters count: Double, _ key: String) throws(Failure) {
        try require(
            count <= Double(most), key,
            Phrase(en: "sizes of at most \(most) parameters in all", zh: "各项大小合起来不超过 \(most) 个参数"),
            // One too large for an integer as a power of ten.
            found: Int(exactly: count.rounded()).map { "\($0)" } ?? "\(count)")
    }
}
