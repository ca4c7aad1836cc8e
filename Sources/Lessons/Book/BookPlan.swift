import Foundation
import Synchronization
import Wording

/// Which chapters of a book are made and which stay as they are.
struct BookPlan {
    private let course: Course
    private let languages: [Language]
    private let engine: String
    private let only: Set<ChapterID>
    private let earlier: [ChapterID: BookLedger.Entry]
    /// The chapters that the book has or will have, as far as is known.
    private(set) var chapters: [Chapter]

    init<Source>(course: Course, setting: Book<Source>.Setting, place: BookFolder) {
        self.course = course
        languages = setting.languages
        engine = setting.engine
        only = setting.only
        earlier = place.ledger?.chapters.filter { place.isWhole($0.value) } ?? [:]
        chapters = course.chapters.filter { [only, earlier] chapter in
            only.isEmpty || only.contains(chapter.id) || earlier[chapter.id] != nil
        }
    }

    /// What stays.
    var kept: [ChapterID: BookLedger.Entry] {
        earlier.filter { id, _ in chapters.contains { $0.id == id && !isDue($0) } }
    }

    private func isDue(_ chapter: Chapter) -> Bool {
        guard let entry = earlier[chapter.id] else { return true }
        return only.isEmpty ? entry.key != key(chapter) : only.contains(chapter.id)
    }

    /// Asks the engine what the chapters that are due ask, on all cores; those without an answer leave the plan.
    mutating func answer(_ source: some FigureSource) -> (chapters: [AnsweredChapter], findings: [Finding]) {
        let results = Mutex<[ChapterID: Result<AnsweredChapter, any Error>]>([:])
        var due = chapters.filter(isDue)
        while !due.isEmpty {
            let asked = due
            let course = course
            DispatchQueue.concurrentPerform(iterations: asked.count) { index in
                let result = Result {
                    let chapter = try asked[index].answered(by: source, in: course)
                    // A formula that cannot be set is a mistake of its chapter alone.
                    for key in chapter.formulaKeys { _ = try source.formula(key.notation, display: key.isDisplayed) }
                    return chapter
                }
                results.withLock { $0[asked[index].id] = result }
            }
            let known = results.withLock { $0 }
            let broken = asked.filter { if case .failure? = known[$0.id] { true } else { false } }.map(\.id)
            chapters.removeAll { broken.contains($0.id) }
            // Pages that lead to what is no longer there.
            due = broken.isEmpty ? [] : chapters.filter { known[$0.id] == nil && isDue($0) }
        }
        let known = results.withLock { $0 }
        var answered: [AnsweredChapter] = []
        var findings: [Finding] = []
        for chapter in course.chapters {
            switch known[chapter.id] {
            case .success(let one): answered.append(one)
            case .failure(let error): findings.append(Finding(error, of: chapter))
            case nil: break
            }
        }
        return (answered, findings)
    }

    // MARK: Keys

    /// Of all that a chapter's pages and pictures are made from: the engine, the chapter's files, the course's own, and
    /// what the pages say of other chapters.
    func key(_ chapter: Chapter) -> String {
        var hash = ContentHash()
        hash.add(engine)
        hash.add(Self.version)
        hash.add(languages.map(\.rawValue).joined(separator: " "))
        hash.add(file: course.root.appendingPathComponent("course.yaml").path)
        // Every page leads to these.
        for name in BookPage.names {
            let pages = course.root.appendingPathComponent("pages/\(name)").path
            hash.add(Language.allCases.map { Self.firstLine(pages + "/\($0.rawValue).md") }.joined(separator: "\n"))
        }
        add(chapter, to: &hash)
        if let recalled = chapter.recall.flatMap({ course.chapter($0.chapter) }) { add(recalled, to: &hash) }
        let before = chapters.last { $0.id < chapter.id }
        let after = chapters.first { $0.id > chapter.id }
        for other in [before, after].map({ $0 })
            + chapter.mentioned.sorted().map({ id in chapters.first { $0.id == id } })
        {
            hash.add(other.map { "\($0.pageName) \($0.title.english.plainText) \($0.title.chinese.plainText)" } ?? "-")
        }
        return hash.text
    }

    private static func firstLine(_ path: String) -> String {
        let text = (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) }
        return text?.split(separator: "\n").first.map(String.init) ?? "-"
    }

    private func add(_ chapter: Chapter, to hash: inout ContentHash) {
        let folder = course.root.appendingPathComponent(chapter.folder).path
        for name in ["chapter.yaml"] + Language.allCases.map({ "\($0.rawValue).md" }) {
            hash.add(file: folder + "/" + name)
        }
    }

    /// Of what pages are made of, for a book of an earlier program that cannot be told by its engine.
    private static let version = "book 3"
}

extension Chapter {
    /// Other chapters that its pages name or lead to.
    var mentioned: Set<ChapterID> {
        var ids = Set(needs)
        func add(_ text: [Inline]) {
            for case .link(_, .chapter(let id, _)) in text.flatMap(\.all) { ids.insert(id) }
        }
        for language in Language.allCases {
            add(goal[language])
            for block in steps.flatMap({ $0.prose[language] }) + experiment.prose[language] {
                block.inlines.forEach(add)
            }
            for question in questions {
                add(question.question[language])
                for block in question.explanation[language] { block.inlines.forEach(add) }
            }
        }
        ids.remove(id)
        return ids
    }
}
