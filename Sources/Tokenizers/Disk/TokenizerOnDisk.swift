import Reading
import Wording

extension TokenizerFile {
    /// The tokenizer of a model folder on a disk, or of a file there.
    /// - Throws: as ``load(from:)``.
    public static func load(_ path: String) throws(Failure) -> AnyTokenizer {
        if FileFolder.isFolder(path) { return try load(from: .disk(path)) }
        let (folder, name) = FileFolder.split(path)
        return try load(name, of: .disk(folder))
    }
}
