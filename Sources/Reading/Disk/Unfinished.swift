#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How files and folders are called while they are written: beside their place, hidden, and known as ours.
enum UnfinishedName {
    private static let ending = ".glassformer-partial"
    /// What file systems allow, in bytes.
    private static let longest = 255

    /// `…/.NAME.glassformer-partial`, of every process the same, so that two meet there.
    static func beside(_ path: String) -> String {
        let (folder, name) = FileFolder.split(path)
        let hidden = "." + name + ending
        guard hidden.utf8.count > longest else { return folder + hidden }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return folder + "." + String(hash, radix: 16) + ending
    }

    /// Another that a later run knows too.
    static func away(_ path: String) -> String {
        let (folder, name) = FileFolder.split(path)
        guard name.hasSuffix(ending) else { return path }
        return beside(folder + "\(getpid())" + name.dropLast(ending.count))
    }

    static func isOne(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(ending) }
}

/// A lock on an open file or folder, which the system gives back however its owner ends.
enum Lock {
    enum Outcome { case taken, busy, impossible }

    static func take(_ file: Int32) -> Outcome {
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            return errno == EWOULDBLOCK ? .busy : .impossible
        }
        return .taken
    }

    /// Whether the path still names what was opened.
    static func isSame(_ file: Int32, _ path: String) -> Bool {
        var (one, other) = (stat(), stat())
        return fstat(file, &one) == 0 && lstat(path, &other) == 0 && one.st_ino == other.st_ino
            && one.st_dev == other.st_dev
    }

    /// Opens what lies there, to lock it: never a link, nor waiting for a pipe's other end.
    static func open(_ path: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        #elseif canImport(Musl)
            Musl.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        #else
            Darwin.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        #endif
    }
}

/// An unfinished file or folder that is this process's: whoever holds its lock owns it.
struct Claim {
    let path: String
    /// Open for writing where it is a file.
    let file: Int32

    enum Failure: Error {
        case busy
        case system(Int32)
    }

    /// Makes it and registers it for an interruption; what a killed process left under this name goes.
    /// - Parameter patience: for how many milliseconds to wait for another process.
    init(_ path: String, isFolder: Bool, patience: Int) throws(Failure) {
        var waited = 0
        while true {
            let attempt = Interruption.changing { unfinished -> Result<Int32, Failure> in
                let attempt = Self.attempt(path, isFolder: isFolder)
                if case .success(let file) = attempt, file >= 0 { unfinished.paths.append(path) }
                return attempt
            }
            switch attempt {
            case .success(let file) where file >= 0:
                (self.path, self.file) = (path, file)
                return
            case .failure(.busy) where waited >= patience: throw .busy
            case .failure(.system(let code)): throw .system(code)
            default:
                waited += 5
                usleep(5000)
            }
        }
    }

    /// The file; less than zero where somebody was in the way for a moment.
    private static func attempt(_ path: String, isFolder: Bool) -> Result<Int32, Failure> {
        var file: Int32 = -1
        var isNew = true
        if isFolder {
            isNew = mkdir(path, 0o777) == 0
            if !isNew, errno != EEXIST { return .failure(.system(errno)) }
            file = Lock.open(path)
        } else {
            file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            isNew = file >= 0
            if !isNew {
                if errno != EEXIST { return .failure(.system(errno)) }
                file = Lock.open(path)
            }
        }
        guard file >= 0 else { return errno == ENOENT ? .success(-1) : .failure(.system(errno)) }
        switch Lock.take(file) {
        // A file system without locks: who made it owns it.
        case .impossible where isNew: return .success(file)
        case .taken where Lock.isSame(file, path):
            if isNew { return .success(file) }
            removeAll(path)
        case .taken: break
        case .busy, .impossible:
            close(file)
            return isNew ? .success(-1) : .failure(.busy)
        }
        close(file)
        return .success(-1)
    }

    /// Moves it into its place. - Returns: the system's code; 0 where it is there.
    func rename(to place: String) -> Int32 {
        Interruption.changing { unfinished in
            #if canImport(Glibc)
                let outcome = Glibc.rename(path, place)
            #elseif canImport(Musl)
                let outcome = Musl.rename(path, place)
            #else
                let outcome = Darwin.rename(path, place)
            #endif
            guard outcome == 0 else { return errno }
            unfinished.paths.removeAll { $0 == path }
            return 0
        }
    }

    func remove() {
        Interruption.changing { unfinished in
            removeAll(path)
            unfinished.paths.removeAll { $0 == path }
        }
    }
}

/// Takes a file away, or a folder and all that is in it; a link, not what it points to.
func removeAll(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
        unlink(path)
        return
    }
    for name in FileFolder.names(path) where name != "." && name != ".." { removeAll(path + "/" + name) }
    rmdir(path)
}

/// Takes away what killed processes left in a folder: what is ours by its name and nobody's by its lock.
func sweep(_ folder: String) {
    for name in FileFolder.names(folder) where UnfinishedName.isOne(name) {
        let path = folder + "/" + name
        let file = Lock.open(path)
        guard file >= 0 else { continue }
        defer { close(file) }
        if Lock.take(file) == .taken, Lock.isSame(file, path) { removeAll(path) }
    }
}
