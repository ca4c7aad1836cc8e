import ArgumentParser
import Foundation
import Reading
import Subjects
import Wording
import Workbooks

/// `glassformer workbook`: a run as a spreadsheet whose cells are formulas.
struct WorkbookCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "workbook", abstract: WorkbookCommandText.abstract.phrase,
        discussion: WorkbookCommandText.discussion.phrase,
        examples: [
            "glassformer workbook 'the cat sat on the mat' --out cat.xlsx",
            "glassformer workbook 中华人民 --layer 0 --head 2 --out head.xlsx",
            "glassformer workbook --calculate 'p = softmax([90, 80, 70])' --out softmax.xlsx",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps

    @Option(
        name: .long, parsing: .unconditional, help: WorkbookCommandText.layer.help("n"),
        transform: Typed.read(Count.init))
    var layer: Count?

    @Option(
        name: .long, parsing: .unconditional, help: WorkbookCommandText.head.help("n"),
        transform: Typed.read(Count.init))
    var head: Count?

    @Option(name: .long, help: WorkbookCommandText.step.help("glob"))
    var step: [String] = []

    @Option(name: [.short, .long], help: WorkbookCommandText.out.help("file"), transform: OutputPath.file)
    var out: String?

    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let subject = try input.stepped(scaled: scaled.scale)
        let out = out ?? subject.slug + ".xlsx"
        let output = try OutputFile(out, mayReplace: writing.force)
        guard let traced = subject.traced else {
            throw Failure(SubjectError.noTrace(subject: subject.title))
        }
        let workbook = try Workbook(
            traced, title: subject.title,
            selection: WorkbookSelection(layer: layer?.value, head: head?.value, steps: step.map { Glob($0) }),
            language: Console.language)
        let (bytes, contents) = try workbook.file()
        try output.write(bytes)
        guard !common.quiet, out != "-" else { return }
        try StandardOutput.write(
            WorkbookCommandText.wrote.text([
                "file": .init(out), "sheets": .init("\(contents.sheets)"), "formulas": .init("\(contents.formulas)"),
                "size": .init(ByteCount.text(bytes.count)),
            ]) + "\n")
        guard !contents.withoutFormula.isEmpty else { return }
        let names = contents.withoutFormula.prefix(12).map { $0.description }.joined(separator: ", ")
        StandardError.write(
            WorkbookCommandText.without.text([
                "count": .init("\(contents.withoutFormula.count)"),
                "names": .init(names + (contents.withoutFormula.count > 12 ? " …" : "")),
            ]) + "\n")
    }
}

/// `glassformer workbook`
enum WorkbookCommandText: PhraseTable {
    case abstract, discussion, layer, head, step, out, wrote, without

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(en: "Write a run as a spreadsheet of live formulas (XLSX).", zh: "把一次运行写成全是公式的电子表格（XLSX）。")
        case .discussion:
            Phrase(
                en:
                    "A sheet for each step: its numbers as formulas of the steps that it reads, learned weights on sheets of their own. The first sheet has the tokens: change an id, and every number follows. Opens in LibreOffice, Excel and WPS. Of a large model choose a layer, a head or steps; the rest stands as fixed numbers.",
                zh:
                    "每个步骤一张表，其中的数是公式，引用它所读取的步骤；学到的权重各有一张表。第一张表列出词元：改一个编号，所有的数都跟着变。可用 LibreOffice、Excel、WPS 打开。模型较大时可只选一层、一个头或若干步骤，其余写成固定的数。"
            )
        case .layer:
            Phrase(en: "Formulas for this layer alone; what it reads stays fixed.", zh: "只为这一层写公式，它读取的数保持固定。")
        case .head:
            Phrase(
                en: "Formulas for this head alone: its queries, keys, values, scores, weights and result.",
                zh: "只为这个头写公式：它的查询、键、值、得分、权重和结果。")
        case .step:
            Phrase(
                en: "Formulas for the steps that match: 'blocks.0.attn.*'. Several times for several.",
                zh: "只为名字符合的步骤写公式：'blocks.0.attn.*'。可以写多次。")
        case .out:
            Phrase(
                en: "The file to write; “-” for standard output. (default: the subject's name)",
                zh: "要写入的文件；“-”表示标准输出。（默认：以所看的内容命名）")
        case .wrote:
            Phrase(
                en: "{file}: {sheets} {sheets|sheet|sheets}, {formulas} {formulas|formula|formulas}, {size}",
                zh: "{file}：{sheets} 张工作表，{formulas} 个公式，{size}")
        case .without:
            Phrase(
                en:
                    "{count} {count|step has|steps have} no formula in a spreadsheet and {count|stands|stand} as fixed numbers: {names}",
                zh: "有 {count} 个步骤在电子表格里没有公式，写成了固定的数：{names}")
        }
    }
}
