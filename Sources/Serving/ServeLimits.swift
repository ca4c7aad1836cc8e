import Models
import Platform

/// How much a request may ask for.
package struct ServeLimits: Sendable {
    /// In bytes.
    package var body = 64 << 10
    package var address = 8 << 10
    package var headers = 16 << 10
    /// Of a text.
    package var characters = 20_000
    /// Open at once.
    package var connections = 512
    /// Questions that wait, of all readers and of one.
    package var waiting = 1024
    package var waitingOfOne = 64
    /// How long an answer may take, and a request to come in.
    package var seconds = 30
    /// How long a whole page or a whole file may take: a chapter's or a training's pictures are drawn first.
    package var secondsOfWhole = 180
    package var secondsToArrive = 60
    /// Of one text's numbers, in bytes.
    package var textBytes = min(Int64(1) << 30, physicalMemory() / 8)
    /// Of one answer.
    package var answerBytes = 64 << 20
    /// Texts that are kept, so that the next question need not read them again: so many, and so many bytes of numbers.
    package var texts = 128
    package var keptBytes = min(Int64(1) << 30, physicalMemory() / 8)

    package init() {}
}

extension LanguageModel {
    /// About how many bytes all numbers of a run take: scores and patterns grow with the square of the text.
    func bytesOfRun(tokens: Int) -> Int64 {
        let sizes = network.sizes
        let (count, heads, layers) = (Int64(min(tokens, sizes.context)), Int64(sizes.heads), Int64(sizes.layers))
        // Scores, scaled, masked and normalised; of a layer's vectors about twenty, of its neurons about four.
        let ofLayer = heads * count * count * 5 + count * (Int64(sizes.width) * 20 + Int64(sizes.hidden) * 4)
        return 4 * (layers * ofLayer + count * Int64(sizes.vocabulary) * 3)
    }
}
