import Wording

/// A folder as the readers of models see it, on a disk (``disk(_:)``) or in the memory of a page.
public struct FileFolder: Sendable {
    /// With the last stroke, where it is not empty: errors name a file by this and its name.
    public let path: String
    private let list: @Sendable () -> [String]
    private let contains: @Sendable (String) -> Bool
    private let open: @Sendable (String) throws(Failure) -> FileBytes

    public init(
        path: String, list: @escaping @Sendable () -> [String], contains: @escaping @Sendable (String) -> Bool,
        open: @escaping @Sendable (String) throws(Failure) -> FileBytes
    ) {
        self.path = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
        self.list = list
        self.contains = contains
        self.open = open
    }

    /// The files that somebody has in memory, by their names.
    public init(path: String, files: [String: FileBytes]) {
        self.init(
            path: path, list: { files.keys.sorted() }, contains: { files[$0] != nil },
            open: { (name) throws(Failure) in
                guard let file = files[name] else {
                    throw Failure(ReadingError.unreadable(path: path + name, reason: "–"))
                }
                return file
            })
    }

    /// The names of its files, in their order; none where it cannot be read.
    public var names: [String] { list() }

    public func has(_ name: String) -> Bool { contains(name) }

    /// Without the last stroke, as people write it.
    public var plainPath: String { path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

    /// - Throws: ``ReadingError/unreadable(path:reason:)``.
    public func file(_ name: String) throws(Failure) -> FileBytes { try open(name) }

    /// A copy of a small file. - Throws: ``ReadingError/unreadable(path:reason:)``.
    public func contents(_ name: String) throws(Failure) -> [UInt8] { try open(name).copy }

    /// A path as its folder, with the last stroke, and the name.
    public static func split(_ path: String) -> (folder: String, name: String) {
        guard let stroke = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...stroke]), String(path[path.index(after: stroke)...]))
    }
}
