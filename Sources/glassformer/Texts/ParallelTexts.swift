import Wording

/// `glassformer parallel`
enum ParallelText: PhraseTable {
    case abstract, discussion, texts, workers, how, layer, trace, out
    case worker, alone, parameters, gradients, state, activations, sent, messages, part, loss
    case round, chunks, exchange, phase, reduceScatter, allGather, bytes
    case agree, disagree, gradientDifference, logitsDifference

    var phrase: Phrase {
        switch self {
        case .abstract: Phrase(en: "Share one training step among several workers.", zh: "把一步训练分给几个工作者。")
        case .discussion:
            Phrase(
                en:
                    "Workers are threads that share no memory and send one another messages; --json lists every one. “data” splits the batch: several texts, or the beginnings of one. “tensor” splits the matrices of each layer. It shows how the work is shared; it does not make it faster.",
                zh:
                    "每个工作者是一个线程，互不共享内存，只靠消息交换；--json 会列出每一条。“data”切分一批数据：几段文本，或一段文本的各个开头；“tensor”切分每一层的矩阵。这里演示工作怎样分担，并不是为了更快。"
            )
        case .texts: Phrase(en: "The texts; “-” reads lines from standard input.", zh: "文本，可以有几段；“-”表示从标准输入逐行读取。")
        case .workers: Phrase(en: "How many workers, 1 to 8.", zh: "工作者的数量，1 到 8。")
        case .how: Phrase(en: "What is split.", zh: "切分什么。")
        case .layer: Phrase(en: "Which layer the figures of “tensor” show, from zero.", zh: "“tensor”的图展示第几层，从 0 算起。")
        case .trace:
            Phrase(
                en: "Also write the steps of “tensor” to a trace file; a worker's own begin with “worker.N.”.",
                zh: "同时把“tensor”的各个步骤写入记录文件；每个工作者自己的步骤以“worker.N.”开头。")
        case .out:
            Phrase(en: "The folder of the figures. (default: output/parallel)", zh: "图写到哪个文件夹。（默认：output/parallel）")
        case .worker: Phrase(en: "worker", zh: "工作者")
        case .alone: Phrase(en: "alone", zh: "单独一个")
        case .parameters: Phrase(en: "parameters", zh: "参数")
        case .gradients: Phrase(en: "gradients", zh: "梯度")
        case .state: Phrase(en: "optimiser", zh: "优化器")
        case .activations: Phrase(en: "activations", zh: "激活值")
        case .sent: Phrase(en: "sent", zh: "发送")
        case .messages: Phrase(en: "messages", zh: "消息数")
        case .part: Phrase(en: "predictions", zh: "预测数")
        case .loss: Phrase(en: "loss", zh: "损失")
        case .round: Phrase(en: "round", zh: "轮次")
        case .chunks: Phrase(en: "from→to: chunk", zh: "发送→接收：块")
        case .exchange: Phrase(en: "what is exchanged", zh: "交换的内容")
        case .phase: Phrase(en: "how", zh: "方式")
        case .reduceScatter: Phrase(en: "add around the ring", zh: "沿环相加")
        case .allGather: Phrase(en: "pass around the ring", zh: "沿环传递")
        case .bytes: Phrase(en: "bytes", zh: "字节")
        case .agree:
            Phrase(en: "What all workers have is the same in each, to the last bit.", zh: "各工作者共有的数完全相同，一位不差。")
        case .disagree: Phrase(en: "The workers do not agree.", zh: "各工作者的数不一致。")
        case .gradientDifference:
            Phrase(
                en: "gradients: greatest difference from one worker alone {difference}, of numbers up to {most}",
                zh: "梯度：与单独一个工作者最大相差 {difference}，数值最大为 {most}")
        case .logitsDifference:
            Phrase(
                en: "logits: greatest difference from the unsplit model {difference}, of numbers up to {most}",
                zh: "logits：与未切分的模型最大相差 {difference}，数值最大为 {most}")
        }
    }
}
