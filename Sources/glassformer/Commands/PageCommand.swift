import ArgumentParser
import Figures
import Lessons
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
            "glassformer page 'the cat sat' --story one-head --out head.html",
            "glassformer page --run playground-spiral --out spiral.html",
            "glassformer page --lesson 1.11 --out lesson.html",
            "glassformer page --play --out playground.html",
        ])

    @OptionGroup var input: SubjectOptions

    @Option(name: .long, help: PageText.lesson.help("id"))
    var lesson: String?

    @Option(name: .long, help: PageText.story.help(Story.allCases.map(\.rawValue).joined(separator: "|")))
    var story: Story?

    @Flag(name: .long, help: PageText.play.help)
    var play = false

    @Flag(name: .long, help: PageText.all.help)
    var all = false

    @Option(name: [.short, .long], help: PageText.out.help("file|folder"), transform: OutputPath.folderOrFile)
    var out: String?

    @OptionGroup var scaled: ScaledSteps
    @OptionGroup var writing: WritingOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard lesson != nil || all || play else { return }
        let named = [all ? "--all" : nil, lesson == nil ? nil : "--lesson", play ? "--play" : nil].compactMap(\.self)
        guard let name = named.first else { return }
        if named.count > 1 { throw CommandProblem.together(name, named[1]) }
        if !input.isEmpty || !scaled.scale.isEmpty {
            throw CommandProblem.together(name, PageText.subject.text)
        }
        if story != nil { throw CommandProblem.together(name, "--story") }
    }

    func run() throws {
        if all { return try writeAll() }
        let page = try PageFile(home: .locate())
        var content = try content
        let out =
            out ?? (play ? "playground" : lesson.map { "lesson-" + $0.filter { $0 != "/" } } ?? content.title.slug)
            + ".html"
        let output = try OutputFile(out, mayReplace: writing.force)
        content.story = story
        let html = try page.html(content)
        try output.write(html)
        guard !common.quiet, out != "-" else { return }
        try StandardOutput.write(
            PageText.wrote.text(["file": .init(out), "size": .init(ByteCount.text(html.count))]) + "\n")
    }

    /// Everything that is shipped, as a folder.
    private func writeAll() throws {
        let folder = try OutputFolder(out ?? "output/web", mayReplace: writing.force, names: ["index.html"])
        do {
            try PageSite(isQuiet: common.quiet).write(to: folder)
            try folder.commit()
        } catch {
            folder.discard()
            throw error
        }
        guard !common.quiet else { return }
        try StandardOutput.write(DrawText.open.text(["file": .init(folder.path + "/index.html")]) + "\n")
    }

    /// A model that reads on, where nothing else than a text is said; else what is named, as it is.
    private var content: PageContent {
        get throws {
            if play { return PageContent(room: .playground, language: common.language) }
            if let lesson { return try LessonsCommand.Shelves().page(lesson, language: common.language) }
            guard !input.isModelAlone || !scaled.scale.isEmpty else {
                return try PageContent(folder: Shelf.folder(input.model.name), text: nil, language: common.language)
            }
            let source = try input.source(scaled: scaled.scale)
            if case .text(let text) = source {
                let ids = text.ids.map { $0.map { String($0) }.joined(separator: ", ") }
                var plain = TextSource(text: text.text, ids: text.ids, model: text.model)
                plain.changes = ChangeWords()
                if text == plain {
                    return try PageContent(
                        folder: Shelf.folder(input.model.name), text: text.text ?? ids, language: common.language)
                }
            }
            return try PageContent(Shelf.subjects.subject(source), language: common.language)
        }
    }
}

extension LessonsCommand.Shelves {
    /// A chapter as a live page.
    func page(_ id: String, language: Language?) throws -> PageContent {
        try content(live(chapter(id, of: read())), language: language)
    }

    func live(_ chapter: Chapter) throws -> LiveChapter {
        do {
            return try LiveChapter(chapter.answered(by: engine), engine: engine)
        } catch {
            throw CommandProblem.chapter(Finding(error, of: chapter).line)
        }
    }

    func content(_ live: LiveChapter, language: Language?) throws -> PageContent {
        try PageContent(
            title: live.title[language ?? Console.language], lesson: live.json,
            models: live.models.map { try Shelf.folder($0) }, slides: { live.slides[$0] }, language: language)
    }
}

extension Story: ExpressibleByArgument {
    /// By its name, or by a figure that it tells: `head`, `one-head`.
    public init?(argument: String) {
        guard let story = Story(rawValue: argument) ?? Story.allCases.first(where: { $0.figures.contains(argument) })
        else { return nil }
        self = story
    }

    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

/// `glassformer page`
enum PageText: PhraseTable {
    case abstract, discussion, play, playground, all, book, models, writing, lesson, subject, story, out, wrote

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(en: "Write the live page: one file that needs nothing.", zh: "写出交互网页：只有一个文件，什么都不需要。")
        case .discussion:
            Phrase(
                en:
                    "The page holds this program, compiled for the browser, and a model: type a sentence in it, step through the model, press any number to see how it came to be. A run that is over (--trace, --run, --backward, --off …) goes in as it is: everything can be asked, but no other sentence typed. It opens from a disk, a stick or a mail, and sends nothing anywhere.",
                zh:
                    "网页里装着为浏览器编译的本程序和一个模型：在里面写一句话，一步一步看模型怎么算，点任何一个数就能看到它的来历。已经结束的运行（--trace、--run、--backward、--off 等）原样装进去：每个数都能追问，只是不能另写句子。从硬盘、U 盘或邮件里都能打开，不向任何地方发送数据。"
            )
        case .playground: Phrase(en: "Playground and perceptron", zh: "游乐场与感知机")
        case .play:
            Phrase(
                en: "The playground and the perceptron alone, without a model; every other page has them too.",
                zh: "只要游乐场和感知机，不带模型；其他网页里也都有它们。")
        case .all:
            Phrase(
                en:
                    "Every shipped model and every chapter as a folder of pages for a static host; they share one program.",
                zh: "把所有自带模型和全部章节写成一个文件夹，放到任何静态网站上即可；各页共用一份程序。")
        case .book: Phrase(en: "Book", zh: "书")
        case .models: Phrase(en: "Models", zh: "模型")
        case .writing: Phrase(en: "writing pages", zh: "正在写网页")
        case .lesson:
            Phrase(
                en: "A chapter of the course: its words, and its figures live on any sentence.",
                zh: "课程的一章：有正文，图也是活的，可换成任何一句话。")
        case .subject: Phrase(en: "another subject", zh: "另一个对象")
        case .story:
            Phrase(
                en: "Opens in presenting, at the first figure of a story; the arrows or a presenter's remote step on.",
                zh: "打开就是演示，从这一组图的第一幅开始；方向键或翻页笔逐幅前进。")
        case .out:
            Phrase(
                en: "The file to write; “-” for standard output. (default: the subject's name)",
                zh: "要写入的文件；“-”表示标准输出。（默认：以所看的内容命名）")
        case .wrote: Phrase(en: "{file}: {size}; open it in a browser", zh: "{file}：{size}；用浏览器打开")
        }
    }
}
