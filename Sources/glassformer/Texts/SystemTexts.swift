import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where bytes come from and go to, and why the system refused a file.
enum SystemText: PhraseTable {
    case standardInput, standardOutput
    case missing, denied, folder, notFolder, full, readOnly, notEmpty

    var phrase: Phrase {
        switch self {
        case .standardInput: Phrase(en: "standard input", zh: "标准输入")
        case .standardOutput: Phrase(en: "standard output", zh: "标准输出")
        case .missing: Phrase(en: "no such file or folder", zh: "没有这个文件或文件夹")
        case .denied: Phrase(en: "permission denied", zh: "没有权限")
        case .folder: Phrase(en: "it is a folder", zh: "这是一个文件夹")
        case .notFolder: Phrase(en: "a part of the path is not a folder", zh: "路径中有一部分不是文件夹")
        case .full: Phrase(en: "no space left", zh: "空间已满")
        case .readOnly: Phrase(en: "the disk is read-only", zh: "磁盘是只读的")
        case .notEmpty: Phrase(en: "the folder holds something else", zh: "文件夹里有别的东西")
        }
    }

    /// The system's own words where the code is a rare one.
    static func reason(_ code: Int32) -> Phrase {
        switch code {
        case ENOENT: SystemText.missing.phrase
        case EACCES, EPERM: SystemText.denied.phrase
        case EISDIR: SystemText.folder.phrase
        case ENOTDIR: SystemText.notFolder.phrase
        case ENOSPC: SystemText.full.phrase
        case EROFS: SystemText.readOnly.phrase
        case ENOTEMPTY, EEXIST: SystemText.notEmpty.phrase
        default: Phrase(String(cString: strerror(code)))
        }
    }
}
