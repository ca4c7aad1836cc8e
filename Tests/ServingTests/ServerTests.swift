import Foundation
import Models
import Page
import Reading
import Rendering
import TestSupport
import Testing
import Wording

@testable import Serving

/// The server over real sockets: what it answers, and what it refuses.
@Suite struct ServerTests {
    static let served = Result { try Served() }

    private var served: Served { get throws { try Self.served.get() } }

    // MARK: Answers

    /// The server's answers are those of the page's engine itself.
    @Test(arguments: [
        #""ask":"text""#, #""ask":"name","step":"blocks.0.attn.pattern","index":[0,1,2,1]"#,
        #""ask":"explain","step":"blocks.1.attn.attn_scores","index":[0,0,2,1]"#,
        #""ask":"figure","name":"layer-0-head-1-softmax","width":900,"height":560"#, #""ask":"steps""#,
    ])
    func answersAsThePagesEngine(_ question: String) throws {
        let text = #""text":"the cat sat""#
        let own = question.contains("\"text\"") ? "{\(question),\(text)}" : "{\(question)}"
        let folder = Places.root + "/fixtures/models/" + Served.model
        let session = PageSession(
            model: try LanguageModel.load(folder: folder), measurer: Renderer().measurer.any, keepsWidths: true)
        _ = session.ask(Array("{\"ask\":\"text\",\(text)}".utf8))
        let expected = session.ask(Array(own.utf8))
        let asked = question.contains("\"text\"") ? "\(question),\(text)" : "\"about\":{\(text)},\(question)"
        let answer = try served.ask("{\"source\":\"\(Served.model)\",\(asked)}")
        #expect(answer.status == 200)
        #expect(answer.body == expected)
    }

    /// Two readers of one text share its numbers, not its words.
    @Test func eachReaderKeepsItsLanguage() throws {
        let about = #""source":"next-word","about":{"text":"the dog"}"#
        let figure = #""ask":"figure","name":"layer-0-head-1-softmax","width":900,"height":560"#
        let chinese = try served.ask("{\(about),\"language\":\"zh-Hans\",\(figure)}")
        let english = try served.ask("{\(about),\(figure)}")
        #expect(try members(chinese)["title"]?.text?.contains("得分") == true)
        #expect(try members(english)["title"]?.text?.contains("scores") == true)
    }

    @Test func numbersAreTheTracesOwn() throws {
        let answer = try served.ask(
            #"{"source":"next-word","about":{"text":"the cat"},"steps":["blocks.0.attn.pattern","nothing"]}"#,
            at: "/tensor")
        #expect(answer.headers["content-type"] == "application/octet-stream")
        let words = answer.body.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
        #expect(Array(words.prefix(5)) == [4, 1, 4, 2, 2])
        #expect(words.count == 5 + 16 + 1 && words.last == -1)
        // The first row of a head sees itself alone.
        #expect(Float(bitPattern: UInt32(bitPattern: words[5])) == 1)
    }

    @Test func textIsNeverMarkup() throws {
        let answer = try served.ask(
            #"{"source":"next-word","about":{"text":"<script>"},"ask":"figure","name":"tokens","width":900,"height":500}"#
        )
        let svg = try #require(try members(answer)["svg"]?.text ?? members(answer)["error"]?.text)
        #expect(!svg.contains("<script"))
    }

    @Test(arguments: [("png", "\u{89}PNG"), ("svg", "<svg"), ("pdf", "%PDF")])
    func takesAFigureAway(_ kind: String, _ start: String) throws {
        let question =
            #"{"source":"next-word","about":{"text":"the cat"},"name":"layer-0-head-1-softmax","width":900,"height":560,"take":"\#(kind)"}"#
        let answer = try served.ask(question, at: "/take")
        #expect(answer.status == 200)
        #expect(answer.body.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
        #expect(answer.headers["content-disposition"]?.hasPrefix("attachment; filename*=UTF-8''") == true)
        let letters = CharacterSet.alphanumerics
        let asked = try #require(question.addingPercentEncoding(withAllowedCharacters: letters))
        #expect(try served.get("/take?q=\(asked)").body.count == answer.body.count)
    }

    // MARK: The connection

    @Test func aConnectionGoesOn() throws {
        let wire = try Wire(port: served.port)
        let host = try served.host
        for (path, status) in [("/", 200), ("/nothing", 404), ("/models/one", 200)] {
            wire.send("GET \(path) HTTP/1.1\r\n\(host)\r\n")
            #expect(wire.answer().status == status)
        }
        // Two at once are answered in their order.
        let question = #"{"source":"next-word","ask":"text","text":"the cat"}"#
        wire.send(Served.post("/ask", question, host) + "GET /models/one HTTP/1.1\r\n\(host)\r\n")
        #expect(wire.answer().body.starts(with: Array(#"{"text""#.utf8)))
        #expect(wire.answer().text == "../")
    }

    @Test func headSaysWhatGetWouldSend() throws {
        let (head, whole) = (try served.get("/", method: "HEAD"), try served.get("/"))
        #expect(head.body.isEmpty && head.headers["content-length"] == "\(whole.body.count)")
        let again = try served.get("/", "If-None-Match: \(whole.headers["etag"] ?? "")\r\n")
        #expect(again.status == 304)
    }

    @Test func everyAnswerIsSafe() throws {
        for path in ["/", "/web/app.js", "/nothing"] {
            let headers = try served.get(path).headers
            let policy = try #require(headers["content-security-policy"])
            #expect(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"))
            #expect(headers["x-content-type-options"] == "nosniff" && headers["referrer-policy"] == "no-referrer")
        }
    }

    // MARK: What is refused

    private static let question = #"{"source":"next-word","ask":"model"}"#

    /// A request, `HOST` standing for the right header, and the status that it gets.
    static let wrong: [(name: String, request: String, status: Int)] = [
        ("no HTTP", "\u{1}\u{2}nonsense\r\n\r\n", 400),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        ("no host", "GET / HTTP/1.1\r\n\r\n", 403),
        ("two hosts", "GET / HTTP/1.1\r\nHOSTHost: localhost\r\n\r\n", 403),
        ("a foreign host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
        ("a foreign host that begins alike", "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", 403),
        ("a host with a user", "GET / HTTP/1.1\r\nHost: a@127.0.0.1\r\n\r\n", 403),
        ("a foreign origin", "GET / HTTP/1.1\r\nHOSTOrigin: http://evil.example\r\n\r\n", 403),
        ("an origin of no place", "GET / HTTP/1.1\r\nHOSTOrigin: null\r\n\r\n", 403),
        ("another port's origin", "GET / HTTP/1.1\r\nHOSTOrigin: http://127.0.0.1:1\r\n\r\n", 403),
        ("across sites", Served.post("/ask", question, "HOST", "Sec-Fetch-Site: cross-site\r\n"), 403),
        ("a method that is none", "BREW / HTTP/1.1\r\nHOST\r\n", 400),
        ("a method for elsewhere", "DELETE / HTTP/1.1\r\nHOST\r\n", 405),
        ("GET for a question", "GET /ask HTTP/1.1\r\nHOST\r\n", 405),
        ("POST for a page", Served.post("/", question, "HOST"), 405),
        ("up and out", "GET /web/../../../etc/passwd HTTP/1.1\r\nHOST\r\n", 404),
        ("up and out, written otherwise", "GET /web/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHOST\r\n", 404),
        ("a path of the disk", "GET //etc/passwd HTTP/1.1\r\nHOST\r\n", 404),
        ("the book that is not built", "GET /book/ HTTP/1.1\r\nHOST\r\n", 404),
        ("a room that is not open", "GET /follow HTTP/1.1\r\nHOST\r\n", 404),
        ("a long address", "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHOST\r\n", 414),
        ("a long header", "GET / HTTP/1.1\r\nHOSTX: \(String(repeating: "a", count: 20_000))\r\n\r\n", 431),
        ("a longer one", "GET / HTTP/1.1\r\nHOSTX: \(String(repeating: "a", count: 100_000))\r\n\r\n", 431),
        ("a long body", Served.post("/ask", String(repeating: " ", count: 70_000), "HOST"), 413),
        (
            "a long body of parts",
            "POST /ask HTTP/1.1\r\nHOSTContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "4000\r\n" + String(repeating: " ", count: 0x4000) + "\r\n", count: 5), 413
        ),
        (
            "two lengths", "POST /ask HTTP/1.1\r\nHOSTContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400
        ),
        ("a length below zero", "POST /ask HTTP/1.1\r\nHOSTContent-Length: -5\r\n\r\n", 400),
        ("no JSON by its type", "POST /ask HTTP/1.1\r\nHOSTContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n", 415),
        ("no JSON", Served.post("/ask", "hello", "HOST"), 400),
        ("half of it", Served.post("/ask", #"{"source":"next-word""#, "HOST"), 400),
        ("a list", Served.post("/ask", "[1]", "HOST"), 400),
        ("as deep as it goes", Served.post("/ask", String(repeating: "[", count: 60_000), "HOST"), 400),
        ("of nothing", Served.post("/ask", #"{"ask":"model"}"#, "HOST"), 400),
        ("of a path", Served.post("/ask", #"{"source":"../../etc/passwd","ask":"model"}"#, "HOST"), 404),
        ("nothing to take", Served.post("/take", #"{"source":"next-word","take":"exe"}"#, "HOST"), 400),
        ("a query that is none", "GET /take?q=%7 HTTP/1.1\r\nHOST\r\n", 400),
    ]

    @Test(arguments: wrong.indices)
    func refuses(_ place: Int) throws {
        let (name, request, status) = Self.wrong[place]
        let wire = try Wire(port: served.port)
        wire.send(request.replacing("HOST", with: try served.host))
        let answer = wire.answer()
        #expect(answer.status == status, "\(name): \(answer.text)")
        // One clear line.
        let line = answer.text.trimmingCharacters(in: .newlines)
        #expect(!line.isEmpty && !line.contains("\n"), "\(name)")
    }

    /// What is wrong with the text is an answer, which the page shows.
    @Test(arguments: [
        #""text":"\#(String(repeating: "the cat ", count: 1000))""#,
        #""text":"\#(String(repeating: "a ", count: 11_000))""#, #""text":"""#, #""text":5"#, #""ids":[1e300]"#,
        #""ids":[-1,99999999]"#, #""text":"a","off":["L99H99"]"#, #""text":"a","patch":["nothing"]"#,
    ])
    func answersThatATextCannotBeRead(_ text: String) throws {
        let answer = try served.ask(#"{"source":"next-word","ask":"text",\#(text)}"#)
        #expect(answer.status == 200)
        #expect(try members(answer)["error"]?.text?.isEmpty == false)
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let wire = try Wire(port: served.port)
        let (start, end) = (Array(#"{"source":"next-word","ask":"text","text":""#.utf8), Array(#""}"#.utf8))
        let body = start + [0xFF, 0xC0, 0x80] + end
        let head =
            "POST /ask HTTP/1.1\r\n\(try served.host)Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        wire.send(Array(head.utf8) + body)
        #expect(wire.answer().status == 400)
    }

    @Test func speaksTheReadersLanguage() throws {
        let answer = try served.get("/nothing", "Accept-Language: zh-CN,zh;q=0.9\r\n")
        #expect(answer.text.contains("什么也没有"))
        let asked = try served.ask(#"{"source":"other","language":"zh-Hans"}"#, "Accept-Language: en\r\n")
        #expect(asked.text.contains("没有叫“other”的内容"))
    }

    @Test func aTakenPortIsSaid() throws {
        let error = #expect(throws: ListenError.self) {
            _ = try Server(Site(), at: Server.Place(port: try served.port))
        }
        #expect(error?.explanation.english.contains("--port 0") == true)
    }
}
