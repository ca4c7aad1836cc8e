import Wording

/// The sections that a chapter's prose must have, in order: its steps, each with the question that it asks first, the
/// experiment, the quiz and its questions.
struct ProseOutline {
    struct StepOutline {
        var id: String
        var ask: String?
    }

    let steps: [StepOutline]
    let questions: [String]

    static let experiment = "experiment"
    static let quiz = "quiz"

    /// Every section's name and the level of its heading.
    var sections: [(id: String, level: Int)] {
        steps.flatMap { step in [(step.id, 2)] + (step.ask.map { [($0, 3)] } ?? []) }
            + [(Self.experiment, 2), (Self.quiz, 2)] + questions.map { ($0, 3) }
    }
}

/// One language's prose of a chapter, cut at its headings.
struct ChapterProse {
    struct Section {
        var title: [Inline]
        var body: [Block] = []
        /// Of each block.
        var lines: [Int] = []
        var id: String
        var place: Place
    }

    let title: [Inline]
    let goal: [Inline]
    private let sections: [String: Section]

    init(_ source: String, file: String, context: QueryContext, outline: ProseOutline) throws {
        var pieces = try MarkdownReader(source, file: file, context: context).pieces()[...]
        guard case .heading(1, let title, nil, _)? = pieces.popFirst() else {
            throw LessonError(.titleMissing, file: file, line: 1)
        }
        self.title = title
        guard case .block(.paragraph(let goal), _)? = pieces.popFirst() else {
            throw LessonError(.goalMissing, file: file, line: 2)
        }
        // Both stand in lists of chapters, where nothing is asked.
        for (line, text) in [(1, title), (3, goal)]
        where text.contains(where: { if case .placeholder = $0 { true } else { false } }) {
            throw LessonError(.askedGoal, file: file, line: line)
        }
        self.goal = goal
        if case .block(_, let line)? = pieces.first { throw LessonError(.goalMissing, file: file, line: line) }
        let sections = try Self.sections(pieces, file: file, outline: outline)
        try Self.compare(sections, with: outline.sections.map(\.id), file: file)
        for section in sections where (section.id == ProseOutline.quiz) != section.body.isEmpty {
            // The quiz itself only holds its questions.
            let problem: LessonProblem = section.id == ProseOutline.quiz ? .quizText : .emptySection
            throw section.place.error(problem, ["found": Phrase(section.id)])
        }
        self.sections = Dictionary(sections.map { ($0.id, $0) }) { first, _ in first }
    }

    /// A section of the outline.
    subscript(_ id: String) -> Section {
        sections[id] ?? Section(title: [], id: id, place: Place(file: "", line: nil))
    }

    private static func sections(
        _ pieces: ArraySlice<MarkdownReader.Piece>, file: String, outline: ProseOutline
    ) throws -> [Section] {
        var sections: [Section] = []
        var isInsideQuiz = false
        for piece in pieces {
            switch piece {
            case .heading(let level, let text, let id, let line):
                let place = Place(file: file, line: line)
                let isAsked = id.map { id in outline.steps.contains { $0.ask == id } } ?? false
                guard level == (isInsideQuiz || isAsked ? 3 : 2) else {
                    throw place.error(.headingLevel, ["found": "\(level)"])
                }
                guard let id else {
                    throw place.error(.headingWithoutIdentifier, ["found": Phrase(text.plainText)])
                }
                if let earlier = sections.first(where: { $0.id == id }) {
                    throw place.error(.duplicateIdentifier, ["found": Phrase(earlier.id)])
                }
                sections.append(Section(title: text, id: id, place: place))
                if id == ProseOutline.quiz { isInsideQuiz = true }
            case .block(.footnote(let number, let note), let line):
                // A footnote belongs to the section that refers to it.
                let place = sections.firstIndex { $0.body.refers(toFootnote: number) } ?? sections.count - 1
                sections[place].body.append(.footnote(number, note))
                sections[place].lines.append(line)
            case .block(let block, let line):
                sections[sections.count - 1].body.append(block)
                sections[sections.count - 1].lines.append(line)
            }
        }
        return sections
    }

    private static func compare(_ sections: [Section], with expected: [String], file: String) throws {
        for section in sections where !expected.contains(section.id) {
            throw section.place.error(
                .sectionUnexpected,
                ["found": Phrase(section.id), "expected": Phrase(expected.joined(separator: ", "))])
        }
        for id in expected where !sections.contains(where: { $0.id == id }) {
            throw LessonError(.sectionMissing, file: file, line: sections.last?.place.line, ["expected": Phrase(id)])
        }
        for (section, id) in zip(sections, expected) where section.id != id {
            throw section.place.error(.sectionOrder, ["found": Phrase(section.id), "expected": Phrase(id)])
        }
    }
}

extension [Block] {
    fileprivate func refers(toFootnote number: Int) -> Bool {
        flatMap(\.inlines).flatMap { $0.flatMap(\.all) }.contains(.footnote(number))
    }
}
