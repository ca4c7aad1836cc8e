import Gallery
import Testing

/// The rules for figures, measured over the gallery: figures of every scene in some of the ways that they may be set, so
/// that it stays quick; `gallery-tool rules` measures every one in every way.
@Suite struct GalleryRuleTests {
    /// What is still owed, by kind of figure: `gallery-tool owed` writes it. A line that nothing needs is taken out.
    static let owed: [String: Set<Rule>] = ["decision-2": [.body]]

    @Test(arguments: Scene.all.filter { !$0.isSlow }) func rulesHold(_ scene: Scene) throws {
        // A scene of few pictures may have none in the sample.
        for found in try Measures.sample(of: scene) {
            for (rule, words) in found.broken where !(Self.owed[found.figure]?.contains(rule) ?? false) {
                Issue.record("\(found.figure) of \(found.scene), \(found.way): \(words)")
            }
        }
    }
}
