import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file mapped read-only into memory: a model of many gigabytes is there at once, its pages are read as they are
/// touched, and several programs share them. (`NSData` reads the whole file on Linux, whatever its options say.)
final class MappedFile: @unchecked Sendable {
    // Unchecked: the mapping is made once and only read afterwards.
    let bytes: UnsafeRawBufferPointer
    var count: Int { bytes.count }

    /// - Throws: ``SafeTensorsError/unreadable(path:reason:)``.
    init(path: String) throws(SafeTensorsError) {
        func unreadable(_ number: Int32) -> SafeTensorsError {
            .unreadable(path: path, reason: String(cString: strerror(number)))
        }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw unreadable(errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw unreadable(EISDIR) }
        // Nothing can be mapped of an empty file.
        guard status.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let size = Int(status.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
            throw unreadable(errno)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    /// Pages inside `range` need not stay in memory: their numbers were copied. Whoever reads them again gets them
    /// from the file.
    func release(_ range: Range<Int>) {
        guard let start = bytes.baseAddress else { return }
        let page = Int(getpagesize())
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        if first < end {
            madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, Int32(MADV_DONTNEED))
        }
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
