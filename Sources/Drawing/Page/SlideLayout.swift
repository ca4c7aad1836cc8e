import Wording

/// Divides the canvas between head, body and foot, and fills each.
///
/// All of it is laid out on ``SlideStyle/canvas`` and zoomed to the picture at the end. The body grows on its own, until
/// one side of its room is full.
struct SlideLayout {
    var slide: Slide
    var style: SlideStyle
    /// How much larger the picture is than the canvas.
    var zoom: Double

    /// How much a body may grow beyond the size it was laid out in: its labels then are about as large as the title.
    private static let mostGrowth = 1.8

    init(slide: Slide, style: SlideStyle, zoom: Double? = nil) {
        self.slide = slide
        self.style = style
        self.zoom = zoom ?? style.zoom
    }

    private var canvas: Size { Size(style.size.width / zoom, style.size.height / zoom) }
    private var space: Space { style.space }
    private var margin: Size {
        guard !style.isQuiet else { return Size(8, 8) }
        return Size(max(22, min(56, canvas.width * 0.042)), max(20, min(36, canvas.height * 0.045)))
    }
    private var content: Rect {
        Rect(
            margin.width, margin.height, max(0, canvas.width - 2 * margin.width),
            max(0, canvas.height - 2 * margin.height))
    }
    private var isLow: Bool { canvas.height < 640 }
    private var gap: Double { isLow ? 12 : 20 }
    private var titleFont: Font { isLow || canvas.width < 900 ? .title.size(27) : .title }
    private var subtitleFont: Font { isLow ? .label : .body }

    /// What lies around the body: each frame's foot, the room that is left, and the width that head and feet take.
    private struct Surroundings {
        var feet: [(mark: AnyMark, size: Size)]
        var room: Rect
        var width: Double
    }

    private func surroundings() -> Surroundings {
        let head = headSize()
        let wide = space.with(width: content.width)
        // Frames that say nothing of their own stand on the slide's foot, which is laid out once.
        var common: (mark: AnyMark, size: Size)?
        let feet = slide.frames.map { frame in
            let isCommon = frame.takeaway == nil && frame.formula == nil
            if isCommon, let common { return common }
            let mark = foot(frame)
            let foot = (mark: mark, size: mark.size(in: wide))
            if isCommon { common = foot }
            return foot
        }
        let footHeight = feet.map { $0.size.height }.max() ?? 0
        let below = footHeight > 0 ? footHeight + gap : 0
        let room = Rect(
            content.minX, content.minY + head.height + gap, content.width,
            max(0, content.height - head.height - gap - below))
        return Surroundings(feet: feet, room: room, width: max(head.width, feet.map { $0.size.width }.max() ?? 0))
    }

    /// Where the body may lie.
    var room: Rect { surroundings().room }

    /// Whether head and foot leave any room, and no word of them leaves the canvas.
    private func isPossible(_ around: Surroundings) -> Bool {
        around.room.width > 0 && around.room.height > 0 && around.width <= content.width + margin.width
    }

    /// Whether these bodies, one for each frame, fit at this density.
    func fits(_ bodies: [AnyMark], _ density: Density) -> Bool {
        let around = surroundings()
        guard isPossible(around) else { return false }
        return fitting(bodies, in: around.room.size, density) != nil
    }

    func space(_ room: Size, _ density: Density) -> Space {
        space.with(width: room.width, height: room.height).with(density: density)
    }

    /// What bodies come to in this room, one for each frame; nil where one of them does not fit. The first that does not
    /// ends the search: frames are much alike, and most densities fail at the first.
    ///
    /// What was chosen for the room is kept: in the smaller place that it then takes it would choose again.
    func fitting(_ bodies: [AnyMark], in room: Size, _ density: Density) -> [Settled]? {
        if case .fits(let settled) = tried(bodies, in: room, density) { settled } else { nil }
    }

    private enum Trial {
        case fits([Settled])
        case exceeds(Excess)
    }

    /// Likewise, or else how many times as large as the room the first is that does not fit.
    private func tried(_ bodies: [AnyMark], in room: Size, _ density: Density) -> Trial {
        let space = space(room, density)
        var settled: [Settled] = []
        for body in bodies {
            let found = body.settled(in: space)
            let size = found.extent.size
            guard size.fits(in: room) else { return .exceeds(Excess(of: size, in: room)) }
            settled.append(found)
        }
        return .fits(settled)
    }

    func need(_ settled: [Settled]) -> Size {
        Size(settled.map { $0.extent.width }.max() ?? 0, settled.map { $0.extent.height }.max() ?? 0)
    }

    /// Bodies that fit: as they are built and measured at one density, in a room that is then zoomed to what there is.
    struct Fitted {
        var density: Density
        var bodies: [AnyMark]
        var settled: [Settled]
        var zoom: Double
    }

    /// All frames, or one of them as it stands among the others; nil where they do not fit.
    func frames(only chosen: Int? = nil) throws(Failure) -> [Figure.Frame]? {
        // A head and a foot may differ where the bodies do not.
        if let chosen, slide.isUniform, style.isQuiet, slide.frames.count > 1, slide.frames.indices.contains(chosen) {
            var alone = self
            alone.slide.frames = [slide.frames[chosen]]
            return try alone.frames()
        }
        let around = surroundings()
        let (feet, wide) = (around.feet, space.with(width: content.width))
        guard isPossible(around), let fitted = try fitBodies(in: around.room.size) else { return nil }
        let grown = Zoom(fitted.zoom, offset: around.room.origin)
        return slide.frames.indices.filter { chosen ?? $0 == $0 }.map { index in
            var canvas = paint(fitted, index, around.room.size)
            let inside = canvas.items.map { grown($0) }
            let spots = canvas.hotSpots.map { grown($0) }
            canvas = Canvas()
            placeHead(onto: &canvas)
            canvas.items += inside
            canvas.hotSpots += spots
            let foot = feet[index]
            foot.mark.place(
                in: Rect(content.minX, content.maxY - foot.size.height, content.width, foot.size.height), wide,
                onto: &canvas)
            let frame = slide.frames[index]
            return Zoom(zoom)(
                Figure.Frame(
                    items: canvas.items, caption: frame.caption[style.language], hotSpots: canvas.hotSpots,
                    altText: slide.words(of: frame, style.language)))
        }
    }

    /// One frame's body, in the room as it is before it is zoomed.
    func paint(_ fitted: Fitted, _ index: Int, _ whole: Size) -> Canvas {
        let room = Rect(origin: .zero, size: Size(whole.width / fitted.zoom, whole.height / fitted.zoom))
        let space = space(room.size, fitted.density)
        // All frames share one box, so that what does not change does not move.
        let place = Alignment.center.place(need(fitted.settled), in: room)
        let body = fitted.bodies[index]
        var canvas = Canvas()
        var size = fitted.settled[index].extent.size
        if body.stretch.contains(.horizontal) { size.width = room.width }
        if body.stretch.contains(.vertical) { size.height = room.height }
        let rect =
            slide.frames.count == 1 || !body.stretch.isEmpty
            ? Alignment.center.place(size, in: room) : Rect(origin: place.origin, size: size)
        fitted.settled[index].mark.place(
            in: rect, space.with(width: rect.width, height: rect.height), onto: &canvas)
        return canvas
    }

    /// The largest density that fits, and how much it then grows.
    ///
    /// A density is passed over where what was too large at another would still be if all of it shrank as much as
    /// anything does.
    private func fitBodies(in room: Size) throws(Failure) -> Fitted? {
        var before: (density: Density, excess: Excess)?
        for density in slide.densities {
            if let before, let content = density.leastContent(in: slide.densities),
                before.excess.factor * density.leastShare(of: before.density) * content > 1.05
            {
                continue
            }
            let bodies = try slide.frames.map { (each) throws(Failure) in try each.body(density) }
            switch tried(bodies, in: room, density) {
            case .fits(let settled): return spread(grown(bodies, settled, density, in: room), in: room)
            case .exceeds(let excess): before = (density, excess)
            }
        }
        return nil
    }

    private func grown(_ bodies: [AnyMark], _ settled: [Settled], _ density: Density, in room: Size) -> Fitted {
        let need = need(settled)
        var zoom = min(
            Self.mostGrowth, room.width / max(1, need.width), room.height / max(1, need.height))
        let plain = Fitted(density: density, bodies: bodies, settled: settled, zoom: 1)
        // What takes the room it is given, or wraps to it, is measured again in the smaller room that it then has.
        for _ in 0..<3 where zoom > 1.02 {
            let inner = Size(room.width / zoom, room.height / zoom)
            if let settled = fitting(bodies, in: inner, density) {
                return Fitted(density: density, bodies: bodies, settled: settled, zoom: zoom)
            }
            zoom = zoom.squareRoot()
        }
        return plain
    }

    // MARK: Head

    private var wide: Space { space.with(width: content.width) }
    private var mapSize: Size { slide.here?.size(in: wide) ?? .zero }
    private var title: Text { Text(slide.title).font(titleFont).wrapped(width: content.width) }
    private var subtitle: Text? {
        slide.subtitle.map { Text($0).font(subtitleFont).color(.muted).wrapped(width: content.width) }
    }

    /// One under the other: the map on a line of its own, so that no title is shortened by it.
    private func headSize() -> Size {
        // No head, and no gap under it.
        guard !style.isQuiet else { return Size(0, -gap) }
        let title = title.size(in: space)
        let below = subtitle?.size(in: space)
        let map = mapSize
        return Size(
            max(title.width, below?.width ?? 0, map.width),
            (map.height > 0 ? map.height + 8 : 0) + title.height + (below.map { $0.height + 3 } ?? 0))
    }

    private func placeHead(onto canvas: inout Canvas) {
        guard !style.isQuiet else { return }
        var y = content.minY
        if let map = slide.here {
            let size = mapSize
            map.place(in: Rect(content.minX, y, size.width, size.height), wide, onto: &canvas)
            y += size.height + 8
        }
        let size = title.size(in: space)
        title.place(in: Rect(content.minX, y, content.width, size.height), space, onto: &canvas)
        y += size.height + 3
        if let subtitle {
            let size = subtitle.size(in: space)
            subtitle.place(in: Rect(content.minX, y, size.width, size.height), space, onto: &canvas)
        }
    }

    // MARK: Foot

    /// Formula and sentence side by side where they fit, else one under the other; the legend below, on the left. On a
    /// low canvas the legend shares the formula's height.
    private func foot(_ frame: Slide.Frame) -> AnyMark {
        guard !style.isQuiet else { return column([]).any }
        let formula = (frame.formula ?? slide.formula)?.size(isLow ? 22 : 26)
        let font: Font = isLow ? .body.semibold : .heading
        let sentence = (frame.takeaway ?? slide.takeaway).map { Text($0).font(font) }
        let wide = space.with(width: content.width)
        let spread = isLow ? 28.0 : 36.0
        guard let formula else {
            return column([sentence?.wrapped(width: content.width).any, legend(wide)]).any
        }
        let rest = content.width - formula.size(in: wide).width - spread
        let narrow = space.with(width: rest)
        let legendWidth = legend(narrow)?.size(in: narrow).width ?? 0
        if isLow, rest >= 360, legendWidth <= rest {
            let words = column([sentence?.wrapped(width: rest).any, legend(narrow)], spacing: 6)
            return HStack(spacing: spread) {
                formula
                words
            }.any
        }
        guard let sentence, rest >= 320 else {
            return column([formula.any, sentence?.wrapped(width: content.width).any, legend(wide)]).any
        }
        let row = HStack(spacing: spread) {
            formula
            sentence.wrapped(width: rest)
        }
        return column([row.any, legend(wide)]).any
    }

    private func column(_ marks: [AnyMark?], spacing: Double? = nil) -> VStack {
        VStack(.leading, spacing: spacing ?? (isLow ? 6 : 12), marks.compactMap { $0 })
    }

    private func legend(_ wide: Space) -> AnyMark? {
        let note = slide.note.map { Text($0).font(.small).color(.muted) }
        guard !slide.legend.isEmpty else { return note?.wrapped(width: wide.width).any }
        let flow = Flow(spacing: Size(isLow ? 24 : 32, 6), width: wide.width, slide.legend)
        guard let note else { return flow.any }
        let width = flow.size(in: wide).width
        if width + 40 + note.size(in: wide).width <= wide.width {
            return HStack(spacing: 32) {
                flow
                note
            }.any
        }
        return VStack(.leading, spacing: 8) {
            flow
            note.wrapped(width: wide.width)
        }.any
    }
}
