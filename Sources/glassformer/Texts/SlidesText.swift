import Wording

/// `glassformer slides`
enum SlidesText: PhraseTable {
    case abstract, discussion, lesson, figure, all, layer, head, format, out, subject, making, wrote, drawnBy

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(en: "Write slides for a lecture, to edit and to show.", zh: "写出讲课用的幻灯片，可以修改，可以放映。")
        case .discussion:
            Phrase(
                en:
                    "Of a sentence about twenty slides: the whole model, the way in, one attention head, the layer, what comes out. Shapes are shapes and text is text: a matrix is a group named by its step, a cell a shape named by step and index. Frames of a motion follow each other, in place, with PowerPoint's morph between them. Notes hold what a slide says in words and the command that draws it. A PDF has its notes in a second file.",
                zh:
                    "一句话大约写成二十页：整个模型、从文本到向量、一个注意力头、一层、输出。形状就是形状，文字就是文字：一个矩阵是一个以步骤命名的组，一个格子是以步骤和下标命名的形状。动图的各帧依次成页，位置不变，页间用 PowerPoint 的“平滑”切换。讲稿里有这一页的文字说明和重画它的命令。PDF 的讲稿另写一个文件。"
            )
        case .lesson:
            Phrase(
                en: "Of a chapter: its steps' figures, its questions, and its words as notes.",
                zh: "用一章课程来做：各步的图、它的问题，正文作为讲稿。")
        case .figure:
            Phrase(en: "Only this kind of figure, with all its frames. May be repeated.", zh: "只要这一种图，包括它的全部帧。可以重复给出。")
        case .all:
            Phrase(
                en: "All figures, not a story; of each head's motions the last frame.",
                zh: "要全部的图，而不是挑选过的一套；每个头的动图只要最后一帧。")
        case .layer: Phrase(en: "The layer that the story is about. (default: the first)", zh: "讲哪一层。（默认：第一层）")
        case .head:
            Phrase(
                en: "The head that it is about. (default: the one that looks most at other tokens)",
                zh: "讲哪个头。（默认：最多看向其他词元的那个）")
        case .format:
            Phrase(
                en: "A presentation, a PDF, or a folder of pictures. (default: by --out, else pptx)",
                zh: "演示文稿、PDF，或一个装图片的文件夹。（默认：看 --out，否则为 pptx）")
        case .out:
            Phrase(
                en: "The file, or of pictures the folder; “-” for standard output. (default: the subject's name)",
                zh: "要写的文件；图片则为文件夹；“-”表示标准输出。（默认：以所看的内容命名）")
        case .subject: Phrase(en: "a subject", zh: "另外指定的内容")
        case .making: Phrase(en: "making slides", zh: "正在做幻灯片")
        case .wrote:
            Phrase(
                en: "{file}: {slides} {slides|slide|slides}, {size}", zh: "{file}：{slides} 页，{size}")
        case .drawnBy: Phrase(en: "Drawn again by: {command}", zh: "重画这幅图的命令：{command}")
        }
    }
}
