import Drawing
import Platform
import Reading
import Tokenizers
import Tracing
import Wording

/// The text as the model reads it: cut into tokens, each with its number and its bytes.
package enum TokenStrip: TraceFigure {
    package static let id = "token-strip"
    package static let title = Phrase(en: "How a text becomes numbers", zh: "文字怎样变成编号")
    package static let scope = FigureScope.once
    package static let isOfEachStack = true
    package static let shows: [Label] = [.tokens]

    /// More tokens than this are not all drawn.
    static let mostTokens = 24

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let ids = request.promptIDs
        let labels = request.labels
        let text = text(request, ids)
        let bytes = ids.map { id in request.tokenizer?.bytes(of: id) }
        let kept = Elision(ids.count, most: mostTokens)
        let name = StepName(.tokens, stack: request.stack).description
        // On a live page as many as its stories draw, where all are too many.
        let few = request.plan.map { Elision(showing: $0.shown, of: ids.count) }
        let slots = { (kept: Elision) in
            kept.slots.map { slot -> TokenLines.Slot in
                switch slot {
                case .gap(let count): .gap(count)
                case .shown(let place):
                    .token(
                        TokenLines.Token(
                            label: labels.indices.contains(place) ? labels[place] : TokenLabel("#\(ids[place])"),
                            id: ids[place], bytes: bytes[place] ?? [],
                            tag: Tag(step: name, index: [0, place])))
                }
            }
        }
        let (all, some) = (slots(kept), few.map(slots))
        // The text as it was typed, its line ends and tabs made visible.
        let written = text.shownInLine
        let takeaway = takeaway(text, ids, labels, bytes)
        guard !ids.isEmpty else { throw request.missing(.tokens, block: .some(nil)) }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The tokenizer cuts the text into known pieces; the model is given only their numbers.",
                zh: "分词器把文字切成词表里有的片段，模型拿到的只是它们的编号。"),
            here: MiniMap(.tokens, of: request), formula: formula(request, ids), takeaway: takeaway,
            altText: altText(kept, request, ids, takeaway)
        ) { density in
            // One line of smaller letters before two lines of larger ones, unless these are much larger.
            let sizes = Sizes.lines([84.0, 72, 62, 52, 46, 40, 35, 31, 27, 24, 20, 17])
            let tries = sizes.map { (all, $0.0, $0.1) } + (some.map { [($0, 17.0, false)] } ?? [])
            let lines = tries.map { slots, size, isOneLine -> AnyMark in
                let strip = TokenLines(
                    slots: slots, size: max(size * density.label.size / 20, Font.leastSize), isOneLine: isOneLine)
                guard !text.isEmpty, text.count <= 120 else { return strip.any }
                return Adaptive { space in
                    // The words at the left of the rows are not part of the text's place.
                    let beside = Insets(left: strip.beside(space))
                    return VStack(spacing: max(14, size * 0.5) * (1 + space.density.spread.height) / 2) {
                        Text(written).font(Font(size: max(Font.leastSize, strip.size * 0.9))).wrapped()
                            .aligned(.center).padding(beside)
                        Arrow(.down, length: max(22, size * 0.8) * (1 + space.density.spread.height) / 2).padding(
                            beside)
                        strip
                    }.any
                }.any
            }
            let isBand = request.style.canvas.width > request.style.canvas.height * 1.2
            let isShort = all.count <= 2 && written.count <= 16 && request.plan == nil
            let across = isShort && isBand ? Self.across(all, written) : []
            return ThatFits { across + lines }.any
        }
    }

    /// A token or two from left to right, so that a page that is wider than high is full.
    private static func across(_ slots: [TokenLines.Slot], _ written: String) -> [AnyMark] {
        let tokens = slots.compactMap { if case .token(let token) = $0 { token } else { nil } }
        return [180.0, 150, 130, 110, 95, 84, 72, 62].map { size in
            let head = Font(size: max(20, size * 0.2))
            let cells = tokens.flatMap { token -> [AnyMark] in
                let bytes = token.bytes.prefix(8).map { String(ByteText.hexadecimal([$0]).dropFirst().dropLast()) }
                return [
                    Chip(token.label, tint: .role(.token)).font(Font(size: size)).tagged(token.tag).any,
                    Text(String(token.id)).font(Font(.mono, size: size * 0.7, weight: .semibold)).color(.token)
                        .tagged(token.tag).any,
                    Text(bytes.joined(separator: " ") + (token.bytes.count > 8 ? " …" : ""))
                        .font(Font(.mono, size: max(Font.leastSize, size * 0.32))).color(.muted).any,
                ]
            }
            return HStack(.middle, spacing: size * 0.4) {
                if !written.isEmpty {
                    Text(written).font(Font(size: size * 0.8))
                    Arrow(.right, length: size * 0.6)
                }
                Grid(columns: 3, spacing: Size(size * 0.45, size * 0.35)) {
                    TokenLines.RowWords.allCases.map { Text($0.phrase).font(head).color(.muted).any }
                    cells
                }
            }.any
        }
    }

    private static func altText(
        _ kept: Elision, _ request: FigureRequest, _ ids: [Int], _ takeaway: Phrase
    ) -> Phrase {
        let pairs = kept.slots.map { slot -> Phrase in
            guard case .shown(let place) = slot else { return "…" }
            return Phrase("{token} {id}").filled([
                "token": request.label(at: place).spoken, "id": Phrase(String(ids[place])),
            ])
        }
        return Phrase(
            en: "The text cut into tokens, each over its id and its bytes: "
                + pairs.map { $0.english }.joined(separator: ", ") + ". " + takeaway.begun.english,
            zh: "文字切成词元，下面是编号和字节：" + pairs.map { $0.chinese }.joined(separator: "，") + "。" + takeaway.chinese)
    }

    private static func text(_ request: FigureRequest, _ ids: [Int]) -> String {
        // What was typed is what an encoder read.
        if !request.text.isEmpty, request.stack != .decoder { return request.text }
        return request.tokenizer?.decode(ids) ?? ""
    }

    private static func formula(_ request: FigureRequest, _ ids: [Int]) -> Formula {
        let size =
            request.trace.model.numbers["vocabulary"].map { Int(clamping: $0) } ?? request.tokenizer?.vocabularySize
        guard let size else { return Formula(#"(\#(Symbols.token.at("0")), \#(Symbols.token.at("1")), \dots)"#) }
        return Formula(#"\#(Symbols.token.at("i")) \in \{0, 1, \dots, \#(size - 1)\}"#)
    }

    private static func takeaway(_ text: String, _ ids: [Int], _ labels: [TokenLabel], _ bytes: [[UInt8]?]) -> Phrase {
        let (first, id) = (labels.first?.spoken ?? "", Phrase(String(ids.first ?? 0)))
        let tokens = count(ids.count, "token", "个词元")
        // Of a text that is not just what its tokens' bytes make, nothing is counted but the tokens.
        guard !text.isEmpty, bytes.allSatisfy({ $0 != nil }), bytes.flatMap({ $0 ?? [] }) == Array(text.utf8) else {
            return Phrase(en: "{tokens}: {first} is number {id}.", zh: "{tokens}：{first}的编号是 {id}。").filled([
                "tokens": tokens, "first": first, "id": id,
            ])
        }
        return Phrase(
            en: "{characters}, {bytes}, {tokens}: {first} is number {id}.",
            zh: "{characters}、{bytes}、{tokens}：{first}的编号是 {id}。"
        ).filled([
            "characters": count(text.count, "character", "个字符"), "bytes": count(text.utf8.count, "byte", "个字节"),
            "tokens": tokens, "first": first, "id": id,
        ])
    }

    private static func count(_ number: Int, _ english: String, _ chinese: String) -> Phrase {
        Phrase(en: "\(number) \(english)" + (number == 1 ? "" : "s"), zh: "\(number) \(chinese)")
    }
}
