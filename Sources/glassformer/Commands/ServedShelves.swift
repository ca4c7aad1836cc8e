import Decks
import Drawing
import Foundation
import Lessons
import Models
import Page
import Pages
import Reading
import Serving
import Subjects
import Tracing
import Wording
import Workbooks

/// What `serve` shows: every shipped model and chapter, the book where it was built, and what was asked for.
struct ServedShelves: Sendable {
    /// What the first page shows.
    enum Shown: Sendable {
        case model(String, text: String?)
        case subject(Subject)
        case lesson(String)
        /// What learns in the page itself.
        case playground
    }

    private let home: Home
    private let page: PageFile
    private let book: String?
    private let language: Language?
    private let course: Course

    /// - Parameter book: a folder that was built; nil for the usual one.
    init(book: String?, language: Language?) throws {
        home = try .locate()
        page = try PageFile(home: home, needsProgram: false)
        let (course, broken) = try LessonsCommand.Shelves().read()
        broken.map(Finding.init).report()
        self.course = course
        self.language = language
        if let book {
            // A wrong name is said now, not when the book is opened.
            guard Place.exists(book + "/index.html") else {
                throw CommandProblem.unreadable(path: book + "/index.html", reason: SystemReason.missing.phrase)
            }
            self.book = book
        } else {
            self.book = ["output/book", home.path + "/output/book", home.path + "/output/web/book"]
                .first { Place.exists($0 + "/index.html") }
        }
    }

    func chapter(_ id: String) throws -> Chapter {
        guard let chapter = ChapterID(id).flatMap({ course.chapter($0) }) else {
            throw CommandProblem.unknownLesson(id, known: course.chapters.map { "\($0.id)" })
        }
        return chapter
    }

    func site(first: Shown?) throws -> Site {
        var site = Site()
        for part in try page.parts() { site.files[part.name] = ServedFile(part.name, .bytes(part.bytes)) }
        if page.hasProgram {
            site.files[PageServer.program] = ServedFile("program.js", .later { [page] in try page.sharedProgram() })
        }
        var entries = SiteIndex()
        for name in ModelLibrary(home: home).names {
            site.sources[name] = Self.model(name)
            site.pages["models/\(name)"] = page(.model(name, text: nil))
            entries.models.append(SiteIndex.Entry(path: "models/\(name)", title: Phrase(name)))
        }
        if page.hasProgram {
            site.pages["models/playground"] = page(.playground)
            entries.models.append(SiteIndex.Entry(path: "models/playground", title: PageText.playground.phrase))
        }
        for chapter in course.chapters {
            let path = "lessons/\(chapter.pageName)"
            site.pages[path] = page(.lesson(chapter.pageName))
            entries.add(
                SiteIndex.Entry(path: path, title: Phrase(en: chapter.shown(.english), zh: chapter.shown(.chinese))),
                to: course.parts.first { $0.number == chapter.part }?.title)
        }
        addBook(to: &site)
        if site.files["book/index.html"] != nil {
            entries.parts.insert(
                (PageText.book.phrase, [SiteIndex.Entry(path: "book/", title: course.title)]), at: 0)
        }
        site.files["web/index.css"] = ServedFile("index.css", .bytes(Array(SiteIndex.styles.utf8)))
        let index = entries
        site.pages["all"] = ServedPage { server in index.page(style: .file(server.root + "web/index.css"), policy: nil)
        }
        site.pages[""] = try first.map { try open($0, in: &site) } ?? site.pages["all"]
        site.takers = Takers.all(home)
        return site
    }

    /// Makes sure of it before the server begins, and shows it.
    private func open(_ first: Shown, in site: inout Site) throws -> ServedPage {
        switch first {
        case .model(let name, _):
            // Not under its folder's path: the reader's page calls it by this name.
            _ = try Shelf.load(name)
            site.sources[Self.sourceName(name)] = Self.model(name)
        case .subject(let subject):
            site.sources["run"] = ServedSource { .over(subject) }
            // A training's pictures are drawn now: nobody waits for them before an empty window.
            let made = try content(first, language)
            return ServedPage { [page] server in try page.html(made, server: server) }
        case .lesson, .playground: break
        }
        return page(first)
    }

    private static func model(_ name: String) -> ServedSource { ServedSource { .model(try Shelf.load(name)) } }

    private static func sourceName(_ model: String) -> String {
        model.split(separator: "/").last.map { String($0) } ?? model
    }

    private func page(_ shown: Shown) -> ServedPage {
        ServedPage { [page, language] server in try page.html(try content(shown, language), server: server) }
    }

    private func content(_ shown: Shown, _ language: Language?) throws -> PageContent {
        switch shown {
        case .model(let name, let text):
            let model = try Shelf.load(name)
            return try PageContent(
                served: Self.sourceName(name), folder: Shelf.folder(name), reads: model.tokenizer != nil, text: text,
                language: language)
        case .subject(let subject): return try PageContent(served: "run", subject, language: language)
        case .playground: return PageContent(room: .playground, language: language)
        case .lesson(let name):
            guard let chapter = course.chapters.first(where: { $0.pageName == name }) else {
                throw CommandProblem.unknownLesson(name, known: course.chapters.map { "\($0.id)" })
            }
            let live = try LessonsCommand.Shelves().live(chapter)
            return try PageContent(
                served: live.title[language ?? Console.language], lesson: live.json, models: live.models,
                slides: { live.slides[$0] }, language: language)
        }
    }

    /// The book's files by name: what is not among them is not served, whatever a request says.
    private func addBook(to site: inout Site) {
        guard let book, let files = FileManager.default.enumerator(atPath: book) else { return }
        for case let name as String in files {
            var isFolder: ObjCBool = false
            let path = book + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
                !name.split(separator: "/").contains(where: { $0.hasPrefix(".") })
            else { continue }
            site.files["book/" + name] = ServedFile(name, .disk(path), policy: .book)
        }
        site.files["book/"] = site.files["book/index.html"]
        for (name, file) in site.files where name.hasPrefix("book/") && name.hasSuffix("/index.html") {
            site.files[String(name.dropLast("index.html".count))] = file
        }
    }
}

extension Chapter {
    /// `1.11 Self-attention`
    fileprivate func shown(_ language: Language) -> String { "\(id) \(title[language].plainText)" }
}

/// What is taken away of a whole text, by the writers of the commands.
private enum Takers {
    static func all(_ home: Home) -> [String: Taker] {
        [
            "pptx": { try deck($0).pptx() },
            "xlsx": { order in
                guard let traced = order.subject.traced else {
                    throw Failure(SubjectError.noTrace(subject: order.subject.title))
                }
                return try Workbook(
                    traced, title: order.subject.title,
                    selection: WorkbookSelection(
                        layer: order.members["layer"]?.integer, head: order.members["head"]?.integer),
                    language: order.language
                ).file().0
            },
            "safetensors": { [UInt8](try TraceFile.data(of: $0.subject.trace)) },
            "html": { order in
                let page = try PageFile(home: home)
                guard let model = order.model, order.isPlain else {
                    return try page.html(PageContent(order.subject, language: order.language))
                }
                return try page.html(
                    PageContent(folder: model.folder, text: order.subject.title, language: order.language))
            },
        ]
    }

    private static func deck(_ order: TakeOrder) throws -> Deck {
        let theme = Theme.named(Theme.Mode(rawValue: order.theme) ?? .light)
        var look = Look()
        look.figures = order.members["figures"]?.texts ?? []
        look.layer = order.members["layer"]?.integer
        look.head = order.members["head"]?.integer
        var style = SlideStyle(size: Deck.size, theme: theme)
        style.language = order.language
        let made = try SubjectDeck(
            subject: order.subject, look: look, style: style, choice: look.figures.isEmpty ? .story : .named,
            command: { _ in "" }
        ).slides(progress: ProgressBar("", isQuiet: true))
        return Deck(title: order.subject.title, language: order.language, theme: theme, slides: made.slides)
    }
}

extension TakeOrder {
    /// Whether the text is what it was typed as, nothing changed.
    fileprivate var isPlain: Bool {
        let about = members["about"]?.members ?? [:]
        return about.keys.allSatisfy { ["text", "ids"].contains($0) }
    }
}
