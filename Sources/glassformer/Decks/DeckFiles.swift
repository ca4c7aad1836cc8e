import Decks
import Dispatch
import Drawing
import Reading
import Synchronization
import Wording

/// Where a deck is written: one file, with its notes beside it where it is a PDF, or a folder of a file a slide.
final class DeckFiles {
    let path: String
    private let format: DeckFormat
    private let file: OutputFile?
    private let notes: (path: String, file: OutputFile)?
    private let folder: OutputFolder?
    /// In bytes, of what was written.
    private(set) var size = 0

    /// - Parameter path: with or without the format's ending; `-` for standard output.
    /// - Throws: what is in the way.
    init(_ path: String, _ format: DeckFormat, mayReplace: Bool) throws {
        self.format = format
        guard !format.isOfPages else {
            guard path != "-" else { throw CommandProblem.severalFiles }
            self.path = path
            folder = try OutputFolder(path, mayReplace: mayReplace, isOurs: { $0.hasPrefix("slide-") })
            (file, notes) = (nil, nil)
            return
        }
        let ending = "." + format.rawValue
        let stem = path.lowercased().hasSuffix(ending) ? String(path.dropLast(ending.count)) : path
        self.path = path == "-" ? path : stem + (stem == path ? ending : String(path.suffix(ending.count)))
        file = try OutputFile(self.path, mayReplace: mayReplace)
        folder = nil
        if format == .pdf, path != "-" {
            let own = stem + "-notes.pdf"
            notes = (own, try OutputFile(own, mayReplace: mayReplace))
        } else {
            notes = nil
        }
    }

    /// - Returns: the files, in order.
    func write(_ deck: Deck) throws -> [String] {
        if let folder {
            do {
                let names = try pages(deck, folder)
                try folder.commit()
                return names.map { path + "/" + $0 }
            } catch {
                folder.discard()
                throw error
            }
        }
        let bytes = try format == .pdf ? deck.pdf() : deck.pptx()
        // Both are there before either is written.
        let said = try notes.map { ($0, try deck.notesPDF()) }
        try file?.write(bytes)
        size = bytes.count
        guard let (notes, words) = said else { return [path] }
        try notes.file.write(words)
        return [path, notes.path]
    }

    private func pages(_ deck: Deck, _ folder: OutputFolder) throws -> [String] {
        let (count, format) = (deck.slides.count, format)
        let digits = max(2, "\(count)".count)
        let names = (1...max(count, 1)).map { number in
            let text = "\(number)"
            return "slide-" + String(repeating: "0", count: max(0, digits - text.count)) + text + "." + format.rawValue
        }
        let written = Mutex((sizes: 0, problem: (any Error)?.none))
        DispatchQueue.concurrentPerform(iterations: count) { place in
            guard written.withLock({ $0.problem == nil }) else { return }
            do {
                let bytes = try deck.page(place, as: format)
                try folder.write(bytes, as: names[place])
                written.withLock { $0.sizes += bytes.count }
            } catch {
                written.withLock { $0.problem = error }
            }
        }
        let (total, problem) = written.withLock { ($0.sizes, $0.problem) }
        if let problem { throw problem }
        size = total
        return Array(names.prefix(count))
    }

    func json(_ deck: Deck, _ names: [String], _ undrawn: [UndrawnFigure]) -> JSONText {
        .object([
            "file": .text(path), "format": .text(format.rawValue), "files": .texts(names), "bytes": .integer(size),
            "title": .text(deck.title),
            "slides": .objects(Array(deck.slides.enumerated())) { place, slide in
                [
                    "number": .integer(place + 1), "figure": .text(slide.id), "title": .text(slide.title),
                    "section": slide.section.map { .text($0) } ?? .null, "caption": .text(slide.frame.caption),
                    "alt": .text(slide.frame.altText), "notes": .texts(slide.notes),
                    "continues": .bool(slide.isMotion),
                ]
            },
            "undrawn": .objects(undrawn) { $0.json },
        ])
    }
}
