import Testing

@testable import Drawing

/// What several frames share is written once, and each frame still shows what it has, in its order of painting.
@Suite struct FrameStaysTests {
    private static func items(_ names: String) -> [Item] {
        names.unicodeScalars.map { scalar in
            Item(.path(.circle(Point(Double(scalar.value), 0), radius: 4), fill: Color(0x123456), stroke: nil))
        }
    }

    @Test(arguments: [
        // A ladder that grows.
        (["abcdefgh", "abcdefghi", "abcdefghij", "abcdefghijk"], 11),
        // What comes below, between and above.
        (["cdefghijk", "acdefbghijk", "acdefbghijkl"], 12),
        // Others in another order, twice the same, none: each for itself.
        (["abc", "cab", "bca"], 9), (["aab", "aba", ""], 6), (["", ""], 0), ([String](), 0),
    ])
    func everyFrameShowsItsOwn(_ frames: [String], _ written: Int) {
        let frames = frames.map(Self.items)
        let stays = FrameStays(frames).stays
        for (number, frame) in frames.enumerated() {
            #expect(stays.filter { $0.frames.contains(number) }.flatMap(\.items) == frame)
        }
        #expect(stays.reduce(0) { $0 + $1.items.count } == written)
    }
}
