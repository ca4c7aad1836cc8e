import Wording

/// A chapter with every number in it: what pages and terminals show.
package struct AnsweredChapter: Sendable {
    /// The chapter, its prose's placeholders replaced by what the engine answered.
    package let title: Bilingual<[Inline]>
    package let goal: Bilingual<[Inline]>
    package let steps: [Step]
    package let experiment: Section
    package let quiz: [AnsweredQuestion]
    /// The chapter as written.
    package let chapter: Chapter

    /// A piece of prose with the command that belongs to it.
    package struct Section: Sendable {
        package let title: Bilingual<[Inline]>
        package let prose: Bilingual<[Block]>
        package let command: String
    }

    package struct Step: Sendable {
        package let id: String
        package let figure: FigureReference
        package let section: Section
    }
}

/// A question with its choices and the one that is right.
package struct AnsweredQuestion: Sendable {
    package let id: String
    package let question: Bilingual<[Inline]>
    package let choices: [Choice]
    /// The index of the right choice.
    package let right: Int
    package let explanation: Bilingual<[Block]>

    package struct Choice: Sendable {
        package let label: Bilingual<[Inline]>
        /// What the engine measured for it, such as its probability; nil where the label says it all.
        package let measure: String?
    }
}

extension Chapter {
    /// Asks the engine everything that the chapter asks.
    ///
    /// - Throws: `LessonError` where a question has no single right answer, and what the engine throws.
    package func answered(by source: some FigureSource) throws -> AnsweredChapter {
        let answering = Answering(source: source, folder: folder)
        return AnsweredChapter(
            title: try title.map(answering.inlines), goal: try goal.map(answering.inlines),
            steps: try steps.map { step in
                AnsweredChapter.Step(
                    id: step.id, figure: step.figure,
                    section: try answering.section(step.title, step.prose, step.command))
            },
            experiment: try answering.section(experiment.title, experiment.prose, experiment.command),
            quiz: try quiz.map(answering.question), chapter: self)
    }
}

/// Puts the engine's answers where the chapter asks.
struct Answering<Source: FigureSource> {
    let source: Source
    /// The chapter's folder, for messages.
    let folder: String

    func inlines(_ text: [Inline]) throws -> [Inline] {
        try text.map { inline in
            try inline.mapLeaves { leaf in
                guard case .placeholder(let placeholder) = leaf else { return leaf }
                return .computed(try placeholder.text(from: source), placeholder)
            }
        }
    }

    func blocks(_ blocks: [Block]) throws -> [Block] { try blocks.map { try $0.mapInlines(inlines) } }

    func section(
        _ title: Bilingual<[Inline]>, _ prose: Bilingual<[Block]>, _ command: Template
    ) throws -> AnsweredChapter.Section {
        AnsweredChapter.Section(
            title: try title.map(inlines), prose: try prose.map(blocks), command: try command.text(from: source))
    }

    /// Whether a claim is true of the model.
    func holds(_ claim: Claim) throws -> Bool {
        let left = try side(claim.left)
        let right = try side(claim.right)
        switch (left, right) {
        case (.number(let one), .number(let other)): return claim.relation.holds(one, other)
        case (.token(let one), .token(let other)) where claim.relation == .equal: return one == other
        case (.token(let one), .token(let other)) where claim.relation == .unequal: return one != other
        default: throw error(.badClaim, found: claim.source)
        }
    }

    private func side(_ side: Claim.Side) throws -> Answer {
        switch side {
        case .number(let number): .number(number)
        case .token(let token): .token(token)
        case .query(let query): try source.answer(asked: query)
        }
    }

    // MARK: Questions

    func question(_ question: Question) throws -> AnsweredQuestion {
        let (choices, right) = try choices(of: question)
        return AnsweredQuestion(
            id: question.id, question: try question.question.map(inlines), choices: choices, right: right,
            explanation: try question.explanation.map(blocks))
    }

    private func choices(of question: Question) throws -> ([AnsweredQuestion.Choice], Int) {
        switch question.choices {
        case .largest(let query): return try ranking(query, of: question)
        case .number(let answer, let others): return try numbers([answer] + others, of: question)
        case .statements(let statements):
            let truths = try statements.map { try holds($0.holds) }
            let right = truths.indices.filter { truths[$0] }
            guard let only = right.first, right.count == 1 else {
                throw error(right.isEmpty ? .noRightAnswer : .severalRightAnswers, question)
            }
            let choices = try statements.map {
                AnsweredQuestion.Choice(label: try $0.label.map(inlines), measure: nil)
            }
            return (choices, only)
        }
    }

    private func ranking(_ query: Query, of question: Question) throws -> ([AnsweredQuestion.Choice], Int) {
        guard case .ranking(let entries) = try source.answer(asked: query), entries.count >= 2 else {
            throw error(.noRightAnswer, question)
        }
        let sorted = entries.sorted { $0.value > $1.value }
        guard sorted[0].value > sorted[1].value else {
            throw error(.severalRightAnswers, question)
        }
        guard Set(entries.map(\.label)).count == entries.count else {
            throw error(.sameChoices, question)
        }
        // In an order that gives nothing away, and is the same at every build.
        let shown = entries.sorted { Self.mixed($0.label, question.id) < Self.mixed($1.label, question.id) }
        let choices = shown.map { entry in
            AnsweredQuestion.Choice(
                label: Bilingual { _ in [.sample(entry.label)] }, measure: query.name.format.text(entry.value))
        }
        return (choices, shown.firstIndex { $0.label == sorted[0].label } ?? 0)
    }

    private func numbers(_ queries: [Query], of question: Question) throws -> ([AnsweredQuestion.Choice], Int) {
        let labels = try queries.map { try Placeholder(query: $0, format: $0.name.format).text(from: source) }
        guard Set(labels).count == labels.count else {
            throw error(.sameChoices, question)
        }
        let shown = labels.sorted { ($0.count, $0) < ($1.count, $1) }
        let choices = shown.map { label in
            AnsweredQuestion.Choice(label: Bilingual { _ in [.text(label)] }, measure: nil)
        }
        return (choices, shown.firstIndex(of: labels[0]) ?? 0)
    }

    private func error(_ problem: LessonProblem, _ question: Question) -> LessonError {
        question.place.error(problem, ["found": Phrase(question.id)])
    }

    private func error(_ problem: LessonProblem, found: String) -> LessonError {
        LessonError(problem, file: "\(folder)/chapter.yaml", ["found": Phrase(found)])
    }

    /// FNV-1a over both texts.
    private static func mixed(_ label: String, _ salt: String) -> UInt64 {
        (salt + "/" + label).utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

extension Claim.Relation {
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .less: left < right
        case .notGreater: left <= right
        case .equal: left == right
        case .unequal: left != right
        case .notLess: left >= right
        case .greater: left > right
        }
    }
}
