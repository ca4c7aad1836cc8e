import Foundation
import FoundationXML
import TestSupport
import Testing

/// The way of a reader through the page, by keys and pointer, in a real browser.
@Suite(.serialized, LivePage()) struct LivePageTests {
    private static let sentence = "我爱吃苹果"
    private static let question = #"{"ask":"text","text":"我爱吃苹果"}"#

    @Test func aSentenceIsReadAndGoneOnWith() throws {
        try LivePage.open("#language=zh-Hans") { page in
            try page.write(Self.sentence)
            let answer = try LivePage.Engine().ask(Self.question)
            let tokens = try #require(answer["tokens"] as? [[String: Any]]).compactMap { $0["label"] as? String }
            let chips: [String] = try page.value(
                "[...document.querySelectorAll('.chips button')].map(e => e.textContent)")
            #expect(tokens.count > 2 && chips == tokens)
            let next = try #require(answer["next"] as? [String: Any])
            let group = try #require((next["groups"] as? [[String: Any]])?.last)
            let candidates = try #require(group["candidates"] as? [[String: Any]])
            let guesses: [String] = try page.value("[...document.querySelectorAll('.guess b')].map(e => e.textContent)")
            #expect(guesses.count > 1)
            #expect(guesses == candidates.prefix(guesses.count).compactMap { $0["label"] as? String })
        }
    }

    @Test func arrowKeysGoThroughAllStagesAndBack() throws {
        try LivePage.open("#language=en&text=\(Self.sentence)") { page in
            func here() throws -> String {
                try page.text("#title") + " " + (page.place()["at"] ?? "")
            }
            // To the start first: it is a way back as well.
            var back = 0
            while try page.value("document.querySelector('#line button').getAttribute('aria-current') !== 'step'") {
                try page.move { try page.press("ArrowLeft") }
                back += 1
                guard back < 200 else { break }
            }
            var seen = [try here()]
            let isLast = "document.querySelector('#line button:last-of-type').getAttribute('aria-current') === 'step'"
            while try !page.value(isLast) {
                try page.move { try page.press("ArrowRight") }
                seen.append(try here())
                #expect(try page.count("#figure svg [data-step]") > 0, "\(seen.last ?? "")")
                #expect(try !page.text("#takeaway").isEmpty, "\(seen.last ?? "")")
                guard seen.count < 200 else { break }
            }
            #expect(seen.count > 20 && Set(seen).count == seen.count, "\(seen)")
        }
    }

    /// The arithmetic of a score, opened by keys, is the trace's; each operand can be followed, to a token.
    @Test func aNumberIsFollowedToTheToken() throws {
        let engine = try LivePage.Engine()
        _ = try engine.ask(Self.question)
        try LivePage.open("#language=en&at=L0H2/softmax&text=\(Self.sentence)") { page in
            try page.tab(to: "#figure")
            for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"] { try page.press(key) }
            try page.wait("document.querySelector('#why .value') && location.hash.includes('cell=')")
            var steps: [String] = []
            while steps.count < 40 {
                let step = try expectArithmetic(page, engine)
                steps.append(step)
                // Past what the model has learned, towards what was read.
                let next: Int = try page.value(
                    """
                    [...document.querySelectorAll('#why button.chip')].findIndex(chip =>
                      !/W_|weight|gain|bias/i.test(chip.title.split(':')[0]))
                    """)
                guard next >= 0 else { break }
                let chip = "[...document.querySelectorAll('#why button.chip')][\(next)]"
                try page.move { let _: Bool = try page.value("(\(chip).click(), true)") }
            }
            #expect(steps.count > 4, "\(steps)")
            let last = try #require(steps.last)
            #expect(last.contains("token") || last.contains("embed"), "\(steps)")
            // Escape goes the same way back.
            for _ in steps.dropLast() { try page.move { try page.press("Escape") } }
            #expect(try page.place()["cell"]?.hasPrefix(steps[0] + ":") == true)
            #expect(try page.value("document.activeElement !== document.body", as: Bool.self))
        }
    }

    /// Compares the panel with the engine of this program; the step that it explains.
    private func expectArithmetic(_ page: BrowserTab, _ engine: LivePage.Engine) throws -> String {
        let cell = try #require(page.place()["cell"]).split(separator: ":")
        try #require(cell.count == 2)
        let answer = try engine.ask(#"{"ask":"explain","step":"\#(cell[0])","index":[\#(cell[1])]}"#)
        let value = try #require(answer["value"] as? Double)
        let shown = LivePage.number(try page.text("#why .value"))
        #expect(abs(shown - value) <= 1e-4 * max(abs(value), 0.01), "\(cell): \(shown), \(value)")
        let operands: [String] = try page.value(
            "[...document.querySelectorAll('#why button.chip')].map(e => e.title.split(': ').at(-1))")
        let expected = Self.leaves(answer["tree"] as Any)
        for operand in operands.map(LivePage.number) where operand.isFinite {
            #expect(expected.contains { abs($0 - operand) <= 1e-4 * max(abs($0), 0.01) }, "\(cell): \(operand)")
        }
        return String(cell[0])
    }

    /// The operands of an explanation's tree.
    private static func leaves(_ node: Any) -> [Double] {
        guard let node = node as? [String: Any] else { return [] }
        if node["i"] != nil { return [node["v"] as? Double ?? .infinity] }
        return (node["x"] as? [Any] ?? []).flatMap(leaves)
    }

    @Test func theAddressIsThePlace() throws {
        try LivePage.open("#language=en&at=L1H0/scores&text=\(Self.sentence)") { page in
            try page.tab(to: "#figure")
            try page.press("ArrowDown")
            try page.move { try page.press("Enter") }
            try page.move { try page.click("[data-language=zh-Hans]") }
            try page.move { try page.click("#theme") }
            let look = """
                [document.documentElement.lang, document.documentElement.dataset.theme, document.title,
                  ...['#title', '#why .value', '#takeaway', '#line .now', '.chips'].map(
                    name => document.querySelector(name).textContent),
                  document.getElementById('text').value, `${document.querySelectorAll('#figure [data-at]').length}`]
                """
            let before: [String] = try page.value(look)
            #expect(before[0] == "zh-Hans" && before[1] == "dark" && before[8] == Self.sentence)
            let _: Bool = try page.value("(delete document.documentElement.dataset.ready, location.reload(), true)")
            try page.ready()
            let after: [String] = try page.value(look)
            #expect(after == before)
            // Back: to the light page, then to English.
            try page.move { let _: Bool = try page.value("(history.back(), true)") }
            try page.wait("document.documentElement.dataset.theme === 'light'")
            try page.move { let _: Bool = try page.value("(history.back(), true)") }
            try page.wait("document.documentElement.lang === 'en'")
        }
    }

    @Test func theFigureIsDownloaded() throws {
        try LivePage.open("#language=zh-Hans&at=L0H2/softmax&text=\(Self.sentence)") { page in
            try page.click("#download")
            try page.click("#take-sheet [data-take=svg]")
            let (name, bytes) = try page.downloaded()
            #expect(name == "glassformer-L0-H2-softmax.svg")
            #expect(XMLParser(data: bytes).parse())
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("data-step=\"blocks.0.attn.pattern\"") && text.contains("font-family"))
            #expect(text.contains(try page.text("#title")))
        }
    }

    /// A text is only ever drawn.
    @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</svg><b>&amp;"])
    func textIsNeverMarkup(_ text: String) throws {
        try LivePage.open { page in
            try page.write(text)
            #expect(try page.count("#figure img, #figure script, #map img, #map script, #why script") == 0)
            let drawn: String = try page.value(
                "[...document.querySelectorAll('.chips button')].map(e => e.textContent).join('')")
            #expect(!drawn.isEmpty)
        }
    }
}
