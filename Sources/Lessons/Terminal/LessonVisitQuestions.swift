import Wording

/// A chapter's questions, asked one after another.
extension LessonWalk.Visit {
    mutating func quiz() throws {
        var firsts = 0
        for index in chapter.quiz.indices {
            try console.write([UInt8(ascii: "\n")])
            let move = try ask(chapter.quiz[index], number: index + 1)
            if walk.record.answers["\(id)/\(chapter.quiz[index].id)"] == true, move == nil { firsts += 1 }
            if case .quit? = move { return }
        }
        try console.write([UInt8(ascii: "\n")])
        let counts: KeyValuePairs<String, Phrase> = ["right": "\(firsts)", "count": "\(chapter.quiz.count)"]
        try console.say([(WalkWords.score.text(language, counts), .bold)])
    }

    /// Asks until the answer is right or asked for; one wrong try does not open it.
    /// - Returns: where the reader went instead; nil where the question is done with.
    mutating func ask(_ question: AnsweredQuestion, number: Int?) throws -> LessonWalk.Move? {
        var out = console.screen.text
        try page.question(question, number: number, into: &out)
        try console.write(Array(out.text.utf8))
        let prompt = WalkWords.ask.text(language, ["count": "\(question.choices.count)"])
        var isFirst = true
        while let line = try console.ask(prompt) {
            switch line.lowercased() {
            case "s", "show", "看答案":
                mark(question, isRight: false, isFirst: isFirst)
                try tell(question, verdict: nil)
                return nil
            case "": return .next
            default:
                guard let number = Int(line), (1...question.choices.count).contains(number) else {
                    if let move = try understood(line) { return move }
                    continue
                }
                let isRight = number - 1 == question.right
                mark(question, isRight: isRight, isFirst: isFirst)
                isFirst = false
                if isRight {
                    try tell(question, verdict: WalkWords.right[language])
                    return nil
                }
                try console.say([
                    (WalkWords.wrong[language] + (language == .chinese ? "" : " "), .bold),
                    (WalkWords.tryAgain[language], .dim),
                ])
                if let hint = question.choices[number - 1].hint {
                    try console.say(TerminalProse(source: walk.source, language: language).spans(hint[language]))
                }
            }
        }
        return .quit
    }

    private mutating func mark(_ question: AnsweredQuestion, isRight: Bool, isFirst: Bool) {
        guard isFirst else { return }
        walk.record.answers["\(id)/\(question.id)"] = isRight
        walk.keep(walk.record)
    }

    private func tell(_ question: AnsweredQuestion, verdict: String?) throws {
        if let verdict { try console.say([(verdict, .bold)]) }
        var out = console.screen.text
        try page.answer(question, first: "", into: &out)
        try console.write(Array(out.text.utf8))
    }
}
