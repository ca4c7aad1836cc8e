import Drawing
import Figures
import Gallery
import Subjects
import Testing
import Wording

/// The rules for figures, measured over the gallery: each kind of figure of every scene in some of the ways that it may
/// be set, so that all of it stays quick; `gallery-tool rules` measures every one in every way.
@Suite struct GalleryRuleTests {
    enum Rule: String, Sendable { case body, faults, contrast, words, drawn, steady }

    /// What is still owed, by kind of figure.
    static let owed: [String: Set<Rule>] = [:]

    /// Scenes with the places of their figures that are drawn, and how.
    static func ways(_ place: Int, in scene: Scene) -> [Way] {
        let number = scene.name.utf8.reduce(place) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        guard scene.name == Scene.all.first?.name || number.isMultiple(of: 4) else { return [] }
        return [Way.all[number / 4 % Way.all.count]]
    }

    @Test(arguments: Scene.all.filter { !$0.isSlow }) func rulesHold(_ scene: Scene) throws {
        let subject = try scene.subject()
        let pictures = try scene.pictures(subject, Way.all[0].style)
        #expect(!pictures.isEmpty)
        for (place, picture) in pictures.enumerated() {
            for way in Self.ways(place, in: scene) { check(Measures.of(picture, subject, scene, way)) }
        }
    }

    private func check(_ found: Measures) {
        let name = "\(found.figure) of \(found.scene), \(found.way)"
        func expect(_ rule: Rule, _ holds: Bool, _ words: String) {
            guard !holds, !(Self.owed[found.figure]?.contains(rule) ?? false) else { return }
            Issue.record("\(name): \(words)")
        }
        if let reason = found.undrawn {
            // A small page may be too small, if it says so.
            return expect(.drawn, found.way.size.width < 1600 && reason == "too small", reason)
        }
        expect(.body, found.isFull, "its ink covers \(Int(found.share * 100)) % of the body")
        expect(.faults, found.faults.isEmpty, "\(found.faults.prefix(3))")
        expect(.contrast, found.isClear, found.faintest.map { "‘\($0.text)’ has \($0.ratio) : 1" } ?? "")
        expect(.words, !found.repeatsItself, "its alt text is its caption")
        expect(.steady, found.steady >= 0.2, "\(found.steady) of the items stay from frame to frame")
    }
}
