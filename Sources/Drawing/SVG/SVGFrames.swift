import Wording

/// Several frames in one document.
extension SVGWriter {
    /// The names that show each frame of a document that holds several; none of one that holds one.
    package static func anchors(in document: [UInt8]) -> [String] {
        // They are the first groups of the body: `<g id="…f1"/><g id="…f2"/>`.
        let start = Array("<g id=\"".utf8)
        let end = Array("\"/>".utf8)
        var names: [String] = []
        var place = 0
        while place + start.count <= document.count {
            guard document[place] == start[0], document[place..<place + start.count].elementsEqual(start) else {
                if !names.isEmpty { break }
                place += 1
                continue
            }
            let from = place + start.count
            guard let close = document[from...].firstIndex(of: UInt8(ascii: "\"")),
                close + end.count <= document.count, document[close..<close + end.count].elementsEqual(end)
            else {
                // A word among the definitions.
                place = from
                continue
            }
            names.append(String(decoding: document[from..<close], as: UTF8.self))
            place = close + end.count
        }
        return names
    }

    /// What all frames share once, and between it what each has of its own, in the order of painting.
    mutating func write(_ frames: [Figure.Frame]) {
        for place in frames.indices {
            body.raw("<g id=\"")
            body.frameName(place)
            body.raw("\"/>")
        }
        var starts = frames.map { _ in 0 }
        for shared in Self.shared(frames) {
            var own: [[Item]] = []
            for (place, frame) in frames.enumerated() {
                own.append(Array(frame.items[starts[place]..<shared.starts[place]]))
                starts[place] = shared.starts[place] + shared.count
            }
            for stay in FrameStays(own).stays { write(stay, of: frames.count) }
            guard let first = shared.starts.first, let frame = frames.first else { continue }
            write(Array(frame.items[first..<first + shared.count]), of: nil)
        }
    }

    private mutating func write(_ stay: FrameStays.Stay, of count: Int) {
        beginLevel(of: stay.items)
        body.raw("<g class=\"")
        for place in stay.frames {
            if place > stay.frames.lowerBound { body.raw(" ") }
            body.frameName(place)
        }
        body.raw(stay.frames.upperBound == count ? "\">" : "\" display=\"none\">")
        write(stay.items, of: nil)
        endLevel()
        body.raw("</g>")
    }

    /// Stretches of items that stand in all frames, in one order; the last is empty and at the end of each.
    private static func shared(_ frames: [Figure.Frame]) -> [(starts: [Int], count: Int)] {
        var places: [[Item: Int]] = frames.map { frame in
            var places: [Item: Int] = [:]
            for (place, item) in frame.items.enumerated() { places[item] = place }
            return places
        }
        guard let first = frames.first else { return [] }
        var stretches: [(starts: [Int], count: Int)] = []
        var next = frames.map { _ in 0 }
        places[0] = [:]
        for (place, item) in first.items.enumerated() {
            var found = [place]
            for other in 1..<frames.count {
                guard let own = places[other][item], own >= next[other] else { break }
                found.append(own)
            }
            guard found.count == frames.count else { continue }
            if let last = stretches.last, zip(last.starts, found).allSatisfy({ $0 + last.count == $1 }) {
                stretches[stretches.count - 1].count += 1
            } else {
                stretches.append((found, 1))
            }
            next = found.map { $0 + 1 }
        }
        stretches.append((frames.map { $0.items.count }, 0))
        return stretches
    }
}

extension SVGText {
    /// The name of a frame, which an address may end with.
    fileprivate mutating func frameName(_ place: Int) {
        beginName()
        raw("f")
        integer(place + 1)
    }

    /// That the frame which the address names is shown, and no other; who knows no style sheets shows the last.
    mutating func style(frames: Int) {
        raw("<style>:target~.")
        frameName(frames - 1)
        raw("{display:none}")
        for place in 0..<frames {
            raw("#")
            frameName(place)
            raw(":target~.")
            frameName(place)
            raw("{display:inline}")
        }
        raw("</style>\n")
    }
}
