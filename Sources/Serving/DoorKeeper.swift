import NIOCore
import NIOHTTP1
import Wording

/// Who is let in. A page of a foreign site can make a browser send requests here, and a foreign name can be made to mean
/// this machine (DNS rebinding): whoever asks must call the server by a name of its own, and come from it.
struct DoorKeeper: Sendable {
    /// Beside those of the loopback, in small letters and without a port.
    let names: Set<String>

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    func refusal(of head: HTTPRequestHead) -> ServeError? {
        let hosts = head.headers["host"]
        guard hosts.count == 1, let host = hosts.first, let name = Self.name(of: host) else {
            return .foreignHost(hosts.joined(separator: ", "))
        }
        guard Self.loopback.contains(name) || names.contains(name) else { return .foreignHost(host) }
        for origin in head.headers["origin"] where origin.lowercased() != "http://" + host.lowercased() {
            return .foreignOrigin(origin)
        }
        // A browser says by itself what a foreign page makes it ask; a link from elsewhere is no harm.
        if head.headers.first(name: "sec-fetch-site") == "cross-site",
            head.method == .POST || head.headers.first(name: "sec-fetch-mode") != "navigate"
        {
            return .foreignOrigin(head.headers.first(name: "referer") ?? "cross-site")
        }
        return nil
    }

    /// The name before the port, in small letters; nil where it is no name and port.
    static func name(of host: String) -> String? {
        let host = host.lowercased()
        var (name, port) = (host[...], ""[...])
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            name = host[...end]
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.dropFirst()
        } else if let colon = host.firstIndex(of: ":") {
            (name, port) = (host[..<colon], host[host.index(after: colon)...])
        }
        guard !name.isEmpty, port.isEmpty || UInt16(port) != nil, port.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return String(name)
    }

    /// The names of this machine, for who listens to all of it.
    static func names(listeningOn host: String, machine: String) -> Set<String> {
        func written(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }
        guard host == "0.0.0.0" || host == "::" else { return [written(host.lowercased())] }
        let machine = machine.lowercased()
        return Set(addresses.map { written($0.lowercased()) } + [machine, machine + ".local"])
    }

    /// Of this machine's networks, those that others reach first; without those of a single cable.
    static var addresses: [String] {
        let all = ((try? System.enumerateDevices()) ?? []).compactMap { $0.address?.ipAddress }
        return all.filter { !$0.hasPrefix("127.") && $0 != "::1" && !$0.hasPrefix("fe80") }
            .sorted { ($0.contains(":") ? 1 : 0, $0) < ($1.contains(":") ? 1 : 0, $1) }
    }
}
