import Drawing
import Foundation
import Models
import Wording

@testable import Lessons

/// An engine made of rules instead of a model: Chinese characters and words are tokens, and numbers follow from texts.
///
/// It lets the runner and the book be tested without a model, and draws figures of the right size and shape.
struct SketchSource: FigureSource {
    struct Refusal: Error {}

    /// Answers that a test wants, before the rules.
    var stated: [String: Answer] = [:]
    var refusedFigures: Set<String> = []
    /// Queries of the second chapter's that have no answer.
    var refusedQueries: Set<Query.Name> = []

    static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        for character in text {
            let isHan = character.unicodeScalars.contains { $0.properties.isIdeographic }
            if isHan || character == " " || tokens.isEmpty || tokens[tokens.count - 1].first?.isASCII == false {
                tokens.append(String(character))
            } else {
                tokens[tokens.count - 1].append(character)
            }
        }
        return tokens
    }

    func answer(_ query: Query) throws -> Answer {
        if let answer = stated[query.source] { return answer }
        let isOfSecond = query.place.value?.file.contains("1.2-second") ?? false
        if isOfSecond, refusedQueries.contains(query.name) { throw Refusal() }
        let text = query.arguments.first.map(Self.text) ?? ""
        let tokens = Self.tokens(
            query.name == .cell || query.name == .rowDifference ? Self.text(query.arguments[1]) : text)
        switch query.name {
        case .probability: return .number(text.hasPrefix("中") ? 0.9734 : 0.0312)
        case .nextToken: return .token(" mat")
        case .topProbability: return .number(0.41)
        case .nextTokens:
            return .ranking([
                .init(label: "苹果", value: 0.52), .init(label: "<script>", value: 0.2), .init(label: "饭", value: 0.11),
                .init(label: "鱼", value: 0.04),
            ])
        case .continuation: return .token("成立于1949年")
        case .tokenCount: return .number(Double(tokens.count))
        case .byteCount: return .number(Double(text.utf8.count))
        case .tokenID: return .number(417)
        case .token: return .token(tokens[Self.index(query.arguments[1], in: tokens)])
        case .vocabulary: return .number(1024)
        case .width: return .number(64)
        case .layers: return .number(2)
        case .heads: return .number(4)
        case .headWidth: return .number(16)
        case .parameters: return .number(196_608)
        case .context: return .number(64)
        case .merges: return .number(768)
        case .cell, .value, .measure: return .number(-0.1234)
        case .rowDifference: return .number(text == "embed" ? 0 : 0.4213)
        case .attention:
            let query0 = Self.index(query.arguments[3], in: tokens)
            let key = Self.index(query.arguments[4], in: tokens)
            return .number(key > query0 ? 0 : key == query0 - 1 ? 0.81 : 0.19 / Double(max(1, query0)))
        case .attentionRow:
            let row = Self.index(query.arguments[3], in: tokens)
            return .ranking(
                (0...row).map { .init(label: tokens[$0], value: $0 == row - 1 ? 0.81 : 0.19 / Double(row)) })
        case .mostAttended:
            let row = Self.index(query.arguments[3], in: tokens)
            return .token(tokens[max(0, row - 1)])
        case .quality:
            return .number(text.hasSuffix("score") ? 0.87 : text.contains("induction") ? 1 : 0)
        case .shape, .inputShape: return .token("1 × 4 × 64")
        case .text: return .token(text)
        case .whereGreatest, .whereLeast: return .cell([0, 1])
        default: return .number(0.25)
        }
    }

    private static func text(_ argument: Argument) -> String {
        if case .text(let text) = argument { text } else { "" }
    }

    private static func index(_ argument: Argument, in tokens: [String]) -> Int {
        switch argument {
        case .index(let index): index < 0 ? tokens.count + index : index
        case .at(let text): tokens.lastIndex(of: text) ?? 0
        default: 0
        }
    }

    /// Formulas need no model: they are the real ones.
    func formula(_ notation: String, display: Bool) throws -> TypesetFormula {
        try Self.typesetter.formula(notation, display: display)
    }

    private static let typesetter = ModelEngine(home: Home(path: "/nowhere"))

    func sums(of reference: FigureReference) -> (Drawing.Tag) -> String? { { "\($0.index[1] % 3) + 1" } }

    func unknownGlyphs(in text: String) -> [Character] { text.filter { $0 == "\u{10FFFD}" } }

    func layout(_ reference: FigureReference, _ setting: FigureSetting) throws -> Figure {
        if refusedFigures.contains(reference.id) { throw Refusal() }
        let count = ["merge-ladder", "softmax", "word-chain", "weighted-sum"].contains(reference.id) ? 4 : 1
        let tokens = Self.tokens(reference.value("text") ?? "中华人民")
        let theme = Theme.named(setting.theme)
        return Figure(
            id: reference.id, title: reference.id, size: .slide, paper: theme.paper, language: setting.language,
            frames: (0..<count).map { frame(tokens, number: $0, setting.language, theme) })
    }

    private func frame(_ tokens: [String], number: Int, _ language: Language, _ theme: Theme) -> Figure.Frame {
        var frame = Figure.Frame(items: [])
        let size = min(1300.0 / Double(max(1, tokens.count)), 640.0 / Double(max(1, tokens.count)), 90)
        for (row, token) in tokens.enumerated() {
            let y = 190 + Double(row) * size
            let metrics = TextMetrics(
                width: 90, ascent: 24, descent: 8, inkAscent: 20, inkDescent: 4, inkLeft: 0, inkRight: 90)
            frame.items.append(
                Item(
                    .text(
                        TextLine(
                            token, font: .body, color: theme.ink, origin: Point(70, y + size * 0.65), metrics: metrics))
                ))
            for column in 0..<12 {
                let value = Double((row * 31 + column * 17 + number * 7) % 41) / 20 - 1
                let rect = Rect(190 + Double(column) * 100, y, 94, size - 6)
                frame.items.append(
                    Item(.path(.rounded(rect, radius: 6), fill: theme.diverging(value), stroke: nil)))
                frame.hotSpots.append(
                    HotSpot(
                        rect: rect, tag: Drawing.Tag(step: "sketch", index: [row, column]),
                        words: "\(token), \(column)",
                        value: String(format: "%.4f", value)))
            }
        }
        frame.caption =
            language == .chinese
            ? "每个词元一行，颜色表示数值：第 \(number + 1) 帧" : "One row for each token; colour is value: frame \(number + 1)"
        frame.altText = "\(frame.caption) (\(tokens.joined(separator: " ")))"
        return frame
    }
}
