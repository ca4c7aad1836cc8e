import Reading
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are there whole or not at all: written beside their place, then renamed into it.
enum OutputFile {
    /// - Parameter path: `-` for standard output. What is there already and is no plain file (a pipe, a device) is
    ///   written to as it is.
    /// - Throws: ``CommandProblem/unwritable(path:reason:)``.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return try StandardOutput.write(bytes) }
        try write(to: path) { put in try bytes.withUnsafeBytes(put) }
    }

    /// The same for what comes in pieces: `body` hands one after the other to its argument.
    static func write(
        to path: String, _ body: (_ put: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
        let isSpecial = kind(path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
        guard !isFolder(path) else { throw failure(path, EISDIR) }
        let target = isSpecial ? path : temporaryName(path)
        let file = open(target, O_WRONLY | O_CREAT | (isSpecial ? 0 : O_EXCL), 0o666)
        guard file >= 0 else { throw failure(path, errno) }
        var code: Int32 = 0
        do {
            try body { piece in
                guard code == 0 else { return }
                if !StandardOutput.put(piece, on: file) { code = errno }
            }
        } catch {
            close(file)
            if !isSpecial { unlink(target) }
            throw error
        }
        if close(file) != 0, code == 0 { code = errno }
        if !isSpecial, code == 0, rename(target, path) != 0 { code = errno }
        guard code == 0 else {
            if !isSpecial { unlink(target) }
            throw failure(path, code)
        }
    }

    static func temporaryName(_ path: String) -> String {
        let name = path.hasSuffix("/") ? String(path.dropLast()) : path
        return "\(name).\(getpid()).partial"
    }

    static func failure(_ path: String, _ code: Int32) -> CommandProblem {
        .unwritable(path: path, reason: SystemReason.of(code))
    }

    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// The kind bits of what is there, or nil if nothing is.
    static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}

/// A folder of files that appear together: written to a folder beside their place, then moved into it.
///
/// Files of other names that are there already stay; a failure leaves no trace.
final class OutputFolder: Sendable {
    let path: String
    private let temporary: String
    /// Folders above that had to be made, outermost first.
    private let made: [String]
    private let names = Mutex<[String]>([])

    /// - Throws: ``CommandProblem/unwritable(path:reason:)``.
    init(_ path: String) throws {
        let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        if let kind = OutputFile.kind(plain), kind != S_IFDIR { throw OutputFile.failure(plain, ENOTDIR) }
        self.path = plain
        temporary = OutputFile.temporaryName(plain)
        made = try Self.makeParents(of: plain)
        guard mkdir(temporary, 0o777) == 0 else {
            let code = errno
            for folder in made.reversed() { rmdir(folder) }
            throw OutputFile.failure(plain, code)
        }
        Interruption.clean(temporary)
    }

    private static func makeParents(of path: String) throws -> [String] {
        var made: [String] = []
        for place in path.indices.dropFirst() where path[place] == "/" {
            let folder = String(path[..<place])
            guard OutputFile.kind(folder) == nil else { continue }
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                let code = errno
                for folder in made.reversed() { rmdir(folder) }
                throw OutputFile.failure(path, code)
            }
            made.append(folder)
        }
        return made
    }

    /// Safe to call from several threads.
    /// - Parameter name: a plain file name.
    func write(_ bytes: [UInt8], as name: String) throws {
        let file = temporary + "/" + name
        do {
            try OutputFile.write(bytes, to: file)
        } catch CommandProblem.unwritable(_, let reason) {
            throw CommandProblem.unwritable(path: path + "/" + name, reason: reason)
        }
        names.withLock { $0.append(name) }
    }

    /// Moves everything into place.
    func commit() throws {
        // The common case, a new folder, is one rename; into an old one, a rename for each file.
        if OutputFile.kind(path) == nil, rename(temporary, path) == 0 { return Interruption.keep() }
        for name in names.withLock({ $0 }) where rename(temporary + "/" + name, path + "/" + name) != 0 {
            throw OutputFile.failure(path + "/" + name, errno)
        }
        rmdir(temporary)
        Interruption.keep()
    }

    /// Takes back everything that was not committed.
    func discard() {
        for name in names.withLock({ $0 }) { unlink(temporary + "/" + name) }
        rmdir(temporary)
        for folder in made.reversed() { rmdir(folder) }
        Interruption.keep()
    }
}
