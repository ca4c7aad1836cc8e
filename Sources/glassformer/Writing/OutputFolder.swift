import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

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
