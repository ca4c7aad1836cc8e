import Drawing
import Rendering
import Wording

/// A figure on the grid of a terminal: what is painted as coloured halves of cells, what is written as real letters.
struct BlockPicture {
    /// A cell of the terminal in the figure's pixels.
    static let cell = Size(9, 18)

    /// One place of the grid: its letter, if any, and the colours of its halves, nil for the paper.
    fileprivate struct Place {
        /// Empty where the letter before it is two columns wide.
        var letter: String?
        var ink: Color?
        var upper: Color?
        var lower: Color?
    }

    private var grid: [[Place]]

    /// A cell as it is here: larger where the figure is wider than the terminal.
    private let cell: Size

    /// - Parameter most: the columns that there are.
    /// - Throws: what painting throws.
    init(_ figure: Figure, frame index: Int, columns most: Int) throws {
        guard figure.frames.indices.contains(index), let ink = figure.frames[index].items.ink else {
            (grid, cell) = ([], Self.cell)
            return
        }
        let width = max(Self.cell.width, ink.width / Double(max(1, most)))
        cell = Size(width, 2 * width)
        let all = figure.frames[index].items
        let columns = max(1, Int(clamping: (ink.width / cell.width).rounded(.up)))
        let rows = max(1, Int(clamping: (ink.height / cell.height).rounded(.up)))
        grid = Array(repeating: Array(repeating: Place(), count: min(columns, most, 400)), count: min(rows, 400))
        var bare = figure
        bare.frames = [Figure.Frame(items: all.withoutText)]
        try paint(try Renderer().pixels(bare, scale: scale, transparent: true), origin: ink)
        let lines = all.lines.filter { !$0.isUpward && !$0.string.allSatisfy { $0 == " " } }
        for line in lines.sorted(by: { $0.font.size > $1.font.size }) { write(line, origin: ink) }
        while let last = grid.last, last.allSatisfy(\.isEmpty) { grid.removeLast() }
    }

    /// Pixels that are painted for one of the figure.
    private var scale: Double { 4 / cell.width }

    private mutating func paint(_ pixels: PixelGrid, origin: Rect) throws {
        func range(_ from: Double, _ length: Double) -> Range<Int> {
            let start = Int(clamping: (from * scale).rounded())
            return start..<max(start + 1, Int(clamping: ((from + length) * scale).rounded()))
        }
        let half = cell.height / 2
        for row in grid.indices {
            for column in grid[row].indices {
                let x = range(origin.minX + Double(column) * cell.width, cell.width)
                func color(_ part: Double) -> Color? {
                    let y = range(origin.minY + (Double(row) * 2 + part) * half, half)
                    let mean = pixels.mean(x, y)
                    // A thin line covers little of its cells, and is there all the same.
                    return mean.coverage > 0.14
                        ? Color(red: mean.red, green: mean.green, blue: mean.blue) : nil
                }
                grid[row][column].upper = color(0)
                grid[row][column].lower = color(1)
            }
        }
    }

    /// A line stands where it stands in the figure, or a column beside it; where others stand, it is left out.
    private mutating func write(_ line: TextLine, origin: Rect) {
        let text = line.string.inPlainLetters
        let columns = text.columns
        let rect = line.rect
        let row = Int(clamping: ((rect.midY - origin.minY) / cell.height).rounded(.down))
        guard grid.indices.contains(row), columns > 0, columns <= grid[row].count else { return }
        let spare = rect.width - Double(columns) * cell.width
        let left = spare > -cell.width ? rect.minX : rect.midX - Double(columns) * cell.width / 2
        let wanted = Int(clamping: ((left - origin.minX) / cell.width).rounded())
        let inside = max(0, min(wanted, grid[row].count - columns))
        let free = [inside, inside - 1, inside + 1].first { start in
            start >= 0 && start + columns <= grid[row].count
                && (max(0, start - 1)..<min(start + columns + 1, grid[row].count)).allSatisfy {
                    grid[row][$0].letter == nil
                }
        }
        guard var place = free else { return }
        for character in text {
            let width = String(character).columns
            guard width > 0 else { continue }
            grid[row][place].letter = String(character)
            grid[row][place].ink = line.color
            for more in 1..<max(1, width) where place + more < grid[row].count { grid[row][place + more].letter = "" }
            place += width
        }
    }

    // MARK: Lines

    /// In colours, each line ending without any.
    func blocks(_ colors: TerminalGraphics.BlockColors) -> [String] {
        grid.map { row in
            var text = ""
            var state = ""
            var trailing = row.count
            while trailing > 0, row[trailing - 1].isEmpty { trailing -= 1 }
            for place in row.prefix(trailing) {
                let (letter, codes) = Self.shown(place, colors)
                guard !letter.isEmpty else { continue }
                let wanted = codes.joined(separator: ";")
                if wanted != state { text += wanted.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(wanted)m" }
                state = wanted
                text += letter
            }
            return state.isEmpty ? text : text + "\u{1B}[0m"
        }
    }

    private static func shown(_ place: Place, _ colors: TerminalGraphics.BlockColors) -> (String, [String]) {
        func code(_ color: Color, _ kind: String) -> String {
            let bytes = color.bytes
            switch colors {
            case .all: return "\(kind)8;2;\(bytes[0]);\(bytes[1]);\(bytes[2])"
            case .indexed:
                let steps = bytes.map { (Int($0) * 5 + 127) / 255 }
                return "\(kind)8;5;\(16 + 36 * steps[0] + 6 * steps[1] + steps[2])"
            }
        }
        if let letter = place.letter {
            // On the paper, in the terminal's own colour, which can be read on its own ground.
            guard let ground = place.upper ?? place.lower else { return (letter, []) }
            let ink = ground.isDark ? Color.white : Color.black
            return (letter, [code(ground, "4"), code(ink, "3")])
        }
        switch (place.upper, place.lower) {
        case (nil, nil): return (" ", [])
        case (let upper?, nil): return ("▀", [code(upper, "3")])
        case (nil, let lower?): return ("▄", [code(lower, "3")])
        case (let upper?, let lower?) where upper == lower: return (" ", [code(upper, "4")])
        case (let upper?, let lower?): return ("▀", [code(upper, "3"), code(lower, "4")])
        }
    }

    /// Without colours: the stronger a place is painted, the more of it a sign fills.
    func characters(paper: Color) -> [String] {
        grid.map { row in
            row.indices.map { column in
                let place = row[column]
                if let letter = place.letter { return letter }
                // Signs that touch a number would be read as part of it.
                let isBeside = [column - 1, column + 1].contains { row.indices.contains($0) && row[$0].letter != nil }
                if isBeside { return " " }
                let strength = [place.upper, place.lower].compactMap { $0?.distance(from: paper) }.max() ?? 0
                let signs = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
                return signs[max(0, min(9, Int(clamping: (strength * 10).rounded())))]
            }.joined().trimmingSuffix
        }
    }
}

extension BlockPicture.Place {
    fileprivate var isEmpty: Bool { letter == nil && upper == nil && lower == nil }
}

extension Color {
    /// Of the sRGB weights of Rec. 709.
    fileprivate var isDark: Bool { 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 }

    /// From 0 to 1, as far as black is from white.
    fileprivate func distance(from other: Color) -> Double {
        let parts = [red - other.red, green - other.green, blue - other.blue]
        return (parts.reduce(0) { $0 + $1 * $1 } / 3).squareRoot()
    }
}

extension String {
    /// Mathematical letters, which few terminals' fonts have, as the plain ones.
    fileprivate var inPlainLetters: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    // Thirteen alphabets of 52 letters each; the italic h stands elsewhere.
                    if scalar.value == 0x210E { return "h" }
                    guard (0x1D400..<0x1D6A4).contains(scalar.value) else { return scalar }
                    let place = (scalar.value - 0x1D400) % 52
                    return Unicode.Scalar(UInt8(place < 26 ? 65 + place : 71 + place))
                }))
    }
}

extension [Item] {
    /// Every line of text, however deep.
    fileprivate var lines: [TextLine] {
        flatMap { item -> [TextLine] in
            switch item.content {
            case .text(let line): [line]
            case .group(let items), .link(_, let items): items.lines
            case .path, .image: []
            }
        }
    }

    fileprivate var withoutText: [Item] {
        compactMap { item in
            var item = item
            switch item.content {
            case .text: return nil
            case .group(let items): item.content = .group(items.withoutText)
            case .link(let address, let items): item.content = .link(address, items.withoutText)
            case .path, .image: break
            }
            return item
        }
    }
}
