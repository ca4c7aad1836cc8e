import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Wording

/// What all connections share.
final class ServerParts: Sendable {
    let service: Service
    let keeper: DoorKeeper
    let queue: FairQueue
    let connections = Atomic(0)
    let opened = Atomic(0)

    init(service: Service, keeper: DoorKeeper, queue: FairQueue) {
        (self.service, self.keeper, self.queue) = (service, keeper, queue)
    }
}

/// A server that shows a site until the program ends, or ``stop()``.
package final class Server: Sendable {
    /// Where to listen.
    package struct Place: Sendable {
        package var host = "127.0.0.1"
        /// 0 for any that is free.
        package var port = Server.usualPort

        package init(host: String = "127.0.0.1", port: Int = Server.usualPort) { (self.host, self.port) = (host, port) }

        /// Whether this machine alone can come in.
        package var isOwn: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
    }

    package static let usualPort = 8642

    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let parts: ServerParts
    package let place: Place

    /// Begins to listen.
    /// - Parameter doors: what addresses begin with; made anew for a place that others reach.
    /// - Throws: ``ListenError``.
    package init(
        _ site: Site, at place: Place, limits: ServeLimits = ServeLimits(), threads: Int? = nil, isInRoom: Bool? = nil
    ) throws {
        let doors =
            isInRoom ?? !place.isOwn ? Service.Doors(lead: Self.token(), follow: Self.token()) : Service.Doors()
        let machine = ProcessInfo.processInfo.hostName
        let queue = FairQueue(
            threads: threads ?? max(2, ProcessInfo.processInfo.activeProcessorCount), most: limits.waiting,
            mostOfOne: limits.waitingOfOne)
        let parts = ServerParts(
            service: Service(site: site, limits: limits, doors: doors),
            keeper: DoorKeeper(names: DoorKeeper.names(listeningOn: place.host, machine: machine)), queue: queue)
        self.parts = parts
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(
                        Connection(server: parts, number: parts.opened.add(1, ordering: .relaxed).newValue))
                }
            }
        do {
            channel = try bootstrap.bind(host: place.host, port: place.port).wait()
        } catch {
            try? group.syncShutdownGracefully()
            throw ListenError(place: place, error)
        }
        var found = place
        found.port = channel.localAddress?.port ?? place.port
        self.place = found
        queue.start()
    }

    /// Short enough to be written on a board, and not to be guessed: 40 bits.
    private static func token() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var source = SystemRandomNumberGenerator()
        return String((0..<8).map { _ in letters[Int(source.next() % UInt64(letters.count))] })
    }

    /// The address of who started it.
    package var address: String {
        let host = ["0.0.0.0", "::"].contains(place.host) ? "127.0.0.1" : place.host
        return Self.address(host, place.port, parts.service.doors.lead)
    }

    /// What others in the room open; empty where nobody else can.
    package var addressesOfRoom: [String] {
        guard parts.service.room != nil else { return [] }
        let hosts = ["0.0.0.0", "::"].contains(place.host) ? DoorKeeper.addresses : [place.host]
        return hosts.map { Self.address($0, place.port, parts.service.doors.follow) }
    }

    private static func address(_ host: String, _ port: Int, _ token: String) -> String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "http://\(host):\(port)/" + (token.isEmpty ? "" : token + "/")
    }

    /// How many texts it knows at present.
    package var textsKept: Int { parts.service.answers.sessions.count }

    /// Until it is stopped.
    package func wait() throws { try channel.closeFuture.wait() }

    package func stop() {
        try? channel.close().wait()
        try? group.syncShutdownGracefully()
    }
}

/// Why nobody can be listened to.
package struct ListenError: ExplainedError {
    package let explanation: Phrase

    init(place: Server.Place, _ error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            explanation = Phrase(
                en:
                    "port \(place.port) is taken by another program: choose one by --port, or --port 0 for any that is free",
                zh: "端口 \(place.port) 已被别的程序占用：请用 --port 另选，或用 --port 0 任取一个空闲的")
        case EACCES:
            explanation = Phrase(
                en: "port \(place.port) needs an administrator's rights: choose one from 1024 on by --port",
                zh: "端口 \(place.port) 需要管理员权限：请用 --port 选 1024 以上的")
        case EADDRNOTAVAIL:
            explanation = Phrase(
                en: "“\(place.host)” is no address of this machine: expected one of its own, or 0.0.0.0 for all",
                zh: "“\(place.host)”不是本机的地址：请给本机的地址，或用 0.0.0.0 表示全部")
        default:
            explanation = Phrase(
                en: "\(place.host):\(place.port): nobody can be listened to: \(error)",
                zh: "\(place.host):\(place.port)：无法监听：\(error)")
        }
    }
}
