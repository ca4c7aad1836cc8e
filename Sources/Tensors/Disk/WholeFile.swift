import Foundation

/// Files that are there whole or not at all, whenever the program is stopped.
public enum WholeFile {
    /// Writes beside the target under a name that the next attempt takes again, then renames into place: a process
    /// that is killed leaves at most one `.partial` file, which the next writing replaces.
    /// - Throws: Foundation's error where the folder cannot be written.
    public static func write(_ data: Data, to path: String) throws {
        let partial = path + ".partial"
        try data.write(to: URL(fileURLWithPath: partial))
        try move(partial, into: path)
    }

    /// The same for what is too large to be gathered first.
    /// - Throws: Foundation's error where the folder cannot be written; what `body` throws.
    public static func write(to path: String, _ body: (FileHandle) throws -> Void) throws {
        let partial = path + ".partial"
        try Data().write(to: URL(fileURLWithPath: partial))
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
            defer { try? file.close() }
            try body(file)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        try move(partial, into: path)
    }

    private static func move(_ partial: String, into path: String) throws {
        guard rename(partial, path) == 0 else {
            let code = errno
            try? FileManager.default.removeItem(atPath: partial)
            throw NSError(
                domain: NSPOSIXErrorDomain, code: Int(code),
                userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(code))])
        }
    }
}

extension FileHandle {
    /// Writes bytes from where they lie, in pieces.
    func write(bytes: UnsafeRawBufferPointer) throws {
        let piece = 64 << 20
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            let count = min(piece, bytes.count - offset)
            let data = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: base + offset), count: count, deallocator: .none)
            try write(contentsOf: data)
            offset += count
        }
    }
}
