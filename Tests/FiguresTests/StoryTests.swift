import Drawing
import Figures
import Gallery
import Rendering
import Subjects
import TestSupport
import Testing
import Tracing
import Wording

/// The figures of the stages as the live page shows them: in its three rooms, of texts of 1, 5, 12 and 24 tokens.
@Suite struct StoryTests {
    /// What a figure shows of each step: places in its tensor.
    typealias Cells = [String: Set<[Int]>]

    private static func cells(_ items: [Item]) -> Cells {
        items.reduce(into: [:]) { found, item in
            if let tag = item.tag, !tag.index.isEmpty { found[tag.step, default: []].insert(tag.index) }
            switch item.content {
            case .group(let inner), .link(_, let inner): found.merge(cells(inner)) { $0.union($1) }
            case .text, .path, .image: break
            }
        }
    }

    /// The names of groups that hold cells of their own name.
    private static func groups(_ items: [Item]) -> Set<String> {
        items.reduce(into: []) { found, item in
            guard case .group(let inner) = item.content else { return }
            if let tag = item.tag, tag.index.isEmpty, cells(inner)[tag.step] != nil { found.insert(tag.step) }
            found.formUnion(groups(inner))
        }
    }

    /// Of what one figure shows that which the other may show too: where this has one head alone, that head.
    private static func common(_ cells: Set<[Int]>, with other: Set<[Int]>) -> Set<[Int]> {
        let axes = (other.map(\.count).min() ?? 0) - 1
        return (1..<max(1, axes)).reduce(cells) { kept, axis in
            let places = Set(other.map { $0[axis] })
            return places.count == 1 ? kept.filter { $0.count <= axis || places.contains($0[axis]) } : kept
        }
    }

    /// Whether both show the same of a matrix; of one row alone, that row as the other shows it.
    private static func agree(_ whole: Set<[Int]>, _ others: Set<[Int]>) -> Bool {
        let (one, other) = (common(whole, with: others), common(others, with: whole))
        let rows = [one, other].map { Set($0.map { Array($0.dropLast()) }) }
        guard rows.allSatisfy({ $0.count > 1 }) else {
            let common = rows[0].intersection(rows[1])
            return !common.isEmpty
                && common.allSatisfy { row in
                    let (a, b) = (one.filter { $0.dropLast() == row[...] }, other.filter { $0.dropLast() == row[...] })
                    return a.isSubset(of: b) || b.isSubset(of: a)
                }
        }
        return one == other
    }

    static let cases = Room.all.flatMap { room in Room.texts.map { (room, $0) } }

    @Test(arguments: cases) func storyHoldsTogether(room: Room, text: String) throws {
        let isChinese = text.count.isMultiple(of: 2)
        let style = room.style(isChinese ? .chinese : .english, isChinese ? .dark : .light)
        let (subject, pictures) = try room.pictures(text, style)
        let trace = try subject.trace
        #expect(pictures.count > 15)
        var shown: [String: Cells] = [:]
        // What shows all heads stands in the story of one.
        var look = Look()
        look.head = pictures.compactMap { $0.placement?.head }.last
        for picture in pictures {
            let slide = try subject.slide(picture, look, style)
            let figure = try slide.figure(style, only: slide.frames.count - 1)
            let frame = try #require(figure.frames.first)
            #expect(figure.faults(in: frame).isEmpty, "\(picture.id): \(figure.faults(in: frame))")
            let ink = try #require(frame.items.ink)
            let side = max(ink.width / style.size.width, ink.height / style.size.height)
            #expect(side > (text.count > 1 ? 0.75 : 0.5), "\(picture.id) fills \(side)")
            let cells = Self.cells(frame.items)
            #expect(!cells.isEmpty, "\(picture.id)")
            shown[picture.id] = cells
            for (name, places) in cells {
                // Only what was given or learned grows out of nothing.
                if let derived = Tag(step: name).derivedName {
                    #expect(!derived.isEmpty)
                } else {
                    let step = try trace.step(StepName(name))
                    let isGiven = step.isSource || step.inputs.allSatisfy { trace.steps[$0].isSource }
                    #expect(isGiven || !(figure.origins[name] ?? []).isEmpty, "\(picture.id): \(name)")
                    // A mark of a whole row names the row alone.
                    let rank = step.shape.rank
                    #expect(
                        places.allSatisfy { $0.count < rank || step.tensor.cell($0) != nil }, "\(picture.id): \(name)")
                }
            }
            if picture.id == "weighted-sum" {
                #expect(figure.origins["~p · v"]?.count == 2)
                #expect(Self.groups(frame.items).contains("~p · v"))
            }
        }
        for one in Story.head.figures {
            for other in Story.head.figures where other != one {
                for (name, cells) in shown[one] ?? [:] {
                    guard let others = shown[other]?[name] else { continue }
                    // Owed: beside the bands between heads a tablet has no room for two dozen tokens.
                    if room.name == "tablet", text.count > 20, [one, other].contains("join-heads") { continue }
                    #expect(Self.agree(cells, others), "\(name) of \(one) and \(other)")
                }
            }
        }
    }

    @Test func groupsSayWhereTheyGrow() throws {
        let room = Room.all[0]
        let style = room.style()
        let (subject, pictures) = try room.pictures(Room.texts[1], style)
        let wanted: [(figure: String, step: Label, from: [Label])] = [
            ("scores", .dotProducts, [.query, .key]), ("scaling", .unmaskedScores, [.dotProducts]),
            ("mask", .scores, [.unmaskedScores]), ("softmax", .pattern, [.scores]),
            ("weighted-sum", .z, [.pattern, .value]), ("join-heads", .joined, [.z]),
            ("output-projection", .attentionOut, [.joined]),
        ]
        for (id, step, from) in wanted {
            let picture = try #require(pictures.first { $0.id == id })
            let figure = try subject.slide(picture, Look(), style).figure(style)
            let block = try #require(picture.placement?.layer)
            func name(_ label: Label) -> String { StepName(label, block: block).description }
            #expect(Set(figure.origins[name(step)] ?? []) == Set(from.map(name)), "\(id)")
            let frame = try #require(figure.frames.last)
            var writer = SVGWriter(letters: SVGLetters())
            let svg = try writer.write(figure, frame, transparent: true).string
            #expect(svg.contains("data-from=\"" + (figure.origins[name(step)] ?? []).joined(separator: " ")), "\(id)")
            #expect(try Figure(data: figure.data, source: id).origins == figure.origins)
        }
    }

    /// One frame stands where it stands among the others.
    @Test func oneFrameIsThatOfAll() throws {
        let style = Room.all[1].style()
        let (subject, pictures) = try Room.all[1].pictures(Room.texts[1], style)
        let picture = try #require(pictures.first { $0.id == "softmax" })
        let slide = try subject.slide(picture, Look(), style)
        let all = try slide.figure(style)
        for place in all.frames.indices {
            #expect(try slide.figure(style, only: place).frames == [all.frames[place]])
            #expect(slide.frames[place].position == place)
        }
    }
}
