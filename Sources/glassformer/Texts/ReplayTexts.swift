import Wording

/// `glassformer verify`
enum VerifyText: PhraseTable {
    case abstract, discussion, file, agree, unexplained, checksums, checksumOnly, unlisted, noChecksums, altered,
        nothing,
        cell, found, expected

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(en: "Compute every cell of a trace file again, and compare.", zh: "把记录文件里的每一格重新算一遍，逐格比对。")
        case .discussion:
            Phrase(
                en:
                    "Each step is computed by its own operation from the steps that the file says it read; nothing of the file is run. A number differs where it is further off than 1e-5 of the greatest number in its row, or than another engine's rounding explains. Files of “glassformer trace” and scripts/record.py also have a checksum of every tensor, so that an altered number is found that no arithmetic reads or gives. Exit 1 where a number differs or was altered.",
                zh:
                    "每一步都用它自己的运算、由文件中注明的输入步骤重新算出；不会执行文件里的任何代码。与同一行中最大的数相比，差得超过 1e-5、也超出其他引擎的舍入误差，就算不符。“glassformer trace”和 scripts/record.py 写出的文件还给每个张量附有校验和，没有算式用到或算出的数改了也能发现。有不符或被改动则退出码为 1。"
            )
        case .file: Phrase(en: "The trace file.", zh: "记录文件。")
        case .agree:
            Phrase(
                en:
                    "{steps} {steps|step|steps} of {cells} {cells|number|numbers} computed again; greatest difference {worst}",
                zh: "重新算了 {steps} 个步骤、{cells} 个数；最大相差 {worst}")
        case .unexplained:
            Phrase(
                en:
                    "{count} {count|step was|steps were} recorded without their arithmetic; nothing can be said about them: {names}",
                zh: "有 {count} 个步骤没有记录算式，无从验证：{names}")
        case .checksums:
            Phrase(
                en: "{count} {count|tensor|tensors}, and what is said beside them, compared with their checksums",
                zh: "用校验和核对了 {count} 个张量以及随附的说明")
        case .checksumOnly:
            Phrase(
                en:
                    "{count} {count|step was|steps were} recorded without their arithmetic; only their checksums speak for them: {names}",
                zh: "有 {count} 个步骤没有记录算式，只能靠校验和核对：{names}")
        case .unlisted:
            Phrase(en: "{count} {count|tensor has|tensors have} no checksum: {names}", zh: "有 {count} 个张量没有校验和：{names}")
        case .noChecksums:
            Phrase(
                en: "no checksums in this file: a number that no arithmetic reads or gives may be altered unseen",
                zh: "这个文件没有校验和：凡是没有算式用到或算出的数，改了也看不出来")
        case .altered: Phrase(en: "not what was written: its checksum is another", zh: "与写入时不同：校验和不符")
        case .nothing:
            Phrase(
                en: "no step of this file names its arithmetic, and it has no checksums",
                zh: "这个文件里没有一个步骤记录了算式，也没有校验和")
        case .cell: Phrase(en: "first cell that differs", zh: "第一处不符")
        case .found: Phrase(en: "in the file", zh: "文件中")
        case .expected: Phrase(en: "by its arithmetic", zh: "按算式应为")
        }
    }
}

/// `glassformer ablate`
enum AblateText: PhraseTable {
    case abstract, discussion, target, before, after, change

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(
                en: "What the guess loses when each head, each feed-forward part or each layer is switched off.",
                zh: "逐个关掉每个注意力头、每层的前馈部分和整层，看预测会失去什么。")
        case .discussion:
            Phrase(
                en:
                    "The same run is computed again with one part's output set to 0, everything else as it was. The numbers are probabilities of one token: the likeliest, or the one that --target names.",
                zh: "把某一部分的输出置为 0，其余保持原样，再算一遍同一次运行。给出的是某个词元的概率：默认取概率最大的，也可以用 --target 指定。")
        case .target:
            Phrase(
                en: "The token (or class) whose probability is watched; of an encoder–decoder, what the decoder reads.",
                zh: "要观察其概率的词元（或类别）；编码器—解码器模型则是解码器所读的文本。")
        case .before: Phrase(en: "“{token}”: {before} with everything on", zh: "“{token}”：全部保留时为 {before}")
        case .after: Phrase(en: "without it", zh: "关掉之后")
        case .change: Phrase(en: "change", zh: "变化")
        }
    }
}

/// What is changed in a run.
enum ChangeText: PhraseTable {
    case off, scale, patch

    var phrase: Phrase {
        switch self {
        case .off:
            Phrase(
                en:
                    "Switch off a head (L0H2), a neuron (L0N14), a layer's attention (L0A), its feed-forward part (L0M) or both (L0); encoder., decoder. or cross. before it says which stack. May be repeated.",
                zh:
                    "关掉一个头（L0H2）、一个神经元（L0N14）、一层的注意力（L0A）、前馈部分（L0M）或两者（L0）；前面可加 encoder.、decoder. 或 cross. 指明是哪一叠。可重复使用。"
            )
        case .scale:
            Phrase(
                en:
                    "Multiply a part as --off names it (L0H2=0.5), or one place along a step's last axis, such as blocks.1.mlp.post:14=0. May be repeated.",
                zh: "把 --off 所能指明的部分（L0H2=0.5），或某个步骤最后一个轴上的一个位置（例如 blocks.1.mlp.post:14=0）乘上一个数。可重复使用。")
        case .patch:
            Phrase(
                en:
                    "Take a step's numbers from a run on another text of as many tokens, or one token's from any text (L1:3=TEXT: what enters layer 1 at position 3). May be repeated.",
                zh:
                    "把某个步骤的数换成另一段文本（词元数相同）运行时的数，或只换一个词元的（L1:3=文本：进入第 1 层时位置 3 的数，文本长短不限）。可重复使用。")
        }
    }
}
