#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which files may be replaced: those that say of themselves that Glassformer wrote them.
public enum OwnFile {
    /// How a kind of file begins, and what only ours hold, near their beginning or their end.
    private static let marks: [(beginning: String, mark: String)] = [
        ("<svg", "<metadata>glassformer"),
        ("\u{89}PNG", "Software\0\0\0\0\0Glassformer"),
        ("%PDF", "/Creator (Glassformer)"),
        ("<!doctype html>", generator), ("<!DOCTYPE html>", generator),
        ("PK\u{3}\u{4}", "<Application>Glassformer</Application>"),
        ("{\"format\":\"glassformer-", ""),
    ]

    /// For the head of a page: what makes it known as ours.
    public static let generator = "<meta name=\"generator\" content=\"Glassformer\">"

    /// The keys of a tensor file's metadata under which traces and checkpoints say what they are.
    private static let metadata = ["glassformer", "training"]

    /// Whether a file is ours, or empty: there is nothing to lose.
    public static func isOurs(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        guard status.st_size > 0 else { return true }
        let head = piece(of: file, at: 0)
        func begins(_ text: String, at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: bytes(text)) }
        if metadata.contains(where: { begins("{\"__metadata__\":{\"\($0)\":", at: 8) }) { return true }
        guard let (_, mark) = marks.first(where: { begins($0.beginning) }) else { return false }
        return holds(head, mark) || holds(piece(of: file, at: max(Int64(status.st_size) - Int64(length), 0)), mark)
    }

    private static let length = 1 << 18

    private static func bytes(_ text: String) -> [UInt8] {
        // The one beginning that is no text.
        text.hasPrefix("\u{89}") ? [0x89] + text.utf8.dropFirst(2) : Array(text.utf8)
    }

    private static func piece(of file: Int32, at place: Int64) -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: length)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(place)) }
        return bytes[..<max(count, 0)]
    }

    private static func holds(_ bytes: ArraySlice<UInt8>, _ mark: String) -> Bool {
        let mark = Array(mark.utf8)
        guard let first = mark.first else { return true }
        var rest = bytes
        while let place = rest.firstIndex(of: first) {
            if bytes[place...].starts(with: mark) { return true }
            rest = bytes[(place + 1)...]
        }
        return false
    }
}
