import Wording

/// What can go wrong while a figure is painted.
package enum RenderingError: ExplainedError, Equatable {
    /// Cairo refused: while doing what, and what it says.
    case cairo(task: RenderingText, message: String)
    /// A picture of so many pixels is not painted: there are more in all than `most`, or too many on a side.
    case tooLarge(width: Int, height: Int, most: Int)
    /// A figure without the frame that was asked for.
    case noFrame(figure: String, asked: Int, found: Int)
    /// Compression failed with this code.
    case compression(code: Int)

    package var explanation: Phrase {
        switch self {
        case .cairo(let task, let message):
            RenderingText.cairo.phrase.filled(["task": task.phrase, "message": Phrase(message)])
        case .tooLarge(let width, let height, let most):
            RenderingText.tooLarge.phrase.filled([
                "width": "\(width)", "height": "\(height)", "side": "\(Renderer.mostPixels)", "most": "\(most)",
            ])
        case .noFrame(let figure, let asked, let found):
            RenderingText.noFrame.phrase.filled(["figure": Phrase(figure), "asked": "\(asked)", "found": "\(found)"])
        case .compression(let code): RenderingText.compression.phrase.filled(["code": "\(code)"])
        }
    }
}

/// The texts of this floor.
package enum RenderingText: PhraseTable {
    case cairo, tooLarge, noFrame, compression, missingFace, missingLetters, missingLettersOfFonts
    case paintingPicture, writingPDF, readingOutline

    package var phrase: Phrase {
        switch self {
        case .cairo: Phrase(en: "while {task}, Cairo reported: {message}", zh: "{task}时 Cairo 报告：{message}")
        case .tooLarge:
            Phrase(
                en:
                    "a picture of {width} × {height} pixels is too large (at most {side} on a side and {most} in all): choose a smaller size or scale",
                zh: "{width} × {height} 像素的图太大（每边最多 {side}，总共最多 {most}）：请选小一些的尺寸或倍率")
        case .noFrame:
            Phrase(
                en: "figure ‘{figure}’ has {found} {found|frame|frames}, there is no frame {asked}",
                zh: "图“{figure}”共有 {found} 帧，没有第 {asked} 帧")
        case .compression: Phrase(en: "compressing the picture failed with code {code}", zh: "图片压缩失败，代码 {code}")
        case .missingFace:
            Phrase(
                en: "the font {face} is not installed; {substitute} is used in its place",
                zh: "没有安装字体 {face}，改用 {substitute}")
        case .missingLetters:
            Phrase(
                en: "no font here has {characters}: code points are drawn in their place",
                zh: "本机没有字体能显示 {characters}，图中以码点代替")
        case .missingLettersOfFonts:
            Phrase(
                en:
                    "no font here has {characters}: code points are drawn in their place (to see them, install {fonts})",
                zh: "本机没有字体能显示 {characters}，图中以码点代替（安装 {fonts} 后即可显示）")
        case .paintingPicture: Phrase(en: "painting the picture", zh: "绘制图像")
        case .writingPDF: Phrase(en: "writing the PDF", zh: "写 PDF")
        case .readingOutline: Phrase(en: "reading a letter's outline", zh: "读取字形轮廓")
        }
    }
}
