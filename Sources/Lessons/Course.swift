import Foundation
import Reading
import Training
import Wording

/// The whole course, as read from its folder.
package struct Course: Sendable {
    /// The folder it was read from, which also holds the book's `assets`.
    package let root: URL
    package let title: Phrase
    package let parts: [Part]
    /// In reading order.
    package let chapters: [Chapter]

    package struct Part: Sendable, Hashable {
        package let number: Int
        package let title: Phrase
        /// The document that the part mirrors.
        package let document: String
    }

    /// The course as far as these chapters go.
    package func keeping(_ kept: [Chapter]) -> Course { Course(root: root, title: title, parts: parts, chapters: kept) }

    package func chapter(_ id: ChapterID) -> Chapter? { chapters.first { $0.id == id } }

    /// The chapter that comes before in reading order.
    package func chapter(before id: ChapterID) -> Chapter? { chapters.last { $0.id < id } }

    package func chapter(after id: ChapterID) -> Chapter? { chapters.first { $0.id > id } }

    /// Reads a course strictly: the first mistake in any file is thrown, with its file and line.
    ///
    /// - Parameter root: the folder that holds `course.yaml` and, for each part, a folder of chapters.
    /// - Throws: `LessonError`.
    package static func load(_ root: URL) throws -> Course {
        let (course, findings) = try loadKeeping(root)
        if let first = findings.first { throw first }
        return course
    }

    /// Reads what can be read, and every mistake in the rest: one for each broken chapter.
    ///
    /// - Throws: `LessonError` where not even the course's own file can be read.
    package static func loadKeeping(_ root: URL) throws -> (Course, [LessonError]) {
        let files = CourseFiles(root: root)
        let yaml = try YAMLReader.document(try files.text("course.yaml"), file: "course.yaml")
        try yaml.allow(["title", "parts", "glosses"])
        let title = try yaml.phrase("title")
        var parts: [Part] = []
        for part in try yaml.sections("parts") {
            try part.allow(["part", "title", "document"])
            let number = try part.integer("part")
            guard !parts.contains(where: { $0.number == number }) else {
                throw part.place(of: "part").error(.duplicateIdentifier, ["found": "\(number)"])
            }
            parts.append(
                Part(number: number, title: try part.phrase("title"), document: try part.text("document")))
        }
        let glosses = yaml.has("glosses") ? try Glosses.read(yaml.section("glosses")) : Glosses()
        var chapters: [Chapter] = []
        var errors: [LessonError] = []
        let (folders, unread) = try files.chapterFolders()
        errors += unread
        for folder in folders {
            do {
                let chapter = try ChapterLoader(files: files, folder: folder, parts: parts, glosses: glosses).load()
                if let other = chapters.first(where: { $0.id == chapter.id }) {
                    throw LessonError(.duplicateIdentifier, file: chapter.dataFile, ["found": "\(other.id)"])
                }
                chapters.append(chapter)
            } catch {
                errors.append(
                    error as? LessonError
                        ?? LessonError(.unreadableFile, file: folder, ["found": Finding.reason(error)]))
            }
        }
        chapters.sort { $0.id < $1.id }
        let course = Course(root: root, title: title, parts: parts, chapters: chapters)
        return (course, errors + course.brokenNeeds() + course.brokenRecalls())
    }

    /// Questions asked again that no earlier chapter asks; a chapter that is not written yet is none.
    private func brokenRecalls() -> [LessonError] {
        chapters.compactMap { chapter in
            guard let recall = chapter.recall, let place = recall.place.value else { return nil }
            let isEarlier = recall.chapter < chapter.id || chapter.needs.contains(recall.chapter)
            guard let other = self.chapter(recall.chapter), question(recall) == nil || !isEarlier else { return nil }
            let known = other.questions.map(\.id)
            return place.error(
                .unknownQuestion,
                [
                    "found": Phrase("\(recall.chapter)#\(recall.question)"),
                    "expected": Phrase(known.joined(separator: ", ")),
                ])
        }
    }

    /// The question that a chapter begins with.
    package func question(_ recall: Recall) -> Question? {
        chapter(recall.chapter)?.questions.first { $0.id == recall.question }
    }

    /// Needs that name no chapter of an existing part, or that go in a circle.
    private func brokenNeeds() -> [LessonError] {
        chapters.flatMap { chapter -> [LessonError] in
            var errors = chapter.needs.filter { need in !parts.contains { $0.number == need.part } }
                .map { LessonError(.unknownChapter, file: chapter.dataFile, ["found": "\($0)"]) }
            var reached: Set<ChapterID> = []
            var open = chapter.needs
            while let next = open.popLast() {
                if reached.insert(next).inserted { open += self.chapter(next)?.needs ?? [] }
            }
            if reached.contains(chapter.id) {
                errors.append(LessonError(.needsItself, file: chapter.dataFile, ["found": "\(chapter.id)"]))
            }
            return errors
        }
    }
}

extension Course {
    /// One line of the table of contents, as `lessons list --json` prints it.
    package struct Listing: Codable, Sendable, Hashable {
        package var id: String
        package var part: Int
        package var title: String
        package var document: String
        package var section: String
        /// How many steps it has.
        package var steps: Int
    }

    package func listing(in language: Language) -> [Listing] {
        chapters.map { chapter in
            Listing(
                id: "\(chapter.id)", part: chapter.part, title: chapter.title[language].plainText,
                document: chapter.document.name, section: chapter.document.section[language],
                steps: chapter.steps.count)
        }
    }
}

/// The files of a course, by their paths from its root.
struct CourseFiles {
    let root: URL

    func text(_ path: String) throws -> String {
        let url = root.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw LessonError(.missingFile, file: path, ["expected": Phrase(path)])
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
        guard size <= Self.mostBytes else {
            throw LessonError(.tooLarge, file: path, ["found": "\(size)", "expected": "\(Self.mostBytes)"])
        }
        do throws(Failure) {
            return try PlainText.read(url.path)
        } catch {
            throw LessonError(.unreadableFile, file: path, ["found": error.explanation])
        }
    }

    /// No prose of a chapter comes near it, and a parser takes seconds for more.
    private static let mostBytes = 1 << 20

    /// `part-1/1.9-tokens-and-embeddings` and its like, in the order of their names, and the parts that cannot be read.
    func chapterFolders() throws -> ([String], [LessonError]) {
        var found: [String] = []
        var errors: [LessonError] = []
        for part in try folders(in: "") where part.hasPrefix("part-") {
            do {
                found += try folders(in: part).map { "\(part)/\($0)" }
            } catch let error as LessonError {
                errors.append(error)
            }
        }
        return (found, errors)
    }

    private func folders(in path: String) throws -> [String] {
        let url = path.isEmpty ? root : root.appendingPathComponent(path)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
            throw LessonError(.missingFolder, file: url.path, ["expected": Phrase("course.yaml, part-1/…")])
        }
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            let found = FileManager.default.fileExists(
                atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder)
            return found && isFolder.boolValue && !name.hasPrefix(".")
        }
    }
}
