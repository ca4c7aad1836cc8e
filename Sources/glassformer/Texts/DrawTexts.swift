import Wording

/// `glassformer draw`
enum DrawText: PhraseTable {
    case abstract, discussion, step, figure, layer, head, stack, position, at, tokens, topK, format, size, scale, out
    case digits, text, transparent, frames
    case drawing, wrote, open, leftOut, undrawn, undrawnMore

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Draw what a model makes of a text, stage by stage.", zh: "把模型处理一段文本的过程逐阶段画成图。")
        case .discussion:
            Phrase(
                en:
                    "Writes one figure for each stage, layer and head, and an index.html that shows them. Layers, heads and positions are counted from zero, as in the steps' names.",
                zh: "为每个阶段、每一层、每个头各画一幅图，并写出展示它们的 index.html。层、头和位置都从 0 数起，与步骤名一致。")
        case .step:
            Phrase(
                en:
                    "Only the figures about this step; with * or ?, such as 'blocks.*.attn.*', all that show one. A step that no figure shows is drawn as a table of its numbers. May be repeated.",
                zh: "只画以这个步骤为主题的图；带 * 或 ? 时，例如 'blocks.*.attn.*'，则画所有展示到它的图。没有图展示的步骤画成数值表。可以重复给出。")
        case .figure:
            Phrase(
                en:
                    "Only this kind of figure, such as attention-pattern; “values” with --step draws that step's numbers. May be repeated.",
                zh: "只画这一种图，例如 attention-pattern；values 与 --step 同用，画出该步骤的数值表。可以重复给出。")
        case .layer: Phrase(en: "Only this layer.", zh: "只画这一层。")
        case .head: Phrase(en: "Only this head.", zh: "只画这个头。")
        case .stack: Phrase(en: "Of a model of two stacks only this one.", zh: "模型有编码器和解码器时，只画其中一个。")
        case .position:
            Phrase(
                en: "The token that a figure looks at: its place, negative from the end, or “at:” and characters.",
                zh: "图所关注的词元：它的位置（负数从末尾数起），或“at:”加上文本中的字。")
        case .at: Phrase(en: "With one --step: draw how this number came to be.", zh: "与一个 --step 同用：画出这个数是怎么算出来的。")
        case .tokens: Phrase(en: "Let the text go on for so many tokens. (default: 6)", zh: "让文本继续生成这么多个词元。（默认：6）")
        case .topK: Phrase(en: "Show at most so many candidates.", zh: "最多显示这么多个候选。")
        case .format: Phrase(en: "May be repeated. (default: svg)", zh: "可以重复给出。（默认：svg）")
        case .size:
            Phrase(
                en: "1600 × 900, 1200 × 500, 1080 × 1080, or any size in pixels.",
                zh: "1600 × 900、1200 × 500、1080 × 1080，或任意像素尺寸。")
        case .scale:
            Phrase(
                en:
                    "Pixels of a PNG for one of the figure. (default: 1) Of “draw” also a change: STEP:PLACE=FACTOR multiplies one place along a step's last axis, such as blocks.1.mlp.post:14=0.",
                zh:
                    "图上一个像素对应 PNG 的几个像素。（默认：1）用于 draw 时也可以是改动：“步骤:位置=倍数”把某个步骤最后一个轴上的一个位置乘上一个数，例如 blocks.1.mlp.post:14=0。"
            )
        case .out:
            Phrase(
                en:
                    "The folder to write to, or, for one figure, its file, such as head.png. (default: output/ and the text)",
                zh: "写到哪个文件夹；只画一幅图时也可以是文件，例如 head.png。（默认：output/ 加上文本）")
        case .digits:
            Phrase(en: "Whole tensors as colours, without numbers in their cells.", zh: "整个张量只用颜色表示，格子里不写数。")
        case .text:
            Phrase(
                en:
                    "Letters of an SVG: outlines, the same everywhere, or real text to search and to edit. (default: outlines)",
                zh: "SVG 里的文字：outlines 为轮廓，处处一样；real 为真正的文字，可搜索、可编辑。（默认：outlines）")
        case .transparent: Phrase(en: "Without the paper behind the figure.", zh: "不画图后面的底色。")
        case .frames:
            Phrase(
                en:
                    "Each frame of a motion as a file of its own, as of a figure that is named; else an SVG and a PDF hold them all, a PNG the last; of many heads, and of long motions of each head, only the last is drawn.",
                zh: "动图的每一帧各写一个文件，指名画的图也是如此；否则 SVG 和 PDF 装下全部帧，PNG 只有最后一帧；头很多时，以及每个头的长动图，只画最后一帧。")
        case .drawing: Phrase(en: "drawing", zh: "正在画图")
        case .wrote:
            Phrase(
                en: "{folder}  figures: {figures}, files: {files} ({formats})",
                zh: "{folder}  图：{figures}，文件：{files}（{formats}）")
        case .leftOut:
            Phrase(
                en: "Left out, as the trace does not hold or bear out what they show: {figures}",
                zh: "记录中没有、或数值不支持以下各图所示的内容，因此未画：{figures}")
        case .undrawn: Phrase(en: "{figure} was not drawn: {reason}", zh: "{figure} 没有画成：{reason}")
        case .undrawnMore: Phrase(en: "… and {count} more figures were not drawn", zh: "……另有 {count} 幅图也没有画成")
        case .open: Phrase(en: "to see them, open {file}", zh: "打开 {file} 即可浏览")
        }
    }
}

/// The stretches of the way through a model.
enum SectionText: PhraseTable {
    case before, layer, encoder, decoder, after

    var phrase: Phrase {
        switch self {
        case .before: Phrase(en: "From text to vectors", zh: "从文本到向量")
        case .layer: Phrase(en: "Layer L{number}", zh: "L{number} 层")
        case .encoder: Phrase(en: "Encoder · {layer}", zh: "编码器 · {layer}")
        case .decoder: Phrase(en: "Decoder · {layer}", zh: "解码器 · {layer}")
        case .after: Phrase(en: "From vectors to the next word", zh: "从向量到下一个词")
        }
    }
}

/// Long work.
enum ProgressText: PhraseTable {
    case left

    var phrase: Phrase {
        switch self {
        case .left: Phrase(en: "{time} left", zh: "还需 {time}")
        }
    }
}

/// `glassformer train`
enum TrainText: PhraseTable {
    case abstract, discussion, recipe, out, steps, seed, traceStep, traceOut, training, preparing, resumed, update
    case sample

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Train a model from a recipe.", zh: "按配方训练一个模型。")
        case .discussion:
            Phrase(
                en:
                    "Interrupt it whenever you like: the same command goes on from the last checkpoint. The same recipe and seed give the same bytes on the same machine.",
                zh: "可以随时中断：再次运行同一条命令，就会从上一个检查点继续。配方和种子相同，在同一台机器上得到的字节也相同。")
        case .recipe:
            Phrase(
                en: "A recipe file, or the name of one that comes with the project, such as next-word.",
                zh: "配方文件，或项目自带配方的名字，例如 next-word。")
        case .out:
            Phrase(
                en: "The model's folder. (default: output/ and the recipe's name)", zh: "模型所在的文件夹。（默认：output/ 加上配方名）")
        case .steps: Phrase(en: "Fewer updates than the recipe's, to try it out.", zh: "比配方少更新几步，用来试跑。")
        case .seed: Phrase(en: "Another seed than the recipe's.", zh: "不用配方里的种子，改用这个。")
        case .traceStep:
            Phrase(
                en:
                    "Write this update down, counted from 1: forward, loss, gradients and what changed, as a trace file.",
                zh: "把第几次更新记录下来（从 1 算起）：前向、损失、梯度和改动，写成一个记录文件。")
        case .traceOut:
            Phrase(
                en: "That trace's file. (default: step-<n>.safetensors in the model's folder)",
                zh: "这份记录的文件。（默认：模型文件夹里的 step-<n>.safetensors）")
        case .training: Phrase(en: "training", zh: "正在训练")
        case .preparing: Phrase(en: "{name}: preparing the data", zh: "{name}：正在准备数据")
        case .resumed: Phrase(en: "going on from step {step}", zh: "从第 {step} 步继续")
        case .update: Phrase(en: "loss {loss}  rate {rate}", zh: "损失 {loss}  学习率 {rate}")
        case .sample: Phrase(en: "step {step}: {text} → {continuation}", zh: "第 {step} 步：{text} → {continuation}")
        }
    }
}
