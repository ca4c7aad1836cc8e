import Drawing
import Testing
import Wording

/// A figure written as data and read again.
@Suite struct FigureDataTests {
    /// Every kind of item, with numbers that need no rounding.
    static let figure: Figure = {
        let metrics = TextMetrics(
            width: 40.5, ascent: 20, descent: 6, inkAscent: 15.25, inkDescent: -1, inkLeft: 0.5, inkRight: 39)
        let line = TextLine(
            "中 \"a\" \u{5D0}\n\\", font: .mono(.label), color: Color(0x0F172A), origin: Point(10, 20.25),
            metrics: metrics,
            isUpward: true)
        var curve = Path.polyline([Point(0, 0), Point(3.5, -4)])
        curve.curve(to: Point(9, 9), Point(1, 2), Point(3, 4))
        curve.close()
        curve.move(to: Point(1e6, 2))
        let cell = Tag(step: "blocks.0.attn.pattern", index: [0, 1, 2])
        let items: [Item] = [
            Item(.text(line), tag: Tag(step: "tokens")),
            Item(
                .path(.rounded(Rect(1, 2, 30, 40), radius: 4), fill: Color(0xF59E0B, alpha: 0.35), stroke: nil),
                tag: cell),
            Item(
                .path(.circle(Point(5, 6), radius: 2.5), fill: nil, stroke: Stroke(.black, width: 1.5, dashes: [3, 2]))),
            Item(.path(curve, fill: nil, stroke: Stroke(.white, isRound: false))),
            Item(.path(Path(), fill: .white, stroke: nil)),
            Item(
                .image(Raster(width: 3, height: 2) { Color(UInt32($0 * 70 + $1), alpha: 0.2) }, Rect(0, 0, 1.0 / 3, 2)),
                tag: cell),
            Item(.group([Item(.link("https://example.org/?a=1&b", [Item(.group([]))]))], ), tag: cell),
        ]
        let spots = [
            HotSpot(rect: Rect(1, 2, 3, 4), tag: cell, words: "query 1", value: "0.123456789"),
            HotSpot(rect: Rect(0, 0, 0.01, 0), words: ""),
        ]
        return Figure(
            id: "sample", title: "“注意”", size: Size(1600, 900), paper: .white, language: .chinese,
            frames: [
                Figure.Frame(items: items, caption: "a", hotSpots: spots, altText: "b"), Figure.Frame(items: []),
            ], metadata: Figure.Metadata(title: "t", description: "d", command: "glassformer draw '中'"))
    }()

    @Test func whatNeedsNoRoundingComesBackAsItWas() throws {
        let read = try Figure(data: Self.figure.data, source: "a.json")
        #expect(read == Self.figure)
    }

    @Test func lengthsAreRoundedOnceAndForAll() throws {
        var figure = Self.figure
        let odd = Item(
            .path(
                .rounded(Rect(0.123_45, -1e-9, 10.014_9, 1.0 / 3), radius: 0.166_66), fill: nil, stroke: Stroke(.black))
        )
        figure.frames[1].items = [odd]
        // What is no number, or no pixel any more, is a zero.
        let lost = Item(.path(.line(Point(.nan, .infinity), Point(1e300, 0.005)), fill: nil, stroke: nil))
        figure.frames.append(Figure.Frame(items: [lost]))
        let once = figure.data
        let read = try Figure(data: once, source: "a.json")
        #expect(read.data == once)
        #expect(try Figure(data: read.data, source: "a.json") == read)
        for frame in 0..<2 {
            var (own, other) = (SVGWriter(letters: SVGLetters()), SVGWriter(letters: SVGLetters()))
            let svg = try own.write(figure, figure.frames[frame], transparent: false).string
            #expect(try other.write(read, read.frames[frame], transparent: false).string == svg)
        }
    }

    /// Each damage to the data, and what is said of it.
    @Test(arguments: [
        ("\"glassformer-figure\"", "\"other\"", "format: expected glassformer-figure, found \"other\""),
        ("\"version\":1", "\"version\":2", "version: expected 1, found 2"),
        ("\"zh-Hans\"", "\"fr\"", "language: expected en, zh-Hans, found \"fr\""),
        ("\"paper\":0", "\"paper\":9", "paper: expected 0 … 3, found 9"),
        ("\"spots\":[]", "\"spots\":3", "frames[1].spots: expected an array, found 3"),
        ("\"circle\":[5,", "\"circle\":[5,6,", "frames[0].items[2].circle: expected 3 numbers, found […]"),
        ("[\"M\",0", "[\"Q\",0", "frames[0].items[3].path[0]: expected M, L, C, Z, found \"Q\""),
        ("\"pixels\":[3,2]", "\"pixels\":[3,30000]", "frames[0].items[5].image: expected base64 of all pixels"),
        ("\"index\":[0,1", "\"index\":[0,1.5", "frames[0].items[1].index[1]: expected a whole number, found 1.5"),
        ("\"weight\":400", "\"weight\":450", "fonts[0].weight: expected 400, 500, 600, 700, found 450"),
        ("\"title\":", "\"name\":", "title: expected a value"),
        ("{\"format\"", "[{\"format\"", "a.json, line 1"),
    ])
    func damageIsNamed(_ part: String, _ other: String, _ message: String) throws {
        let text = String(decoding: Self.figure.data, as: UTF8.self)
        let place = try #require(text.firstRange(of: part), "\(part)")
        let damaged = text.replacingCharacters(in: place, with: other)
        let error = try #require(throws: Failure.self) { try Figure(data: Array(damaged.utf8), source: "a.json") }
        #expect(error.explanation.english.contains(message), "\(error)")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
