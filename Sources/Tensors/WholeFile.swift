import Foundation

/// Files that are there whole or not at all, whenever the program is stopped.
public enum WholeFile {
    /// Writes beside the target under a name that the next attempt takes again, then renames into place: a process
    /// that is killed leaves at most one `.partial` file, which the next writing replaces.
    /// - Throws: Foundation's error where the folder cannot be written.
    public static func write(_ data: Data, to path: String) throws {
        let partial = path + ".partial"
        try data.write(to: URL(fileURLWithPath: partial))
        guard rename(partial, path) == 0 else {
            let code = errno
            try? FileManager.default.removeItem(atPath: partial)
            throw NSError(
                domain: NSPOSIXErrorDomain, code: Int(code),
                userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(code))])
        }
    }
}
