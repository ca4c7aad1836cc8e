import Wording

/// Whether a chapter's questions can be asked: one right answer, and a hint for every wrong one.
struct QuestionCheck<Source: FigureSource> {
    let chapter: Chapter
    let source: Source

    func findings() -> [Finding] {
        let answering = Answering(source: source, folder: chapter.folder)
        return chapter.questions.flatMap { question -> [Finding] in
            let place = "\(question.place) {#\(question.id)}"
            do {
                return try missing(in: answering.question(question), question).map {
                    CheckWords.hintMissing.finding(at: place, ["what": Phrase($0)])
                }
                    + cells(of: question, at: place)
            } catch {
                return [CheckWords.quizFails.finding(at: place, ["reason": Finding.reason(error)])]
            }
        }
    }

    /// Wrong answers that help nobody.
    private func missing(in answered: AnsweredQuestion, _ question: Question) -> [String] {
        switch answered.kind {
        case .choice(let choices, let right):
            return choices.enumerated().filter { $0.offset != right && $0.element.hint == nil }
                .map { $0.element.label.english.plainText }
        case .number(let number):
            if number.traps.isEmpty { return ["others"] }
            return number.traps.filter { $0.hint == nil }.map(\.shown.english)
        case .ordering(let ordering): return ordering.hint == nil ? ["hint"] : []
        case .cell(let cell):
            return cell.others.filter { $0.hint == nil }.map {
                $0.index.english.map(String.init).joined(separator: ",")
            }
        }
    }

    /// A figure that is pointed at is one of the chapter's.
    private func cells(of question: Question, at place: String) -> [Finding] {
        guard case .cell(let cell) = question.kind, !chapter.figures.contains(where: { $0.id == cell.figure }) else {
            return []
        }
        let known = chapter.figures.map(\.id).joined(separator: ", ")
        return [
            CheckWords.unknownFigure.finding(at: place, ["figure": Phrase(cell.figure), "expected": Phrase(known)])
        ]
    }
}
