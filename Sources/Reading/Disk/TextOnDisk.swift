import Wording

extension PlainText {
    /// The text of a file of a disk.
    /// - Throws: ``ReadingError/unreadable(path:reason:)``; ``ReadingError/encoding(path:found:)``.
    public static func read(_ path: String) throws(Failure) -> String {
        try text(DiskFile(path: path).copy, source: path)
    }
}
