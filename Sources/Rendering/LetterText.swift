import Drawing
import Wording

/// Writes lines of letters: what stands there often by its name, what stands there once where it stands.
struct LetterText {
    private let letters: [KnownLetters.Letter]
    private let grammar: LetterGrammar
    /// Of each letter and symbol; nil where it is spelt out or not there.
    private var names: [String?]
    /// Names, the shortest for what stands there most often.
    private var order: [Int]

    /// So many things beside each other are worth saying once on which line they stand.
    private static let fewestInRow = 5

    init(_ known: KnownLetters) {
        letters = known.letters
        grammar = LetterGrammar(known.lines, counts: known.counts, letters: known.letters.count)
        let uses = grammar.uses
        names = uses.map { _ in nil }
        order = uses.indices.filter { uses[$0] > 0 }
        for (symbol, letter) in letters.enumerated() where letter.picture == nil {
            // An outline that is short, or stands there once, is written where it stands: a name takes 20 bytes, what
            // refers to it 26, a path around it 13.
            let (length, count) = (letter.outline.path.count + 6, uses[symbol])
            if count * (length + 13) < length + 20 + count * 26 { names[symbol] = "" }
        }
        order.removeAll { names[$0] != nil }
        // Stable, so that the same picture is written the same.
        order.sort { uses[$0] != uses[$1] ? uses[$0] > uses[$1] : $0 < $1 }
        for (place, symbol) in order.enumerated() { names[symbol] = Self.name(place) }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz")

    /// A great letter or a number, or a great letter and more: shapes have the small ones.
    private static func name(_ place: Int) -> String {
        if place < 36 { return String(alphabet[place]) }
        var (rest, name) = (place - 36, "")
        repeat {
            name.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        } while rest >= 26
        return String(alphabet[rest]) + name
    }

    func define(_ definitions: inout SVGText) {
        for symbol in order {
            guard let name = names[symbol], !name.isEmpty else { continue }
            func begin(_ markup: StaticString) {
                definitions.raw(markup)
                definitions.raw(" id=\"")
                definitions.beginName()
                definitions.raw(name)
                definitions.raw("\"")
            }
            guard symbol < letters.count else {
                let body = grammar.symbols[symbol - letters.count]
                if body.allSatisfy({ names[$0.symbol] == "" }) {
                    begin("<path")
                    definitions.attribute("d", outline(of: body, 0, 0))
                    definitions.raw("/>")
                } else {
                    begin("<g")
                    definitions.raw(">")
                    write(body, 0, nil, to: &definitions)
                    definitions.raw("</g>")
                }
                continue
            }
            let letter = letters[symbol]
            if let picture = letter.picture {
                begin("<image")
                definitions.append(picture)
            } else {
                begin("<path")
                definitions.attribute("d", outline(of: [.init(symbol: symbol, x: 0, y: 0)], 0, 0))
            }
            definitions.raw("/>")
        }
    }

    // MARK: Lines

    /// Lines of one colour, size and direction.
    func write(_ lines: [(line: TextLine, place: Int)], to text: inout SVGText) {
        guard let first = lines.first?.line else { return }
        // As it will be read, so that no place is off by what is rounded away.
        let scale = max((first.font.size / GlyphOutline.unitsPerSize * 100_000).rounded(), 1) / 100_000
        var (rows, order): ([Int: [LetterGrammar.Placed]], [Int]) = ([:], [])
        for (line, place) in lines {
            let origin = line.isUpward ? Point(-line.origin.y, line.origin.x) : line.origin
            let (x, y) = (Int(clamping: (origin.x / scale).rounded()), Int(clamping: (origin.y / scale).rounded()))
            if rows[y] == nil { order.append(y) }
            rows[y, default: []] += grammar.lines[place].map { .init(symbol: $0.symbol, x: x + $0.x, y: $0.y) }
        }
        var attributes = SVGText()
        attributes.attribute("fill", first.color, opacity: "fill-opacity")
        if order.count == 1, let y = order.first, let row = rows[y], let start = row.first {
            let x = start.x
            text.raw("<g transform=\"")
            if first.isUpward { text.raw("rotate(-90)") }
            text.raw("translate(")
            text.number(Double(x) * scale)
            text.raw(" ")
            text.number(Double(y) * scale)
            text.raw(")scale(")
            text.number(scale, decimals: 5)
            text.raw(")\"")
            text.append(attributes)
            text.raw(">")
            write(row, -x, nil, to: &text)
            text.raw("</g>")
            return
        }
        text.raw(first.isUpward ? "<g transform=\"rotate(-90)scale(" : "<g transform=\"scale(")
        text.number(scale, decimals: 5)
        text.raw(")\"")
        text.append(attributes)
        text.raw(">")
        for y in order {
            guard let row = rows[y], let start = row.first else { continue }
            guard row.count >= Self.fewestInRow else {
                write(row, 0, y, to: &text)
                continue
            }
            text.raw("<g transform=\"translate(")
            text.integer(start.x)
            text.raw(" ")
            text.integer(y)
            text.raw(")\">")
            write(row, -start.x, nil, to: &text)
            text.raw("</g>")
        }
        text.raw("</g>")
    }

    /// - Parameters:
    ///   - x: to be added.
    ///   - y: to be added; nil where it stands already on its line.
    private func write(_ items: [LetterGrammar.Placed], _ x: Int, _ y: Int?, to text: inout SVGText) {
        let y = y ?? 0
        let spelt = items.filter { names[$0.symbol] == "" }
        if !spelt.isEmpty {
            text.raw("<path")
            text.attribute("d", outline(of: spelt, x, y))
            text.raw("/>")
        }
        for item in items {
            guard let name = names[item.symbol], !name.isEmpty else { continue }
            text.raw("<use href=\"#")
            text.beginName()
            text.raw(name)
            text.raw("\"")
            if item.x + x != 0 { text.attribute("x", Double(item.x + x), decimals: 0) }
            if item.y + y != 0 { text.attribute("y", Double(item.y + y), decimals: 0) }
            text.raw("/>")
        }
    }

    private func outline(of items: [LetterGrammar.Placed], _ x: Int, _ y: Int) -> SVGText {
        var text = SVGText()
        for item in items where item.symbol < letters.count {
            let outline = letters[item.symbol].outline
            let start = outline.start + Point(Double(item.x + x), Double(item.y + y))
            text.raw("M")
            text.number(start.x, decimals: 0)
            if start.y.rounded() >= 0 { text.raw(" ") }
            text.number(start.y, decimals: 0)
            text.append(outline.path)
        }
        return text
    }
}
