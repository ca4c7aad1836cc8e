import Wording

/// `glassformer lessons`
enum LessonsText: PhraseTable {
    case abstract, discussion, listAbstract, showAbstract, buildAbstract, buildDiscussion, checkAbstract
    case checkDiscussion, id, out, steps, building, built, sound

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "The course.", zh: "课程。")
        case .discussion:
            Phrase(
                en: "Every number and figure of a chapter comes from a run of the engine, not from its author.",
                zh: "每一章里的数字和图都来自引擎的真实运行，而不是作者手写的。")
        case .listAbstract: Phrase(en: "List the chapters.", zh: "列出各章。")
        case .showAbstract: Phrase(en: "Read a chapter in the terminal.", zh: "在终端里阅读一章。")
        case .buildAbstract: Phrase(en: "Write the book.", zh: "生成整本书。")
        case .buildDiscussion:
            Phrase(
                en: "Pages that work from a disk, offline, in both languages, light and dark.",
                zh: "生成的网页可以直接从磁盘打开，无需联网，中英双语，明暗两色。")
        case .checkAbstract: Phrase(en: "Check every figure, link, number and command.", zh: "检查每一幅图、每个链接、数字和命令。")
        case .checkDiscussion:
            Phrase(en: "Exits with 1 if anything is wrong, a line for each.", zh: "发现问题时逐行列出，并以 1 退出。")
        case .id: Phrase(en: "The chapter's number, such as 1.9.", zh: "章的编号，例如 1.9。")
        case .out: Phrase(en: "The folder to write to.", zh: "写到哪个文件夹。")
        case .steps: Phrase(en: "{count} steps", zh: "{count} 步")
        case .building: Phrase(en: "drawing the book", zh: "正在画书中的图")
        case .built: Phrase(en: "{folder}  pages: {pages}, figures: {figures}", zh: "{folder}  网页：{pages}，图：{figures}")
        case .sound: Phrase(en: "every figure, link, number and command is sound", zh: "图、链接、数字和命令全部正确")
        }
    }
}
