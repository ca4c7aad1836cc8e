import Wording

/// `glassformer lessons`
enum LessonsText: PhraseTable {
    case abstract, discussion, listAbstract, showAbstract, walkAbstract, walkDiscussion, quizAbstract, answers, pictures
    case walkID, buildAbstract, buildDiscussion, checkAbstract
    case checkDiscussion, checkOnly, queriesAbstract, queriesDiscussion, id, out, only, format, steps, building, built
    case sound

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "The course.", zh: "课程。")
        case .discussion:
            Phrase(
                en: "Every number and figure of a chapter comes from a run of the engine, not from its author.",
                zh: "每一章里的数字和图都来自引擎的真实运行，而不是作者手写的。")
        case .listAbstract: Phrase(en: "List the chapters.", zh: "列出各章。")
        case .showAbstract: Phrase(en: "Read a chapter in the terminal.", zh: "在终端里阅读一章。")
        case .walkAbstract: Phrase(en: "Walk through the course, step by step.", zh: "逐步走完整门课程。")
        case .walkDiscussion:
            Phrase(
                en:
                    "One step after the other, with its figure where the terminal shows pictures (Kitty, iTerm2, sixel), else in blocks. Type h for what can be typed. The place is kept in $XDG_STATE_HOME/glassformer/course.json; without a number, the walk goes on from there.",
                zh:
                    "一步接一步地显示；终端能显示图片时（Kitty、iTerm2、sixel）直接显示图，否则用色块画出。输入 h 查看可用的命令。进度保存在 $XDG_STATE_HOME/glassformer/course.json；不写编号就从那里继续。"
            )
        case .quizAbstract: Phrase(en: "Answer a chapter's questions.", zh: "做一章的小测。")
        case .answers: Phrase(en: "With the quiz's answers.", zh: "同时显示小测的答案。")
        case .pictures: Phrase(en: "How figures are shown.", zh: "图的显示方式。")
        case .walkID:
            Phrase(
                en: "The chapter's number, such as 1.9; where the last walk ended without it.",
                zh: "章的编号，例如 1.9；不写则从上次的位置继续。")
        case .buildAbstract: Phrase(en: "Write the book.", zh: "生成整本书。")
        case .buildDiscussion:
            Phrase(
                en:
                    "Pages that work from a disk, offline, in both languages, light and dark. Built again into the same folder, only what changed is made anew. As PDF or EPUB, a file for each language; the PDF has contents, bookmarks, answers and an index.",
                zh: "生成的网页可以直接从磁盘打开，无需联网，中英双语，明暗两色。再次生成到同一文件夹时，只重做有改动的章。选 PDF 或 EPUB 时，每种语言一个文件；PDF 带目录、书签、答案和索引。")
        case .checkAbstract: Phrase(en: "Check every figure, link, number and command.", zh: "检查每一幅图、每个链接、数字和命令。")
        case .checkDiscussion:
            Phrase(en: "Exits with 1 if anything is wrong, a line for each.", zh: "发现问题时逐行列出，并以 1 退出。")
        case .checkOnly:
            Phrase(en: "Check this chapter alone. May be repeated.", zh: "只检查这一章，可重复使用。")
        case .queriesAbstract: Phrase(en: "List what chapters can ask of the engine.", zh: "列出章节可以向引擎提的问题。")
        case .queriesDiscussion:
            Phrase(
                en:
                    "“of=NAME” asks one of the chapter's sources in place of [TEXT]. Between answers: + − × ÷, brackets, round, floor, abs, sqrt, exp, ln, float16, bfloat16. At the end, how a number is written: percent, integer, decimal, fixed (all but integer with a count of digits, as in percent:1), ordinal, plain.",
                zh:
                    "“of=名字”问的是本章的某个来源，代替 [TEXT]。答案之间可以用 + − × ÷、括号、round、floor、abs、sqrt、exp、ln、float16、bfloat16。末尾可以指定写法：percent、integer、decimal、fixed（除 integer 外可带位数，如 percent:1）、ordinal、plain。"
            )
        case .id: Phrase(en: "The chapter's number, such as 1.9.", zh: "章的编号，例如 1.9。")
        case .out: Phrase(en: "The folder to write to.", zh: "写到哪个文件夹。")
        case .format:
            Phrase(
                en: "As pages; or for each language a PDF to print, or an EPUB.", zh: "生成网页；或每种语言一本可打印的 PDF，或一本 EPUB。")
        case .only: Phrase(en: "Only this chapter; the others stay as they are.", zh: "只生成这一章，其余各章保持原样。")
        case .steps: Phrase(en: "{count} {count|step|steps}", zh: "{count} 步")
        case .building: Phrase(en: "drawing the book", zh: "正在画书中的图")
        case .built:
            Phrase(
                en: "{folder}  pages: {pages}, figures: {figures}, chapters made now: {written}",
                zh: "{folder}  网页：{pages}，图：{figures}，本次生成的章：{written}")
        case .sound: Phrase(en: "every figure, link, number and command is sound", zh: "图、链接、数字和命令全部正确")
        }
    }
}
