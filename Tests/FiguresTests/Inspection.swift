import Drawing
import Figures
import Rendering
import Testing
import Tracing
import Wording

extension Figure {
    /// Every text of every frame, in painting order.
    var texts: [TextLine] { frames.flatMap { Figure.texts($0.items) } }

    static func texts(_ items: [Item]) -> [TextLine] {
        items.flatMap { item -> [TextLine] in
            switch item.content {
            case .text(let line): [line]
            case .group(let inner), .link(_, let inner): texts(inner)
            case .path, .image: []
            }
        }
    }
}

/// What must be true of any figure.
struct Inspection {
    var figure: Figure
    var placement: Catalogue.Placement
    var sample: Sample
    var style: SlideStyle

    private var name: String {
        "\(placement.name) (\(sample.name), \(style.language.rawValue), \(Int(style.size.width)) × \(Int(style.size.height)))"
    }

    func check() {
        #expect(figure.id == placement.name)
        #expect(!figure.frames.isEmpty)
        let faults = Array(figure.faults.prefix(4))
        #expect(faults.isEmpty, "\(name): \(faults)")
        for frame in figure.frames {
            checkWords(frame)
            checkHotSpots(frame)
        }
        checkGlyphs()
    }

    private func checkWords(_ frame: Figure.Frame) {
        let words = frame.altText
        #expect(!words.isEmpty, "\(name): no alt text")
        #expect(!words.contains("{"), "\(name): an unfilled place in ‘\(words)’")
        let tokens = sample.trace.tokens.map { $0.display.filter { $0 != "␣" } }.filter { !$0.isEmpty }
        // Of a single token there may be nothing to name.
        let isReal = tokens.count < 2 || tokens.contains { words.contains($0) } || words.contains { $0.isNumber }
        #expect(isReal, "\(name): ‘\(words)’ says nothing of the data")
    }

    private func checkHotSpots(_ frame: Figure.Frame) {
        let canvas = Rect(origin: .zero, size: figure.size).outset(by: 0.5)
        var wrong: [String] = []
        for spot in frame.hotSpots {
            if !canvas.contains(spot.rect) { wrong.append("‘\(spot.words)’ leaves the canvas") }
            if spot.words.isEmpty { wrong.append("a hot spot without words") }
            if let tag = spot.tag, let problem = problem(tag, spot.value) { wrong.append(problem) }
        }
        // One issue a frame: the same mistake is usually made in every cell.
        if !wrong.isEmpty { Issue.record("\(name): \(wrong.count) wrong hot spots: \(wrong.prefix(3))") }
    }

    /// Whether the step and the cell exist, and the value that is shown is the trace's own.
    private func problem(_ tag: Drawing.Tag, _ value: String?) -> String? {
        guard let step = sample.trace[StepName(tag.step)] else { return "there is no step \(tag.step)" }
        // A leading part of an index is a whole head or a whole row.
        if tag.index.count < step.shape.rank {
            let isInside = zip(tag.index, step.shape.dimensions).allSatisfy { $0 >= 0 && $0 < $1 }
            return isInside ? nil : "\(tag.step) of shape \(step.shape) has no \(tag.index)"
        }
        guard let cell = step.tensor.cell(tag.index) else {
            return "\(tag.step) of shape \(step.shape) has no \(tag.index)"
        }
        guard let value else { return nil }
        let shown = Float(value) ?? .nan
        return shown == cell || (shown.isNaN && cell.isNaN) ? nil : "\(tag.step) \(tag.index) is \(cell), not \(value)"
    }

    /// Each text once: a missing glyph would be painted as a box. Emoji need a face that not every machine has.
    private func checkGlyphs() {
        let measurer = PangoMeasurer()
        for text in Set(figure.texts.map(\.string)) {
            let line = text.filter { $0.unicodeScalars.allSatisfy { !$0.properties.isEmojiPresentation } }
            let unknown = measurer.unknownGlyphs(in: line)
            #expect(unknown == 0, "\(name): ‘\(line)’ has \(unknown) unknown glyphs")
        }
    }
}
