import Wording

/// Two machines that were taught the same task, side by side.
package struct Comparison: Sendable {
    package let task: DecisionTask
    package let contestants: [Contestant]

    package init(task: DecisionTask, contestants: [Contestant]) {
        self.task = task
        self.contestants = contestants
    }

    /// Teaches both machines and asks them.
    package init(_ machines: [any DecisionMachine.Type], on task: DecisionTask, seed: UInt64) throws {
        self.init(
            task: task,
            contestants: try machines.map { try Contestant($0.taught(task, seed: seed), on: task) })
    }

    /// Why a machine that reads only features cannot succeed: two cases that are the same to it, with unlike answers;
    /// nil where nothing forbids it.
    package var impossibility: Phrase? {
        guard let (one, other) = task.contradictions.first,
            contestants.contains(where: { $0.reads == .features && $0.heldOutAccuracy < 1 })
        else { return nil }
        func name(_ answer: Int) -> Phrase { task.name(of: task.answers[answer]) }
        return Phrase(
            en:
                "“{one}” and “{other}” hold the same words, so to a machine that counts words they are one and the same case; the answers are {a} and {b}. Whatever its weights, it is wrong about one of them.",
            zh: "“{one}”和“{other}”用的词完全一样，在只数词的机器眼里就是同一个例子；可正确答案一个是{a}，一个是{b}。权重不管怎么取，总有一个要答错。"
        ).filled(["one": one.text, "other": other.text, "a": name(one.answer), "b": name(other.answer)])
    }
}
