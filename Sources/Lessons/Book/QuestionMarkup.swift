import Drawing
import Pages
import Reading
import Wording

/// A question on a page, by its kind: choices, a field for a number, a list to put in order, a figure to point at.
///
/// Without a script the question, its choices and things, and the answer to open are there.
struct QuestionMarkup {
    let question: AnsweredQuestion
    let language: Language
    let prose: ProseMarkup
    /// What it is remembered by on its page.
    let name: String
    /// What stands above it; nil where its place says enough.
    var label: BookWords?
    /// The figure that is pointed at, for every screen; empty where it could not be drawn.
    var pointed: Pointed?

    /// A figure and which of its places are asked about.
    struct Pointed {
        let figures: [BookFigure]
        /// Of the chapter's figures, from one.
        let number: Int
    }

    var markup: Markup {
        Tag.div(.class("question"), .at(.dataKind, kind), .at(.dataName, name)) {
            if let label { Tag.p(.class("kicker")) { label[language] } }
            Tag.form(
                .at(.dataRight, BookWords.right[language]), .at(.dataWrong, BookWords.wrong[language]),
                .at(.dataSecond, BookWords.wrongTwice[language]), .at(.dataWord, unanswered[language])
            ) {
                Tag.fieldset {
                    Tag.legend { prose.inlines(question.question[language]) }
                    field
                }
                hints
                Tag.p(.class("verdict")) {
                    if kind != "cell" {
                        Tag.button(.at(.type, "submit"), .at(.hidden)) { BookWords.check[language] }
                    }
                    Tag.output(.at(.ariaLive, "polite"))
                    Tag.button(.class("again"), .at(.type, "button"), .at(.hidden)) { BookWords.again[language] }
                }
            }
            Tag.details(.class("answer")) {
                Tag.summary { BookWords.showAnswer[language] }
                answer
                prose.blocks(question.explanation[language])
            }
        }
    }

    private var kind: String {
        switch question.kind {
        case .number: "number"
        case .ordering: "ordering"
        case .cell where cells != nil: "cell"
        case .choice, .cell: "choice"
        }
    }

    /// What is said to whoever checks before answering.
    private var unanswered: BookWords {
        if case .number = question.kind { .typeFirst } else { .chooseFirst }
    }

    @MarkupBuilder private var field: [Markup] {
        switch question.kind {
        case .number(let number): self.number(number)
        case .ordering(let ordering): list(ordering)
        case .cell:
            if let cells { pointing(cells) } else { choices }
        case .choice: choices
        }
    }

    // MARK: Choices

    @MarkupBuilder private var choices: [Markup] {
        Markup.data("answers", .integers([question.right]))
        for (index, choice) in question.choices.enumerated() {
            Tag.label(.class("choice")) {
                Tag.input(.at(.type, "radio"), .at(.name, "answer"), .at(.value, "\(index)"))
                Tag.span(.class("choice-label")) { prose.inlines(choice.label[language]) }
                if let measure = choice.measure { Tag.span(.class("measure"), .at(.hidden)) { measure } }
                if let hint = choice.hint {
                    Tag.span(.class("hint"), .at(.hidden)) { prose.inlines(hint[language]) }
                }
            }
        }
    }

    // MARK: Numbers

    @MarkupBuilder private func number(_ number: AnsweredQuestion.Number) -> [Markup] {
        Markup.data(
            "answers",
            .object([
                "values": .array(([number.value] + number.traps.map(\.value)).map { .number($0[language]) }),
                "tolerance": .number(number.tolerance[language]), "percent": .bool(number.isPercent),
            ]))
        Tag.label(.class("typed"), .at(.hidden)) {
            Tag.span { BookWords.yourNumber[language] }
            Tag.input(
                .at(.type, "text"), .at(.name, "answer"), .at(.inputmode, "text"), .at(.autocomplete, "off"))
            if number.isPercent { Tag.span(.class("unit")) { "%" } }
        }
    }

    // MARK: Orders

    @MarkupBuilder private func list(_ ordering: AnsweredQuestion.Ordering) -> [Markup] {
        Markup.data("answers", .integers(ordering.order[language]))
        Tag.p(.class("manner"), .at(.hidden)) { BookWords.putInOrder[language] }
        Tag.ol(.class("ordering"), .at(.dataWord, BookWords.moved[language])) {
            for (index, item) in ordering.items.enumerated() {
                Tag.li(.class("thing"), .at(.dataName, "\(index)")) {
                    Tag.span(.class("grip"), .at(.ariaHidden, "true"), .at(.hidden)) { "⠿" }
                    Tag.span(.class("thing-label")) { prose.inlines(item.label[language]) }
                    Tag.span(.class("measure"), .at(.hidden)) { item.measure[language] }
                    Tag.span(.class("movers"), .at(.hidden)) {
                        move(item, "up", .moveUp, "↑")
                        move(item, "down", .moveDown, "↓")
                    }
                }
            }
        }
        Tag.span(.class("unseen moved"), .at(.ariaLive, "polite"))
    }

    private func move(
        _ item: AnsweredQuestion.Ordering.Item, _ name: String, _ label: BookWords, _ sign: String
    ) -> Markup {
        let words = label.text(language, ["label": Phrase(item.label[language].plainText)])
        return Tag.button(.at(.type, "button"), .at(.name, name), .at(.ariaLabel, words)) { sign }
    }

    // MARK: Pointing

    /// Of each screen's figure: the frame that has all cells, and the places of each; the right one's come first.
    private typealias Cells = [(figure: BookFigure, frame: Int, places: [[Int]])]

    private var cells: Cells? {
        guard case .cell(let cell) = question.kind, let pointed, !pointed.figures.isEmpty else { return nil }
        let wanted = ([cell.right] + cell.others.map(\.index)).map { Drawing.Tag(step: cell.step, index: $0[language]) }
        var cells: Cells = []
        for figure in pointed.figures {
            let found = figure.figure.frames.map { frame in
                wanted.map { tag in frame.hotSpots.indices.filter { frame.hotSpots[$0].tag == tag } }
            }
            let whole = found.lastIndex { places in places.allSatisfy { !$0.isEmpty } }
            guard let frame = whole ?? found.lastIndex(where: { $0.first?.isEmpty == false }) else { return nil }
            cells.append((figure, frame, found[frame]))
        }
        return cells
    }

    @MarkupBuilder private func pointing(_ cells: Cells) -> [Markup] {
        Markup.data("answers", .array(cells.map { .array($0.places.map { .integers($0) }) }))
        Tag.p(.class("manner"), .at(.hidden)) { BookWords.pointAt[language] }
        Tag.div(.class("placed")) {
            cells.compactMap { $0.figure.asked(frame: $0.frame, number: pointed?.number ?? 0, question: name) }
        }
    }

    // MARK: Hints and the answer

    /// For each known mistake, in its order; those of choices stand beside them.
    @MarkupBuilder private var hints: [Markup] {
        switch question.kind {
        case .number(let number): for trap in number.traps { hint(trap.hint) }
        case .ordering(let ordering): hint(ordering.hint)
        case .cell(let cell) where cells != nil: for other in cell.others { hint(other.hint) }
        case .choice, .cell: Markup.group([])
        }
    }

    private func hint(_ hint: Question.Hint?) -> Markup {
        Tag.p(.class("hint"), .at(.hidden)) { if let hint { prose.inlines(hint[language]) } }
    }

    @MarkupBuilder private var answer: [Markup] {
        switch question.kind {
        case .ordering(let ordering):
            Tag.p { Tag.strong { BookWords.answer[language] } }
            Tag.ol {
                for place in ordering.order[language] where ordering.items.indices.contains(place) {
                    Tag.li {
                        prose.inlines(ordering.items[place].label[language])
                        " · \(ordering.items[place].measure[language])"
                    }
                }
            }
        case .cell, .number, .choice:
            Tag.p {
                Tag.strong { BookWords.answer[language] }
                if let spot = rightSpot {
                    [spot.words, spot.value ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
                } else if question.choices.indices.contains(question.right) {
                    prose.inlines(question.choices[question.right].label[language])
                    if let measure = question.choices[question.right].measure { " · \(measure)" }
                }
            }
        }
    }

    private var rightSpot: HotSpot? {
        guard let first = cells?.first, let place = first.places.first?.first else { return nil }
        return first.figure.figure.frames[first.frame].hotSpots[place]
    }

    // MARK: What gives it away

    func isGivenAway(by block: Block) -> Bool { question.isGivenAway(by: block, in: language) }
}
