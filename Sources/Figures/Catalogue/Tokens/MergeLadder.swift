import Drawing
import Platform
import Reading
import Tokenizers
import Tracing
import Wording

/// How bytes become tokens: one merge a frame, the pair of lowest rank in the word first.
package enum MergeLadder: TraceFigure {
    package static let id = "merge-ladder"
    package static let title = Phrase(en: "How bytes become tokens", zh: "字节怎样合并成词元")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.tokens]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.tokenizer?.bytePairs != nil && !text(request).isEmpty
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let tokenizer = request.tokenizer?.bytePairs else {
            throw .unknownStep(StepName(.tokens).description, nearest: [])
        }
        let words = try tokenizer.merges(of: text(request))
        let size = request.style.canvas
        let forest = MergeForest(
            words, mostBytes: max(12, Int(clamping: size.width * size.height / 18_000)),
            levels: max(Int(clamping: size.height / 85), 4))
        let scene = LadderScene(forest, tokenizer)
        let frames = (0...forest.mergeCount).map { done in
            let caption = caption(scene, done, words)
            let what = Phrase(
                en: "Bytes in a row, and above them a tree of boxes for each token, as far as the pieces are merged.",
                zh: "最下面是一排字节，上面每个词元是一棵由方框组成的树，画到目前合并为止。")
            return Slide.Frame(
                caption: caption, altText: request.altText(what, caption), takeaway: caption
            ) { density in scene.picture(done: done, density) }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Of all neighbours that training has merged, those of the lowest rank are joined first.",
                zh: "在训练时合并过的相邻片段中，序号最小的一对先合并，一直合到没有可合的为止。"),
            here: MiniMap(.tokens, of: request),
            formula: Formula(#"(\role{token}{a}, \role{token}{b}) \to \role{token}{ab}"#),
            legend: [
                LegendKey(.frame(.highlight), Phrase(en: "this merge", zh: "这一步合并")).any,
                LegendKey(.frame(.role(.token)), Phrase(en: "token and its id", zh: "词元和它的编号")).any,
                LegendKey(
                    .line(.muted, dashed: false), Phrase(en: "number at a join: the merge's rank", zh: "连线旁的数：合并的序号")
                ).any,
            ], frames: frames)
    }

    private static func text(_ request: FigureRequest) -> String {
        if !request.text.isEmpty { return request.text }
        return request.tokenizer?.decode(request.prompt.map { $0.id }) ?? ""
    }

    private static func caption(_ scene: LadderScene, _ done: Int, _ words: [WordMerges]) -> Phrase {
        let bytes = words.reduce(0) { $0 + $1.bytes.count }
        if done == 0 {
            return bytes == 1
                ? Phrase(en: "The text is one byte: one token to begin with.", zh: "这段文字只有 1 个字节，起初就是一个词元。")
                : Phrase(
                    en: "The text is {bytes} {bytes|byte|bytes}; each is a token to begin with.",
                    zh: "这段文字是 {bytes} 个字节，起初一个字节就是一个词元。"
                ).filled(["bytes": Phrase(String(bytes))])
        }
        guard let merge = scene.merges[done - 1] else { return title }
        // A merged piece may begin with a space, which is part of what is said: in quotation marks, as itself.
        let quoted = { (piece: String) in Phrase("“" + piece.replacing("␣", with: " ") + "”") }
        let join = Phrase("{left} + {right} → {merged}").filled([
            "left": quoted(merge.left), "right": quoted(merge.right), "merged": quoted(merge.merged),
        ])
        let step = Phrase(en: "Merge {number}: {join}, rank {rank}.", zh: "第 {number} 次合并：{join}，序号 {rank}。").filled([
            "number": Phrase(String(done)), "join": join, "rank": Phrase(String(merge.rank)),
        ])
        guard done == scene.forest.mergeCount, scene.forest.hidden == nil else { return step }
        let tokens = words.reduce(0) { $0 + $1.ids.count }
        let end = Phrase(
            en: tokens == 1
                ? " {bytes} {bytes|byte|bytes} have become one token."
                : " {bytes} {bytes|byte|bytes} have become {tokens} {tokens|token|tokens}.",
            zh: "{bytes} 个字节合成了 {tokens} 个词元。"
        ).filled(["bytes": Phrase(String(bytes)), "tokens": Phrase(String(tokens))])
        return Phrase(en: step.english + end.english, zh: step.chinese + end.chinese)
    }
}

/// The forest with its words, common to all frames.
private struct LadderScene: Sendable {
    struct Named: Sendable {
        var left: String
        var right: String
        var merged: String
        var rank: Int
    }

    var forest: MergeForest
    /// By tree and node.
    var labels: [[TokenLabel]]
    var bytes: [[String]]
    /// By order.
    var merges: [Int: Named] = [:]

    init(_ forest: MergeForest, _ tokenizer: BytePairTokenizer) {
        self.forest = forest
        labels = forest.trees.map { tree in
            tree.nodes.map { node in
                if tree.isPruned {
                    return TokenLabel(display: MiddleElision.shortened(tokenizer.piece(node.token).display, to: 14))
                }
                let piece = tokenizer.piece(node.token)
                if piece.isSpecial { return TokenLabel(special: piece.display) }
                guard piece.display.hasPrefix("‹") else { return TokenLabel(token: piece.display) }
                // A lone byte needs no brackets.
                let bare = String(piece.display.dropFirst().dropLast())
                return TokenLabel(kind: .bytes, token: node.count == 1 ? bare : piece.display)
            }
        }
        bytes = forest.trees.map { tree in
            tree.nodes.filter { $0.merge == nil }.sorted { $0.first < $1.first }.map { node in
                // A byte that is no letter is written in hexadecimal as it is.
                guard !tokenizer.piece(node.token).display.hasPrefix("‹") else { return "" }
                let bytes = tokenizer.bytes(of: node.token) ?? []
                // Of a piece that is no byte and no character, only the letters are shown.
                return bytes.count > 4
                    ? ""
                    : bytes.map { byte in
                        String(ByteText.hexadecimal([byte]).dropFirst().dropLast())
                    }.joined()
            }
        }
        for tree in forest.trees {
            for node in tree.nodes {
                guard let merge = node.merge else { continue }
                let name = { (place: Int) in MiddleElision.shortened(tokenizer.piece(tree.nodes[place].token).display) }
                merges[merge.order] = Named(
                    left: name(merge.left), right: name(merge.right),
                    merged: MiddleElision.shortened(tokenizer.piece(node.token).display), rank: merge.rank)
            }
        }
    }

    func picture(done: Int, _ density: Density) -> AnyMark {
        // One line of smaller letters before two lines of larger ones, unless these are much larger.
        let sizes = Sizes.lines([56.0, 48, 40, 34, 30, 26, 23, 20, 18, 16, 14])
        return ThatFits {
            sizes.map { size, isOneLine in
                trees(done: done, size * density.label.size / 20, isOneLine: isOneLine, density)
            }
        }.any
    }

    private func trees(done: Int, _ wanted: Double, isOneLine: Bool, _ density: Density) -> AnyMark {
        let size = max(Font.leastSize, wanted)
        var marks: [AnyMark] = []
        for (index, tree) in forest.trees.enumerated() {
            if let hidden = forest.hidden, hidden.before == index { marks.append(ElisionMark(count: hidden.count).any) }
            // A special token is one leaf of many bytes, which its name says better.
            let isSpecial = labels[index].last?.kind == .special
            let mark = MergeTree(
                tree: tree, labels: labels[index], bytes: isSpecial ? [] : bytes[index], done: done, size: size)
            let isLastOfWord = index + 1 < forest.trees.count && forest.trees[index + 1].word != tree.word
            marks.append(mark.padding(Insets(right: isLastOfWord ? size : 0)).any)
        }
        if isOneLine { return HStack(.bottom, spacing: max(size * 0.7, density.gap * 0.8), marks).any }
        return Flow(.bottom, spacing: Size(size * 0.7, size * 1.4), centred: true, marks).any
    }
}
