import Foundation
import Glibc
import Synchronization

/// Why a browser did not do what a test asked of it.
public struct BrowserFailure: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// A process of Chromium and the two descriptors by which it is told what to do: messages of JSON, a zero byte behind
/// each (`--remote-debugging-pipe` reads descriptor 3 and writes descriptor 4). One socket is both.
final class BrowserWire: Sendable {
    private let process: pid_t
    private let socket: Int32
    private let unread = Mutex<[UInt8]>([])
    private let isOver = Mutex(false)

    init(_ command: [String]) throws {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            throw BrowserFailure("no socket for the browser: error \(errno)")
        }
        // High enough to be in nobody's way as 3 and 4; closed in whatever else this process starts.
        let ends = pair.map { fcntl($0, F_DUPFD_CLOEXEC, 16) }
        for end in pair { _ = close(end) }
        defer { _ = close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for place in 0...2 {
            posix_spawn_file_actions_addopen(&actions, Int32(place), "/dev/null", place == 0 ? O_RDONLY : O_WRONLY, 0)
        }
        for place in [3, 4] { posix_spawn_file_actions_adddup2(&actions, ends[1], Int32(place)) }
        // A group of its own: whatever the browser starts ends with it.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var started: pid_t = 0
        let error = posix_spawnp(&started, command[0], &actions, &attributes, &words, environ)
        guard error == 0 else {
            _ = close(ends[0])
            throw BrowserFailure("\(command[0]) does not start: error \(error)")
        }
        (process, socket) = (started, ends[0])
    }

    deinit { end() }

    /// Kills the browser and all that it started, and waits until it is gone.
    func end() {
        guard
            isOver.withLock({ over in
                defer { over = true }
                return !over
            })
        else { return }
        kill(-process, SIGKILL)
        _ = waitpid(process, nil, 0)
        _ = close(socket)
    }

    func write(_ message: Data) throws {
        let bytes = [UInt8](message) + [0]
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 || errno == EINTR else { throw BrowserFailure("the browser is gone: error \(errno)") }
            sent += max(0, count)
        }
    }

    /// The next message; nil where none comes in so many milliseconds.
    func read(within milliseconds: Int) throws -> Data? {
        try unread.withLock { unread in
            let end = ContinuousClock.now + .milliseconds(milliseconds)
            var looked = 0
            while true {
                if let stop = unread[looked...].firstIndex(of: 0) {
                    defer { unread.removeSubrange(...stop) }
                    return Data(unread[..<stop])
                }
                looked = unread.count
                let left = (end - .now) / .milliseconds(1)
                var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                guard left > 0, poll(&waiting, 1, Int32(left.rounded(.up))) != 0 else { return nil }
                var room = [UInt8](repeating: 0, count: 1 << 16)
                let count = recv(socket, &room, room.count, 0)
                guard count > 0 || count < 0 && errno == EINTR else { throw BrowserFailure("the browser has ended") }
                unread += room[..<max(0, count)]
            }
        }
    }
}
