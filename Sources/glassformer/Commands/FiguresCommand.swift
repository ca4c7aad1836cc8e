import ArgumentParser
import Drawing
import Figures
import Reading
import Subjects
import Tracing
import Wording

/// `glassformer figures`: what can be drawn, of anything or of one subject.
struct FiguresCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "figures", abstract: FiguresText.abstract.phrase, discussion: FiguresText.discussion.phrase,
        examples: [
            "glassformer figures", "glassformer figures 中华人民", "glassformer figures --run film",
            "glassformer figures --compare perceptron,transformer --json",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps
    @OptionGroup var facts: FactOptions
    @OptionGroup var common: CommonOptions

    /// A kind of figure, with how often it is there.
    private struct Row {
        let id: String
        let title: Phrase
        let scope: FigureScope
        let steps: [String]
        var count = 1
    }

    func run() throws {
        let rows = try rows()
        if facts.json {
            let json = JSONText.objects(rows) { row in
                [
                    "id": .text(row.id), "title": .text(row.title.text), "scope": .text(Self.name(row.scope)),
                    "steps": .texts(row.steps), "count": .integer(row.count),
                ]
            }
            return try StandardOutput.write(json.page)
        }
        var table = TextTable([.left, .left, .left, .right], heading: [FiguresText.id, .title, .scope, .count])
        for row in rows { table.add(row.id, row.title.text, Self.words(row.scope).text, "\(row.count)") }
        try StandardOutput.write(table.text(style: common.style))
    }

    private func rows() throws -> [Row] {
        // A text's figures are known without it; those of a run or a comparison are its own.
        guard !input.isEmpty else {
            return Catalogue.all.map {
                Row(id: $0.id, title: $0.title, scope: $0.scope, steps: $0.shows.map(\.rawValue))
            } + Shelf.subjects.calculations.map { Row(id: $0.id, title: $0.title, scope: .once, steps: []) }
        }
        let subject = try input.subject(scaled: scaled.scale, goesOn: true)
        let style = SlideStyle(size: .slide, theme: .named(common.theme))
        var look = Look()
        // A calculation has steps of its own names, each a table.
        if case .calculation = try input.source(), subject.slides.isEmpty { look.steps = ["*"] }
        var rows: [Row] = []
        for picture in try subject.pictures(look, style).pictures {
            if let place = rows.firstIndex(where: { $0.id == picture.id }) {
                rows[place].count += 1
            } else {
                rows.append(
                    Row(
                        id: picture.id, title: picture.title, scope: picture.scope,
                        steps: picture.steps.map(\.description)))
            }
        }
        return rows
    }

    private static func name(_ scope: FigureScope) -> String {
        switch scope {
        case .once: "once"
        case .perLayer: "layer"
        case .perHead: "head"
        }
    }

    private static func words(_ scope: FigureScope) -> FiguresText {
        switch scope {
        case .once: .once
        case .perLayer: .perLayer
        case .perHead: .perHead
        }
    }
}

/// `glassformer figures`
enum FiguresText: PhraseTable {
    case abstract, discussion, id, title, scope, count, once, perLayer, perHead

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "List what can be drawn.", zh: "列出可以画的图。")
        case .discussion:
            Phrase(
                en:
                    "Of a text, a trace file, a run, a comparison, a shared step, a published architecture or a calculation: every kind of figure, and how many of it. Without any: all that a text may have. “draw --figure ID” draws one.",
                zh: "可以是文本、记录文件、一次训练、一场比较、分担的一步、已发表的结构或一个小计算：列出每一种图和它的数量。什么都不给时，列出文本可能有的全部图。用“draw --figure 名字”画其中一种。")
        case .id: Phrase(en: "figure", zh: "名字")
        case .title: Phrase(en: "title", zh: "标题")
        case .scope: Phrase(en: "of", zh: "画的是")
        case .count: Phrase(en: "how many", zh: "数量")
        case .once: Phrase(en: "the whole", zh: "整体")
        case .perLayer: Phrase(en: "each layer", zh: "每一层")
        case .perHead: Phrase(en: "each head", zh: "每个头")
        }
    }
}
