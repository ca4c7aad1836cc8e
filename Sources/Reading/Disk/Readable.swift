import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Place {
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// For readers of their own, whose reasons are not in the reader's language.
    /// - Throws: ``ReadingError/unreadable(path:reason:)`` for what is no file that can be read.
    package static func checkReadable(_ path: String) throws(Failure) {
        guard access(path, R_OK) == 0 else {
            throw Failure(ReadingError.unreadable(path: path, reason: SystemReason.of(errno)))
        }
        guard !isFolder(path) else {
            throw Failure(ReadingError.unreadable(path: path, reason: SystemReason.folder.phrase))
        }
    }
}
