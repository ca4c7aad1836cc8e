import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the system refused a file, in the reader's language.
public enum SystemReason: PhraseTable {
    case missing, denied, folder, notFolder, full, readOnly, notEmpty
    case longName, loop, tooMany, tooLarge, faulty, memory, closed, noDevice, root, shrank

    public var phrase: Phrase {
        switch self {
        case .missing: Phrase(en: "no such file or folder", zh: "没有这个文件或文件夹")
        case .denied: Phrase(en: "permission denied", zh: "没有权限")
        case .folder: Phrase(en: "it is a folder", zh: "这是一个文件夹")
        case .notFolder: Phrase(en: "a part of the path is not a folder", zh: "路径中有一部分不是文件夹")
        case .full: Phrase(en: "no space left", zh: "空间已满")
        case .readOnly: Phrase(en: "the disk is read-only", zh: "磁盘是只读的")
        case .notEmpty: Phrase(en: "the folder holds something else", zh: "文件夹里有别的东西")
        case .longName: Phrase(en: "the name is too long", zh: "名字太长")
        case .loop: Phrase(en: "its links lead in a circle", zh: "链接绕成了圈")
        case .tooMany: Phrase(en: "too many files are open", zh: "打开的文件太多")
        case .tooLarge: Phrase(en: "the file would be too large", zh: "文件会过大")
        case .faulty: Phrase(en: "the device reports an error", zh: "设备报告出错")
        case .memory: Phrase(en: "no memory left", zh: "内存不足")
        case .closed: Phrase(en: "it is closed", zh: "它已关闭")
        case .root: Phrase(en: "the root of the file system is no place for files", zh: "文件系统的根目录不是放文件的地方")
        case .shrank: Phrase(en: "it became shorter meanwhile", zh: "读取过程中它变短了")
        case .noDevice: Phrase(en: "there is no such device", zh: "没有这个设备")
        }
    }

    /// - Parameter code: an `errno`.
    public static func of(_ code: Int32) -> Phrase {
        switch code {
        case ENOENT: Self.missing.phrase
        case EACCES, EPERM: Self.denied.phrase
        case EISDIR: Self.folder.phrase
        case ENOTDIR: Self.notFolder.phrase
        case ENOSPC, EDQUOT: Self.full.phrase
        case EROFS: Self.readOnly.phrase
        case ENOTEMPTY, EEXIST: Self.notEmpty.phrase
        case ENAMETOOLONG: Self.longName.phrase
        case ELOOP: Self.loop.phrase
        case EMFILE, ENFILE: Self.tooMany.phrase
        case EFBIG: Self.tooLarge.phrase
        case EIO: Self.faulty.phrase
        case ENOMEM: Self.memory.phrase
        case EBADF: Self.closed.phrase
        case ENXIO, ENODEV: Self.noDevice.phrase
        default: Phrase(en: "system error \(code)", zh: "系统错误 \(code)")
        }
    }
}
