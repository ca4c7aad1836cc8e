import Foundation

/// One page in a ``Browser``: opened, looked at, and used as a reader uses it, by real keys and a real pointer.
public struct BrowserTab: Sendable {
    let browser: Browser
    let session: String
    let target: String
    /// Where what the page gives to download comes to lie.
    public let downloads: String

    @discardableResult
    private func send(_ method: String, _ parameters: [String: any Sendable] = [:]) throws -> Data {
        try browser.send(method, parameters, session: session)
    }

    public var record: Browser.Record {
        // Whatever happened until now is read with the answer to something.
        _ = try? send("Runtime.evaluate", ["expression": "0"])
        return browser.record(of: session)
    }

    // MARK: Opening

    /// Opens an address and waits until the document is parsed.
    public func open(_ address: String) throws {
        try send("Page.navigate", ["url": address])
        try wait("document.readyState !== 'loading' && location.href !== 'about:blank'")
    }

    public func close() {
        _ = try? browser.send("Target.closeTarget", ["targetId": target])
        browser.forget(session)
    }

    public func size(_ width: Int, _ height: Int, touch: Bool = false) throws {
        let metrics: [String: any Sendable] = [
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        ]
        try send("Emulation.setDeviceMetricsOverride", metrics)
        try send("Emulation.setTouchEmulationEnabled", ["enabled": touch])
    }

    /// What the reader's system prefers.
    public func prefer(dark: Bool = false, reducedMotion: Bool = false) throws {
        let features: [[String: String]] = [
            ["name": "prefers-color-scheme", "value": dark ? "dark" : "light"],
            ["name": "prefers-reduced-motion", "value": reducedMotion ? "reduce" : "no-preference"],
        ]
        try send("Emulation.setEmulatedMedia", ["features": features])
    }

    // MARK: Asking

    private struct Evaluation: Decodable {
        struct Result: Decodable { let value: String? }
        struct Details: Decodable {
            struct Thrown: Decodable { let description: String? }
            let text: String
            let exception: Thrown?
        }
        let result: Result
        let exceptionDetails: Details?
    }

    /// The value of an expression, or of the promise that it is.
    public func value<Value: Decodable>(_ expression: String, as type: Value.Type = Value.self) throws -> Value {
        // As text: what JSON has no place for fails here and not silently in the browser.
        let script = "(async () => JSON.stringify([await (\(expression))]))()"
        let parameters: [String: any Sendable] = [
            "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        ]
        let answer = try JSONDecoder().decode(Evaluation.self, from: send("Runtime.evaluate", parameters))
        if let details = answer.exceptionDetails {
            throw BrowserFailure("\(expression): \(details.exception?.description ?? details.text)")
        }
        let values = try JSONDecoder().decode([Value].self, from: Data((answer.result.value ?? "").utf8))
        guard let value = values.first else { throw BrowserFailure("\(expression): no value") }
        return value
    }

    /// Waits until an expression is true.
    public func wait(_ condition: String, seconds: Double = 60) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            // While a page is being replaced by another there is nobody to ask.
            if (try? value("Boolean(\(condition))", as: Bool.self)) == true { return }
            guard ContinuousClock.now < end else { break }
            usleep(8000)
        }
        throw BrowserFailure("not in \(seconds) s: \(condition)")
    }

    /// A picture of what can be seen, as PNG.
    public func picture() throws -> Data {
        struct Answer: Decodable { let data: Data }
        return try JSONDecoder().decode(Answer.self, from: send("Page.captureScreenshot")).data
    }

    // MARK: Keys and pointer

    /// The numbers by which pages of old know the keys that write nothing.
    private static let keys = [
        "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36,
        "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Backspace": 8, "Delete": 46,
    ]

    /// Presses a key and lets it go: by its name (`ArrowLeft`, `Enter`), or the letter that it writes.
    public func press(_ key: String, shift: Bool = false, control: Bool = false) throws {
        let written = key == "Enter" ? "\r" : key.count == 1 && !control ? key : ""
        let code = Self.keys[key] ?? key.uppercased().unicodeScalars.first.map { Int($0.value) } ?? 0
        for type in [written.isEmpty ? "rawKeyDown" : "keyDown", "keyUp"] {
            let parameters: [String: any Sendable] = [
                "type": type, "key": key,
                "code": key == " " ? "Space" : key.count == 1 ? "Key" + key.uppercased() : key,
                "windowsVirtualKeyCode": code, "text": type == "keyDown" ? written : "",
                "modifiers": (shift ? 8 : 0) + (control ? 2 : 0),
            ]
            try send("Input.dispatchKeyEvent", parameters)
        }
    }

    /// Text as an input method commits it.
    public func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

    /// Presses the middle of an element; with a finger where the page is touched.
    public func click(_ selector: String, touch: Bool = false) throws {
        let middle = """
            (() => {
              const element = document.querySelector(\(Self.quoted(selector)));
              element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
              const { x, y, width, height } = element.getBoundingClientRect();
              return [x + width / 2, y + height / 2];
            })()
            """
        let place = try value(middle, as: [Double].self)
        try press(x: place[0], y: place[1], touch: touch)
    }

    public func press(x: Double, y: Double, touch: Bool = false) throws {
        guard !touch else {
            let points: [[String: Double]] = [["x": x, "y": y]]
            try send("Input.dispatchTouchEvent", ["type": "touchStart", "touchPoints": points])
            try send("Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": [[String: Double]]()])
            return
        }
        for type in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let parameters: [String: any Sendable] = [
                "type": type, "x": x, "y": y, "button": type == "mouseMoved" ? "none" : "left", "clickCount": 1,
            ]
            try send("Input.dispatchMouseEvent", parameters)
        }
    }

    /// A text as JavaScript writes it.
    public static func quoted(_ text: String) -> String {
        let data = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data("[\"\"]".utf8)
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }

    /// The file that was downloaded, once it is whole.
    public func downloaded(seconds: Double = 30) throws -> (name: String, bytes: Data) {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let names = try FileManager.default.contentsOfDirectory(atPath: downloads)
            if let name = names.first, !name.hasSuffix(".crdownload"), !name.hasPrefix(".") {
                let path = downloads + "/" + name
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                try FileManager.default.removeItem(atPath: path)
                return (name, bytes)
            }
            usleep(10_000)
        }
        throw BrowserFailure("nothing was downloaded in \(seconds) s")
    }
}
