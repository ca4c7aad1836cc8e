#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Names of files, without Foundation.
enum FolderNames {
    /// What a folder holds, in the order of the names; empty where it cannot be read.
    static func of(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    names.append(String(cString: $0))
                }
            }
        }
        return names.sorted()
    }

    /// A path as its folder, with the last stroke, and the name.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let stroke = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...stroke]), String(path[path.index(after: stroke)...]))
    }
}

/// The older layout of byte-pair tokenizers: a vocabulary and a list of merges, perhaps under a common prefix such as
/// `gpt2-`.
struct VocabularyPair {
    let vocabulary: String
    let merges: String

    private static let endings = [("vocab.json", "merges.txt"), ("encoder.json", "vocab.bpe")]

    /// The pair that a file is one half of; `nil` where its name is neither's.
    init?(half path: String) {
        let (folder, name) = FolderNames.split(path)
        for (vocabulary, merges) in Self.endings {
            for ending in [vocabulary, merges] where name.hasSuffix(ending) {
                let prefix = name.dropLast(ending.count)
                self.vocabulary = folder + prefix + vocabulary
                self.merges = folder + prefix + merges
                return
            }
        }
        return nil
    }
}
