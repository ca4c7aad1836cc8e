import Wording

/// Options that say what is looked at, where it is no text.
enum SubjectText: PhraseTable {
    case run, atStep, set, vary, input, compare, workers, preset, calculate

    var phrase: Phrase {
        switch self {
        case .run:
            Phrase(
                en: "A training run: the folder that “train” left, or a recipe.", zh: "一次训练：“train”留下的文件夹，或一个配方。")
        case .atStep:
            Phrase(
                en:
                    "That run at this step: of a small recipe any, of a model one that was recorded (train --trace-step).",
                zh: "这次训练的第几步：小配方任意一步都行，模型则须是记录下来的一步（train --trace-step）。")
        case .set:
            Phrase(
                en:
                    "An option of that run's recipe otherwise than its file says: noise=0.3, hidden=4,2, training.seed=3. Several times for several.",
                zh: "改掉配方里的一个选项：noise=0.3、hidden=4,2、training.seed=3。可以写多次。")
        case .vary:
            Phrase(
                en: "That run once for each of 2 to 6 values of an option, side by side: learning_rate=0.003,0.03,3.",
                zh: "让一个选项取 2 到 6 个值，各训练一次，并排画出：learning_rate=0.003,0.03,3。")
        case .input:
            Phrase(
                en:
                    "What that run's model makes of one input, step by step: a playground's x,y; the film's weather,price,friend; the line's area.",
                zh: "这次训练出的模型怎样一步步算一个输入：游乐场的 x,y；电影的天气,票价,朋友；直线的面积。")
        case .compare:
            Phrase(en: "Two machines at one task, as “compare” takes them.", zh: "同一任务上的两台机器，写法同“compare”。")
        case .workers:
            Phrase(en: "One training step on the text, shared among so many workers.", zh: "把这段文本的一步训练分给这么多个工作者。")
        case .preset:
            Phrase(
                en: "A published architecture, by its counts (see “models --preset”).",
                zh: "已发表的结构，只看参数数量（见“models --preset”）。")
        case .calculate:
            Phrase(
                en:
                    "A small calculation, a line each: 'p = softmax([90, 80, 70])'; knows + - * @ (matrix product), ^T (transpose) and softmax, relu, gelu, sigmoid, tanh, layer-norm, spread, random, attention. Or a picture: 'plane([[1, 1], [0, 1]])', or its name alone (“figures” lists them).",
                zh:
                    "一个小计算，一行一个：'p = softmax([90, 80, 70])'；可用 + - * @（矩阵乘）、^T（转置）和 softmax、relu、gelu、sigmoid、tanh、layer-norm、spread、random、attention。也可以是图：'plane([[1, 1], [0, 1]])'，或只写名字（“figures”会列出）。"
            )
        }
    }
}
