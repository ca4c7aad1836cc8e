import ArgumentParser
import Models
import Page
import Reading
import Subjects
import Wording

/// `glassformer page`: the live page in one file, the engine inside.
struct PageCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "page", abstract: PageText.abstract.phrase, discussion: PageText.discussion.phrase,
        examples: [
            "glassformer page 'the cat sat on the mat' --out cat.html",
            "glassformer page --model translator --language zh-Hans --out translator.html",
        ])

    @Argument(help: PageText.text.help("text"))
    var text: String?

    @OptionGroup var model: ModelOptions

    @Option(name: [.short, .long], help: PageText.out.help("file"), transform: OutputPath.file)
    var out: String

    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let output = try OutputFile(out, mayReplace: writing.force)
        let page = try PageFile(home: .locate())
        let html = try page.html(
            folder: Shelf.folder(model.name), text: text.map { try InputFile.text($0) }, language: common.language)
        try output.write(html)
        guard !common.quiet, out != "-" else { return }
        try StandardOutput.write(
            PageText.wrote.text(["file": .init(out), "size": .init(ByteCount.text(html.count))]) + "\n")
    }
}

/// `glassformer page`
enum PageText: PhraseTable {
    case abstract, discussion, text, out, wrote

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(en: "Write the live page: one file that needs nothing.", zh: "写出交互网页：只有一个文件，什么都不需要。")
        case .discussion:
            Phrase(
                en:
                    "The page holds this program, compiled for the browser, and the model. Type a sentence in it, step through the model, press any number to see how it came to be. It opens from a disk, a stick or a mail, and sends nothing anywhere.",
                zh: "网页里装着为浏览器编译的本程序和模型。在里面写一句话，一步一步看模型怎么算，点任何一个数就能看到它的来历。从硬盘、U 盘或邮件里都能打开，不向任何地方发送数据。")
        case .text:
            Phrase(
                en: "The text that the page shows first; “-” reads standard input. (default: one that fits the model)",
                zh: "网页开头显示的文本；“-”表示从标准输入读取。（默认：适合该模型的一句话）")
        case .out: Phrase(en: "The file to write; “-” for standard output.", zh: "要写入的文件；“-”表示标准输出。")
        case .wrote: Phrase(en: "{file}: {size}; open it in a browser", zh: "{file}：{size}；用浏览器打开")
        }
    }
}
