import Drawing
import Models
import Pages
import Reading
import Rendering
import Subjects
import Wording

/// A chapter for the live page: its words as HTML, its figures as questions to a model that is in the page, or, where
/// the page cannot compute them, as slides to be drawn beforehand.
package struct LiveChapter {
    /// The steps, the experiment and the quiz, as the page's script reads them.
    package let json: JSONText
    package let title: Phrase
    /// The shipped models that figures ask.
    package let models: [String]
    /// What the page cannot compute, by its place.
    package let slides: Bilingual<[Slide]>

    private let chapter: AnsweredChapter
    private let engine: ModelEngine

    /// - Throws: what the engine throws for a formula, or for a figure that cannot be made.
    package init(_ chapter: AnsweredChapter, engine: ModelEngine) throws {
        self.chapter = chapter
        self.engine = engine
        let id = "\(chapter.chapter.id)"
        title = Phrase(
            en: "\(id) \(chapter.title[.english].plainText)", zh: "\(id) \(chapter.title[.chinese].plainText)")
        var formulas: [ProseMarkup.FormulaKey: TypesetFormula] = [:]
        for key in chapter.formulaKeys {
            formulas[key] = try engine.formula(key.notation, display: key.isDisplayed)
        }
        var figures = LiveFigures(engine: engine)
        var languages: [(String, JSONText)] = []
        for language in Language.allCases {
            let words = LiveWords(chapter: chapter, language: language, formulas: formulas)
            var steps: [JSONText] = []
            func add(
                _ id: String, _ title: String, _ html: String, _ shown: [AnsweredChapter.Figure], labels: [String] = []
            ) throws {
                let shown = try shown.enumerated().map { place, figure in
                    try figures.json(figure, language, label: labels.indices.contains(place) ? labels[place] : nil)
                }
                steps.append(
                    .object([
                        "id": .text(id), "title": .text(title), "html": .text(html), "figures": .array(shown),
                    ]))
            }
            for step in chapter.steps {
                try add(step.id, words.title(step.section), words.html(step), step.figures)
            }
            let experiment = chapter.experiment
            try add(
                ProseOutline.experiment, words.title(experiment.section), words.html(experiment),
                experiment.variants.map(\.figure), labels: experiment.variants.map { $0.label[language].plainText })
            try add(ProseOutline.quiz, BookWords.quiz[language], words.quiz, [])
            languages.append(
                (
                    language.rawValue,
                    .object(["title": .text(title[language]), "goal": .text(words.goal), "steps": .array(steps)])
                ))
        }
        json = .members(languages)
        models = figures.models
        slides = figures.slides
    }
}

/// What a chapter says, as HTML of one language.
private struct LiveWords {
    let chapter: AnsweredChapter
    let language: Language
    let formulas: [ProseMarkup.FormulaKey: TypesetFormula]

    private func prose(_ anchor: String) -> ProseMarkup {
        // Other chapters are not in the page.
        var prose = ProseMarkup(language: language, formulas: formulas, address: { _ in nil }, anchor: anchor)
        prose.facts = Dictionary(chapter.chapter.facts.map { ($0.name, $0) }) { first, _ in first }
        prose.glosses = chapter.chapter.glosses
        return prose
    }

    var goal: String { Markup.html(prose("goal").inlines(chapter.goal[language])) }

    func title(_ section: AnsweredChapter.Section) -> String { section.title[language].plainText }

    func html(_ step: AnsweredChapter.Step) -> String {
        let prose = prose(step.id)
        var parts = step.ask.map { [question($0, label: .askFirst)] } ?? []
        parts += prose.blocks(step.section.prose[language])
        parts += prose.shapes(step.shapes)
        return Markup.html(parts)
    }

    func html(_ experiment: AnsweredChapter.Experiment) -> String {
        let prose = prose(ProseOutline.experiment)
        return Markup.html(prose.blocks(experiment.section.prose[language]))
    }

    var quiz: String { Markup.html(chapter.quiz.map { question($0, label: nil) }) }

    private func question(_ question: AnsweredQuestion, label: BookWords?) -> Markup {
        QuestionMarkup(
            question: question, language: language, prose: prose("quiz-\(question.id)"), name: question.id,
            label: label
        ).markup
    }
}
