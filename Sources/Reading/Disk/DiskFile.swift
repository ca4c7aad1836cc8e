import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of a disk: read, or mapped where it is large.
public final class DiskFile: FileBytes, @unchecked Sendable {
    private let isMapped: Bool
    /// Its place among ``MappedFiles``.
    private let mapping: Int?

    /// What is no larger is read at once: nobody who changes the file then changes what was read.
    private static let mostRead = 32 << 20

    /// - Throws: ``ReadingError/unreadable(path:reason:)``.
    public convenience init(path: String) throws(Failure) {
        func unreadable(_ number: Int32) -> Failure {
            Failure(ReadingError.unreadable(path: path, reason: SystemReason.of(number)))
        }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw unreadable(errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw unreadable(EISDIR) }
        let size = Int(status.st_size)
        // What says that it is empty may be none the less full, as a pipe and the files of /proc.
        guard status.st_mode & S_IFMT == S_IFREG, size > 0 else {
            guard let bytes = Self.everything(of: file) else { throw unreadable(errno) }
            self.init(bytes, path: path, isMapped: false)
            return
        }
        guard size > Self.mostRead else {
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
            guard let count = Self.fill(copy, from: file), count == size else {
                let code = errno
                copy.deallocate()
                guard code == 0 else { throw unreadable(code) }
                throw Failure(ReadingError.unreadable(path: path, reason: SystemReason.shrank.phrase))
            }
            self.init(UnsafeRawBufferPointer(copy), path: path, isMapped: false)
            return
        }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
            throw unreadable(errno)
        }
        self.init(UnsafeRawBufferPointer(start: start, count: size), path: path, isMapped: true)
    }

    private init(_ bytes: UnsafeRawBufferPointer, path: String, isMapped: Bool) {
        self.isMapped = isMapped
        mapping = isMapped ? MappedFiles.add(bytes, path: path) : nil
        super.init(bytes, path: path)
    }

    /// As much as there is; nil where reading fails, and `errno` is not zero then.
    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from file: Int32) -> Int? {
        var done = 0
        errno = 0
        while done < buffer.count, let start = buffer.baseAddress {
            let count = read(file, start + done, buffer.count - done)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            done += count
        }
        errno = 0
        return done
    }

    /// Everything up to the end; nil where reading fails.
    private static func everything(of file: Int32) -> UnsafeRawBufferPointer? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
        guard !bytes.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
    }

    /// Whole pages inside `range` are given back: whoever reads them again gets them from the file.
    public override func release(_ range: Range<Int>) {
        guard isMapped, let start = bytes.baseAddress else { return }
        let page = Int(getpagesize())
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        if first < end {
            madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, Int32(MADV_DONTNEED))
        }
    }

    deinit {
        guard let start = bytes.baseAddress else { return }
        let memory = UnsafeMutableRawPointer(mutating: start)
        if let mapping { MappedFiles.remove(mapping) }
        if isMapped { munmap(memory, bytes.count) } else { memory.deallocate() }
    }
}

extension FileFolder {
    /// A folder of a disk; the working folder where the path is empty.
    public static func disk(_ path: String) -> FileFolder {
        let folder = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
        return FileFolder(
            path: path, list: { names(path.isEmpty ? "." : path) },
            contains: { access(folder + $0, F_OK) == 0 },
            open: { (name) throws(Failure) in try DiskFile(path: folder + name) })
    }

    /// Every name in a folder, in their order; none where it cannot be read.
    static func names(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    names.append(String(cString: $0))
                }
            }
        }
        return names.sorted()
    }

    /// Whether a path is a folder's.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
