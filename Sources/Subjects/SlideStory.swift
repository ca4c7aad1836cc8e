import Figures
import Tensors
import Tracing
import Wording

/// Which figures tell a subject in about twenty slides, out of the hundreds that there are: the whole first, the way in,
/// one head from queries to what it gives, how heads and layers add up, and what comes out.
package struct SlideStory: Sendable {
    /// A figure that is told, and what it stands under.
    package struct Part: Sendable {
        package let picture: Picture
        package let section: Phrase
        /// How many frames of its motion at most.
        package let frames: Int
    }

    private struct Entry {
        var id: String
        var stack: Stack?
        var frames = 1

        init(_ id: String, _ stack: Stack? = nil, frames: Int = 1) {
            (self.id, self.stack, self.frames) = (id, stack, frames)
        }
    }

    package let parts: [Part]

    /// - Parameters:
    ///   - pictures: all figures of the subject.
    ///   - layer: whose figures are told.
    ///   - head: likewise.
    package init(_ pictures: [Picture], layer: Int, head: Int) {
        var parts: [Part] = []
        let isOfTwo = pictures.contains { $0.placement?.stack == .decoder }
        for section in Section.allCases {
            for entry in section.entries(isOfTwo: isOfTwo) {
                let found = pictures.first { picture in
                    guard picture.id == entry.id, let placement = picture.placement else { return false }
                    return placement.layer ?? layer == layer && placement.head ?? head == head
                        && (entry.stack == nil || placement.stack == entry.stack || placement.stack == .single)
                }
                guard let found else { continue }
                parts.append(Part(picture: found, section: section.phrase, frames: entry.frames))
            }
        }
        self.parts = parts
    }

    /// Evenly chosen frames of so many, the first and the last among them.
    package static func frames(_ count: Int, most: Int) -> [Int] {
        guard count > most, most > 0 else { return Array(0..<max(count, 0)) }
        guard most > 1 else { return [count - 1] }
        return (0..<most).map { ($0 * (count - 1) + (most - 1) / 2) / (most - 1) }
    }

    /// The head of a layer that looks most at other tokens than itself and the first: one that has something to show.
    package static func telling(_ trace: Trace, layer: Int) -> Int {
        let stack = trace.stacks.first ?? .single
        let step = trace[StepName(.pattern, block: layer, stack: stack)] ?? trace[.block(layer, .pattern)]
        guard let pattern = step?.tensor, pattern.shape.rank == 4 else { return 0 }
        let (heads, queries, keys) = (pattern.shape[1], pattern.shape[2], pattern.shape[3])
        var best = (head: 0, share: -1.0)
        for head in 0..<heads {
            var share = 0.0
            for query in 0..<queries {
                for key in 0..<keys where key != query && key != 0 {
                    share += Double(pattern.cell([0, head, query, key]) ?? 0)
                }
            }
            if share > best.share + 1e-9 { best = (head, share) }
        }
        return best.head
    }

    /// The parts of the story, in order.
    private enum Section: PhraseTable {
        case whole, input, head, source, layer, output, learning

        var phrase: Phrase {
            switch self {
            case .whole: Phrase(en: "The whole model", zh: "整个模型")
            case .input: Phrase(en: "From text to vectors", zh: "从文本到向量")
            case .head: Phrase(en: "One attention head", zh: "一个注意力头")
            case .source: Phrase(en: "Looking at the source", zh: "看源文")
            case .layer: Phrase(en: "The layer", zh: "一层")
            case .output: Phrase(en: "What comes out", zh: "输出")
            case .learning: Phrase(en: "One step of learning", zh: "学一步")
            }
        }

        func entries(isOfTwo: Bool) -> [Entry] {
            switch self {
            case .whole: [Entry("architecture-map"), Entry("encoder-decoder-map")]
            case .input: [Entry("token-strip"), Entry("embedding-lookup"), Entry("embedding-sum")]
            case .head:
                [
                    Entry("projections"), Entry("rotary"), Entry("scores"), Entry("scaling"), Entry("mask"),
                    Entry("softmax", frames: isOfTwo ? 1 : 3), Entry("attention-pattern"),
                    Entry("weighted-sum", frames: 3),
                    Entry("join-heads"), Entry("output-projection"),
                ]
            case .source:
                isOfTwo
                    ? [
                        Entry("mask", .decoder), Entry("cross-scores"), Entry("cross-softmax"),
                        Entry("cross-attention"), Entry("cross-weighted-sum"),
                    ] : []
            case .layer:
                isOfTwo
                    ? [Entry("feed-forward"), Entry("decoder-layer")]
                    : [Entry("layer-norm", frames: 1), Entry("feed-forward"), Entry("residual-stream"), Entry("layer")]
            case .output:
                [
                    Entry("logits"), Entry("masked-words"), Entry("next-sentence"), Entry("classification"),
                    Entry("candidates"), Entry("word-chain", frames: 2), Entry("translation-chain", frames: 2),
                ]
            case .learning: [Entry("gradients-flowing-back"), Entry("one-update")]
            }
        }
    }
}
