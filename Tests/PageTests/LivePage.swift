import Foundation
import Models
import Page
import TestSupport
import Testing

/// The page as a reader has it, in a real browser: one browser for a whole suite, one page of the next-word model.
struct LivePage: SuiteTrait, TestScoping {
    @TaskLocal static var browser: Browser?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard let command = Browser.command, Twin.program != nil else { return try await function() }
        let browser = try Browser(command)
        defer { browser.end() }
        try await Self.$browser.withValue(browser) { try await function() }
    }

    static let model = Places.root + "/fixtures/models/next-word"

    /// The page in one file, as `glassformer page` writes it.
    static let file = Result {
        let path = try Places.temporaryFolder() + "/page.html"
        let content = try PageContent(folder: model, text: "the cat sat on the mat", language: nil)
        let bytes = try PageFile(home: Home(path: Places.root)).html(content)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return "file://" + path
    }

    /// Opens the page at a place of its address, does something there, and sees that it was quiet and asked nobody.
    static func open(
        _ place: String = "", size: (width: Int, height: Int) = (1440, 900), dark: Bool = false,
        touch: Bool = false, sourceLocation: SourceLocation = #_sourceLocation,
        _ use: (BrowserTab) throws -> Void
    ) throws {
        // It was said already that there is none.
        guard let browser else { return }
        let tab = try browser.tab()
        defer { tab.close() }
        try tab.size(size.width, size.height, touch: touch)
        try tab.prefer(dark: dark, reducedMotion: true)
        try tab.open(file.get() + place)
        do {
            try tab.ready()
            try use(tab)
        } catch {
            // What it looked like then says more than any message.
            let place = FileManager.default.temporaryDirectory.path + "/glassformer-live-page.png"
            try? tab.picture().write(to: URL(fileURLWithPath: place))
            Issue.record("\(error); \(tab.record.messages); see \(place)", sourceLocation: sourceLocation)
        }
        #expect(tab.record.messages == [], sourceLocation: sourceLocation)
        #expect(tab.record.requests == [], sourceLocation: sourceLocation)
    }

    /// This program's own engine, asked as the page asks its own.
    struct Engine {
        private let twin: Twin
        init() throws { twin = try Twin(LivePage.model) }

        func ask(_ question: String) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: Data(twin.ask(question).utf8)) as? [String: Any])
        }
    }

    /// A number as the page writes it.
    static func number(_ text: String) -> Double {
        Double(text.trimmingCharacters(in: .whitespaces).replacing("−", with: "-").replacing("∞", with: "inf")) ?? .nan
    }
}

extension BrowserTab {
    func ready() throws { try wait("document.documentElement.dataset.ready === 'yes'") }

    func text(_ selector: String) throws -> String {
        try value("document.querySelector(\(Self.quoted(selector)))?.textContent ?? ''")
    }

    func count(_ selector: String) throws -> Int {
        try value("document.querySelectorAll(\(Self.quoted(selector))).length")
    }

    /// The present place, as the address has it.
    func place() throws -> [String: String] {
        try value("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    }

    /// Writes another text into the field, as a hand does, and waits until the page shows it.
    func write(_ text: String) throws {
        try click("#text")
        _ = try value("document.getElementById('text').select()?.toString() ?? ''", as: String.self)
        try type(text)
        try wait(
            """
            document.title.startsWith(\(Self.quoted(String(text.prefix(40)))))
              && new URLSearchParams(location.hash.slice(1)).get('text') === \(Self.quoted(text))
            """)
    }

    /// Goes to another place of the same page by its address, as somebody does who follows a link.
    func leave(for place: String) throws {
        let going = "document.querySelector('#figure svg').dataset.old = '', location.hash = \(Self.quoted(place))"
        let _: String = try value("(\(going))")
        try wait("document.querySelector('#figure svg:not([data-old])')")
    }

    /// Does something, and waits until the address tells of another place.
    func move(_ act: () throws -> Void) throws {
        let before: String = try value("location.hash")
        try act()
        try wait("location.hash !== \(Self.quoted(before))")
    }

    /// Goes on by the key Tab until an element has the focus; how many times.
    @discardableResult
    func tab(to selector: String, most: Int = 120) throws -> Int {
        for count in 0...most {
            if try value("document.activeElement.matches(\(Self.quoted(selector)))") { return count }
            try press("Tab")
        }
        throw Missing(text: "\(selector) has not the focus after \(most) times Tab")
    }

    struct Missing: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
