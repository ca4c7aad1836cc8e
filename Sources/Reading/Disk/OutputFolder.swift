import Synchronization
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that no other process writes to meanwhile, whose killed predecessors' leftovers are taken away.
///
/// A folder that had to be made goes with it, where nothing came into it.
public final class FolderLock: Sendable {
    /// Where the path leads.
    public let place: String
    private let file: Int32
    private let made: [String]

    /// The folders that this process holds: its own parts do not wait for each other.
    private static let held = Mutex<Set<String>>([])

    /// - Parameter path: is made where it is not there.
    /// - Throws: ``ReadingError/unwritable(path:reason:)``; ``ReadingError/busy(path:)`` where another process holds it.
    public init(_ path: String) throws(Failure) {
        let place = Place.resolved(path)
        if let kind = Place.kind(place), kind != S_IFDIR { throw Place.unwritable(path, ENOTDIR) }
        let made = try Self.make(place, as: path)
        (self.place, self.made) = (place, made)
        guard Self.held.withLock({ $0.insert(place).inserted }) else {
            file = -1
            return
        }
        var file: Int32 = -1
        do throws(Failure) {
            file = try Self.lock(place, as: path)
        } catch {
            Self.remove(made)
            _ = Self.held.withLock { $0.remove(place) }
            throw error
        }
        self.file = file
        sweep(place)
    }

    /// A lock that waits a moment for one who only looks.
    private static func lock(_ place: String, as path: String) throws(Failure) -> Int32 {
        let file = Lock.open(place)
        guard file >= 0 else { throw Place.unwritable(path, errno) }
        for _ in 0..<30 {
            switch Lock.take(file) {
            case .taken, .impossible: return file
            case .busy: usleep(10_000)
            }
        }
        close(file)
        throw Failure(ReadingError.busy(path: path))
    }

    /// Makes a folder and those above it.
    /// - Returns: those that were not there, outermost first.
    static func make(_ place: String, as path: String) throws(Failure) -> [String] {
        var made: [String] = []
        var code: Int32 = 0
        Interruption.changing { unfinished in
            for end in place.indices.dropFirst() + [place.endIndex] {
                guard end == place.endIndex || place[end] == "/" else { continue }
                let folder = String(place[..<end])
                guard Place.kind(folder) == nil else { continue }
                if mkdir(folder, 0o777) == 0 {
                    made.append(folder)
                } else if errno != EEXIST {
                    code = errno
                    break
                }
            }
            unfinished.folders += made
        }
        guard code == 0 else {
            remove(made)
            throw Place.unwritable(path, code)
        }
        return made
    }

    /// Takes folders away that were made and are still empty.
    static func remove(_ made: [String]) {
        Interruption.changing { unfinished in
            for folder in made.reversed() { rmdir(folder) }
            unfinished.folders.removeAll { made.contains($0) }
        }
    }

    deinit {
        Self.remove(made)
        guard file >= 0 else { return }
        close(file)
        _ = Self.held.withLock { $0.remove(place) }
    }
}

/// A folder of files that appear together: written aside, then moved into their place.
///
/// A folder that is not there yet appears in one step. Into one that is there, files are moved one after the other;
/// files of other names stay, and one that is not ours is not replaced. A failure leaves no trace.
public final class OutputFolder: Sendable {
    /// As it was given.
    public let path: String
    /// Where the files are written until they are committed.
    public let unfinished: String
    private let place: String
    private let mayReplace: Bool
    private let isOurs: @Sendable (String) -> Bool
    private let claim: Claim
    private let made: [String]
    private let lock: Mutex<FolderLock?>
    private let isOpen = Mutex(true)

    /// - Parameters:
    ///   - mayReplace: whether files go that are not ours (``OwnFile``).
    ///   - isOurs: knows of names in this folder that theirs are ours, whatever the files say.
    ///   - names: files that will be written, so that one that is in the way is refused before the work is done.
    /// - Throws: ``ReadingError/unwritable(path:reason:)``, ``ReadingError/busy(path:)``, ``ReadingError/foreign(path:)``.
    public init(
        _ path: String, mayReplace: Bool = false, isOurs: @escaping @Sendable (String) -> Bool = { _ in false },
        names: [String] = []
    ) throws(Failure) {
        var plain = path
        while plain.count > 1, plain.hasSuffix("/") { plain.removeLast() }
        self.path = plain
        self.mayReplace = mayReplace
        self.isOurs = isOurs
        place = Place.resolved(plain)
        guard place != "/" else {
            throw Failure(ReadingError.unwritable(path: path, reason: SystemReason.root.phrase))
        }
        // Inside, where it is there: its own disk, and writable where the folder above may not be.
        let isThere = Place.kind(place) != nil
        let lock = isThere ? try FolderLock(plain) : nil
        self.lock = Mutex(lock)
        made = try FolderLock.make(Place.parent(place), as: plain)
        if !isThere { sweep(Place.parent(place)) }
        do throws(Claim.Failure) {
            claim = try Claim(
                UnfinishedName.beside(isThere ? place + "/run" : place), isFolder: true, patience: 300)
        } catch {
            FolderLock.remove(made)
            throw Place.failure(plain, error)
        }
        unfinished = claim.path
        do throws(Failure) {
            for name in names { try checkPlace(of: name) }
        } catch {
            discard()
            throw error
        }
    }

    /// Safe to call from several threads.
    /// - Parameter name: a file's name, after those of folders in this one.
    public func write(_ bytes: [UInt8], as name: String) throws(Failure) {
        for end in name.indices where name[end] == "/" { mkdir(unfinished + "/" + name[..<end], 0o777) }
        let file = open(unfinished + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Place.unwritable(path + "/" + name, errno) }
        var code: Int32 = bytes.withUnsafeBytes { RawOutput.put($0, on: file) } ? 0 : errno
        if close(file) != 0, code == 0 { code = errno }
        guard code == 0 else { throw Place.unwritable(path + "/" + name, code) }
    }

    /// What was written so far, each by its path in the folder.
    public var files: [String] { Self.files(in: unfinished) }

    /// Moves everything into place.
    /// - Parameters:
    ///   - first: names that go before the others, since they say whose the rest is; `index.html` comes last.
    ///   - surplus: names of an earlier run that are taken away where this one did not write them.
    public func commit(first: [String] = [], surplus: [String] = []) throws(Failure) {
        if Place.kind(place) == nil, claim.rename(to: place) == 0 { return end() }
        if lock.withLock({ $0 == nil }) {
            let taken = try FolderLock(path)
            lock.withLock { $0 = taken }
        }
        let names = files.sorted { one, other in
            func rank(_ name: String) -> Int { first.contains(name) ? 0 : name == "index.html" ? 2 : 1 }
            return (rank(one), one) < (rank(other), other)
        }
        for name in names { try checkPlace(of: name) }
        // As one, for whoever interrupts.
        let failure = Interruption.changing { _ -> (name: String, code: Int32)? in
            for name in names {
                for end in name.indices where name[end] == "/" { mkdir(place + "/" + name[..<end], 0o777) }
                if rename(unfinished + "/" + name, place + "/" + name) != 0 { return (name, errno) }
            }
            for name in Set(surplus).subtracting(names) { unlink(place + "/" + name) }
            return nil
        }
        if let failure { throw Place.unwritable(path + "/" + failure.name, failure.code) }
        claim.remove()
        end()
    }

    /// Takes back everything that was not committed.
    public func discard() {
        guard isOpen.withLock({ $0 }) else { return }
        claim.remove()
        end()
    }

    private func end() {
        isOpen.withLock { $0 = false }
        FolderLock.remove(made)
        lock.withLock { $0 = nil }
        close(claim.file)
    }

    deinit { discard() }

    /// - Throws: ``ReadingError/foreign(path:)`` where a file is there that is not ours;
    ///   ``ReadingError/unwritable(path:reason:)`` where it is no file.
    private func checkPlace(of name: String) throws(Failure) {
        var folder = place
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            if let kind = Place.kind(folder), kind != S_IFDIR {
                throw Place.unwritable(path + "/" + name, ENOTDIR)
            }
        }
        var status = stat()
        guard lstat(place + "/" + name, &status) == 0 else { return }
        let kind = status.st_mode & S_IFMT
        guard kind != S_IFDIR else { throw Place.unwritable(path + "/" + name, EISDIR) }
        // Not even a link to one of ours.
        guard mayReplace || isOurs(name) || kind == S_IFREG && OwnFile.isOurs(place + "/" + name) else {
            throw Failure(ReadingError.foreign(path: path + "/" + name))
        }
    }

    /// Every file below a folder, by its path from there.
    private static func files(in folder: String) -> [String] {
        FileFolder.names(folder).filter { $0 != "." && $0 != ".." }.flatMap { name in
            Place.isFolder(folder + "/" + name) ? files(in: folder + "/" + name).map { name + "/" + $0 } : [name]
        }
    }
}
