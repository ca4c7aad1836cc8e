import Wording

extension Chapter {
    /// Asks the engine everything that the chapter asks.
    ///
    /// - Parameter course: where the question that it begins with is found.
    /// - Throws: `LessonError` where a question has no single right answer, and what the engine throws.
    package func answered(by source: some FigureSource, in course: Course? = nil) throws -> AnsweredChapter {
        let answering = Answering(source: source, folder: folder)
        return AnsweredChapter(
            title: try title.map(answering.inlines), goal: try goal.map(answering.inlines),
            recall: try recall.flatMap { course?.question($0) }.map(answering.question),
            steps: try steps.map(answering.step), experiment: try answering.experiment(experiment),
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
                switch leaf {
                case .placeholder(let placeholder): .computed(try placeholder.text(from: source), placeholder)
                case .askedFormula(let template): .formula(try notation(template))
                default: leaf
                }
            }
        }
    }

    func blocks(_ blocks: [Block]) throws -> [Block] {
        try blocks.map { block in
            try block.mapBlocks { block in
                switch block {
                case .askedFormula(let template): .formula(try notation(template))
                case .askedCode(let template): .code(try template.text(from: source))
                default: block
                }
            }.mapInlines(inlines)
        }
    }

    /// A formula with its answers: thin spaces and signs as the notation knows them, tokens as words.
    func notation(_ template: Template) throws -> String {
        try template.pieces.map { piece in
            switch piece {
            case .text(let text): return text
            case .placeholder(let placeholder):
                let text = try placeholder.text(from: source)
                guard placeholder.ask.kind == .number else { return "\\text{\(text)}" }
                return text.replacing("\u{2009}", with: "\\,").replacing("%", with: "\\%")
            }
        }.joined()
    }

    func section(_ title: Bilingual<[Inline]>, _ prose: Bilingual<[Block]>) throws -> AnsweredChapter.Section {
        AnsweredChapter.Section(title: try title.map(inlines), prose: try prose.map(blocks))
    }

    func step(_ step: Step) throws -> AnsweredChapter.Step {
        AnsweredChapter.Step(
            id: step.id, section: try section(step.title, step.prose), ask: try step.ask.map(question),
            figures: try step.figures.map(figure), command: try step.command?.map { try $0.text(from: source) },
            shapes: try step.shapes.map(shapes))
    }

    func figure(_ figure: PlacedFigure) throws -> AnsweredChapter.Figure {
        AnsweredChapter.Figure(
            placed: figure, command: try figure.command.map { try $0.text(from: source) },
            captions: try figure.captions.map { try $0.map(inlines) })
    }

    func experiment(_ experiment: Experiment) throws -> AnsweredChapter.Experiment {
        AnsweredChapter.Experiment(
            section: try section(experiment.title, experiment.prose),
            command: try experiment.command.map { try $0.text(from: source) },
            variants: try experiment.variants.map { variant in
                .init(label: try variant.label.map(inlines), figure: try figure(variant.figure))
            })
    }

    func shapes(_ shapes: StageShapes) throws -> AnsweredChapter.Shapes {
        func text(_ ask: Bilingual<Ask>) throws -> Bilingual<String> {
            try ask.map { NumberFormat.plain.text(try source.answer(asked: $0)) }
        }
        return AnsweredChapter.Shapes(
            step: shapes.step, input: try text(shapes.input), output: try text(shapes.output),
            documentInput: shapes.documentInput, documentOutput: shapes.documentOutput)
    }

    /// Whether a claim is true.
    func holds(_ claim: Claim) throws -> Bool {
        switch (try source.answer(asked: claim.left), try source.answer(asked: claim.right)) {
        case (.number(let one), .number(let other)): return claim.relation.holds(one, other)
        case (.token(let one), .token(let other)) where claim.relation == .equal: return one == other
        case (.token(let one), .token(let other)) where claim.relation == .unequal: return one != other
        case (.cell(let one), .cell(let other)) where claim.relation == .equal: return one == other
        default:
            throw LessonError(.badClaim, file: "\(folder)/chapter.yaml", ["found": Phrase(claim.source)])
        }
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
        case .about: abs(left - right) <= abs(right) / 20
        }
    }
}
