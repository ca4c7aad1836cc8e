import Drawing
import Figures
import Models
import Reading
import Subjects
import Tensors
import Tracing
import Wording

/// Who answers a page that does not compute by itself.
package struct PageServer: Sendable {
    /// What a page may be to others in the room.
    package enum Room: String, Sendable, Hashable {
        /// Its place is shown to the others.
        case lead
        /// It may go where the leading page goes.
        case follow
    }

    /// From the page to the server's root: empty, or `../`.
    package var root: String
    package var room: Room?

    package init(root: String, room: Room? = nil) { (self.root, self.room) = (root, room) }

    package static let folder = "web/"
    package static let style = folder + "page.css"
    package static let script = folder + "app.js"
    package static let program = folder + "program.js"
    package static let nearest = folder + "nearest.js"
    /// What is asked, at the server's root.
    package static let addresses = ["ask", "tensor", "take", "follow", "vote"]

    var json: JSONText {
        .members(
            Self.addresses.map { ($0, .text(root + $0)) } + [("room", room.map { .text($0.rawValue) } ?? .null)])
    }
}

extension PageContent {
    /// A model that a server asks; of any size.
    ///
    /// - Parameters:
    ///   - name: what the page's questions call it.
    ///   - folder: the model's.
    ///   - text: what the page shows first; a text that fits the model where there is none.
    package init(served name: String, folder: String, reads: Bool, text: String?, language: Language?) {
        self.init(title: name, language: language)
        start = text ?? (reads ? StartText(folder: .disk(folder), language: language ?? .english).text : "1, 2, 3")
        sources = [Source(name: name, kind: .model, files: [])]
    }

    /// A subject that is over, whose steps a server holds.
    /// - Throws: ``PageFileError/nothingToShow(name:)``, what drawing throws.
    package init(served name: String, _ subject: Subject, language: Language?) throws {
        self.init(title: subject.title, language: language)
        if subject.traced != nil { sources = [Source(name: name, kind: .run, files: [])] }
        if !subject.slides.isEmpty { slides = try DrawnSlides { _ in subject.slides } }
        guard !sources.isEmpty || slides != nil else { throw Failure(PageFileError.nothingToShow(name: subject.title)) }
    }

    /// A chapter whose models a server asks.
    /// - Throws: what drawing throws.
    package init(
        served title: String, lesson: JSONText, models: [String], slides: (Language) -> [Slide], language: Language?
    ) throws {
        self.init(title: title, language: language)
        self.lesson = lesson
        sources = models.map { Source(name: $0, kind: .model, files: []) }
        if Language.allCases.contains(where: { !slides($0).isEmpty }) { self.slides = try DrawnSlides(slides) }
    }
}
