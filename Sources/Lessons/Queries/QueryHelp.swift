import Wording

/// The table of everything that a chapter can ask: `glassformer lessons queries`.
extension Query.Name {
    /// One way to write it.
    package var example: String {
        switch self {
        case .nextToken: "next-token \"the cat sat on the\""
        case .topProbability: "top-probability 中华人民"
        case .nextTokens: "next-tokens 我爱吃 4"
        case .probability: "probability 中华人民 共和国 temperature=0.7"
        case .rank: "rank 我爱吃 苹果"
        case .candidates: "candidates 我爱吃 top-p=0.9"
        case .lensToken: "lens-token 中华人民 0"
        case .lensProbability: "lens-probability 中华人民 2"
        case .lensRank: "lens-rank 中华人民 2"
        case .continuation: "continuation 中华人民 4"
        case .loss: "loss \"the cat sat on the mat\""
        case .tokenLoss: "token-loss \"the cat sat\" 1"
        case .perplexity: "perplexity 中华人民共和国"
        case .accuracy: "accuracy \"the cat sat on the mat\""
        case .bleu: "bleu \"the cat sat on the mat\" \"the cat is on the mat\""
        case .tokenCount: "token-count 中华人民"
        case .byteCount: "byte-count 中"
        case .tokenID: "token-id 中华人民 0"
        case .token: "token \"the cat\" -1"
        case .text: "text 中华人民"
        case .vocabulary, .width, .layers, .heads, .parameters, .context, .merges, .headWidth, .fileBytes,
            .corpusTexts, .corpusBytes:
            rawValue
        case .quality: "quality heads.induction.score percent"
        case .corpusCount: "corpus-count 中华人民"
        case .corpusShare: "corpus-share 中华人民 共和国"
        case .cell: "cell embed 中华人民 0,0,5"
        case .sum, .mean, .greatest, .least, .norm: "\(rawValue) blocks.0.attn.pattern 中华人民 0,0,3,*"
        case .whereGreatest, .whereLeast: "\(rawValue) blocks.0.attn.pattern 中华人民 0,0,3,*"
        case .rowDifference: "row-difference embed 人民爱人民 0 人民爱人民 3"
        case .cosine: "cosine embed 人民爱人民 0 人民爱人民 1"
        case .shape: "shape blocks.0.attn.q 中华人民"
        case .inputShape: "input-shape blocks.0.attn.q 中华人民 0"
        case .attention: "attention 我爱吃苹果 0 1 -1 at:吃"
        case .attentionRow: "attention-row 我爱吃苹果 0 1 -1"
        case .mostAttended: "most-attended 我爱吃苹果 0 1 -1"
        case .measure: "measure friend_share of=learned"
        case .value: "value loss \"\" of=taught"
        }
    }

    /// What it answers.
    package var help: Phrase {
        switch self {
        case .nextToken: Phrase(en: "the token that the model finds likeliest next", zh: "模型认为最可能的下一个词元")
        case .topProbability: Phrase(en: "the probability of that token", zh: "那个词元的概率")
        case .nextTokens: Phrase(en: "so many likeliest tokens, with their probabilities", zh: "最可能的若干个词元及其概率")
        case .probability:
            Phrase(en: "of going on with exactly these tokens: their product", zh: "恰好接着写出这些词元的概率：逐个相乘")
        case .rank: Phrase(en: "the place of the next token among all, from one", zh: "下一个词元在全部词元中的名次，从一数起")
        case .candidates: Phrase(en: "how many tokens top-k and top-p leave", zh: "经过 top-k、top-p 之后还剩几个词元")
        case .lensToken:
            Phrase(en: "what it would say after so many layers, 0: at the embedding", zh: "若在第几层之后就作答，会说什么（0：词嵌入处）")
        case .lensProbability:
            Phrase(en: "the final first choice's probability after so many layers", zh: "最终首选在第几层之后的概率")
        case .lensRank:
            Phrase(en: "its place among all tokens after so many layers, from one", zh: "最终首选在第几层之后的名次，从一数起")
        case .continuation: Phrase(en: "what the model writes next, so many tokens", zh: "模型接着写出的若干个词元")
        case .loss: Phrase(en: "the mean of −ln p over the text's tokens", zh: "全文各词元 −ln p 的平均")
        case .tokenLoss: Phrase(en: "−ln p of one token, given those before", zh: "已知前文时，某个词元的 −ln p")
        case .perplexity: Phrase(en: "e to the loss", zh: "e 的损失次方")
        case .accuracy: Phrase(en: "in which share the likeliest token came", zh: "首选正好猜中的比例")
        case .bleu: Phrase(en: "of a sentence against its reference, 0 to 100", zh: "一句译文对照参考译文的得分，0 到 100")
        case .tokenCount: Phrase(en: "tokens of a text", zh: "一段文本有几个词元")
        case .byteCount: Phrase(en: "bytes of a text in UTF-8", zh: "一段文本的 UTF-8 字节数")
        case .tokenID: Phrase(en: "the id of one token", zh: "某个词元的编号")
        case .token: Phrase(en: "one token as people write it", zh: "某个词元的写法")
        case .text: Phrase(en: "a text of the chapter: text $name", zh: "本章的某段文本：text $name")
        case .vocabulary: Phrase(en: "tokens that the model knows", zh: "词表大小")
        case .width: Phrase(en: "numbers of a token's row", zh: "模型宽度")
        case .layers: Phrase(en: "layers", zh: "层数")
        case .heads: Phrase(en: "heads of a layer", zh: "每层的头数")
        case .headWidth: Phrase(en: "columns of a head", zh: "每个头的宽度")
        case .parameters: Phrase(en: "learned numbers", zh: "参数个数")
        case .context: Phrase(en: "tokens that it reads at most", zh: "最多能读几个词元")
        case .merges: Phrase(en: "merges of the tokenizer", zh: "分词器的合并次数")
        case .fileBytes: Phrase(en: "bytes of the model's file", zh: "模型文件的字节数")
        case .quality: Phrase(en: "what was measured when its training ended, by path", zh: "训练结束时的测量值，按路径取")
        case .corpusTexts: Phrase(en: "texts that the model learned from", zh: "模型学过的文本条数")
        case .corpusBytes: Phrase(en: "bytes of these texts", zh: "这些文本的字节数")
        case .corpusCount: Phrase(en: "how often they say this", zh: "其中某段文字出现了几次")
        case .corpusShare: Phrase(en: "where the first occurs, how often the second follows", zh: "前一段出现时，紧跟着后一段的比例")
        case .cell: Phrase(en: "one number of a step", zh: "某一步中的一个数")
        case .sum: Phrase(en: "the sum of some cells of a step", zh: "某一步中若干格之和")
        case .mean: Phrase(en: "their mean", zh: "它们的平均")
        case .greatest: Phrase(en: "the greatest of them", zh: "其中最大的")
        case .least: Phrase(en: "the least of them", zh: "其中最小的")
        case .norm: Phrase(en: "their length as a vector", zh: "看作向量时的长度")
        case .whereGreatest: Phrase(en: "where the greatest is", zh: "最大的在哪一格")
        case .whereLeast: Phrase(en: "where the least is", zh: "最小的在哪一格")
        case .rowDifference:
            Phrase(en: "the largest difference between two rows of a step", zh: "某一步中两行之间最大的差")
        case .cosine: Phrase(en: "the cosine of the angle between two rows", zh: "两行夹角的余弦")
        case .shape: Phrase(en: "a step's shape", zh: "某一步的形状")
        case .inputShape: Phrase(en: "the shape of what a step reads", zh: "某一步的输入的形状")
        case .attention:
            Phrase(en: "a weight: layer, head, query's and key's token", zh: "一个注意力权重：层、头、查询词元、键词元")
        case .attentionRow: Phrase(en: "all weights of a query", zh: "一个查询的全部权重")
        case .mostAttended: Phrase(en: "the token that a query attends to most", zh: "一个查询最关注的词元")
        case .measure: Phrase(en: "a number of a source, by its path", zh: "来源中的一个数，按路径取")
        case .value: Phrase(en: "a cell of a source's step", zh: "来源的某一步中的一格")
        }
    }

    /// The arguments, in their order: `TEXT LAYER`, those that `of=` replaces in brackets.
    package var form: String {
        let words = signature.map { kind in
            switch kind {
            case .asked: "[TEXT]"
            case .text: "TEXT"
            case .index: "N"
            case .position: "TOKEN"
            case .indices: "i,j"
            case .slice: "i,*"
            }
        }
        let more = settings.map { "\($0)=…" } + (signature.contains(.asked) || asksASource ? ["of=…"] : [])
        return ([rawValue] + words + more).joined(separator: " ")
    }
}
