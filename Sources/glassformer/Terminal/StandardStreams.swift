#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output, written at once and with every failure noticed (`print` drops a full disk in silence).
enum StandardOutput {
    /// - Throws: ``CommandProblem/unwritable(path:reason:)``.
    static func write(_ text: String) throws(CommandProblem) {
        var text = text
        try check(text.withUTF8 { put(UnsafeRawBufferPointer($0), on: STDOUT_FILENO) })
    }

    static func write(_ bytes: [UInt8]) throws(CommandProblem) {
        try check(bytes.withUnsafeBytes { put($0, on: STDOUT_FILENO) })
    }

    private static func check(_ isWritten: Bool) throws(CommandProblem) {
        guard isWritten else { throw OutputFile.failure(SystemText.standardOutput.text, errno) }
    }

    static func put(_ bytes: UnsafeRawBufferPointer, on file: Int32) -> Bool {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            #if canImport(Glibc)
                let count = Glibc.write(file, start, rest.count)
            #else
                let count = Darwin.write(file, start, rest.count)
            #endif
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// Standard error: progress, and the one line that says what went wrong.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = StandardOutput.put(UnsafeRawBufferPointer($0), on: STDERR_FILENO) }
    }
}

/// Files and standard input in bytes, without Foundation, whose start-up a single figure would notice.
enum InputFile {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// For readers of their own, whose reasons are not in the reader's language.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``.
    static func check(_ path: String) throws {
        guard access(path, R_OK) == 0 else {
            throw CommandProblem.unreadable(path: path, reason: SystemText.reason(errno))
        }
        guard !OutputFile.isFolder(path) else {
            throw CommandProblem.unreadable(path: path, reason: SystemText.folder.phrase)
        }
    }

    /// - Parameter path: `-` for standard input.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``.
    static func bytes(_ path: String) throws -> [UInt8] {
        let name = path == "-" ? SystemText.standardInput.text : path
        func failure() -> CommandProblem { .unreadable(path: name, reason: SystemText.reason(errno)) }
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
        guard file >= 0 else { throw failure() }
        defer { if file != STDIN_FILENO { close(file) } }
        var bytes: [UInt8] = []
        let chunk = 1 << 16
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = read(file, &buffer, chunk)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure()
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// The bytes less the newline that ends them.
    static func line(_ path: String) throws -> [UInt8] {
        var bytes = try bytes(path)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
    }

    /// A text given as an argument, or read from standard input where it is `-`, less the newline that ends it.
    /// - Throws: ``CommandProblem/inputEncoding(path:)``.
    static func text(_ argument: String) throws -> String {
        guard argument == "-" else { return argument }
        let bytes = try line("-")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandProblem.inputEncoding(path: SystemText.standardInput.text)
        }
        return text
    }
}
