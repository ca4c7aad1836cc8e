import Drawing
import Foundation
import Rendering
import Wording

/// The words and figures of the book and the pages where they stand, in two columns.
struct PrintIndex: Sendable {
    struct Entry: Sendable, Hashable {
        var name: String
        /// Beside the name: a figure's in commands.
        var code = ""
        /// The first place of each chapter; the page and its label.
        var pages: [Place] = []

        struct Place: Sendable, Hashable {
            var page: Int
            var isMain: Bool
        }
    }

    let style: PrintStyle
    private(set) var words: [Entry] = []
    private(set) var figures: [Entry] = []

    private static let mostPlaces = 8
    static let gap = 22.0
    static let column = (PrintStyle.width - gap) / 2

    /// - Parameters:
    ///   - terms: what each page holds, by the page's number.
    ///   - glossary: its words, and the chapter that explains each.
    init(
        _ terms: [(page: Int, terms: [PrintBand.Term])], glossary: [(word: String, chapter: ChapterID?)],
        _ style: PrintStyle
    ) {
        self.style = style
        var found: [String: (name: String, pages: [ChapterID?: (first: Int, count: Int, isMain: Bool)])] = [:]
        var drawn: [String: Entry] = [:]
        let main = Dictionary(glossary.map { (Self.key($0.word), $0) }) { first, _ in first }
        for (page, own) in terms {
            for term in own {
                guard term.kind != .figure else {
                    let parts = term.name.split(separator: "\n").map(String.init)
                    var entry =
                        drawn[term.name] ?? Entry(name: parts.first ?? "", code: parts.count > 1 ? parts[1] : "")
                    if entry.pages.last?.page != page { entry.pages.append(.init(page: page, isMain: false)) }
                    drawn[term.name] = entry
                    continue
                }
                guard let name = Self.name(term.name) else { continue }
                var key = Self.key(name)
                if main[key] == nil, key.last == "s", main[String(key.dropLast())] != nil { key.removeLast() }
                var entry = found[key] ?? (main[key]?.word ?? name, [:])
                // A capital may be there only because a sentence began with it.
                if main[key] == nil, entry.name != name, name == name.lowercased() { entry.name = name }
                var place = entry.pages[term.chapter] ?? (page, 0, false)
                place.count += term.kind == .introduced ? 100 : 1
                if term.kind == .introduced, !place.isMain {
                    place.isMain = true
                    place.first = page
                }
                entry.pages[term.chapter] = place
                found[key] = entry
            }
        }
        words = found.map { key, entry in
            var pages = entry.pages
            // Where the glossary says that it is explained.
            if let chapter = main[key]?.chapter {
                for other in pages.keys { pages[other]?.isMain = other == chapter }
            }
            let best = pages.values.sorted { ($0.isMain ? 1000 : 0) + $0.count > ($1.isMain ? 1000 : 0) + $1.count }
                .prefix(Self.mostPlaces)
            return Entry(
                name: entry.name,
                pages: Set(best.map { Entry.Place(page: $0.first, isMain: $0.isMain) }).sorted { $0.page < $1.page })
        }
        words = sorted(words)
        figures = sorted(Array(drawn.values))
    }

    private static func key(_ word: String) -> String { word.lowercased() }

    /// nil for what is a turn of phrase rather than a word.
    private static func name(_ text: String) -> String? {
        let name = text.trimmingCharacters(in: CharacterSet(charactersIn: " ,.;:，。；：、"))
        guard !name.isEmpty, name.count <= 32, name.split(separator: " ").count <= 3 else { return nil }
        return name.hasSuffix("-") ? nil : name
    }

    // MARK: Order

    /// By its letters; Chinese by how it is spoken.
    static func spoken(_ name: String) -> String {
        let latin = name.applyingTransform(.mandarinToLatin, reverse: false) ?? name
        return (latin.applyingTransform(.stripDiacritics, reverse: false) ?? latin).lowercased()
    }

    private func sorted(_ entries: [Entry]) -> [Entry] {
        entries.map { ($0, Self.spoken($0.name)) }.sorted {
            ($0.1, $0.0.name, $0.0.code) < ($1.1, $1.0.name, $1.0.code)
        }
        .map(\.0)
    }

    private static func initial(_ entry: Entry) -> String {
        spoken(entry.name).first { $0.isLetter || $0.isNumber }.map { $0.isLetter ? $0.uppercased() : "#" } ?? "#"
    }

    // MARK: On the page

    /// For a column.
    /// - Parameters:
    ///   - label: of a page.
    ///   - place: the page's name for links.
    func bands(_ entries: [Entry], label: (Int) -> String, place: (Int) -> String) -> [PrintBand] {
        let setter = PrintSetter(style: style, width: Self.column - 12)
        var bands: [PrintBand] = []
        var letter = ""
        for entry in entries {
            let initial = Self.initial(entry)
            if initial != letter {
                bands += setter.plain(initial, style.label, before: letter.isEmpty ? 0 : 9).leading
                letter = initial
            }
            let kind = style.small
            var runs = [PrintRun(content: .text(entry.name), font: kind.font, color: kind.color)]
            if !entry.code.isEmpty {
                runs.append(
                    PrintRun(
                        content: .text("  " + entry.code), font: Font(.mono, size: kind.font.size * 0.84),
                        color: PrintStyle.theme.muted))
            }
            for (index, page) in entry.pages.enumerated() {
                let space = index == 0 ? "  " : ", "
                runs.append(PrintRun(content: .text(space), font: kind.font, color: PrintStyle.theme.muted))
                runs.append(
                    PrintRun(
                        content: .text(label(page.page)), font: page.isMain ? kind.font.bold : kind.font,
                        color: kind.color, link: "#" + place(page.page)))
            }
            // Where an entry goes on, it is further in.
            let lines = setter.narrowed(by: 10).paragraph(runs, kind, alignment: .left)
            let own = lines.enumerated().map { $0.offset == 0 ? $0.element : $0.element.moved(10) }
            bands += own.together.before(1)
        }
        return bands
    }
}
