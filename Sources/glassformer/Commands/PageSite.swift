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
        var index = SiteIndex()
        for name in ModelLibrary(home: shelves.home).names {
            let entry = SiteIndex.Entry(path: "models/\(name).html", title: Phrase(name))
            try write(PageContent(folder: Shelf.folder(name), text: nil, language: nil), as: entry.path)
            index.models.append(entry)
        }
        let playground = SiteIndex.Entry(path: "models/playground.html", title: PageText.playground.phrase)
        try write(PageContent(room: .playground, language: nil), as: playground.path)
        index.models.append(playground)
        let course = try shelves.read().course
        let progress = ProgressBar(PageText.writing.text, isQuiet: isQuiet)
        for (place, chapter) in course.chapters.enumerated() {
            let live = try shelves.live(chapter)
            let entry = SiteIndex.Entry(path: "lessons/\(chapter.pageName).html", title: live.title)
            try write(shelves.content(live, language: nil), as: entry.path)
            index.add(entry, to: course.parts.first { $0.number == chapter.part }?.title)
            progress.update(place + 1, of: course.chapters.count)
        }
        progress.finish()
        if Place.exists(folder.path + "/book/index.html") {
            index.parts.insert(
                (PageText.book.phrase, [SiteIndex.Entry(path: "book/index.html", title: course.title)]), at: 0)
        }
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        try folder.write(index.page(style: .text(SiteIndex.styles), policy: policy), as: "index.html")
    }
}
