import ArgumentParser
import Foundation
import Lessons
import Models
import Reading
import Wording

extension LessonsCommand {
    /// `glassformer lessons build`
    struct Build: GuidedCommand {
        static let guide = CommandGuide(
            name: "build", abstract: LessonsText.buildAbstract.phrase, discussion: LessonsText.buildDiscussion.phrase,
            examples: [
                "glassformer lessons build --out book", "glassformer lessons build --only 1.9 --out book",
                "glassformer lessons build --only 1.9 --format pdf --out book-pdf",
            ])

        @Option(name: [.short, .long], help: LessonsText.out.help("folder"), transform: OutputPath.folder)
        var out = "output/book"

        @Option(name: .long, help: LessonsText.format.help)
        var format: CourseFormat = .html

        @Option(name: .long, help: LessonsText.only.help("id"))
        var only: [String] = []

        @OptionGroup var writing: WritingOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let shelves = try Shelves()
            let (course, broken) = try shelves.read()
            let wanted = try only.flatMap { $0.split(separator: ",") }.map {
                try shelves.wanted(String($0), course, broken)
            }
            if course.chapters.isEmpty, let first = broken.first { throw first }
            let progress = ProgressBar(LessonsText.building.text, isQuiet: common.quiet)
            defer { progress.finish() }
            // The reader's language comes first; the book holds them all.
            guard format == .html else { return try writeBooks(course, broken, wanted, shelves, progress) }
            let languages = [Console.language] + Language.allCases.filter { $0 != Console.language }
            let setting = Book<ModelEngine>.Setting(
                languages: languages, mayReplace: writing.force, only: Set(wanted),
                engine: Self.engine(shelves.home))
            let summary = try Book(course, source: shelves.engine).write(
                to: URL(fileURLWithPath: out, isDirectory: true), setting
            ) { progress.update($0.done, of: $0.total, note: $0.what) }
            progress.finish()
            let findings = broken.map(Finding.init) + summary.findings
            findings.report()
            if !common.quiet {
                try StandardOutput.write(
                    LessonsText.built.text([
                        "folder": Phrase(out), "pages": "\(summary.pages)", "figures": "\(summary.figures)",
                        "written": "\(summary.written)",
                    ]) + "\n" + DrawText.open.text(["file": Phrase(out + "/index.html")]) + "\n")
            }
            guard findings.isEmpty else { throw CommandProblem.findings(count: findings.count) }
        }

        /// A file for each language: an electronic book, or one to print.
        private func writeBooks(
            _ course: Course, _ broken: [LessonError], _ wanted: [ChapterID], _ shelves: Shelves,
            _ progress: ProgressBar
        ) throws {
            let folder = try OutputFolder(
                out, mayReplace: writing.force, isOurs: { $0.hasPrefix("glassformer-course.") })
            let kept = wanted.isEmpty ? course : course.keeping(course.chapters.filter { wanted.contains($0.id) })
            let (answered, unanswered) = kept.answered(by: shelves.engine)
            var findings = broken.map(Finding.init) + unanswered
            guard !answered.isEmpty else { throw BookError.noChapter(findings.first) }
            for language in Language.allCases {
                let note: @Sendable (Int, Int) -> Void = { progress.update($0, of: $1, note: language.rawValue) }
                let (bytes, own) = try bytes(kept, answered, shelves.engine, language, note)
                findings += own
                try folder.write(bytes, as: "glassformer-course.\(language.rawValue).\(format.rawValue)")
            }
            try folder.commit()
            progress.finish()
            findings.report()
            if !common.quiet { try StandardOutput.write(out + "\n") }
            guard findings.isEmpty else { throw CommandProblem.findings(count: findings.count) }
        }

        private func bytes(
            _ course: Course, _ answered: [AnsweredChapter], _ engine: ModelEngine, _ language: Language,
            _ progress: @Sendable @escaping (Int, Int) -> Void
        ) throws -> ([UInt8], [Finding]) {
            if format == .pdf {
                let book = PrintedBook(course, answered: answered, source: engine, language: language)
                let made = try book.make(progress: progress)
                return (made.bytes, made.findings)
            }
            let book = try ElectronicBook(course, answered: answered, source: engine, language: language)
                .bytes(progress: progress)
            return (book.bytes, book.findings)
        }

        /// This program, as its file is, and what it draws from.
        private static func engine(_ home: Home) -> String {
            var hash = ContentHash()
            let program = Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
            let facts = try? FileManager.default.attributesOfItem(atPath: program)
            let time = (facts?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
            hash.add("\(facts?[.size] as? Int ?? 0) \(time)")
            for folder in ["models", "recipes", "corpora"] { hash.add(folder: home.path + "/fixtures/" + folder) }
            return hash.text
        }
    }
}

extension LessonsCommand.Shelves {
    /// A chapter that is asked for by its number.
    fileprivate func wanted(_ id: String, _ course: Course, _ broken: [LessonError]) throws -> ChapterID {
        guard let chapter = ChapterID(id).flatMap({ course.chapter($0) }) else {
            if let own = broken.first(where: { $0.file.contains("/\(id)-") }) { throw own }
            throw CommandProblem.unknownLesson(id, known: course.chapters.map { "\($0.id)" })
        }
        return chapter.id
    }
}

/// What the course is written as.
enum CourseFormat: String, CaseIterable, ExpressibleByArgument {
    case html, pdf, epub
}
