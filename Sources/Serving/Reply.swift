import NIOHTTP1
import Reading
import Wording

/// What is sent back.
struct Reply: Sendable {
    var status = HTTPResponseStatus.ok
    var type = "application/json"
    var body: [UInt8] = []
    var policy = ServePolicy.page
    var more: [(String, String)] = []
    /// Whether a browser may keep it, asking each time whether it is still so.
    var tag: String?

    static func tag(of bytes: [UInt8]) -> String {
        // FNV-1a
        let hash = bytes.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return "\"\(String(hash, radix: 36))\""
    }

    static func json(_ body: [UInt8]) -> Reply { Reply(body: body) }

    static func refusal(_ error: ServeError, _ language: Language, asText: Bool = false) -> Reply {
        var reply = Reply(status: error.status)
        let line = error.explanation[language].message
        if asText {
            reply.type = "text/plain; charset=utf-8"
            reply.body = Array((line + "\n").utf8)
        } else {
            var json = JSONWriter(.dense)
            json.object { $0.member("error", line) }
            reply.body = json.bytes
        }
        if error.status == .serviceUnavailable { reply.more.append(("Retry-After", "1")) }
        if case .method(_, let allowed) = error { reply.more.append(("Allow", allowed)) }
        return reply
    }

    func headers(closes: Bool) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: type)
        headers.add(name: "Content-Length", value: "\(status == .notModified ? 0 : body.count)")
        headers.add(name: "Cache-Control", value: tag == nil ? "no-store" : "no-cache")
        if let tag { headers.add(name: "ETag", value: tag) }
        Self.addSafety(policy, to: &headers)
        for (name, value) in more { headers.add(name: name, value: value) }
        if closes { headers.add(name: "Connection", value: "close") }
        return headers
    }

    static func addSafety(_ policy: ServePolicy, to headers: inout HTTPHeaders) {
        headers.add(name: "Content-Security-Policy", value: policy.header)
        headers.add(name: "X-Content-Type-Options", value: "nosniff")
        headers.add(name: "Referrer-Policy", value: "no-referrer")
        headers.add(name: "X-Frame-Options", value: "DENY")
        headers.add(name: "Cross-Origin-Resource-Policy", value: "same-origin")
    }
}
