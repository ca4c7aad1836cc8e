import ArgumentParser
import Foundation
import Lessons
import Models
import Reading
import Wording

/// `glassformer lessons`: the course.
struct LessonsCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "lessons", abstract: LessonsText.abstract.phrase, discussion: LessonsText.discussion.phrase,
        examples: ["glassformer lessons walk", "glassformer lessons list", "glassformer lessons show 1.1"],
        subcommands: [List.self, Show.self, Walk.self, Quiz.self, Build.self, Check.self, Queries.self],
        standard: List.self)

    /// What the course is read from and answered by.
    struct Shelves {
        let home: Home
        let course: URL
        let engine: ModelEngine

        init() throws {
            home = try .locate()
            course = URL(fileURLWithPath: home.lessons, isDirectory: true)
            engine = ModelEngine(home: home)
        }
    }

    /// `glassformer lessons list`
    struct List: GuidedCommand {
        static let guide = CommandGuide(
            name: "list", abstract: LessonsText.listAbstract.phrase,
            examples: ["glassformer lessons list", "glassformer lessons list --json"])

        @OptionGroup var facts: FactOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let (course, broken) = try Course.loadKeeping(
                URL(fileURLWithPath: Home.locate().lessons, isDirectory: true))
            broken.map(Finding.init).report()
            let listing = course.listing(in: Console.language)
            if facts.json {
                let entries = JSONText.objects(listing) { entry in
                    [
                        "id": .text(entry.id), "part": .integer(entry.part), "title": .text(entry.title),
                        "document": .text(entry.document), "section": .text(entry.section),
                        "steps": .integer(entry.steps),
                    ]
                }
                return try StandardOutput.write(entries.page)
            }
            var text = common.style.strong(course.title.text) + "\n"
            for part in course.parts {
                let chapters = listing.filter { $0.part == part.number }
                guard !chapters.isEmpty else { continue }
                text += "\n" + part.title.text + "\n"
                var table = TextTable([.left, .left, .left])
                for chapter in chapters {
                    table.add(
                        "  " + chapter.id, chapter.title,
                        common.style.dim(LessonsText.steps.text(["count": "\(chapter.steps)"])))
                }
                text += table.text(style: common.style)
            }
            try StandardOutput.write(text)
        }
    }

    /// `glassformer lessons show ID`
    struct Show: GuidedCommand {
        static let guide = CommandGuide(
            name: "show", abstract: LessonsText.showAbstract.phrase, examples: ["glassformer lessons show 1.9"])

        @ArgumentParser.Argument(help: LessonsText.id.help("id"))
        var id: String

        @Flag(name: .long, help: LessonsText.answers.help)
        var answers = false

        @OptionGroup var pictures: PictureOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let shelves = try Shelves()
            let chapter = try shelves.chapter(id, of: shelves.read())
            do {
                let screen = common.screen(pictures.pictures)
                // Its escapes are its own, its texts are shown.
                try StandardOutput.write(
                    TerminalChapter(chapter.answered(by: shelves.engine), source: shelves.engine, screen: screen)
                        .whole(answers: answers))
            } catch let error as CommandProblem {
                throw error
            } catch {
                throw CommandProblem.chapter(Finding(error, of: chapter).line)
            }
        }
    }

    /// `glassformer lessons check`
    struct Check: GuidedCommand {
        static let guide = CommandGuide(
            name: "check", abstract: LessonsText.checkAbstract.phrase, discussion: LessonsText.checkDiscussion.phrase,
            examples: ["glassformer lessons check", "glassformer lessons check --only 1.3"])

        @Option(name: .long, help: LessonsText.checkOnly.help("id"))
        var only: [String] = []

        @OptionGroup var facts: FactOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let shelves = try Shelves()
            let ids = try only.map { id in
                guard let known = ChapterID(id) else { throw CommandProblem.unknownLesson(id, known: ["1.1 …"]) }
                return known
            }
            let findings = Course.check(
                shelves.course, source: shelves.engine, only: Set(ids),
                parse: { words in _ = try Glassformer.parseAsRoot(words) }, program: LessonsProgram())
            if facts.json {
                let values = JSONText.objects(findings) {
                    ["place": .text($0.place), "message": .text($0.message.text)]
                }
                try StandardOutput.write(values.page)
            } else {
                for finding in findings { try StandardOutput.write(finding.line.text.message + "\n") }
                if findings.isEmpty, !common.quiet { try StandardOutput.write(LessonsText.sound.text + "\n") }
            }
            guard findings.isEmpty else { throw CommandProblem.findings(count: findings.count) }
        }
    }
}

extension LessonsCommand.Shelves {
    /// The course as far as it can be read, and what is wrong with the rest.
    func read() throws -> (course: Course, broken: [LessonError]) { try Course.loadKeeping(course) }

    /// A chapter by its number, every broken one named.
    /// - Throws: why it cannot be read, or that there is none.
    func chapter(_ id: String, of read: (course: Course, broken: [LessonError])) throws -> Chapter {
        guard let chapter = ChapterID(id).flatMap({ read.course.chapter($0) }) else {
            if let own = read.broken.first(where: { $0.file.contains("/\(id)-") }) { throw own }
            throw CommandProblem.unknownLesson(id, known: read.course.chapters.map { "\($0.id)" })
        }
        read.broken.map(Finding.init).report()
        return chapter
    }
}

extension [Finding] {
    /// Says on standard error, a line each, what is wrong with the course; the rest of it is there.
    func report() { for finding in self { StandardError.write(finding.line.text + "\n") } }
}
