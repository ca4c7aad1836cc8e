import Drawing
import Figures
import Subjects
import Wording

/// What of the rules for figures can be measured.
package enum Rule: String, Sendable, CaseIterable { case body, faults, contrast, words, drawn, steady }

/// What of the rules for figures can be measured, measured of one figure.
package struct Measures: Sendable {
    package var figure: String
    package var scene: String
    package var way: Way
    /// How much of the body the box of its ink covers, in the frame that fills it most.
    package var share = 0.0
    /// The faults of all frames, each once.
    package var faults: [String] = []
    /// The text that stands out least, with its contrast and what it must be.
    package var faintest: (text: String, ratio: Double, least: Double)?
    /// The least share of a frame's items that stand unchanged in the next.
    package var steady = 1.0
    package var frames = 0
    /// Whether some frame says the same to the eye and to the ear.
    package var repeatsItself = false
    /// Why it was not drawn.
    package var undrawn: String?

    /// The share of the body that is wanted of a page of this shape: a slide's, and one that is square or tall.
    package var leastShare: Double { way.size.width > way.size.height * 1.2 ? 0.7 : 0.55 }

    /// The rules that it breaks, and how.
    package var broken: [(rule: Rule, words: String)] {
        if let undrawn {
            // A small page may be too small, if it says so.
            return way.size.width < 1600 && undrawn == "too small" ? [] : [(.drawn, undrawn)]
        }
        var broken: [(rule: Rule, words: String)] = []
        if !isFull { broken.append((.body, "its ink covers \(Int(share * 100)) % of the body")) }
        if !faults.isEmpty { broken.append((.faults, "\(faults.prefix(3))")) }
        if let faintest, !isClear { broken.append((.contrast, "‘\(faintest.text)’ has \(faintest.ratio) : 1")) }
        if repeatsItself { broken.append((.words, "its alt text is its caption")) }
        if steady < 0.2 { broken.append((.steady, "\(steady) of the items stay from frame to frame")) }
        return broken
    }

    /// Of a scene's pictures those that a test has time for, each in one of the ways.
    package static func sample(of scene: Scene) throws -> [Measures] {
        let subject = try scene.subject()
        return try scene.pictures(subject, Way.all[0].style).enumerated().compactMap { place, picture in
            let number = scene.name.utf8.reduce(place) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
            guard scene.name == Scene.all.first?.name || number.isMultiple(of: 4) else { return nil }
            return of(picture, subject, scene, Way.all[number / 4 % Way.all.count])
        }
    }

    package var isFull: Bool { undrawn != nil || share >= leastShare }
    package var isClear: Bool { faintest.map { $0.ratio >= $0.least - 0.005 } ?? true }

    /// One picture of a scene.
    package static func of(_ picture: Picture, _ subject: Subject, _ scene: Scene, _ way: Way) -> Measures {
        var found = Measures(figure: picture.id, scene: scene.name, way: way)
        let style = way.style
        do {
            let slide = try subject.slide(picture, scene.look(subject), style)
            let (figure, body) = try slide.laidOut(style)
            found.measure(figure, room: body)
        } catch {
            let failure = error as Failure
            found.undrawn = failure.leastSize == nil ? failure.explanation.english : "too small"
        }
        return found
    }

    private mutating func measure(_ figure: Figure, room: Rect) {
        frames = figure.frames.count
        var seen: Set<String> = []
        for frame in figure.frames {
            let around = room.outset(by: 4)
            let inside = frame.items.filter { [$0].ink.map { around.contains($0) } ?? false }
            if let ink = inside.ink, room.width > 0, room.height > 0 {
                share = max(share, min(1, ink.width * ink.height / (room.width * room.height)))
            }
            for fault in figure.faults(in: frame) where seen.insert("\(fault)").inserted { faults.append("\(fault)") }
            if let worst = Contrast(figure, frame).worst,
                worst.ratio / worst.least < faintest.map({ $0.ratio / $0.least }) ?? .infinity
            {
                faintest = (worst.text, worst.ratio, worst.least)
            }
            if frame.altText.isEmpty || frame.altText == frame.caption { repeatsItself = true }
        }
        for (one, next) in zip(figure.frames, figure.frames.dropFirst()) {
            let kept = Set(one.items).intersection(next.items).count
            steady = min(steady, Double(kept) / Double(max(1, min(one.items.count, next.items.count))))
        }
    }
}
