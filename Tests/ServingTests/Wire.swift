import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection of our own, so that what is sent may be as wrong as it likes.
final class Wire {
    private let socket: Int32

    init(port: Int) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { end() }

    private var isOver = false

    func end() {
        guard !isOver else { return }
        isOver = true
        close(socket)
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private var unread: [UInt8] = []

    /// What comes until `isEnough` says so, or the other side has said all.
    private func read(until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while !isEnough(unread) {
            let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { break }
            unread += part.prefix(count)
        }
        return unread
    }

    struct Answer {
        var status = 0
        var headers: [String: String] = [:]
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The next answer, as long as its header says; nothing where the connection ended without one.
    /// - Parameter hasBody: of the answer to a `HEAD` there is none.
    func answer(hasBody: Bool = true) -> Answer {
        let mark = Array("\r\n\r\n".utf8)
        func end(_ bytes: [UInt8]) -> Int? {
            bytes.indices.dropLast(3).first { Array(bytes[$0..<$0 + 4]) == mark }.map { $0 + 4 }
        }
        let bytes = read { end($0) != nil }
        guard let start = end(bytes) else { return Answer() }
        var answer = Answer()
        let lines = String(decoding: bytes[..<start], as: UTF8.self).components(separatedBy: "\r\n")
        answer.status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            answer.headers[line[..<colon].lowercased()] = line[line.index(after: colon)...]
                .trimmingCharacters(in: .whitespaces)
        }
        let length = hasBody ? answer.headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        let all = read { $0.count >= start + length }
        answer.body = Array(all[start..<min(all.count, start + length)])
        unread = Array(all.dropFirst(start + length))
        return answer
    }

    /// Whatever comes until a text has come.
    func text(until wanted: String) -> String {
        let bytes = read { String(decoding: $0, as: UTF8.self).contains(wanted) }
        unread = []
        return String(decoding: bytes, as: UTF8.self)
    }
}
