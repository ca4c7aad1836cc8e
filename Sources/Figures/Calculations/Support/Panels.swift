import Drawing
import Platform
import Wording

/// Marks that are built when the room is known, and take all of it.
struct Filling: ComposedMark {
    private let make: @Sendable (Space) -> AnyMark
    init(_ make: @escaping @Sendable (Space) -> AnyMark) { self.make = make }
    var stretch: Stretch { .both }
    func build(_ space: Space) -> AnyMark { make(space) }
}

/// Small pictures of one kind, each with its name over it, in as many rows as fill the room best.
struct Panels: Mark {
    struct Panel: Sendable {
        var name: Phrase
        var tint: Tint = .ink
        /// What is said under it, small.
        var note: Phrase?
        var draw: @Sendable (_ rect: Rect, _ space: Space, _ canvas: inout Canvas) -> Void
    }

    var panels: [Panel]
    /// The least size of a picture, its name and note apart.
    var least: Size
    /// The width of a picture over its height, where the room gives a choice.
    var shape: Double

    init(least: Size = Size(240, 170), shape: Double = 1.3, _ panels: [Panel]) {
        self.panels = panels
        self.least = least
        self.shape = shape
    }

    var stretch: Stretch { .both }

    private func name(_ panel: Panel, _ space: Space) -> Text {
        Text(panel.name).font(space.density.label.semibold).color(panel.tint)
    }
    private func note(_ panel: Panel, _ width: Double) -> Text? {
        panel.note.map { Text($0).font(.small).color(.muted).wrapped(width: width) }
    }

    /// How high names and notes are, the same in all panels.
    private func around(_ width: Double, _ space: Space) -> (above: Double, below: Double) {
        let above = panels.map { name($0, space).size(in: space).height }.max() ?? 0
        let below = panels.map { note($0, width)?.size(in: space).height ?? 0 }.max() ?? 0
        return (above + 4, below > 0 ? below + 6 : 0)
    }

    /// The least width of a picture under its name.
    private func leastWidth(_ space: Space) -> Double {
        max(least.width, panels.map { name($0, space).size(in: space).width }.max() ?? 0)
    }

    private func columns(_ room: Size, _ gap: Double, _ space: Space) -> Int {
        let width = leastWidth(space)
        let counts = (1...max(1, panels.count)).filter { $0 == 1 || Double($0) * (width + gap) - gap <= room.width }
        func misfit(_ columns: Int) -> Double {
            let rows = (panels.count + columns - 1) / columns
            let width = (room.width - gap * Double(columns - 1)) / Double(columns)
            let height = (room.height - gap * Double(rows - 1)) / Double(rows) - 60
            guard width > 1, height > 1 else { return .infinity }
            // Places without a picture are lost room.
            let empty = Double(rows * columns - panels.count) / Double(panels.count)
            return abs(log(width / height / shape)) + empty
        }
        return counts.min { misfit($0) < misfit($1) } ?? 1
    }

    private func room(_ space: Space) -> Size { space.room(or: Size(1200, 560)) }

    func extent(in space: Space) -> Extent {
        let (room, gap) = (room(space), space.density.gap)
        let columns = columns(room, gap, space)
        let rows = (panels.count + columns - 1) / columns
        let width = leastWidth(space)
        let (above, below) = around((room.width - gap * Double(columns - 1)) / Double(columns), space)
        return Extent(
            Double(columns) * width + gap * Double(columns - 1),
            Double(rows) * (least.height + above + below) + gap * Double(rows - 1))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let gap = space.density.gap
        let columns = columns(rect.size, gap, space)
        let rows = (panels.count + columns - 1) / columns
        let width = (rect.width - gap * Double(columns - 1)) / Double(columns)
        let height = (rect.height - gap * Double(rows - 1)) / Double(rows)
        let (above, below) = around(width, space)
        for (place, panel) in panels.enumerated() {
            let box = Rect(
                rect.minX + Double(place % columns) * (width + gap),
                rect.minY + Double(place / columns) * (height + gap), width, height)
            name(panel, space).place(at: Point(box.minX, box.minY), .topLeading, space, onto: &canvas)
            panel.draw(box.inset(by: Insets(top: above, bottom: below)), space, &canvas)
            note(panel, width)?.place(
                at: Point(box.minX, box.maxY - below + 6), .topLeading, space.with(width: width), onto: &canvas)
        }
    }
}

/// What takes all the room it is given, and does not grow much beyond it: type in it stays about as large as elsewhere.
struct Steady: Mark {
    var mark: AnyMark

    /// Its least share of the room's sides; the rest is what a body may grow.
    private static let share = 0.8

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent {
        let least = mark.extent(in: space)
        return Extent(
            max(least.width, space.width.isFinite ? space.width * Self.share : 0),
            max(least.height, space.height.isFinite ? space.height * Self.share : 0))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) { mark.place(in: rect, space, onto: &canvas) }
}

extension Mark {
    /// See ``Steady``.
    func steady() -> Steady { Steady(mark: any) }
}
