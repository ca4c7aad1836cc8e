import Models
import Page
import Reading
import Subjects
import Wording

/// What a server has to show, by addresses that are looked up in tables: no path of a request ever reaches a disk.
package struct Site: Sendable {
    /// What is asked, by the name that questions give.
    package var sources: [String: ServedSource] = [:]
    /// Pages, by their addresses without the first stroke; the first one's is empty.
    package var pages: [String: ServedPage] = [:]
    package var files: [String: ServedFile] = [:]
    /// What takes more than one figure away, by its ending: `pptx`.
    package var takers: [String: Taker] = [:]

    package init() {}
}

/// A model that is asked, or a subject that is over; made when it is first asked for, and kept.
package struct ServedSource: Sendable {
    package enum Content: Sendable {
        case model(LanguageModel)
        case over(Subject)
    }

    private let made = Made<Content>()
    private let make: @Sendable () throws -> Content

    package init(_ make: @escaping @Sendable () throws -> Content) { self.make = make }

    func content() throws -> Content { try made.value(make) }
}

/// A page of HTML, made when it is first opened.
package struct ServedPage: Sendable {
    package var policy = ServePolicy.page
    package let make: @Sendable (PageServer) throws -> [UInt8]

    package init(policy: ServePolicy = .page, _ make: @escaping @Sendable (PageServer) throws -> [UInt8]) {
        (self.policy, self.make) = (policy, make)
    }
}

/// A file beside the pages.
package struct ServedFile: Sendable {
    package enum Content: Sendable {
        case bytes([UInt8])
        case disk(String)
        /// Made when it is first asked for, and kept.
        case later(@Sendable () throws -> [UInt8])
    }

    package var type: String
    package var content: Content
    package var policy: ServePolicy
    /// Tells a browser whether it is still what it was; of a file on a disk it is found when it is read.
    let tag: String?

    package init(_ name: String, _ content: Content, policy: ServePolicy = .page) {
        type = Self.type(of: name)
        (self.content, self.policy) = (content, policy)
        if case .bytes(let bytes) = content { tag = Reply.tag(of: bytes) } else { tag = nil }
    }

    static func type(of name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return types[ending] ?? "application/octet-stream"
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf",
        "wasm": "application/wasm", "txt": "text/plain; charset=utf-8", "epub": "application/epub+zip",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}

/// What a browser may load for a page (Content Security Policy, level 3).
package enum ServePolicy: Sendable, Hashable {
    /// The live page: what this server has, and nothing inline.
    case page
    /// The book: as its own pages say, which are whole without a server.
    case book

    var header: String {
        let around = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        switch self {
        case .page:
            return around
                + "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
                + "connect-src 'self'; worker-src 'self' blob:; font-src 'self'"
        case .book:
            return around + "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
        }
    }
}

/// Makes what is taken away of a text: the whole file.
package typealias Taker = @Sendable (TakeOrder) throws -> [UInt8]

/// What is to be taken away.
package struct TakeOrder: Sendable {
    package var subject: Subject
    /// nil of a run that is over.
    package var model: LanguageModel?
    package var language: Language
    package var theme: String
    /// As the page said it: `layer`, `head`, `figures` …
    package var members: [String: JSONValue]
}
