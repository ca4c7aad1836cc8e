import Drawing
import Tokenizers
import Tracing
import Wording

/// The text as the model reads it: cut into tokens, each with its number and its bytes.
public enum TokenStrip: TraceFigure {
    public static let id = "token-strip"
    public static let title = Phrase(en: "How a text becomes numbers", zh: "文字怎样变成编号")
    public static let scope = FigureScope.once
    public static let shows: [Label] = [.tokens]

    /// More tokens than this are not all drawn.
    static let mostTokens = 24

    public static func slide(_ request: FigureRequest) throws -> Slide {
        let ids = request.promptIDs
        let labels = request.labels
        let text = text(request, ids)
        let bytes = ids.map { id in request.tokenizer?.bytes(of: id) }
        let kept = Elision(ids.count, most: mostTokens)
        let name = StepName(.tokens).description
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "The tokenizer cuts the text into known pieces; the model is given only their numbers.",
                zh: "分词器把文字切成词表里有的片段，模型拿到的只是它们的编号。"),
            here: MiniMap(.tokens), formula: formula(request, ids), takeaway: takeaway(text, ids, labels, bytes)
        ) { density in
            let columns: [any Mark] = kept.slots.map { slot in
                switch slot {
                case .shown(let place):
                    TokenColumn(
                        label: labels[place], id: ids[place], bytes: bytes[place] ?? [], place: place,
                        tag: Tag(step: name, index: [0, place]), density: density)
                case .gap(let count): ElisionMark(count: count)
                }
            }
            return VStack(spacing: density.gap * 1.4) {
                if !text.isEmpty, text.count <= 120 {
                    Text(TokenLabel(text).display.replacing("␣", with: " "))
                        .font(density.label.size(density.label.size * 1.8)).wrapped().aligned(.center)
                    Arrow(.down, length: density.gap)
                }
                Lines(
                    .top, spacing: Size(density.label.size * 0.7, density.gap), centred: true,
                    columns)
            }
        }
    }

    private static func text(_ request: FigureRequest, _ ids: [Int]) -> String {
        if !request.text.isEmpty { return request.text }
        return request.tokenizer?.decode(ids) ?? ""
    }

    private static func formula(_ request: FigureRequest, _ ids: [Int]) -> Formula {
        let size = request.trace.model.numbers["vocabulary"].map { Int($0) } ?? request.tokenizer?.vocabularySize
        guard let size else { return Formula(#"\role{token}{t} = (\role{token}{t_0}, \role{token}{t_1}, \dots)"#) }
        return Formula(#"\role{token}{t_i} \in \{0, 1, \dots, \#(size - 1)\}"#)
    }

    private static func takeaway(_ text: String, _ ids: [Int], _ labels: [TokenLabel], _ bytes: [[UInt8]?]) -> Phrase {
        let first = labels.first.map(\.display) ?? ""
        let known = bytes.compactMap { $0 }
        guard known.count == ids.count, !text.isEmpty else {
            return Phrase(
                en: "{tokens} tokens: “{first}” is number {id}.", zh: "{tokens} 个词元：“{first}”的编号是 {id}。"
            ).filled([
                "tokens": Phrase(String(ids.count)), "first": Phrase(first), "id": Phrase(String(ids.first ?? 0)),
            ])
        }
        return Phrase(
            en: "{characters}, {bytes}, {tokens}: “{first}” is number {id}.",
            zh: "{characters}、{bytes}、{tokens}：“{first}”的编号是 {id}。"
        ).filled([
            "characters": count(text.count, "character", "个字符"),
            "bytes": count(known.reduce(0) { $0 + $1.count }, "byte", "个字节"),
            "tokens": count(ids.count, "token", "个词元"), "first": Phrase(first),
            "id": Phrase(String(ids.first ?? 0)),
        ])
    }

    private static func count(_ number: Int, _ english: String, _ chinese: String) -> Phrase {
        Phrase(en: "\(number) \(english)" + (number == 1 ? "" : "s"), zh: "\(number) \(chinese)")
    }
}

/// A token, its number and its bytes under each other.
private struct TokenColumn: Mark {
    var label: TokenLabel
    var id: Int
    var bytes: [UInt8]
    var place: Int
    var tag: Tag
    var density: Density

    private func stack(_ space: Space) -> any Mark {
        let size = density.label.size
        let lines = stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<min(bytes.count, start + 4)].map { ByteText.hexadecimal([$0]).dropFirst().dropLast() }
                .joined(separator: " ")
        }
        return VStack(spacing: 8) {
            Chip(label, tint: .role(.token)).font(density.label.size(size * 1.5)).tagged(tag)
            Arrow(.down, length: max(16, density.gap * 0.7))
            Text(String(id)).font(.mono(density.label.size(size * 1.25)).semibold).color(.token).tagged(tag)
            VStack(spacing: 2) { lines.map { Text($0).font(.mono(.small)).color(.muted) as any Mark } }
        }
    }

    func extent(in space: Space) -> Extent { stack(space).extent(in: space) }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        stack(space).place(in: rect, space, onto: &canvas)
        canvas.hotSpot(rect, "\(label.display): \(id)", value: String(id), tag: tag)
    }
}
