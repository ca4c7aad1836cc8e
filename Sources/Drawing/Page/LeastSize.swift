import Wording

extension Slide {
    /// The least canvas on which the slide fits: no side of it could be shortened by more than a fiftieth.
    ///
    /// Only measured, never placed, and only at the smallest density, so that saying why a figure was refused takes no
    /// longer than drawing it. Its sides are no shorter than the style's, and its shape is much like it.
    func leastSize(_ style: SlideStyle) throws(Failure) -> Size {
        let density = densities.last ?? .comfortable
        let bodies = try frames.map { (each) throws(Failure) in try each.body(density) }
        func fits(_ size: Size) -> Bool {
            var style = style
            style.size = size
            return SlideLayout(slide: self, style: style, zoom: style.zooms.last).fits(bodies, density)
        }
        let asked = Size(style.size.width.rounded(.up), style.size.height.rounded(.up))
        // Very flat and very narrow canvases are mended in their shorter side first.
        let start = Size(max(asked.width, asked.height / 2, 240), max(asked.height, asked.width / 2.5, 180))
        func grown(_ factor: Double) -> Size {
            Size((start.width * factor).rounded(.up), (start.height * factor).rounded(.up))
        }
        var (low, high) = (1.0, 1.0)
        while !fits(grown(high)) {
            guard max(start.width, start.height) * high < Self.mostSide else { return grown(high) }
            low = high
            high *= 1.5
        }
        var best = grown(Self.least(low, high) { fits(grown($0)) })
        best.width = Self.least(min(asked.width, best.width), best.width) { fits(Size($0.rounded(.up), best.height)) }
            .rounded(.up)
        best.height = Self.least(min(asked.height, best.height), best.height) {
            fits(Size(best.width, $0.rounded(.up)))
        }.rounded(.up)
        return best
    }

    /// No canvas larger than this is tried, in pixels on a side.
    private static let mostSide = 16_384.0

    /// The least number for which something holds, to a fiftieth; it holds for `high`, and perhaps for `low`.
    private static func least(_ low: Double, _ high: Double, _ holds: (Double) -> Bool) -> Double {
        guard low < high else { return low }
        var (low, high) = (low, high)
        // The answer is seldom much smaller: a step down before the interval is halved.
        while high * 0.8 > low, holds(high * 0.8) { high *= 0.8 }
        if high * 0.8 > low { low = high * 0.8 } else if holds(low) { return low }
        while high - low > high / 64 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
