import Drawing
import Foundation
import Lessons
import Models
import Page
import Pages
import Reading
import Subjects
import Wording

/// A folder for a static host, or a stick: the live page of every shipped model and of every chapter, which share one
/// program and the models; an index of them, and of the book where it lies in `book`.
struct PageSite {
    private let page: PageFile
    private let shelves: LessonsCommand.Shelves
    private let isQuiet: Bool

    init(isQuiet: Bool) throws {
        shelves = try LessonsCommand.Shelves()
        page = try PageFile(home: shelves.home)
        self.isQuiet = isQuiet
    }

    private struct Entry {
        var path: String
        var title: Phrase
    }

    /// - Throws: what making a page throws.
    func write(to folder: OutputFolder) throws {
        var shared: Set<String> = []
        try folder.write(page.sharedProgram(), as: "shared/program.js")
        func write(_ content: PageContent, as path: String) throws {
            for model in try page.sharedModels(of: content) where shared.insert(model.name).inserted {
                try folder.write(model.script, as: "shared/\(model.name).js")
            }
            try folder.write(page.html(content, sharing: "../shared"), as: path)
        }
        var models: [Entry] = []
        for name in ModelLibrary(home: shelves.home).names {
            let entry = Entry(path: "models/\(name).html", title: Phrase(name))
            try write(PageContent(folder: Shelf.folder(name), text: nil, language: nil), as: entry.path)
            models.append(entry)
        }
        let course = try shelves.read().course
        var parts: [(title: Phrase, chapters: [Entry])] = []
        let progress = ProgressBar(PageText.writing.text, isQuiet: isQuiet)
        for (place, chapter) in course.chapters.enumerated() {
            let live = try shelves.live(chapter)
            let entry = Entry(path: "lessons/\(chapter.pageName).html", title: live.title)
            try write(shelves.content(live, language: nil), as: entry.path)
            if let part = course.parts.first(where: { $0.number == chapter.part })?.title {
                if parts.last?.title != part { parts.append((part, [])) }
                parts[parts.count - 1].chapters.append(entry)
            }
            progress.update(place + 1, of: course.chapters.count)
        }
        progress.finish()
        if Place.exists(folder.path + "/book/index.html") {
            parts.insert((PageText.book.phrase, [Entry(path: "book/index.html", title: course.title)]), at: 0)
        }
        try folder.write(index(models, parts), as: "index.html")
    }

    // MARK: Index

    private func index(_ models: [Entry], _ parts: [(title: Phrase, chapters: [Entry])]) -> [UInt8] {
        var document = Document(language: .english)
        document.policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        document.styles = [.text(Kit.colors(.light) + Kit.base + Self.style)]
        document.mode = .light
        return document.page {
            Tag.main {
                Tag.h1 { "Glassformer" }
                section(PageText.models.phrase, models)
                for part in parts { section(part.title, part.chapters) }
            }
        }
    }

    private func section(_ title: Phrase, _ entries: [Entry]) -> Markup {
        Tag.section {
            Tag.h2 { both(title) }
            Tag.ul { for entry in entries { Tag.li { Tag.a(.href(entry.path)) { both(entry.title) } } } }
        }
    }

    @MarkupBuilder private func both(_ title: Phrase) -> [Markup] {
        Markup.text(title.english)
        if title.chinese != title.english { Tag.span(.at(.lang, "zh-Hans")) { title.chinese } }
    }

    private static let style = """
        main { max-width: 880px; margin: 0 auto; padding: 40px 24px 80px; }
        h1 { font-size: 34px; letter-spacing: -.02em; }
        h2 { margin: 34px 0 10px; font-size: 19px; }
        ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(380px, 100%), 1fr)); gap: 8px; margin: 0; padding: 0; list-style: none; }
        a { display: block; padding: 12px 16px; border: 1px solid var(--line); border-radius: 11px; background: var(--paper); color: var(--ink); text-decoration: none; }
        a:hover { border-color: var(--highlight); }
        h2 span, a span { margin-left: 10px; color: var(--muted); font-weight: 400; }
        """
}
