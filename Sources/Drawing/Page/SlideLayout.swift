import Wording

/// Divides the canvas between head, body and foot, and fills each.
struct SlideLayout {
    var slide: Slide
    var style: SlideStyle

    private var space: Space { style.space }
    private var margin: Size {
        guard !style.isQuiet else { return Size(8, 8) }
        return Size(max(28, min(72, style.size.width * 0.042)), max(24, min(48, style.size.height * 0.05)))
    }
    private var content: Rect {
        Rect(
            margin.width, margin.height, max(0, style.size.width - 2 * margin.width),
            max(0, style.size.height - 2 * margin.height))
    }
    private var isLow: Bool { style.size.height < 640 }
    private var gap: Double { isLow ? 14 : 26 }
    private var titleFont: Font { isLow || style.size.width < 900 ? .title.size(30) : .title }
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

    /// Whether head and foot leave any room, and no word of them leaves the canvas.
    private func isPossible(_ around: Surroundings) -> Bool {
        around.room.width > 0 && around.room.height > 0 && around.width <= content.width + margin.width
    }

    /// Whether these bodies, one for each frame, fit at this density.
    func fits(_ bodies: [AnyMark], _ density: Density) -> Bool {
        let around = surroundings()
        guard isPossible(around) else { return false }
        return need(extents(bodies, in: around.room, density)).fits(in: around.room.size)
    }

    private func space(_ room: Rect, _ density: Density) -> Space {
        space.with(width: room.width, height: room.height).with(density: density)
    }

    private func extents(_ bodies: [AnyMark], in room: Rect, _ density: Density) -> [Extent] {
        let space = space(room, density)
        return bodies.map { $0.extent(in: space) }
    }

    private func need(_ extents: [Extent]) -> Size {
        Size(extents.map { $0.width }.max() ?? 0, extents.map { $0.height }.max() ?? 0)
    }

    /// All frames, or one of them as it stands among the others; nil where they do not fit.
    func frames(only chosen: Int? = nil) throws(Failure) -> [Figure.Frame]? {
        let around = surroundings()
        let (feet, room, wide) = (around.feet, around.room, space.with(width: content.width))
        guard isPossible(around), let (density, bodies, extents) = try fitBodies(in: room) else { return nil }
        let space = space(room, density)
        // All frames share one box, so that what does not change does not move.
        let place = Alignment.center.place(need(extents), in: room)
        return slide.frames.indices.filter { chosen ?? $0 == $0 }.map { index in
            let body = bodies[index]
            var canvas = Canvas()
            placeHead(onto: &canvas)
            var size = extents[index].size
            if body.stretch.contains(.horizontal) { size.width = room.width }
            if body.stretch.contains(.vertical) { size.height = room.height }
            let rect =
                slide.frames.count == 1 || !body.stretch.isEmpty
                ? Alignment.center.place(size, in: room) : Rect(origin: place.origin, size: size)
            body.place(in: rect, space.with(width: rect.width, height: rect.height), onto: &canvas)
            let foot = feet[index]
            foot.mark.place(
                in: Rect(content.minX, content.maxY - foot.size.height, content.width, foot.size.height), wide,
                onto: &canvas)
            let frame = slide.frames[index]
            return Figure.Frame(
                items: canvas.items, caption: frame.caption[style.language], hotSpots: canvas.hotSpots,
                altText: frame.altText[style.language])
        }
    }

    private func fitBodies(in room: Rect) throws(Failure) -> (Density, [AnyMark], [Extent])? {
        for density in slide.densities {
            let bodies = try slide.frames.map { (each) throws(Failure) in try each.body(density) }
            let extents = extents(bodies, in: room, density)
            if need(extents).fits(in: room.size) { return (density, bodies, extents) }
        }
        return nil
    }

    // MARK: Head

    private var mapSize: Size { slide.here?.size(in: space) ?? .zero }

    /// The map stands beside the title where both fit, else above it.
    private var mapIsAbove: Bool {
        guard slide.here != nil else { return false }
        let title = space.width(of: space.text(slide.title), titleFont)
        return min(title, 420) + 48 + mapSize.width > content.width
    }

    private var titleWidth: Double {
        mapIsAbove || slide.here == nil ? content.width : content.width - mapSize.width - 48
    }

    private var title: Text { Text(slide.title).font(titleFont).wrapped(width: titleWidth) }

    private func subtitle(under titleHeight: Double) -> Text? {
        guard let words = slide.subtitle else { return nil }
        // Below the map the whole width is free.
        let isClear = mapIsAbove || titleHeight > mapSize.height
        return Text(words).font(subtitleFont).color(.muted).wrapped(width: isClear ? content.width : titleWidth)
    }

    private func headSize() -> Size {
        // No head, and no gap under it.
        guard !style.isQuiet else { return Size(0, -gap) }
        let title = title.size(in: space)
        let below = subtitle(under: title.height)?.size(in: space)
        let words = title.height + (below.map { $0.height + 4 } ?? 0)
        return Size(
            max(title.width, below?.width ?? 0, mapSize.width),
            mapIsAbove ? mapSize.height + 10 + words : max(words, mapSize.height))
    }

    private func placeHead(onto canvas: inout Canvas) {
        guard !style.isQuiet else { return }
        var y = content.minY
        if let map = slide.here {
            let size = mapSize
            let x = mapIsAbove ? content.minX : content.maxX - size.width
            map.place(in: Rect(x, y, size.width, size.height), space, onto: &canvas)
            if mapIsAbove { y += size.height + 10 }
        }
        let size = title.size(in: space)
        title.place(in: Rect(content.minX, y, titleWidth, size.height), space, onto: &canvas)
        y += size.height + 4
        if let subtitle = subtitle(under: size.height) {
            let size = subtitle.size(in: space)
            subtitle.place(in: Rect(content.minX, y, size.width, size.height), space, onto: &canvas)
        }
    }

    // MARK: Foot

    /// Formula and sentence side by side where they fit, else one under the other; the legend below, on the left. On a
    /// low canvas the legend shares the formula's height.
    private func foot(_ frame: Slide.Frame) -> AnyMark {
        guard !style.isQuiet else { return column([]).any }
        let formula = (frame.formula ?? slide.formula)?.size(isLow ? 24 : 30)
        let font: Font = isLow ? .body.semibold : .heading
        let sentence = (frame.takeaway ?? slide.takeaway).map { Text($0).font(font) }
        let wide = space.with(width: content.width)
        let spread = isLow ? 32.0 : 44.0
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
        VStack(.leading, spacing: spacing ?? (isLow ? 8 : 16), marks.compactMap { $0 })
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
