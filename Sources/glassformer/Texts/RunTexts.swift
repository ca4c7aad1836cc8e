import Tracing
import Wording

/// `glassformer trace`
enum TraceText: PhraseTable {
    case abstract, discussion, out, tokens, pair, target, targetIDs, segments, mask, step, withoutParameters, wrote

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Write every tensor of a run to a file.", zh: "把一次运行的全部张量写入文件。")
        case .discussion:
            Phrase(
                en:
                    "The file is a safetensors file that Python opens as well: one tensor a step, under TransformerLens' names, and in its metadata which step read which.",
                zh: "写出的是 safetensors 文件，Python 也能打开：每个步骤一个张量，名称与 TransformerLens 一致；元数据里记着哪一步读取了哪些步骤。")
        case .out: Phrase(en: "The file to write; “-” for standard output.", zh: "要写入的文件；“-”表示标准输出。")
        case .tokens:
            Phrase(en: "Go on to generate so many tokens inside the same trace.", zh: "继续生成这么多个词元，写进同一份记录。")
        case .pair: Phrase(en: "A second segment, for models that read two.", zh: "第二段文本，供能读两段的模型使用。")
        case .target:
            Phrase(en: "What the decoder of an encoder–decoder reads.", zh: "编码器—解码器模型中，解码器所读的文本。")
        case .targetIDs: Phrase(en: "The same as token ids.", zh: "同上，用词元编号给出。")
        case .segments: Phrase(en: "Each token's segment, for models that read two.", zh: "每个词元属于第几段，供能读两段的模型使用。")
        case .mask: Phrase(en: "1 for a token, 0 for padding, for models with a mask.", zh: "词元为 1，填充为 0，供带掩码的模型使用。")
        case .step:
            Phrase(
                en: "Write only these steps, with * or ? such as 'blocks.*.attn.pattern'. May be repeated.",
                zh: "只写入这些步骤；可用 * 和 ?，例如 'blocks.*.attn.pattern'。可重复使用。")
        case .withoutParameters:
            Phrase(
                en: "Leave the parameters out: a wide model's file is then a small part as large.",
                zh: "不写入参数：宽模型的文件会因此小得多。")
        case .wrote: Phrase(en: "{file}: {steps} {steps|step|steps}, {size}", zh: "{file}：{steps} 个步骤，{size}")
        }
    }
}

/// `glassformer steps`
enum StepsText: PhraseTable {
    case abstract, discussion, parameters, name, operation, shape, minimum, mean, maximum, masked, odd, hidden

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "List the steps of a run.", zh: "列出一次运行的各个步骤。")
        case .discussion:
            Phrase(
                en:
                    "With --json, parameters are listed too, so that every input has its entry; min, mean and max are those of the finite numbers, null where there is none, and “not_finite” says how many are not. Masked scores are −∞ by design; where a step has NaN or other infinities, “nan” and “infinite” count them, and “begins” says where the run’s first one arises.",
                zh:
                    "使用 --json 时参数也会列出，这样每个输入都能找到出处；min、mean、max 只统计有限的数（没有则为 null），“not_finite”是其余数的个数。被掩码遮住的分数按设计就是 −∞；若某一步还有 NaN 或别的无穷大，“nan”和“infinite”是它们的个数，“begins”注明整次运行里最先出现的位置。"
            )
        case .parameters: Phrase(en: "List the parameters too.", zh: "同时列出参数。")
        case .name: Phrase(en: "step", zh: "步骤")
        case .operation: Phrase(en: "operation", zh: "运算")
        case .shape: Phrase(en: "shape", zh: "形状")
        case .minimum: Phrase(en: "min", zh: "最小")
        case .mean: Phrase(en: "mean", zh: "平均")
        case .maximum: Phrase(en: "max", zh: "最大")
        case .masked: Phrase(en: "* not counting −∞ of masked places", zh: "* 不含被遮住位置的 −∞")
        case .odd:
            Phrase(
                en: "† not counting NaN and ±∞, which no mask explains (in {count} of these steps)",
                zh: "† 不含 NaN 和并非掩码造成的 ±∞（上面有 {count} 个步骤如此）")
        case .hidden:
            Phrase(
                en: "{count} {count|parameter|parameters} and steps about them not shown; --parameters lists them",
                zh: "另有 {count} 个参数及相关步骤未列出，可用 --parameters 查看")
        }
    }
}

/// `glassformer explain`
enum ExplainText: PhraseTable {
    case abstract, discussion, step, at, depth, forward, readers, someReaders, unread, format, out, given, more, hidden,
        masked,
        comes

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Show how one number came to be.", zh: "说明一个数是怎么算出来的。")
        case .discussion:
            Phrase(
                en:
                    "The operation with its real operands, each with its own step and index. “expression” of --json is arithmetic that Python evaluates.",
                zh: "列出所用的运算和真实的操作数，每个操作数都注明步骤和下标。--json 中的“expression”是 Python 可以直接求值的算式。")
        case .step: Phrase(en: "The step, such as blocks.0.attn.z.", zh: "步骤名，例如 blocks.0.attn.z。")
        case .at:
            Phrase(
                en: "The cell: an index for each axis, from zero; '' for a single number.",
                zh: "格子的位置：每个轴一个下标，从 0 算起；单独一个数写 ''。")
        case .depth:
            Phrase(
                en: "How many steps to follow back; a cell read by several is explained once.",
                zh: "向前追溯几步；被多处读取的格子只展开一次。")
        case .forward: Phrase(en: "Show which numbers read it instead.", zh: "改为列出哪些数读取了它。")
        case .readers: Phrase(en: "read by {count} {count|number|numbers}", zh: "有 {count} 个数读取它")
        case .someReaders: Phrase(en: "read by {count} {count|number|numbers} at least", zh: "至少有 {count} 个数读取它")
        case .unread: Phrase(en: "no number of this run reads it", zh: "这次运行里没有任何数读取它")
        case .format: Phrase(en: "Draw it instead, in this format.", zh: "不列算式，改为画成这种格式的图。")
        case .out: Phrase(en: "The picture's file; “-” for standard output.", zh: "图写到哪个文件；“-”表示标准输出。")
        case .given:
            Phrase(en: "given, not computed: a parameter or the text itself", zh: "这是给定的数，不是算出来的：属于参数或文本本身")
        case .masked: Phrase(en: "hidden by the mask: −∞ by design", zh: "被掩码遮住，按设计就是 −∞")
        case .comes: Phrase(en: "where it comes from: {where}", zh: "来由：{where}")
        case .more: Phrase(en: "{count} more terms, together {sum}", zh: "另有 {count} 项，合计 {sum}")
        case .hidden: Phrase(en: "{count} more", zh: "另有 {count} 个")
        }
    }
}

/// `glassformer tokenize`
enum TokenizeText: PhraseTable {
    case abstract, discussion, merges, special, literal, tokenizer, file, token, id, bytes, isSpecial, merge

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Show a text's tokens, ids and bytes.", zh: "显示文本的词元、编号和字节。")
        case .discussion:
            Phrase(
                en: "“␣” stands for a space; a token that is part of a character shows its bytes, such as ‹E4 B8›.",
                zh: "“␣”表示空格；只是一个字的一部分的词元，会显示为它的字节，例如 ‹E4 B8›。")
        case .merges: Phrase(en: "Show every merge, in order.", zh: "按顺序显示每一次合并。")
        case .special:
            Phrase(
                en:
                    "With what the tokenizer puts around a text for its model, such as [CLS] and [SEP]; without, the text’s own tokens.",
                zh: "连同分词器为模型在文本前后加上的词元，例如 [CLS] 和 [SEP]；不加则只有文本自身的词元。")
        case .literal:
            Phrase(
                en: "Read spellings of special tokens, such as <|endoftext|> and [MASK], as plain text.",
                zh: "把特殊词元的写法（如 <|endoftext|> 和 [MASK]）当作普通文字。")
        case .isSpecial: Phrase(en: "special", zh: "特殊词元")
        case .tokenizer: Phrase(en: "A tokenizer file or folder in place of a model's.", zh: "不用模型自带的，改用这个分词器文件或文件夹。")
        case .file:
            Phrase(
                en:
                    "Encode each line of a file, one JSON value a line; bytes that are no UTF-8 are encoded as they are.",
                zh: "逐行编码文件，每行输出一个 JSON 值；不是 UTF-8 的字节按原样编码。")
        case .token: Phrase(en: "token", zh: "词元")
        case .id: Phrase(en: "id", zh: "编号")
        case .bytes: Phrase(en: "bytes", zh: "字节")
        case .merge: Phrase(en: "merge {rank}", zh: "合并 {rank}")
        }
    }
}

/// `glassformer generate`
enum GenerateText: PhraseTable {
    case abstract, discussion, tokens, temperature, topK, topP, seed, stopIDs, ruled, full, unheeded

    var phrase: Phrase {
        switch self {
        case .full:
            Phrase(
                en: "the context is full: this model reads at most {context} {context|token|tokens}",
                zh: "上下文已满：这个模型最多读 {context} 个词元")
        case .unheeded:
            Phrase(
                en: "generation_config.json asks for what is not done here: {keys}",
                zh: "generation_config.json 要求的这些这里不做：{keys}")
        case .abstract: Phrase(en: "Let the model go on, one token at a time.", zh: "让模型一个词元一个词元地往下写。")
        case .discussion:
            Phrase(
                en:
                    "Each line is one token with the model's own probability of it and the strongest candidates. “text” and “ids” of --json begin with the prompt.",
                zh: "每行一个词元，附上模型给它的概率和最有可能的几个候选。--json 的“text”和“ids”包含开头的提示。")
        case .tokens: Phrase(en: "How many tokens at most.", zh: "最多生成多少个词元。")
        case .temperature:
            Phrase(
                en:
                    "0 always takes the most probable token; 1 draws from the model's own probabilities; more is bolder.",
                zh: "0 总是取概率最大的词元；1 按模型自己的概率抽取；越大越大胆。")
        case .topK: Phrase(en: "Draw from the k most probable tokens only.", zh: "只在概率最大的 k 个词元里抽取。")
        case .topP:
            Phrase(
                en: "Draw from the fewest tokens whose probabilities reach p.", zh: "只在概率之和刚达到 p 的最少几个词元里抽取。")
        case .seed: Phrase(en: "The same seed draws the same tokens.", zh: "种子相同，抽到的词元也相同。")
        case .stopIDs:
            Phrase(
                en: "End after any of these ids; by default at the end of the text.", zh: "遇到其中任何一个编号就停止；默认在文本结束处停止。")
        case .ruled:
            Phrase(
                en:
                    "Where the most probable token was not taken, the model’s generation_config.json says so: it forces, forbids or penalises tokens.",
                zh: "有时没有取概率最大的词元，那是模型的 generation_config.json 规定的：它强制、禁止或压低了某些词元。")
        }
    }
}

/// `glassformer models`
enum ModelsText: PhraseTable {
    case abstract, discussion, listAbstract, showAbstract, preset, none, name, family, parameters, layers, heads, bytes
    case matrix, shape, share, total, file, recipe, quality, sizes

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "The shipped models, and how large models are.", zh: "自带的模型，以及各种模型有多大。")
        case .discussion:
            Phrase(
                en: "Presets: gpt-2, gpt-2-medium, gpt-2-large, gpt-2-xl, gpt-3.",
                zh: "预设：gpt-2、gpt-2-medium、gpt-2-large、gpt-2-xl、gpt-3。")
        case .listAbstract: Phrase(en: "List the shipped models.", zh: "列出自带的模型。")
        case .showAbstract:
            Phrase(
                en: "Show a model: parameters by matrix, files, recipe, measured quality.",
                zh: "显示一个模型：各矩阵的参数量、文件、配方和实测质量。")
        case .preset: Phrase(en: "Count a published architecture instead.", zh: "改为统计一个已发表的架构。")
        case .none: Phrase(en: "no models in {folder}", zh: "{folder} 里没有模型")
        case .name: Phrase(en: "name", zh: "名称")
        case .family: Phrase(en: "family", zh: "家族")
        case .parameters: Phrase(en: "parameters", zh: "参数量")
        case .layers: Phrase(en: "layers", zh: "层数")
        case .heads: Phrase(en: "heads", zh: "头数")
        case .bytes: Phrase(en: "size", zh: "大小")
        case .matrix: Phrase(en: "matrix", zh: "矩阵")
        case .shape: Phrase(en: "shape", zh: "形状")
        case .share: Phrase(en: "share", zh: "占比")
        case .total: Phrase(en: "total", zh: "合计")
        case .file: Phrase(en: "file", zh: "文件")
        case .recipe: Phrase(en: "recipe", zh: "配方")
        case .quality: Phrase(en: "measured quality", zh: "实测质量")
        case .sizes:
            Phrase(
                en:
                    "{layers} {layers|layer|layers} · {heads} {heads|head|heads} · width {width} · {hidden} {hidden|neuron|neurons} a layer · context {context} · vocabulary {vocabulary}",
                zh: "{layers} 层 · {heads} 个头 · 宽度 {width} · 每层 {hidden} 个神经元 · 上下文 {context} · 词表 {vocabulary}")
        }
    }
}

/// What the places along an axis are called.
extension Axis: PhraseTable {
    public var phrase: Phrase {
        switch self {
        case .batch: Phrase(en: "text {place}", zh: "第 {place} 段文本")
        case .position: Phrase(en: "position {place}", zh: "位置 {place}")
        case .query: Phrase(en: "query {place}", zh: "查询 {place}")
        case .key: Phrase(en: "key {place}", zh: "键 {place}")
        case .head: Phrase(en: "head {place}", zh: "头 {place}")
        case .headWidth: Phrase(en: "dimension {place} of the head", zh: "头内第 {place} 维")
        case .width: Phrase(en: "dimension {place}", zh: "第 {place} 维")
        case .hidden: Phrase(en: "neuron {place}", zh: "神经元 {place}")
        case .vocabulary: Phrase(en: "vocabulary entry {place}", zh: "词表第 {place} 项")
        case .row: Phrase(en: "row {place}", zh: "行 {place}")
        case .column: Phrase(en: "column {place}", zh: "列 {place}")
        case .single, .unknown: Phrase(en: "place {place}", zh: "第 {place} 个")
        }
    }
}
