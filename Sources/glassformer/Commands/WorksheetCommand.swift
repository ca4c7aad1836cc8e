import ArgumentParser
import Reading
import Rendering
import Subjects
import Tracing
import Wording
import Worksheets

/// `glassformer worksheet`: a sheet to fill in by hand, and its answers.
struct WorksheetCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "worksheet", abstract: WorksheetText.abstract.phrase, discussion: WorksheetText.discussion.phrase,
        examples: [
            "glassformer worksheet --kind attention --out attention.pdf",
            "glassformer worksheet --kind update --seed 7 --language zh-Hans --out update.pdf --trace run.safetensors",
        ])

    @Option(name: .long, help: WorksheetText.kind.help(WorksheetKind.allCases.map(\.rawValue).joined(separator: "|")))
    var kind = WorksheetKind.attention

    @Option(
        name: .long, parsing: .unconditional, help: WorksheetText.seed.help("n"),
        transform: Typed.read(PlainNumber.seed))
    var seed: UInt64 = 1

    @Option(name: [.short, .long], help: WorksheetText.out.help("file"), transform: OutputPath.file)
    var out = "worksheet.pdf"

    @Option(name: .long, help: WorksheetText.trace.help("file"), transform: OutputPath.file)
    var trace: String?

    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try OutputFile(out, mayReplace: writing.force)
        let record = try trace.map { try OutputFile($0, mayReplace: writing.force) }
        let sheet = try kind.sheet(seed: seed)
        try output.write(try SheetPages(sheet, language: Console.language).document.bytes())
        if let record { try record.write(Array(TraceFile.data(of: sheet.trace))) }
        guard !common.quiet, out != "-" else { return }
        let blanks = sheet.grids.reduce(0) { $0 + $1.blanks }
        try StandardOutput.write(
            WorksheetText.wrote.text(["file": .init(out), "count": .init("\(blanks)")]) + "\n"
                + (trace.map { $0 + "\n" } ?? ""))
    }
}

extension WorksheetKind: ExpressibleByArgument {}

/// `glassformer worksheet`
enum WorksheetText: PhraseTable {
    case abstract, discussion, kind, seed, out, trace, wrote

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Make a sheet to fill in by hand, and its answers.", zh: "生成手算练习纸和答案。")
        case .discussion:
            Phrase(
                en:
                    "Attention, a perceptron, a feed-forward block or one step of gradient descent by hand: A4, with small whole numbers of a tiny model that is made for the sheet. What is worked at first is blank at last. The second page has the answers, the third says where the numbers come from. Another seed makes another sheet.",
                zh: "手算注意力、感知机、前馈网络或一步梯度下降：A4 纸，数都是小整数，出自专为这张纸造的小模型。先有算好的例子，后面逐渐留空。第二页是答案，第三页说明这些数是怎么来的。换一个种子就是另一张练习纸。")
        case .kind: Phrase(en: "What is computed by hand.", zh: "手算什么。")
        case .seed: Phrase(en: "The same seed makes the same sheet.", zh: "种子相同，练习纸也相同。")
        case .out: Phrase(en: "The file to write; “-” for standard output.", zh: "要写入的文件；“-”表示标准输出。")
        case .trace:
            Phrase(
                en: "Also write the run behind the sheet, for explain, draw and verify.",
                zh: "同时保存背后的运行记录，供 explain、draw 和 verify 使用。")
        case .wrote:
            Phrase(
                en: "{file}: {count} blanks; the answers are on page 2", zh: "{file}：{count} 个空；答案在第 2 页")
        }
    }
}
