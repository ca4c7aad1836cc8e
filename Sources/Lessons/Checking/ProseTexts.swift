import Wording

/// A run of prose, and where it stands.
struct ProseText {
    let section: String
    let place: Place
    let language: Language
    let text: [Inline]

    /// `part-1/…/en.md:12 {#merges}`
    var address: String { "\(place) {#\(section)}" }
}

/// A section of a chapter's prose, or what stands in its data for the same readers.
struct ProseSection {
    let id: String
    let language: Language
    let title: [Inline]
    let blocks: [Block]
    /// Of each block.
    let lines: [Int]
    let file: String

    func place(_ block: Int) -> Place {
        Place(file: file, line: lines.indices.contains(block) ? lines[block] : lines.first)
    }

    var texts: [ProseText] {
        [ProseText(section: id, place: place(0), language: language, text: title)]
            + blocks.enumerated().flatMap { index, block in
                block.inlines.map {
                    ProseText(section: id, place: place(index), language: language, text: $0)
                }
            }
    }
}

extension Chapter {
    func file(_ language: Language) -> String { "\(folder)/\(language.rawValue).md" }

    /// The sections of one language, in order.
    func sections(_ language: Language) -> [ProseSection] {
        func section(_ id: String, _ title: [Inline], _ blocks: [Block], _ lines: [Int]) -> ProseSection {
            ProseSection(id: id, language: language, title: title, blocks: blocks, lines: lines, file: file(language))
        }
        func section(_ question: Question) -> ProseSection {
            section(
                question.id, question.question[language], question.explanation[language], question.lines[language])
        }
        return steps.flatMap { step in
            [section(step.id, step.title[language], step.prose[language], step.lines[language])]
                + (step.ask.map { [section($0)] } ?? [])
        }
            + [
                section(
                    ProseOutline.experiment, experiment.title[language], experiment.prose[language],
                    experiment.lines[language])
            ]
            + quiz.map(section)
    }

    /// What readers of a language read in the chapter's data: statements, hints, captions, labels.
    func labels(_ language: Language) -> [ProseText] {
        func text(_ id: String, _ place: Place, _ label: Bilingual<[Inline]>?) -> [ProseText] {
            label.map { [ProseText(section: id, place: place, language: language, text: $0[language])] } ?? []
        }
        let asked = questions.flatMap { question -> [ProseText] in
            let (id, place) = (question.id, question.place)
            func hints(_ all: [Question.Misconception]) -> [ProseText] {
                all.flatMap { text(id, $0.place, $0.hint) }
            }
            switch question.kind {
            case .largest(_, let all): return all.flatMap { text(id, place, $0) }
            case .one(_, _, let others), .number(_, _, let others): return hints(others)
            case .statements(let all): return all.flatMap { text(id, place, $0.label) + text(id, place, $0.hint) }
            case .ordering(let things, _, let hint):
                return things.flatMap { text(id, place, $0.label) } + text(id, place, hint)
            case .cell(let cell): return hints(cell.others)
            }
        }
        let captions = figures.flatMap { figure in
            figure.captions[language].map {
                ProseText(section: figure.id, place: figure.place, language: language, text: $0)
            }
        }
        let variants = experiment.variants.flatMap { text($0.figure.id, $0.figure.place, $0.label) }
        return asked + captions + variants
    }

    /// Every run of text that readers of a language read.
    func texts(_ language: Language) -> [ProseText] {
        let head = [title, goal].enumerated().map { index, text in
            ProseText(
                section: index == 0 ? "title" : "goal", place: Place(file: file(language), line: index * 2 + 1),
                language: language, text: text[language])
        }
        return head + sections(language).flatMap(\.texts) + labels(language)
    }
}
