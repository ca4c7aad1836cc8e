/// How long and how wide the parts of a stream are in the room that there is.
extension Stream {
    /// Around the frame, along the line.
    static let margin = 8.0

    struct Measures {
        var font: Font
        var box: Double
        var plus: Double
        /// Along the line: each level, and what lies between two.
        var lengths: [Double] = []
        var gap: Double
        /// To the left of the line (below it, where it runs to the right), and to the other side.
        var near = 0.0
        var far = 0.0
        /// The room for the frame's words.
        var bracket = 0.0
        /// From the line to the first box beside it, and from box to box.
        var lead: Double
        var between: Double

        /// How many levels more the column beside it has: so much room is left above.
        var missing = 0.0

        var length: Double {
            let levels = lengths.reduce(0, +) + gap * Double(max(0, lengths.count - 1))
            return levels + missing * (box + gap) + 2 * Stream.margin
        }
    }

    func measure(_ space: Space) -> Measures {
        let font = space.density.label
        // At the last density everything stands as close as it can.
        let isDense = space.density.cell.height < 20
        var m = Measures(
            font: font, box: (font.size * (isUpright ? isDense ? 1.65 : 1.95 : 3.1)).rounded(),
            plus: (font.size * 1.3).rounded(), gap: isUpright ? max(isDense ? 5 : 9, space.density.gap * 0.42) : 14,
            lead: isUpright ? 46 : 18,
            between: isUpright ? 22 : 18)
        let words = space.text(frame.words)
        if isUpright {
            m.bracket =
                max(space.width(of: space.text(frame.times), font.semibold), space.width(of: words, .small)) + 20
        }
        let plain = m
        func size(_ box: Box) -> Size { self.size(box, plain, space) }
        (m.near, m.far) = isUpright ? (30, 30) : (m.box / 2 + 30, m.box / 2)
        // Of a column beside another, paths lead round its boxes.
        let around = isUpright && most != nil ? 24.0 : 0
        for level in levels {
            var length = isUpright ? m.box : space.width(of: level.note, .mono(.small)) + 6
            switch level.kind {
            case .box(let box):
                if isUpright {
                    let half = size(box).width / 2 + around
                    (m.near, m.far) = (max(m.near, half), max(m.far, half))
                } else {
                    length = max(length, size(box).width)
                }
            case .plus(let side):
                length = isUpright ? m.plus + 4 : max(length, m.plus + 10)
                guard let side else { break }
                m.far = max(m.far, isUpright ? m.lead + size(side).width : 2 * m.box + m.lead)
                if !isUpright { length = max(length, size(side).width) }
            case .branch(let boxes), .leaving(let boxes):
                let sizes = boxes.map { size($0) }
                if isUpright {
                    let widths: Double = sizes.reduce(0) { $0 + $1.width }
                    let across = m.lead + 26 + widths + m.between * Double(boxes.count - 1)
                    m.far = max(m.far, across)
                } else {
                    length = max(length, sizes.map { $0.width }.max() ?? 0)
                    m.far = max(m.far, m.box * (Double(boxes.count) + 0.5) + m.between * Double(boxes.count))
                }
            }
            m.lengths.append(length)
        }
        // Above the frame its words.
        if !isUpright { m.far += 30 }
        // A high page is filled: the levels stand further apart.
        m.missing = Double(max(0, (most ?? 0) - levels.count))
        let free = space.height - m.length
        if isUpright, free.isFinite, free > 0, levels.count > 1 {
            let most = m.gap * (space.height > space.width ? 5 : 2)
            m.gap += min(free / (Double(levels.count - 1) + m.missing), most)
        }
        return m
    }
}
