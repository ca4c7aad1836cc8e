import Drawing
import Reading
import Wording

/// Letters as outlines, each defined once, so that a picture looks the same everywhere; large rasters as PNG.
final class OutlinedLetters: SVGLetters {
    private let setter: TypeSetter

    init(_ setter: TypeSetter) { self.setter = setter }

    override var sharesShapes: Bool { true }

    override func texts(of layers: [[TextLine]], definitions: inout SVGText) throws(Failure) -> [SVGText] {
        var known = KnownLetters(setter)
        var lines: [[Int?]] = []
        do throws(RenderingError) {
            for layer in layers {
                var places: [Int?] = []
                for line in layer { places.append(try known.line(line)) }
                lines.append(places)
            }
        } catch {
            throw Failure(error)
        }
        let text = LetterText(known)
        text.define(&definitions)
        return zip(layers, lines).map { layer, places in
            var markup = SVGText()
            let kinds = zip(layer, places).compactMap { line, place in place.map { (line, $0) } }
                .grouped { Kind(color: $0.0.color, size: ($0.0.font.size * 100).rounded(), isUpward: $0.0.isUpward) }
            for kind in kinds { text.write(kind, to: &markup) }
            return markup
        }
    }

    private struct Kind: Hashable {
        var color: Color
        var size: Double
        var isUpward: Bool
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}

/// The letters and the different lines of a picture.
struct KnownLetters {
    private struct Line: Hashable {
        var string: String
        /// At the reference size.
        var font: Font
    }

    /// A letter as a path, or as an image's attributes.
    struct Letter {
        var outline: GlyphOutline
        var picture: SVGText?
    }

    private let setter: TypeSetter
    private(set) var letters: [Letter] = []
    /// The different lines of letters with ink, and how often each stands there.
    private(set) var lines: [[LetterGrammar.Placed]] = []
    private(set) var counts: [Int] = []
    /// nil for a line without ink.
    private var places: [Line: Int?] = [:]
    /// nil for a letter without ink, such as a space.
    private var names: [GlyphOutline.Key: Int?] = [:]

    init(_ setter: TypeSetter) { self.setter = setter }

    /// - Returns: which of the lines it is; nil where it has no ink.
    mutating func line(_ line: TextLine) throws(RenderingError) -> Int? {
        let key = Line(string: line.string, font: line.font.size(TypeSetter.referenceSize))
        if let known = places[key] {
            if let known { counts[known] += 1 }
            return known
        }
        var body: [LetterGrammar.Placed] = []
        if let shaped = setter.line(line.string, line.font)?.shaped { body = try letters(of: shaped) }
        let place = body.isEmpty ? nil : lines.count
        places[key] = .some(place)
        if place != nil {
            lines.append(body)
            counts.append(1)
        }
        return place
    }

    /// The letters with ink, in units. Between two that stand side by side there is always the same room, so that what
    /// repeats is found: no letter is moved by more than half a unit for it.
    private mutating func letters(of shaped: ShapedLine) throws(RenderingError) -> [LetterGrammar.Placed] {
        let unit = GlyphOutline.unitsPerSize / TypeSetter.referenceSize
        var letters: [LetterGrammar.Placed] = []
        var last: (exact: Double, written: Int)?
        for run in shaped.runs {
            for glyph in run.glyphs {
                let exact = glyph.x * unit
                guard let name = try name(of: glyph.index, in: run) else {
                    last = nil
                    continue
                }
                let whole = Int(clamping: exact.rounded())
                var x = whole
                if let last {
                    let beside = last.written + Int(clamping: (exact - last.exact).rounded())
                    if abs(Double(beside) - exact) <= 0.6 { x = beside }
                }
                last = (exact, x)
                letters.append(.init(symbol: name, x: x, y: Int(clamping: (glyph.y * unit).rounded())))
            }
        }
        return letters
    }

    private mutating func name(of glyph: UInt, in run: ShapedLine.Run) throws(RenderingError) -> Int? {
        let key = GlyphOutline.Key(face: run.face, glyph: glyph)
        if let name = names[key] { return name }
        var letter: Letter?
        if run.hasPictures {
            letter = try picture(glyph, in: run).map { Letter(outline: GlyphOutline(path: SVGText()), picture: $0) }
        } else {
            let known = setter.outlines[key]
            let outline = if let known { known } else { try GlyphOutline.read(glyph, of: run.font) }
            setter.outlines[key] = outline
            letter = outline.path.isEmpty ? nil : Letter(outline: outline)
        }
        let name = letter == nil ? nil : letters.count
        names[key] = .some(name)
        if let letter { letters.append(letter) }
        return name
    }

    /// An image's attributes; nil for a letter without ink.
    private func picture(_ glyph: UInt, in run: ShapedLine.Run) throws(RenderingError) -> SVGText? {
        guard let picture = setter.picture(of: glyph, in: run) else { return nil }
        var text = SVGText()
        text.attribute("x", picture.box.minX * GlyphOutline.unitsPerSize)
        text.attribute("y", picture.box.minY * GlyphOutline.unitsPerSize)
        text.attribute("width", picture.box.width * GlyphOutline.unitsPerSize)
        text.attribute("height", picture.box.height * GlyphOutline.unitsPerSize)
        text.raw(" href=\"data:image/png;base64,")
        text.raw(Base64.encode(try picture.png()))
        text.raw("\"")
        return text
    }
}
