import Drawing
import Training
import Wording

/// Data parallelism, round by round: each worker's part of the batch and its gradient, the chunks on their way around
/// the ring, and the mean that all of them end with.
package enum DataParallelFigure {
    package static let id = "data-parallel"
    package static let title = Phrase(en: "One batch, several workers", zh: "一批数据，分给几个工作者")

    /// - Parameters:
    ///   - record: what the workers did.
    ///   - examples: each worker's part of the batch in words: `[worker][example]`.
    package static func slide(record: DataParallelRecord, examples: [[String]] = []) -> Slide {
        let rounds = record.watched.first?.rounds.count ?? 1
        let unit = RingPicture.unit(of: record)
        let frames = (0..<max(rounds, 1)).map { round in
            let words = words(record, round: round, of: rounds)
            return Slide.Frame(
                caption: words, altText: alt(record, words, round: round), takeaway: words
            ) { _ in RingPicture(record: record, examples: examples, round: round, unit: unit) }
        }
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "All have the whole model; each goes forward and backward over its part of the batch only.",
                zh: "每个工作者都有完整的模型，但只对自己那一份数据做前向和反向计算。"),
            formula: Formula(
                #"\role{gradient}{\bar g} = \sum_{w} \frac{n_w}{n}\, \role{gradient}{g_w}"#),
            note: RingPicture.note(unit),
            legend: [
                LegendKey(.frame(.highlight), Phrase(en: "just arrived", zh: "刚刚收到")).any,
                LegendKey(.frame(.ink), Phrase(en: "finished: the mean over the whole batch", zh: "已完成：整批数据的平均")).any,
            ], densities: [.comfortable], frames: frames)
    }

    private static func words(_ record: DataParallelRecord, round: Int, of rounds: Int) -> Phrase {
        let workers = record.workers
        guard workers > 1 else {
            return Phrase(en: "One worker alone has nobody to ask.", zh: "只有一个工作者，没有谁可以交换。")
        }
        let counts: KeyValuePairs<String, Phrase> = [
            "n": Phrase("\(workers)"), "round": Phrase("\(round)"), "last": Phrase("\(rounds - 1)"),
            "bytes": Phrase(Bytes.text(record.holdings.first?.sent ?? 0)),
            "whole": Phrase(Bytes.text(record.holdings.first?.parameters ?? 0)),
        ]
        if round == 0 {
            return Phrase(
                en:
                    "{n} {n|worker|workers}, {n} different gradients, each already times its worker’s share of the predictions; each is cut into {n} chunks.",
                zh: "{n} 个工作者算出 {n} 份不同的梯度，各自已乘以所占预测的比例；每份切成 {n} 块。"
            ).filled(counts)
        }
        if round < workers {
            return Phrase(
                en: "Round {round} of {last}: each sends one chunk to the next, which adds it to its own.",
                zh: "第 {round} 轮（共 {last} 轮）：每个工作者把一块传给下一个，对方加到自己的那块上。"
            ).filled(counts)
        }
        if round < rounds - 1 {
            return Phrase(
                en: "Round {round} of {last}: the finished chunks go around; nothing is added any more.",
                zh: "第 {round} 轮（共 {last} 轮）：算好的块继续往下传，不再相加。"
            ).filled(counts)
        }
        return Phrase(
            en:
                "All {n} now have the same mean, bit by bit, and make the same update. Each sent {bytes} for a gradient of {whole}.",
            zh: "{n} 个工作者现在的平均梯度完全相同，各自做同样的更新。梯度大小 {whole}，每个工作者共发送 {bytes}。"
        ).filled(counts)
    }

    private static func alt(_ record: DataParallelRecord, _ words: Phrase, round: Int) -> Phrase {
        let numbers = Phrase.list(
            record.watched.prefix(1).flatMap { number in
                number.rounds.indices.contains(round)
                    ? number.rounds[round].map { Numbers.significant(Double($0), digits: 3) } : []
            })
        let name = record.watched.first.map { "\($0.parameter) \($0.index)" } ?? ""
        return Phrase(
            en: words.english + " \(name): \(numbers.english).", zh: words.chinese + "\(name)：\(numbers.chinese)。")
    }
}
