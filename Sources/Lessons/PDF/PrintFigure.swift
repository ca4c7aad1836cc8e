import Drawing
import Rendering

/// A figure as a page shows it: its last frame, or the few that tell its story, without the empty paper around them.
struct PrintFigure: Sendable {
    /// A frame, and the part of it that has ink.
    struct Picture: Sendable {
        var items: [Item]
        var ink: Rect
        var caption: String
        /// For who does not see it.
        var words: String
    }

    let title: String
    let pictures: [Picture]
    /// The smallest letters, in the figure's own pixels.
    private let letters: Double
    /// How many pictures stand side by side.
    let columns: Int

    /// Letters no smaller than these where the page has room, and no larger.
    private static let leastLetters = 5.4
    private static let goodLetters = 6.4
    private static let mostLetters = 7.6
    private static let gap = 14.0
    private static let room = PrintStyle.width + 2 * PrintStyle.bleed
    /// What a figure takes of a page, and what it takes where its letters would else be too small.
    private static let usualHeight = 330.0
    private static let mostHeight = 560.0

    /// nil where it has nothing to show.
    init?(_ figure: Figure, captions: [String]) {
        guard let last = figure.frames.indices.last else { return nil }
        title = figure.title
        let sheet = Rect(0, 0, figure.size.width, figure.size.height)
        func picture(_ index: Int, _ ink: Rect) -> Picture {
            let frame = figure.frames[index]
            let own = captions.isEmpty ? frame.caption : captions[min(index, captions.count - 1)]
            return Picture(items: frame.items, ink: ink, caption: own, words: frame.altText)
        }
        // All frames keep their places, so all are cut alike.
        func ink(_ frames: [Int]) -> Rect {
            let boxes = frames.compactMap { figure.frames[$0].items.ink?.intersection(sheet) }
            return boxes.dropFirst().reduce(boxes.first ?? sheet) { $0.union($1) }
        }
        letters = figure.frames[last].items.smallestLetters ?? 12
        let story = Self.story(figure.frames.count)
        let box = ink(story)
        let half = min((Self.room - Self.gap) / 2 / max(1, box.width), Self.mostHeight / 2 / max(1, box.height))
        if story.count > 1, half * letters >= Self.leastLetters {
            pictures = story.map { picture($0, box) }
            columns = 2
        } else if story.count == 2, box.height * (Self.room / max(1, box.width)) * 2 < Self.mostHeight {
            pictures = story.map { picture($0, box) }
            columns = 1
        } else {
            pictures = [picture(last, ink([last]))]
            columns = 1
        }
    }

    /// All of up to four frames; of more, four from the first to the last.
    private static func story(_ count: Int) -> [Int] {
        guard count > 4 else { return Array(0..<count) }
        return (0..<4).map { $0 * (count - 1) / 3 }
    }

    // MARK: On the page

    /// The pictures as one band, about the middle of the text.
    func band(_ setter: PrintSetter) -> PrintBand {
        let scale = scale
        let rows = (pictures.count + columns - 1) / columns
        let box = pictures.first?.ink ?? Rect(0, 0, 1, 1)
        let (width, height) = (box.width * scale, box.height * scale)
        let whole = width * Double(columns) + Self.gap * Double(columns - 1)
        let left = (PrintStyle.width - whole) / 2
        var band = PrintBand(height: height * Double(rows) + Self.gap * Double(rows - 1))
        for (index, picture) in pictures.enumerated() {
            let x = left + Double(index % columns) * (width + Self.gap)
            let y = Double(index / columns) * (height + Self.gap)
            let offset = Point(x - picture.ink.minX * scale, y - picture.ink.minY * scale)
            let role = PDFDocument.Part.Role.figure(picture.words)
            band.pieces.append(PDFDocument.Piece(picture.items, Zoom(scale, offset: offset), role: role))
            if pictures.count > 1 {
                let mark = setter.single("\(index + 1)", setter.style.label.font, setter.style.label.color).item
                var number = PDFDocument.Piece([mark], Zoom(1, offset: Point(x - 2, y + 5)), role: role)
                number.parts = number.parts.map { PDFDocument.Part($0.role, begins: false) }
                band.pieces.append(number)
            }
        }
        // Smaller where that saves half an empty page, as long as it can be read.
        band.least = max(0.74, min(1, Self.leastLetters / max(0.1, letters * scale)))
        band.floats = true
        return band
    }

    private var scale: Double {
        let box = pictures.first?.ink ?? Rect(0, 0, 1, 1)
        let rows = Double((pictures.count + columns - 1) / columns)
        let widest = (Self.room - Self.gap * Double(columns - 1)) / Double(columns) / max(1, box.width)
        func tall(_ height: Double) -> Double { (height / rows - Self.gap) / max(1, box.height) }
        let usual = min(widest, tall(rows > 1 ? Self.mostHeight * 0.8 : Self.usualHeight))
        let legible = min(widest, tall(Self.mostHeight), Self.goodLetters / max(1, letters))
        return min(max(usual, legible), Self.mostLetters / max(1, letters))
    }
}

extension [Item] {
    fileprivate var smallestLetters: Double? {
        compactMap { item -> Double? in
            switch item.content {
            case .text(let line): line.font.family == .math ? nil : line.font.size
            case .group(let items), .link(_, let items): items.smallestLetters
            case .path, .image: nil
            }
        }.min()
    }
}
