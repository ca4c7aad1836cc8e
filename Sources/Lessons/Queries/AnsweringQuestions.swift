import Wording

extension Answering {
    /// - Throws: `LessonError` where not exactly one answer is right.
    func question(_ question: Question) throws -> AnsweredQuestion {
        AnsweredQuestion(
            id: question.id, question: try question.question.map(inlines), kind: try kind(of: question),
            explanation: try question.explanation.map(blocks))
    }

    private func kind(of question: Question) throws -> AnsweredQuestion.Kind {
        switch question.kind {
        case .largest(let ask, let hints): try ranking(ask, hints, of: question)
        case .one(let answer, let format, let others): try choice(answer, format, others, of: question)
        case .statements(let statements): try self.statements(statements, of: question)
        case .number(let answer, let format, let traps): try number(answer, format, traps, of: question)
        case .ordering(let things, let isFalling, let hint):
            try ordering(things, isFalling: isFalling, hint, of: question)
        case .cell(let cell): try self.cell(cell, of: question)
        }
    }

    private func error(_ problem: LessonProblem, _ question: Question) -> LessonError {
        question.place.error(problem, ["found": Phrase(question.id)])
    }

    private func hint(_ hint: Question.Hint?) throws -> Question.Hint? { try hint?.map(inlines) }

    // MARK: Choices

    private func statements(_ statements: [Question.Statement], of question: Question) throws
        -> AnsweredQuestion.Kind
    {
        var rights: Set<Int> = []
        for language in Language.allCases {
            let truths = try statements.map { try holds($0.holds[language]) }
            let right = truths.indices.filter { truths[$0] }
            guard let only = right.first, right.count == 1 else {
                throw error(right.isEmpty ? .noRightAnswer : .severalRightAnswers, question)
            }
            rights.insert(only)
        }
        guard rights.count == 1, let right = rights.first else { throw error(.severalRightAnswers, question) }
        let choices = try statements.map {
            AnsweredQuestion.Choice(label: try $0.label.map(inlines), measure: nil, hint: try hint($0.hint))
        }
        return .choice(choices, right: right)
    }

    private func ranking(_ ask: Bilingual<Ask>, _ hints: [Question.Hint?], of question: Question) throws
        -> AnsweredQuestion.Kind
    {
        let sorted = try ask.map { ask in
            guard case .ranking(let entries) = try source.answer(asked: ask), entries.count >= 2 else {
                throw error(.noRightAnswer, question)
            }
            let sorted = entries.sorted { $0.value > $1.value }
            guard sorted[0].value > sorted[1].value else { throw error(.severalRightAnswers, question) }
            guard Set(entries.map(\.label)).count == entries.count else { throw error(.sameChoices, question) }
            return sorted
        }
        guard sorted.english.count == sorted.chinese.count else { throw error(.sameChoices, question) }
        let choices = try sorted.english.indices.map { place in
            AnsweredQuestion.Choice(
                label: Bilingual { [.sample(sorted[$0][place].label)] },
                measure: ask.english.format.text(sorted.english[place].value),
                hint: place > 0 && hints.indices.contains(place - 1) ? try hint(hints[place - 1]) : nil)
        }
        let (mixed, right) = AnsweredQuestion.mixed(choices, question.id)
        return .choice(mixed, right: right)
    }

    /// A number or a token; what is shown must differ.
    private func choice(
        _ answer: Bilingual<Ask>, _ format: NumberFormat, _ others: [Question.Misconception], of question: Question
    ) throws -> AnsweredQuestion.Kind {
        let asks = [answer] + others.map(\.ask)
        let labels = try asks.map { try $0.map { format.text(try source.answer(asked: $0)) } }
        for language in Language.allCases where Set(labels.map { $0[language] }).count != labels.count {
            throw error(.sameChoices, question)
        }
        let isToken = answer.english.kind == .token
        let choices = try labels.enumerated().map { place, label in
            AnsweredQuestion.Choice(
                label: label.map { [isToken ? .sample($0) : .text($0)] }, measure: nil,
                hint: place > 0 ? try hint(others[place - 1].hint) : nil)
        }
        if isToken {
            let (mixed, right) = AnsweredQuestion.mixed(choices, question.id)
            return .choice(mixed, right: right)
        }
        // Numbers stand in their order.
        let order = choices.indices.sorted { one, other in
            let (first, second) = (labels[one].english, labels[other].english)
            return (first.count, first) < (second.count, second)
        }
        return .choice(order.map { choices[$0] }, right: order.firstIndex(of: 0) ?? 0)
    }

    // MARK: Numbers, orders, cells

    private func number(
        _ answer: Bilingual<Ask>, _ format: NumberFormat, _ traps: [Question.Misconception], of question: Question
    ) throws -> AnsweredQuestion.Kind {
        let value = try answer.map(source.number)
        let tolerance = value.map(format.tolerance)
        let computed = try traps.map { trap in
            let value = try trap.ask.map(source.number)
            return AnsweredQuestion.Number.Trap(
                shown: value.map { format.text($0) }, value: value, hint: try hint(trap.hint))
        }
        for language in Language.allCases {
            let near = computed.contains { abs($0.value[language] - value[language]) <= tolerance[language] }
            if near { throw error(.sameChoices, question) }
        }
        return .number(
            AnsweredQuestion.Number(
                shown: value.map { format.text($0) }, value: value, tolerance: tolerance,
                isPercent: format.kind == .percent, traps: computed))
    }

    private func ordering(
        _ things: [Question.Ranked], isFalling: Bool, _ hint: Question.Hint?, of question: Question
    ) throws -> AnsweredQuestion.Kind {
        // Shown in an order that gives nothing away.
        let shown = things.sorted {
            AnsweredQuestion.hash($0.label.english.plainText, question.id)
                < AnsweredQuestion.hash($1.label.english.plainText, question.id)
        }
        let values = try shown.map { try $0.by.map(source.number) }
        let order = try Bilingual { language -> [Int] in
            let own = values.map { $0[language] }
            guard Set(own).count == own.count else { throw error(.severalRightAnswers, question) }
            return own.indices.sorted { isFalling ? own[$0] > own[$1] : own[$0] < own[$1] }
        }
        let items = try zip(shown, values).map { thing, value in
            AnsweredQuestion.Ordering.Item(
                label: try thing.label.map(inlines), measure: value.map { thing.by.english.format.text($0) })
        }
        return .ordering(AnsweredQuestion.Ordering(items: items, order: order, hint: try self.hint(hint)))
    }

    private func cell(_ cell: Question.CellOfFigure, of question: Question) throws -> AnsweredQuestion.Kind {
        func index(_ ask: Bilingual<Ask>) throws -> Bilingual<[Int]> {
            try ask.map {
                guard case .cell(let index) = try source.answer(asked: $0) else {
                    throw error(.noRightAnswer, question)
                }
                return index
            }
        }
        let right = try index(cell.right)
        let others = try cell.others.map { (index: try index($0.ask), hint: try hint($0.hint)) }
        for language in Language.allCases {
            let all = [right[language]] + others.map { $0.index[language] }
            if Set(all).count != all.count { throw error(.sameChoices, question) }
        }
        return .cell(AnsweredQuestion.Cell(figure: cell.figure, step: cell.step, right: right, others: others))
    }
}
