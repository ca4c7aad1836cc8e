import Wording

/// What was measured of something, by path: `friend_share`, `heads.induction.layer`.
package struct NumberTable: Sendable {
    /// Whose they are, for messages.
    package let title: String
    package let numbers: [String: Double]

    package init(of title: String, _ numbers: [String: Double]) {
        self.title = title
        self.numbers = numbers
    }

    /// - Throws: ``SubjectError/unknownNumber(_:subject:known:)``, naming what is like it.
    package func number(_ path: String) throws(Failure) -> Double {
        if let number = numbers[path] { return number }
        let last = path.split(separator: ".").last.map { String($0) } ?? path
        let like = numbers.keys.filter { $0.hasSuffix(last) }.sorted()
        let known = like.isEmpty ? Nearest.names(to: path, among: numbers.keys.sorted()) : like
        throw Failure(SubjectError.unknownNumber(path, subject: title, known: Array(known.prefix(12))))
    }
}
