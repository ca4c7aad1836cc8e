import Testing
import Wording

@testable import Drawing

/// Tables, fans and streams: what they grow to, what they leave out, and that a second look finds the same place.
@Suite struct LayoutTests {
    private func table(_ count: Int) -> Table {
        let tracks = [Table.Track(alignment: 1), Table.Track(100...300, gap: 12, rule: 0)]
        return Table(count, tracks, pitch: 24...60, header: 30) { place, _ in
            Table.Row([Text("row \(place)").any, Bar(Double(place), limit: Double(count), text: "\(place)").any])
        }
    }

    @Test(arguments: [
        (rows: 4, height: 600.0, pitch: 60.0, shown: 4), (4, 190, 40, 4), (4, 126, 24, 4), (40, 270, 24, 9),
        (40, 5000, 60, 40), (1, 40, 24, 1), (0, 200, 60, 0),
    ])
    func rowsGrowAndGiveWay(_ rows: Int, _ height: Double, _ pitch: Double, _ shown: Int) {
        let space = style().space.with(width: 600, height: height)
        let canvas = placed(table(rows), space)
        let labels = strings(canvas.items).filter { $0.hasPrefix("row") }
        #expect(labels.count == shown)
        #expect(strings(canvas.items).contains("⋯ \(rows - shown) more ⋯") == (shown < rows))
        let lines = shown + (shown < rows ? 1 : 0)
        #expect(abs(table(rows).extent(in: space).height - (30 + pitch * Double(lines))) < 1e-6)
    }

    /// Marks are measured in the room there is, and placed in the room that they asked for.
    @Test(arguments: [Size(600, 300), Size(1600, 900), Size(420, 160)])
    func aSecondLookFindsTheSame(_ room: Size) {
        let space = style().space.with(width: room.width, height: room.height)
        for mark in [table(12).any, stream(upright: true).any, stream(upright: false).any] {
            let first = mark.extent(in: space)
            let second = mark.extent(in: space.with(width: first.width, height: first.height))
            #expect(abs(first.width - second.width) < 1e-6 && abs(first.height - second.height) < 1e-6)
        }
    }

    private func stream(upright: Bool) -> Stream {
        let kinds: [(Stream.Kind, Bool)] = [
            (.box(Stream.Box("embedding", .embedding, tag: Tag(step: "embed"))), false),
            (.plus(side: Stream.Box("positions", .position)), false),
            (.branch([Stream.Box("norm", .residual), Stream.Box("attention", .attentionOutput)]), true),
            (.plus(side: nil), true), (.box(Stream.Box("output", .embedding, detail: "tied")), false),
        ]
        return Stream(
            kinds.map { Stream.Level($0.0, repeated: $0.1, note: "4 × 64") }, upright: upright,
            frame: ("2 ×", "layer 1"))
    }

    private var fan: Fan {
        let labels: [TokenLabel] = ["I", "like", "red", "apples"]
        let rows: [[Float]] = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.2, 0.3, 0.5, 0], [0.01, 0.04, 0.05, 0.9]]
        return Fan(
            rows, rows: Fan.Column(labels, showing: [0, 1, 3], of: 4, title: "query"),
            keys: Fan.Column(labels, showing: [0, 1, 2, 3], of: 4, title: "key"), focus: 3, title: "looks at", limit: 1,
            text: { Numbers.percent($0) }, tag: { Tag(step: "pattern", index: [0, 0, $0, $1]) })
    }

    @Test func boxesAndLinesHaveNoFaults() {
        for mark in [stream(upright: true).any, stream(upright: false).any, fan.any] {
            let size = mark.size(in: style().space.with(width: 1400, height: 800))
            var canvas = Canvas()
            let room = style().space.with(width: size.width, height: size.height)
            mark.place(in: Rect(10, 10, size.width, size.height), room, onto: &canvas)
            let figure = Figure(
                id: "f", title: "f", size: Size(size.width + 20, size.height + 20), paper: .white, language: .english,
                frames: [Figure.Frame(items: canvas.items)])
            #expect(figure.faults == [])
        }
    }

    /// Weights under two hundredths have no line, and a weight of nothing has no bar.
    @Test func aFanSaysItsWeights() {
        let canvas = placed(fan)
        #expect(canvas.hotSpots.map { $0.value } == ["0.01", "0.04", "0.05", "0.9"])
        #expect(canvas.hotSpots.last?.words == "apples → apples")
        #expect(strings(canvas.items).contains("⋯ 1 more"))
        let lines = canvas.items.filter { item in
            if case .path(_, let fill, _) = item.content { fill == nil && item.tag != nil } else { false }
        }
        #expect(lines.count == 1 + 2 + 3)
    }
}
