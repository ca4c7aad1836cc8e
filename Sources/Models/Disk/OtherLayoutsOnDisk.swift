import Reading
import Wording

extension ModelLibrary {
    /// Why something of a disk is no model, where more can be said than that it has no `config.json`.
    public static func failure(_ path: String) -> Failure? {
        if FileFolder.isFolder(path) { return OtherLayouts.failure(.disk(path)) }
        guard let file = try? DiskFile(path: path) else { return nil }
        return OtherLayouts.failure(file: path, file.bytes)
    }
}
