import Platform
import Wording

/// Rows of marks in aligned tracks. Rows grow with the room until they are as high as they may be, and shrink where
/// there is little; where there is no room even for the lowest, the middle ones are left out, with a mark that says how
/// many.
package struct Table: Mark {
    /// One column: how wide it is, how its cells stand in it, and what is written over it.
    package struct Track: Sendable {
        /// The least and the most of what the other tracks leave; nil for the width of the widest cell.
        var share: ClosedRange<Double>?
        /// From 0, at the left, to 1.
        var alignment: Double
        /// The room before it.
        var gap: Double
        var head: AnyMark?
        /// Where a hairline runs down through all rows, as a share of the width.
        var rule: Double?

        package init(
            _ share: ClosedRange<Double>? = nil, alignment: Double = 0, gap: Double = 0, rule: Double? = nil,
            head: AnyMark? = nil
        ) {
            self.share = share
            self.alignment = alignment
            self.gap = gap
            self.rule = rule
            self.head = head
        }
    }

    package struct Row: Sendable {
        /// One for each track, nil where nothing stands.
        var cells: [AnyMark?]
        var isLit: Bool
        /// What hover says of the whole row.
        var spot: HotSpot?

        package init(_ cells: [AnyMark?], lit: Bool = false) {
            self.cells = cells
            isLit = lit
        }

        package func explained(_ words: String, value: String? = nil, tag: Tag? = nil) -> Row {
            var row = self
            row.spot = HotSpot(rect: Rect(0, 0, 0, 0), tag: tag, words: words, value: value)
            return row
        }
    }

    var count: Int
    var tracks: [Track]
    /// How low and how high a row may be.
    var pitch: ClosedRange<Double>
    /// The height of the heads' line.
    var header: Double
    /// So many rows are drawn, however little room there is.
    var fewest: Int
    /// The height of a mark for rows that are left out; nil for that of a row.
    var gapHeight: Double?
    /// The track in which it stands; nil for the middle of the table.
    var gapTrack: Int?
    /// Which rows are drawn; nil for as many as there is room for.
    var elision: Elision?
    var row: @Sendable (_ place: Int, _ height: Double) -> Row

    /// - Parameters:
    ///   - count: how many rows there are.
    ///   - pitch: how low and how high a row may be, in pixels.
    ///   - header: the height of the line with the tracks' heads; 0 for none.
    ///   - fewest: so many rows are drawn, however little room there is.
    ///   - row: makes a row of the height that it will have.
    package init(
        _ count: Int, _ tracks: [Track], pitch: ClosedRange<Double>, header: Double = 0, fewest: Int = 2,
        row: @escaping @Sendable (_ place: Int, _ height: Double) -> Row
    ) {
        self.count = count
        self.tracks = tracks
        self.pitch = pitch
        self.header = header
        self.fewest = fewest
        self.row = row
    }

    /// Draws these rows, whatever room there is.
    package func showing(_ elision: Elision) -> Table { with { $0.elision = elision } }

    /// Where and how high the mark stands that says how many rows are left out.
    package func gaps(height: Double? = nil, track: Int? = nil) -> Table {
        with {
            $0.gapHeight = height
            $0.gapTrack = track
        }
    }

    private struct Layout {
        var slots: [Elision.Slot]
        var pitch: Double
        var gap: Double
        /// The left edge of each track, from the table's.
        var starts: [Double] = []
        var widths: [Double] = []
        var rows: [Int: Row] = [:]
        var size = Size.zero

        func height(_ slot: Elision.Slot) -> Double { if case .gap = slot { gap } else { pitch } }
    }

    private func layout(_ space: Space) -> Layout {
        let room = space.room(or: Size(1200, 540))
        // Rows of a height that is fixed keep it.
        let tallest = pitch.upperBound * (pitch.lowerBound < pitch.upperBound ? space.density.stretch.height : 1)
        let free = room.height - header
        let most = max(fewest, Int(clamping: free / pitch.lowerBound + 1e-6))
        // What is left out takes a row of its own.
        let slots = (elision ?? Elision(count, most: count > most ? max(fewest, most - 1) : most)).slots
        let shown = slots.compactMap { if case .shown(let place) = $0 { place } else { nil } }
        let gaps = gapHeight == nil ? 0 : Double(slots.count - shown.count)
        let height = (free - gaps * (gapHeight ?? 0)) / max(1, Double(slots.count) - gaps)
        let pitch = min(tallest, max(self.pitch.lowerBound, height))
        var layout = Layout(slots: slots, pitch: pitch, gap: gapHeight ?? pitch)
        // Of few rows those that are left out are measured too, so that a motion's frames keep their tracks.
        for place in count <= 64 ? Array(0..<max(0, count)) : shown { layout.rows[place] = row(place, pitch) }
        measureTracks(room.width, space, &layout)
        layout.size = Size(
            (layout.starts.last ?? 0) + (layout.widths.last ?? 0),
            header + slots.reduce(0) { $0 + layout.height($1) })
        return layout
    }

    private func measureTracks(_ room: Double, _ space: Space, _ layout: inout Layout) {
        func widest(_ index: Int, _ space: Space) -> Double {
            layout.rows.values.reduce(tracks[index].head?.size(in: space).width ?? 0) { most, row in
                guard index < row.cells.count, let cell = row.cells[index] else { return most }
                return max(most, cell.size(in: space).width)
            }
        }
        let unbound = space.with(width: .infinity, height: .infinity)
        layout.widths = tracks.indices.map { tracks[$0].share == nil ? widest($0, unbound) : 0 }
        let shared = tracks.indices.filter { tracks[$0].share != nil }
        let density = space.density
        let gaps = tracks.map { density.spread($0.gap, density.spread.width) }
        let rest = room - layout.widths.reduce(0, +) - gaps.reduce(0, +)
        for index in shared {
            guard let share = tracks[index].share else { continue }
            let given = min(
                share.upperBound * space.density.stretch.width, max(share.lowerBound, rest / Double(shared.count)))
            let cells = layout.rows.values.compactMap { index < $0.cells.count ? $0.cells[index] : nil }
            let isFilled = cells.contains { $0.stretch.contains(.horizontal) }
            layout.widths[index] =
                isFilled ? given : min(given, widest(index, space.with(width: given, height: layout.pitch)))
        }
        var x = 0.0
        for (gap, width) in zip(gaps, layout.widths) {
            layout.starts.append(x + gap)
            x += gap + width
        }
    }

    package func extent(in space: Space) -> Extent { Extent(layout(space).size) }

    package func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let layout = layout(space)
        let theme = space.theme
        for (index, track) in tracks.enumerated() {
            let x = rect.minX + layout.starts[index]
            track.head.map {
                stand(
                    $0, Rect(x, rect.minY, layout.widths[index], max(24, header - 8)), track.alignment, space, &canvas)
            }
        }
        // Under the rows, so that what stands for those between covers it.
        let bottom = rect.minY + header + layout.slots.reduce(0) { $0 + layout.height($1) }
        for (index, track) in tracks.enumerated() {
            guard let rule = track.rule else { continue }
            let x = rect.minX + layout.starts[index] + layout.widths[index] * rule
            canvas.line(
                Point(x, rect.minY + header + 2), Point(x, bottom - 2), Stroke(theme.hairline, width: 1.5))
        }
        // Multiplied, not added up: rows lie exactly where those of a matrix lie.
        var (rows, gaps) = (0.0, 0.0)
        func y() -> Double { rect.minY + header + rows * layout.pitch + gaps * layout.gap }
        for slot in layout.slots {
            let line = Rect(rect.minX, y(), layout.size.width, layout.height(slot))
            switch slot {
            case .gap(let count):
                let (x, side) =
                    gapTrack.map { (rect.minX + layout.starts[$0], Alignment.leading) } ?? (line.midX, .center)
                let words = "⋯ \(space.more(count)) ⋯"
                // An axis that runs through all rows stops at what stands for the rows between.
                let half = space.width(of: words, .small) / 2 + 4
                let middle = x + (0.5 - side.horizontal) * (2 * half - 8)
                canvas.fill(
                    .rectangle(Rect(middle - half, line.midY - 11, 2 * half, 22)), theme.paper)
                canvas.text(words, at: Point(x, line.midY), .small, theme.muted, side, in: space)
                gaps += 1
            case .shown(let place):
                if let row = layout.rows[place] { self.place(row, line, layout, space, &canvas) }
                rows += 1
            }
        }
    }

    private func place(_ row: Row, _ line: Rect, _ layout: Layout, _ space: Space, _ canvas: inout Canvas) {
        if row.isLit {
            canvas.stroke(
                .rounded(line.inset(by: 1), radius: 8), Stroke(space.theme.highlight, width: 2.5))
        }
        for (index, cell) in row.cells.enumerated() where index < tracks.count {
            guard let cell else { continue }
            let x = line.minX + layout.starts[index]
            stand(
                cell, Rect(x, line.minY, layout.widths[index], line.height), tracks[index].alignment, space, &canvas)
        }
        if var spot = row.spot {
            spot.rect = line
            canvas.hotSpots.append(spot)
        }
    }

    /// Puts a cell on the middle of its row, in its own size unless it stretches.
    private func stand(
        _ cell: AnyMark, _ box: Rect, _ alignment: Double, _ space: Space, _ canvas: inout Canvas
    ) {
        let own = cell.extent(in: space.with(width: box.width, height: box.height))
        let width = cell.stretch.contains(.horizontal) ? box.width : own.width
        let isHigh = cell.stretch.contains(.vertical)
        let place = Rect(
            box.minX + (box.width - width) * alignment, isHigh ? box.minY : box.midY - own.axis, width,
            isHigh ? box.height : own.height)
        cell.place(in: place, space.with(width: place.width, height: place.height), onto: &canvas)
    }
}
