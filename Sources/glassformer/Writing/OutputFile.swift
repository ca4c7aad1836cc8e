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
        .unwritable(path: path, reason: SystemText.reason(code))
    }

    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// The kind bits of what is there, or nil if nothing is.
    static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
