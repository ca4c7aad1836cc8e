import Foundation
import Synchronization

/// Chromium, driven over its own protocol; nothing but the browser is needed. Every call waits for its answer.
///
/// It has a profile of its own, which goes with it, and it ends for certain: by ``end()``, with the last who holds it,
/// and with this process, when its descriptor closes.
public final class Browser: Sendable {
    /// What a page said, and what it asked for, since it was opened: its workers' too.
    public struct Record: Sendable {
        /// Messages on the console, with their kinds; exceptions that nobody caught; what the browser complained of.
        public var messages: [String] = []
        /// Addresses other than of the page itself and of what it made (`data:`, `blob:`).
        public var requests: [String] = []
    }

    /// The browser on this machine; nil, said aloud, where there is none.
    public static let command: String? = {
        let names = ["chromium", "chromium-browser", "google-chrome"]
        let found = names.first { (try? TestSupport.run(["sh", "-c", "command -v \($0)"]).status) == 0 }
        if found == nil { print("SKIPPED: none of \(names.joined(separator: ", ")) is on this machine") }
        return found
    }()

    private struct State {
        var asked = 0
        var records: [String: Record] = [:]
        /// The page that a worker belongs to, by their sessions.
        var owners: [String: String] = [:]
    }

    private let wire: BrowserWire
    private let profile: String
    private let state = Mutex(State())
    /// The longest that any answer may take.
    private static let patience = 60_000

    public init(_ command: String) throws {
        profile = try Places.temporaryFolder()
        // Only root needs it, and only root gets it.
        let unguarded = geteuid() == 0 ? ["--no-sandbox"] : []
        wire = try BrowserWire(
            [
                command, "--headless", "--remote-debugging-pipe", "--user-data-dir=" + profile, "--no-first-run",
                "--no-default-browser-check", "--disable-gpu", "--disable-extensions", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                "--password-store=basic", "--mute-audio",
            ] + unguarded)
    }

    deinit { end() }

    public func end() {
        wire.end()
        try? FileManager.default.removeItem(atPath: profile)
    }

    /// A page of its own: what another kept on the device is not there.
    public func tab() throws -> BrowserTab {
        let context = try text("browserContextId", of: send("Target.createBrowserContext"))
        let target = try text(
            "targetId", of: send("Target.createTarget", ["url": "about:blank", "browserContextId": context]))
        let session = try text(
            "sessionId", of: send("Target.attachToTarget", ["targetId": target, "flatten": true]))
        let downloads = try Places.temporaryFolder()
        try send(
            "Browser.setDownloadBehavior",
            ["behavior": "allow", "browserContextId": context, "downloadPath": downloads])
        let tab = BrowserTab(browser: self, session: session, target: target, downloads: downloads)
        try listen(session)
        try send("Page.enable", session: session)
        return tab
    }

    private func listen(_ session: String) throws {
        // Of a worker not all of them are known: what it can say, it says.
        for domain in ["Runtime", "Log", "Network"] { _ = try? send(domain + ".enable", session: session) }
        let whole: [String: any Sendable] = ["autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true]
        _ = try? send("Target.setAutoAttach", whole, session: session)
    }

    private func text(_ name: String, of answer: Data) throws -> String {
        let object = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
        guard let text = object?[name] as? String else { throw BrowserFailure("no \(name) in the browser's answer") }
        return text
    }

    /// What was recorded until now.
    public func record(of session: String) -> Record { state.withLock { $0.records[session] ?? Record() } }
    func forget(_ session: String) { state.withLock { $0.records[session] = nil } }

    /// Asks and waits for the answer: the JSON of `result`.
    @discardableResult
    public func send(_ method: String, _ parameters: [String: any Sendable] = [:], session: String? = nil) throws
        -> Data
    {
        var workers: [String] = []
        let result = try state.withLock { state in
            state.asked += 1
            var message: [String: Any] = ["id": state.asked, "method": method, "params": parameters]
            message["sessionId"] = session
            try wire.write(JSONSerialization.data(withJSONObject: message))
            let end = ContinuousClock.now + .milliseconds(Self.patience)
            while true {
                guard ContinuousClock.now < end, let bytes = try wire.read(within: Self.patience) else {
                    throw BrowserFailure("\(method): no answer in \(Self.patience / 1000) s")
                }
                guard let found = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else { continue }
                if found["id"] as? Int == state.asked {
                    if let error = found["error"] as? [String: Any] {
                        throw BrowserFailure("\(method): \(error["message"] ?? error)")
                    }
                    return try JSONSerialization.data(withJSONObject: found["result"] ?? [:])
                }
                if let worker = Self.note(found, in: &state) { workers.append(worker) }
            }
        }
        try workers.forEach(listen)
        return result
    }

    /// Writes down what happened; the session of a worker that began.
    private static func note(_ event: [String: Any], in state: inout State) -> String? {
        guard let method = event["method"] as? String, let parameters = event["params"] as? [String: Any],
            let session = event["sessionId"] as? String
        else { return nil }
        let owner = state.owners[session] ?? session
        func object(_ name: String) -> [String: Any] { parameters[name] as? [String: Any] ?? [:] }
        func say(_ words: String) { state.records[owner, default: Record()].messages.append(words) }
        switch method {
        case "Target.attachedToTarget":
            guard let worker = parameters["sessionId"] as? String else { return nil }
            state.owners[worker] = owner
            return worker
        case "Runtime.consoleAPICalled":
            let parts = parameters["args"] as? [[String: Any]] ?? []
            let words = parts.map { "\($0["value"] ?? $0["description"] ?? "?")" }.joined(separator: " ")
            say("\(parameters["type"] ?? "console"): \(words)")
        case "Runtime.exceptionThrown":
            let details = object("exceptionDetails")
            let thrown = details["exception"] as? [String: Any]
            say("exception: \(thrown?["description"] ?? details["text"] ?? "?")")
        case "Log.entryAdded":
            say("\(object("entry")["level"] ?? "log"): \(object("entry")["text"] ?? "?")")
        case "Network.requestWillBeSent":
            let address = object("request")["url"] as? String ?? "?"
            let isDocument = parameters["type"] as? String == "Document"
            if !isDocument, !address.hasPrefix("data:"), !address.hasPrefix("blob:") {
                state.records[owner, default: Record()].requests.append(address)
            }
        default: break
        }
        return nil
    }
}
