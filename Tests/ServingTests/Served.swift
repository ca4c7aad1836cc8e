import Foundation
import Models
import Page
import Reading
import TestSupport
import Wording

@testable import Serving

/// A server in this process, on a port that was free.
struct Served {
    let server: Server
    var port: Int { server.place.port }
    var host: String { "Host: 127.0.0.1:\(port)\r\n" }

    static let model = "next-word"

    init(
        limits: ServeLimits = ServeLimits(), isInRoom: Bool = false, change: (inout Site) -> Void = { _ in }
    ) throws {
        var site = Site()
        site.sources[Self.model] = ServedSource {
            .model(try LanguageModel.load(folder: Places.root + "/fixtures/models/" + Self.model))
        }
        site.pages[""] = ServedPage { server in Array("<p>\(server.root)|\(server.room?.rawValue ?? "")</p>".utf8) }
        site.pages["models/one"] = ServedPage { server in Array(server.root.utf8) }
        site.files["web/app.js"] = ServedFile("app.js", .bytes(Array("1;".utf8)))
        change(&site)
        server = try Server(site, at: Server.Place(port: 0), limits: limits, threads: 2, isInRoom: isInRoom)
    }

    func get(_ path: String, method: String = "GET", _ headers: String = "") throws -> Wire.Answer {
        let wire = try Wire(port: port)
        wire.send("\(method) \(path) HTTP/1.1\r\n\(host)\(headers)Connection: close\r\n\r\n")
        return wire.answer(hasBody: method != "HEAD")
    }

    static func post(_ path: String, _ body: String, _ host: String, _ headers: String = "") -> String {
        "POST \(path) HTTP/1.1\r\n\(host)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "\(headers)\r\n\(body)"
    }

    func ask(_ body: String, _ headers: String = "", at path: String = "/ask") throws -> Wire.Answer {
        let wire = try Wire(port: port)
        wire.send(Self.post(path, body, host, headers + "Connection: close\r\n"))
        return wire.answer()
    }
}

/// The members of an answer.
func members(_ answer: Wire.Answer) throws -> [String: JSONValue] {
    var cursor = JSONCursor(answer.body, source: "answer")
    return try cursor.readValue().members ?? [:]
}
