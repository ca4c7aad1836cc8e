import NIOHTTP1
import Page
import Platform
import Reading
import Subjects
import Wording

/// From a request to what is to be done about it. It knows no sockets.
struct Service: Sendable {
    /// Whose address begins how: a token for who leads, another for who follows; none on this machine alone.
    struct Doors: Sendable {
        var lead = ""
        var follow = ""

        var isOpenToAll: Bool { lead.isEmpty && follow.isEmpty }
    }

    /// What a connection does.
    enum Plan: Sendable {
        case now(Reply)
        /// On another thread, in a lane that one thread is in at a time.
        case work(lane: String, seconds: Int, @Sendable () -> Reply)
        /// The connection stays open and hears of the room.
        case listen(leads: Bool)
    }

    struct Request: Sendable {
        var method: HTTPMethod
        var uri: String
        var headers: HTTPHeaders
        var body: [UInt8] = []

        /// In the language that the reader's browser asks for first.
        var language: Language {
            headers.first(name: "accept-language").flatMap { tags in
                Language(tag: String(tags.prefix { $0 != "," && $0 != ";" }))
            } ?? .english
        }

        /// The page that asks, for turns and votes; a random name that it gave itself.
        var page: String {
            String(
                (headers.first(name: "x-glassformer-page") ?? "").filter { $0.isASCII && $0.isLetter || $0.isNumber }
                    .prefix(40))
        }
    }

    let answers: Answers
    let doors: Doors
    let room: Room?
    private let pages = MadeTable<PageKey, [UInt8]>()
    private let later = MadeTable<String, [UInt8]>()

    private struct PageKey: Hashable { var path: String, role: PageServer.Room? }

    init(site: Site, limits: ServeLimits, doors: Doors) {
        answers = Answers(site: site, limits: limits)
        self.doors = doors
        room = doors.isOpenToAll ? nil : Room()
    }

    var limits: ServeLimits { answers.limits }

    /// Where a request goes: its path without what lets it in, and whether it leads.
    private func entered(_ uri: String) -> (path: String, leads: Bool)? {
        var path = String(uri.prefix { $0 != "?" && $0 != "#" })
        guard path.hasPrefix("/") else { return nil }
        path.removeFirst()
        if doors.isOpenToAll { return (path, true) }
        for (token, leads) in [(doors.lead, true), (doors.follow, false)] {
            if path.hasPrefix(token + "/") { return (String(path.dropFirst(token.count + 1)), leads) }
        }
        return nil
    }

    private static let posts = Set(PageServer.addresses)

    /// Which methods an address takes; nil where there is nothing.
    private func methods(_ path: String) -> [HTTPMethod]? {
        if path == "follow" { return room == nil ? nil : [.GET, .POST] }
        if path == "vote" { return room == nil ? nil : [.POST] }
        if path == "take" { return [.GET, .POST] }
        if Self.posts.contains(path) { return [.POST] }
        let site = answers.site
        return site.pages[path] != nil || site.files[path] != nil ? [.GET, .HEAD] : nil
    }

    /// What can be refused before the body has come.
    func refusal(_ request: Request) -> ServeError? {
        if isDoor(request.uri) { return nil }
        guard let (path, _) = entered(request.uri) else { return .noPage(request.uri.message) }
        guard let methods = methods(path) else {
            return path == "book" || path.hasPrefix("book/") ? .noBook : .noPage("/" + path)
        }
        guard methods.contains(request.method) else {
            return .method(request.method.rawValue, allowed: methods.map(\.rawValue).joined(separator: ", "))
        }
        guard request.method == .POST else { return nil }
        let type = request.headers.first(name: "content-type") ?? ""
        guard type.prefix(while: { $0 != ";" && $0 != " " }).lowercased() == "application/json" else { return .notJSON }
        return nil
    }

    /// An address that somebody wrote down without its last stroke.
    private func isDoor(_ uri: String) -> Bool {
        !doors.isOpenToAll && (uri == "/" + doors.lead || uri == "/" + doors.follow)
    }

    func plan(_ request: Request) -> Plan {
        if isDoor(request.uri) {
            return .now(Reply(status: .permanentRedirect, type: "text/plain", more: [("Location", request.uri + "/")]))
        }
        if let error = refusal(request) {
            return .now(.refusal(error, request.language, asText: request.method != .POST))
        }
        guard let (path, leads) = entered(request.uri) else {
            return .now(.refusal(.noPage(request.uri.message), request.language))
        }
        switch (path, request.method) {
        case ("follow", .GET): return .listen(leads: leads)
        case ("follow", _), ("vote", _): return .now(inRoom(path, request, leads: leads))
        case ("ask", _), ("tensor", _), ("take", _): return question(path, request)
        default: return page(path, request, leads: leads)
        }
    }

    // MARK: Pages and files

    private func page(_ path: String, _ request: Request, leads: Bool) -> Plan {
        let language = request.language
        if let file = answers.site.files[path] {
            switch file.content {
            case .bytes(let bytes): return .now(sent(bytes, file.type, file.policy, request, tag: file.tag))
            case .later(let make):
                return .work(lane: "file " + path, seconds: limits.secondsOfWhole) {
                    guard let bytes = try? later.value(path, make) else {
                        return .refusal(.noPage("/" + path), language, asText: true)
                    }
                    return sent(bytes, file.type, file.policy, request)
                }
            case .disk(let place):
                return .work(lane: place, seconds: limits.secondsOfWhole) {
                    guard let bytes = try? DiskFile(path: place).copy else {
                        return .refusal(.noPage("/" + path), language, asText: true)
                    }
                    return sent(bytes, file.type, file.policy, request)
                }
            }
        }
        guard let page = answers.site.pages[path] else {
            return .now(.refusal(.noPage("/" + path), language, asText: true))
        }
        let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
        let server = PageServer(
            root: String(repeating: "../", count: depth), room: room == nil ? nil : leads ? .lead : .follow)
        return .work(lane: "page " + path, seconds: limits.secondsOfWhole) {
            do {
                let bytes = try pages.value(PageKey(path: path, role: server.room)) { try page.make(server) }
                return sent(bytes, ServedFile.type(of: ".html"), page.policy, request)
            } catch {
                var reply = Reply.refusal(Answers.failed(error), language, asText: true)
                reply.status = .internalServerError
                return reply
            }
        }
    }

    private func sent(_ bytes: [UInt8], _ type: String, _ policy: ServePolicy, _ request: Request, tag: String? = nil)
        -> Reply
    {
        var reply = Reply(type: type, body: bytes, policy: policy)
        reply.tag = tag ?? Reply.tag(of: bytes)
        if request.headers["if-none-match"].contains(reply.tag ?? "") {
            (reply.status, reply.body) = (.notModified, [])
        }
        return reply
    }

    // MARK: Questions

    private func question(_ path: String, _ request: Request) -> Plan {
        let language = request.language
        do throws(ServeError) {
            let body = request.method == .GET ? try Self.query(request.uri) : request.body
            let asked = try Asked(body, language: language)
            return .work(lane: asked.key, seconds: path == "take" ? limits.secondsOfWhole : limits.seconds) {
                [answers] in
                do throws(ServeError) {
                    switch path {
                    case "tensor": return try answers.tensor(asked)
                    case "take": return try answers.take(asked)
                    default: return try answers.ask(asked)
                    }
                } catch {
                    return .refusal(error, asked.language)
                }
            }
        } catch {
            return .now(.refusal(error, language))
        }
    }

    /// The question in `?q=…`.
    private static func query(_ uri: String) throws(ServeError) -> [UInt8] {
        let query = uri.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
        guard let part = query.split(separator: "&").first(where: { $0.hasPrefix("q=") }) else {
            throw .malformed(Phrase(en: "it lacks “q”", zh: "缺少“q”"))
        }
        var bytes: [UInt8] = []
        var rest = part.dropFirst(2).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw .malformed(Phrase(en: "“%” without two digits", zh: "“%”后面不是两位数字"))
            }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return bytes
    }

    // MARK: Room

    private func inRoom(_ path: String, _ request: Request, leads: Bool) -> Reply {
        guard let room else { return .refusal(.noRoom, request.language) }
        do throws(ServeError) {
            var cursor = JSONCursor(request.body, source: "question")
            let members: [String: JSONValue]
            do throws(Failure) {
                members = try cursor.readValue().members ?? [:]
                try cursor.expectEnd()
            } catch {
                throw ServeError.malformed(error.explanation)
            }
            if path == "vote" {
                try room.vote(members, leads: leads, by: request.page)
            } else {
                guard leads else { throw ServeError.notLeading }
                try room.move(to: members)
            }
            return .json(Array("{}".utf8))
        } catch {
            return .refusal(error, request.language)
        }
    }
}
