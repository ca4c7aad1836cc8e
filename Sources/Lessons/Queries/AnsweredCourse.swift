import Foundation
import Synchronization

extension Course {
    /// Every chapter with its answers, asked on all cores; and what keeps the others from having them.
    package func answered(by source: some FigureSource) -> (chapters: [AnsweredChapter], findings: [Finding]) {
        let results = Mutex<[ChapterID: Result<AnsweredChapter, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: chapters.count) { index in
            let chapter = chapters[index]
            let result = Result {
                let answered = try chapter.answered(by: source, in: self)
                // A formula that cannot be set is a mistake of its chapter alone.
                for key in answered.formulaKeys { _ = try source.formula(key.notation, display: key.isDisplayed) }
                return answered
            }
            results.withLock { $0[chapter.id] = result }
        }
        let known = results.withLock { $0 }
        var answered: [AnsweredChapter] = []
        var findings: [Finding] = []
        for chapter in chapters {
            switch known[chapter.id] {
            case .success(let one): answered.append(one)
            case .failure(let error): findings.append(Finding(error, of: chapter))
            case nil: break
            }
        }
        return (answered, findings)
    }
}
