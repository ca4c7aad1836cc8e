import Wording

/// The words of a workbook.
enum WorkbookText: PhraseTable {
    case readMe, vocabulary, sheets, rows, columns, cells, advice
    case title, intro, introPart, tokens, position, token, id, guess, probability, given, howTo, result
    case readCell, readColours, readHidden, readNames, readUnknown
    case contents, sheet, what, operation, shape, kind, formulas, constants, noFormula
    case reads, back, text, head, masked, seen
    case maximum, total, mean, own, loss, product

    var phrase: Phrase {
        switch self {
        case .readMe: Phrase(en: "Read me", zh: "说明")
        case .vocabulary: Phrase(en: "Vocabulary", zh: "词表")
        case .sheets: Phrase(en: "{count} sheets", zh: "{count} 张工作表")
        case .rows: Phrase(en: "{count} rows on a sheet", zh: "一张表 {count} 行")
        case .columns: Phrase(en: "{count} columns on a sheet", zh: "一张表 {count} 列")
        case .cells: Phrase(en: "{count} cells", zh: "{count} 个单元格")
        case .advice: Phrase(en: "; this would fit: {options}", zh: "；这样可以装下：{options}")
        case .title: Phrase(en: "{model}: a run in live formulas", zh: "{model}：一次运行，全是活的公式")
        case .intro:
            Phrase(
                en:
                    "Every computed cell is a formula: the arithmetic of the run itself. Change a yellow number, and everything that follows from it is calculated again.",
                zh: "每个算出来的单元格都是公式，就是这次运行本身的算式。改动任何一个黄色的数，由它得出的一切都会重新计算。")
        case .introPart:
            Phrase(
                en: "Formulas are the steps of {options}; what they read stands here as fixed numbers.",
                zh: "公式只包括 {options} 的步骤；它们读取的数在这里是固定的。")
        case .tokens: Phrase(en: "Tokens", zh: "词元")
        case .position: Phrase(en: "position", zh: "位置")
        case .token: Phrase(en: "token", zh: "词元")
        case .id: Phrase(en: "id", zh: "编号")
        case .guess: Phrase(en: "guess {number}", zh: "候选 {number}")
        case .probability: Phrase(en: "probability", zh: "概率")
        case .given: Phrase(en: "given", zh: "给定")
        case .howTo: Phrase(en: "How to read it", zh: "怎样阅读")
        case .result: Phrase(en: "Results", zh: "结果")
        case .readCell:
            Phrase(
                en:
                    "Each step has a sheet. Select a cell to see how it is computed; tokens stand at the rows, and “reads” in a sheet’s heading leads to what it was computed from.",
                zh: "每个步骤一张表。选中一个单元格就能看到它的算式；每行前面是词元，表头“读取”后面是它所用数据的链接。")
        case .readColours:
            Phrase(
                en:
                    "Orange is below zero, blue above; shares go from white for 0 to dark for 1. Yellow is given: change it.",
                zh: "橙色小于零，蓝色大于零；占比从 0 的白色到 1 的深色。黄色是给定的数，可以改。")
        case .readHidden:
            Phrase(
                en: "−∞ is a hidden score: the cell holds −1E+300, of which e to its power leaves nothing.",
                zh: "−∞ 是被遮住的得分：单元格里是 −1E+300，以 e 为底取指数后什么也不剩。")
        case .readNames:
            Phrase(
                en:
                    "Each step’s numbers are a named range under the step’s own name, as the commands of Glassformer use it.",
                zh: "每个步骤的数都是一个已命名的区域，名字就是该步骤的名字，与 Glassformer 的命令一致。")
        case .readUnknown:
            Phrase(
                en:
                    "{count} {count|step has|steps have} no formula in a spreadsheet and {count|stands|stand} as fixed numbers: {names}.",
                zh: "有 {count} 个步骤在电子表格里没有公式，只列出固定的数：{names}。")
        case .contents: Phrase(en: "Contents", zh: "目录")
        case .sheet: Phrase(en: "sheet", zh: "工作表")
        case .what: Phrase(en: "its numbers", zh: "表中的数")
        case .operation: Phrase(en: "operation", zh: "运算")
        case .shape: Phrase(en: "shape", zh: "形状")
        case .kind: Phrase(en: "cells", zh: "单元格")
        case .formulas: Phrase(en: "formulas", zh: "公式")
        case .constants: Phrase(en: "fixed numbers", zh: "固定的数")
        case .noFormula: Phrase(en: "no formula: fixed numbers", zh: "没有公式：固定的数")
        case .reads: Phrase(en: "reads", zh: "读取")
        case .back: Phrase(en: "← Read me", zh: "← 说明")
        case .text: Phrase(en: "text {number}", zh: "文本 {number}")
        case .head: Phrase(en: "head {number}", zh: "头 {number}")
        case .masked: Phrase(en: "Hidden: what this query may not see gets −∞.", zh: "遮住：这个查询不能看的记为 −∞。")
        case .seen: Phrase(en: "layer {layer}: {step}", zh: "第 {layer} 层：{step}")
        case .maximum: Phrase(en: "max", zh: "最大值")
        case .total: Phrase(en: "Σ e^(x−max)", zh: "Σ e^(x−最大值)")
        case .mean: Phrase(en: "mean", zh: "平均")
        case .own: Phrase(en: "target’s logit", zh: "目标的 logit")
        case .loss: Phrase(en: "loss", zh: "损失")
        case .product: Phrase(en: "Σ p·dp", zh: "Σ p·dp")
        }
    }

    func counting(_ count: Int) -> Phrase { phrase.filled(["count": Phrase(String(count))]) }
    func numbered(_ number: Int) -> Phrase { phrase.filled(["number": Phrase(String(number))]) }
}

extension StepFormula.Helper {
    var phrase: Phrase {
        switch self {
        case .maximum: WorkbookText.maximum.phrase
        case .total: WorkbookText.total.phrase
        case .mean: WorkbookText.mean.phrase
        case .own: WorkbookText.own.phrase
        case .loss: WorkbookText.loss.phrase
        case .product: WorkbookText.product.phrase
        }
    }
}
