import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is there whole or not at all: written beside its place, then renamed into it.
///
/// `-` is standard output. What is no plain file (a pipe, a device) is written to as it is; a link's target is replaced,
/// not the link.
public struct OutputFile: Sendable {
    /// As it was given.
    public let path: String
    private let target: String
    private let isSpecial: Bool
    private let mayReplace: Bool

    /// Made before the work is done, so that a file that cannot be written is refused at once.
    /// - Parameter mayReplace: whether a file goes that is not ours (``OwnFile``).
    /// - Throws: ``ReadingError/unwritable(path:reason:)``, ``ReadingError/foreign(path:)``.
    public init(_ path: String, mayReplace: Bool = false) throws(Failure) {
        self.path = path
        self.mayReplace = mayReplace
        let kind = Place.kind(path)
        isSpecial =
            path == "-" || kind.map { $0 != S_IFREG && $0 != S_IFDIR } ?? false || path.hasPrefix("/dev/")
            || path.hasPrefix("/proc/")
        target = isSpecial ? path : Place.resolved(path)
        guard !isSpecial else { return }
        guard kind != S_IFDIR, !path.hasSuffix("/") else { throw Place.unwritable(path, EISDIR) }
        try checkForeign()
        guard kind == nil || access(target, W_OK) == 0, access(Place.parent(target), W_OK | X_OK) == 0 else {
            throw Place.unwritable(path, errno)
        }
    }

    private func checkForeign() throws(Failure) {
        guard mayReplace || Place.kind(target) == nil || OwnFile.isOurs(target) else {
            throw Failure(ReadingError.foreign(path: path))
        }
    }

    /// - Throws: ``ReadingError/unwritable(path:reason:)``, ``ReadingError/foreign(path:)``,
    ///   ``ReadingError/busy(path:)`` where another process has been writing it for a minute.
    public func write(_ bytes: [UInt8]) throws(Failure) {
        try writePieces { put in bytes.withUnsafeBytes(put) }
    }

    /// The same for what comes in pieces: `body` hands one after the other to its argument.
    public func writePieces(_ body: (_ put: (UnsafeRawBufferPointer) -> Void) -> Void) throws(Failure) {
        let opened = try Opened(self)
        body(opened.put)
        try opened.finish()
    }

    /// The same for pieces that cannot always be had.
    /// - Throws: also what `body` throws.
    public func tryPieces(_ body: (_ put: (UnsafeRawBufferPointer) -> Void) throws -> Void) throws {
        let opened = try Opened(self)
        do {
            try body(opened.put)
        } catch {
            opened.discard()
            throw error
        }
        try opened.finish()
    }

    private final class Opened {
        private let output: OutputFile
        private let claim: Claim?
        private let file: Int32
        private var code: Int32 = 0

        init(_ output: OutputFile) throws(Failure) {
            self.output = output
            guard !output.isSpecial else {
                claim = nil
                file = output.path == "-" ? STDOUT_FILENO : open(output.path, O_WRONLY | O_CLOEXEC)
                guard file >= 0 else { throw Place.unwritable(output.path, errno) }
                return
            }
            sweep(Place.parent(output.target))
            do throws(Claim.Failure) {
                // Whole files are soon written: the other process is waited for.
                claim = try Claim(UnfinishedName.beside(output.target), isFolder: false, patience: 60_000)
            } catch {
                throw Place.failure(output.path, error)
            }
            file = claim?.file ?? -1
            var status = stat()
            if stat(output.target, &status) == 0 { fchmod(file, status.st_mode & 0o777) }
        }

        /// After a failure the rest is of no use.
        func put(_ piece: UnsafeRawBufferPointer) {
            if code == 0, !RawOutput.put(piece, on: file) { code = errno }
        }

        func discard() {
            claim?.remove()
            if file != STDOUT_FILENO { close(file) }
        }

        func finish() throws(Failure) {
            // Some disks tell only when a file is closed; ours stays open, for its lock.
            let copy = dup(file)
            if copy >= 0, close(copy) != 0, code == 0 { code = errno }
            do throws(Failure) {
                if let claim, code == 0 {
                    try output.checkForeign()
                    code = claim.rename(to: output.target)
                }
                guard code == 0 else {
                    throw Place.unwritable(output.path == "-" ? nil : output.path, code)
                }
            } catch {
                discard()
                throw error
            }
            if file != STDOUT_FILENO { close(file) }
        }
    }
}

extension Error {
    /// Whether a file could not be written, whatever should have stood in it.
    public var isAboutWriting: Bool {
        switch (self as? Failure)?.cause(as: ReadingError.self) {
        case .unwritable, .output, .foreign, .busy: true
        default: false
        }
    }
}

/// Bytes into an open file.
public enum RawOutput {
    /// All of them. Where a pipe's reader has gone, the command ends, quietly.
    /// - Returns: whether they are written; `errno` says why not.
    public static func put(_ bytes: UnsafeRawBufferPointer, on file: Int32) -> Bool {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            let count = write(file, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { Interruption.endByClosedPipe() }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// Paths, as the system sees them.
public enum Place {
    public static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// Makes a folder and those above it, where they are not there.
    /// - Throws: ``ReadingError/unwritable(path:reason:)``.
    public static func makeFolder(_ path: String) throws(Failure) {
        if let kind = kind(path), kind != S_IFDIR { throw unwritable(path, ENOTDIR) }
        _ = try FolderLock.make(resolved(path), as: path)
    }

    /// The kind bits of what is there, or nil if nothing is.
    static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// Where a path leads, links followed, also where nothing is there yet.
    public static func resolved(_ path: String) -> String { resolved(path, links: 40) }

    private static func resolved(_ path: String, links: Int) -> String {
        if let real = real(path) { return real }
        var plain = path
        while plain.count > 1, plain.hasSuffix("/") { plain.removeLast() }
        if links > 0, let target = link(plain) {
            let folder = target.hasPrefix("/") ? "" : FileFolder.split(plain).folder
            return resolved(folder + target, links: links - 1)
        }
        let (folder, name) = FileFolder.split(plain)
        guard let real = real(folder.isEmpty ? "." : folder) else { return plain }
        return real.hasSuffix("/") ? real + name : real + "/" + name
    }

    private static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }

    /// The folder in which something lies.
    static func parent(_ path: String) -> String {
        let folder = FileFolder.split(path).folder
        return folder.isEmpty ? "." : folder.count > 1 ? String(folder.dropLast()) : folder
    }

    /// - Parameter path: nil for standard output.
    static func unwritable(_ path: String?, _ code: Int32) -> Failure {
        let reason = SystemReason.of(code)
        guard let path else { return Failure(ReadingError.output(reason: reason)) }
        return Failure(ReadingError.unwritable(path: path, reason: reason))
    }

    static func failure(_ path: String, _ failure: Claim.Failure) -> Failure {
        switch failure {
        case .busy: Failure(ReadingError.busy(path: path))
        case .system(let code): unwritable(path, code)
        }
    }
}
