import Reading
import Synchronization
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output, written at once and with every failure noticed (`print` drops a full disk in silence).
enum StandardOutput {
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// What nobody sees of a text is shown, and cannot act on a terminal.
    /// - Throws: ``CommandProblem/unwritable(path:reason:)``.
    static func write(_ text: String) throws(CommandProblem) {
        var text = Printed.text(text)
        try check(text.withUTF8 { RawOutput.put(UnsafeRawBufferPointer($0), on: STDOUT_FILENO) })
    }

    /// As they are.
    static func write(_ bytes: [UInt8]) throws(CommandProblem) {
        try check(bytes.withUnsafeBytes { RawOutput.put($0, on: STDOUT_FILENO) })
    }

    private static func check(_ isWritten: Bool) throws(CommandProblem) {
        guard isWritten else {
            throw .unwritable(path: SystemText.standardOutput.text, reason: SystemReason.of(errno))
        }
    }
}

/// Standard input, where somebody types.
enum StandardInput {
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}

/// Standard error: progress, and the one line that says what went wrong.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Lines of words, each a ``Swift/String/message``.
    static func write(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).message }
        put(lines.map { isTerminal ? $0.isolated : $0 }.joined(separator: "\n"))
    }

    /// As it is: a bar that is drawn over itself.
    static func put(_ text: String) {
        var text = text
        text.withUTF8 { _ = RawOutput.put(UnsafeRawBufferPointer($0), on: STDERR_FILENO) }
    }
}

/// Files and standard input in bytes, without Foundation, whose start-up a single figure would notice.
enum InputFile {
    /// There is one, and whoever reads it leaves nothing to the next.
    private static let isStandardInputRead = Atomic(false)

    static func exists(_ path: String) -> Bool { Place.exists(path) }

    /// A path for readers that open files themselves: `-` is standard input for them too.
    static func path(_ argument: String) -> String { argument == "-" ? "/dev/stdin" : argument }

    /// For readers of their own, whose reasons are not in the reader's language.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``.
    static func check(_ path: String) throws { try Place.checkReadable(path) }

    /// - Parameter path: `-` for standard input.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``.
    static func bytes(_ path: String) throws -> [UInt8] {
        func failure() -> CommandProblem { .unreadable(path: name(path), reason: SystemReason.of(errno)) }
        if path == "-" {
            guard !isStandardInputRead.exchange(true, ordering: .relaxed) else { throw CommandProblem.readTwice }
        }
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
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

    /// The bytes of a text, whatever they are: a byte order mark and the last line's end are no part of it.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``; `ReadingError.encoding` for UTF-16.
    static func textBytes(_ path: String) throws -> [UInt8] {
        try PlainText.withoutLastLineEnd(PlainText.bytes(bytes(path), source: name(path)))
    }

    /// The lines of a file, whatever their bytes are: the last one needs no end, and LF or CRLF ends the others.
    /// - Throws: as ``textBytes(_:)``.
    static func lines(_ path: String) throws -> [[UInt8]] {
        let bytes = try PlainText.bytes(bytes(path), source: name(path))
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    }

    /// The text of a file, or of standard input.
    /// - Throws: ``CommandProblem/unreadable(path:reason:)``; `ReadingError.encoding`.
    static func wholeText(_ path: String) throws -> String {
        try PlainText.text(PlainText.withoutLastLineEnd(bytes(path)), source: name(path))
    }

    /// A text given as an argument, or read from standard input where it is `-`.
    /// - Throws: as ``wholeText(_:)``.
    static func text(_ argument: String) throws -> String { argument == "-" ? try wholeText("-") : argument }

    /// A text a line; a single empty one where there is none.
    static func textLines(_ path: String) throws -> [String] {
        let lines = try wholeText(path).split(whereSeparator: \.isNewline).map(String.init)
        return lines.isEmpty ? [""] : lines
    }

    /// What errors call a path.
    private static func name(_ path: String) -> String { path == "-" ? SystemText.standardInput.text : path }
}
