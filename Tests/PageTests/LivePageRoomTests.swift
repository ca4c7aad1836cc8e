import TestSupport
import Testing

/// The page for everyone: on any screen, by keys alone, by a finger, with motion and without.
extension LivePageTests {
    static let rooms: [(width: Int, height: Int)] = [(360, 740), (768, 1024), (1440, 900)]
    static let places = [
        "", "&at=L0H2/scores&cell=blocks.0.attn.dot_products:0,2,3,1", "&at=table/blocks.0.attn.pattern",
        "&present=yes",
    ]

    /// Nothing is beside or below the window; whatever can be pressed is large enough, in reach, and has a name.
    @Test(arguments: rooms) func allIsInReach(width: Int, height: Int) throws {
        try LivePage.open(size: (width, height), dark: width == 768) { page in
            for (number, place) in Self.places.enumerated() {
                let language = number % 2 == 0 ? "en" : "zh-Hans"
                try page.leave(for: "#language=\(language)&text=我爱吃苹果\(place)")
                let outside: Bool = try page.value(
                    """
                    (({ scrollWidth, scrollHeight }) => scrollWidth > innerWidth || scrollHeight > innerHeight)(
                      document.documentElement)
                    """)
                #expect(!outside, "\(place)")
                let faults: [String] = try page.value(
                    """
                    [...document.querySelectorAll('button, select, input, a[href], [tabindex="0"]')]
                      .filter(one => one.checkVisibility() && !one.disabled).flatMap(one => {
                        const { width, height } = one.getBoundingClientRect();
                        const name = one.id || one.className || one.tagName;
                        const words = one.getAttribute('aria-label') || one.textContent.trim()
                          || one.labels?.[0]?.textContent || one.title;
                        return [width < 16 || height < 16 ? `${name} is ${width} × ${height}` : '',
                          words ? '' : `${name} has no name`];
                      }).filter(Boolean)
                    """)
                #expect(faults == [], "\(place)")
                let drawn: [Double] = try page.value(
                    "(box => [box.width, box.height])(document.querySelector('#figure svg').getBoundingClientRect())"
                )
                #expect(drawn.allSatisfy { $0 > 90 }, "\(place): \(drawn)")
            }
        }
    }

    /// By the key Tab alone everything can be reached, in the order of the page, and is seen to have the focus.
    @Test func tabReachesEverything() throws {
        try LivePage.open("#language=en&text=我爱吃苹果&at=L0H2/scores&cell=blocks.0.attn.dot_products:0,2,3,1") { page in
            let wanted: Int = try page.value(
                """
                (globalThis.all = [...document.querySelectorAll('button, select, input, a[href], [tabindex="0"]')]
                  .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)).length
                """)
            #expect(wanted > 40)
            var order: [Int] = []
            for _ in 0..<wanted {
                try page.press("Tab")
                let (place, isSeen): (Int, Bool) = try {
                    let found: [Int] = try page.value(
                        """
                        (() => {
                          const one = document.activeElement, look = getComputedStyle(one);
                          const isSeen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 1
                            || look.borderColor !== getComputedStyle(document.body).borderColor && one.matches('.chip')
                            || one.id === 'figure';
                          return [all.indexOf(one), isSeen ? 1 : 0];
                        })()
                        """)
                    return (found[0], found[1] == 1)
                }()
                #expect(isSeen, "element \(place)")
                order.append(place)
            }
            // Between them may be what can only be scrolled.
            #expect(order.filter { $0 >= 0 } == Array(0..<order.count { $0 >= 0 }) && order.count { $0 < 0 } < 4)
        }
    }

    /// For who reads by ear the numbers are tables with heads, behind the figure; leaving them leads back.
    @Test func theNumbersAreTables() throws {
        let engine = try LivePage.Engine()
        _ = try engine.ask(#"{"ask":"text","text":"我爱吃苹果"}"#)
        try LivePage.open("#language=zh-Hans&text=我爱吃苹果&at=L0H2/scores") { page in
            try page.tab(to: "#sheet-open")
            try page.press("Enter")
            try page.wait("document.querySelector('#sheet[open] table')")
            let last = "[...document.querySelectorAll('#sheet table')].at(-1)"
            let rows: [[String]] = try page.value(
                "[...\(last).rows].map(row => [...row.cells].map(one => one.textContent))")
            #expect(
                rows.count == 5 && rows.allSatisfy { $0.count == 5 } && rows[0][4] == "苹果 3" && rows[4][0] == "苹果 3")
            #expect(try page.count("#sheet th[scope=col]") > 8 && page.count("#sheet th[scope=row]") > 8)
            for (query, key) in [(0, 0), (3, 1), (1, 3)] {
                let answer = try engine.ask(
                    #"{"ask":"explain","step":"blocks.0.attn.dot_products","index":[0,2,\#(query),\#(key)]}"#)
                let value = try #require(answer["value"] as? Double)
                #expect(abs(LivePage.number(rows[query + 1][key + 1]) - value) <= 1e-4 * abs(value))
            }
            try page.press("Escape")
            try page.wait("!document.querySelector('#sheet[open]') && document.activeElement.id === 'sheet-open'")
        }
    }

    /// A finger asks, follows and steps as a pointer does, on a telephone.
    @Test func aFingerAsks() throws {
        try LivePage.open("#language=zh-Hans&text=我爱吃苹果&at=L0H2/softmax", size: (360, 740), touch: true) { page in
            try page.move { try page.click("#figure [data-step='blocks.0.attn.pattern'] [data-at]", touch: true) }
            #expect(try page.count("#why.open .value") == 1)
            try page.move { try page.click("#why button.chip", touch: true) }
            try page.move { try page.click("#why .close", touch: true) }
            #expect(try page.count("#why.open") == 0)
            try page.move { try page.click("#next", touch: true) }
        }
    }

    /// However often one steps while things still move, the picture is in the end the one without motion.
    @Test func motionEndsInTheFigure() throws {
        let place = "#language=en&text=我爱吃苹果&at=L0H2/scores"
        let picture = "document.querySelector('#figure').innerHTML.replace(/ style=\"[^\"]*\"/g, '')"
        var still: [String] = []
        try LivePage.open(place) { page in
            for _ in 0..<3 {
                try page.move { try page.press("ArrowRight") }
                still.append(try page.value(picture))
            }
        }
        guard LivePage.browser != nil else { return }
        try LivePage.open(place) { page in
            try page.prefer(reducedMotion: false)
            for expected in still {
                try page.move { try page.press("ArrowRight") }
                try page.wait("!document.querySelector('#figure.moving, #figure .leaving')")
                #expect(try page.value(picture) == expected)
            }
            for _ in still { try page.press("ArrowLeft") }
            for _ in still { try page.press("ArrowRight") }
            try page.wait(
                """
                !document.querySelector('#figure.moving, #figure .leaving')
                  && \(picture) === \(BrowserTab.quoted(still.last ?? ""))
                """)
        }
    }
}
