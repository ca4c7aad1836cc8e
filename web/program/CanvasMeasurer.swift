import Drawing
import Platform

/// The browser's canvas measures with the very fonts that will show the text; each text and font once, at a size of
/// 100.
struct CanvasMeasurer: TextMeasurer {
    private final class Known: @unchecked Sendable { var metrics: [Key: TextMetrics] = [:] }
    private struct Key: Hashable {
        var text: String
        var family: Font.Family
        var weight: Font.Weight
        var italic: Bool
    }
    private let known = Known()

    /// So that a day of typing does not fill the memory.
    private static let most = 20_000

    func metrics(of string: String, in font: Font) -> TextMetrics {
        let key = Key(text: string, family: font.family, weight: font.weight, italic: font.italic)
        if let known = known.metrics[key] { return known.scaled(by: font.size / 100) }
        // Width, ink above and below the baseline, ink to the left and to the right of the origin.
        var numbers = [Double](repeating: 0, count: 5)
        let bytes = Array(string.utf8)
        let family: Int32 =
            switch font.family {
            case .text: 0
            case .mono: 1
            case .math: 2
            }
        page_measure(
            bytes, Int32(bytes.count), family, 100, Int32(font.weight.rawValue), font.italic ? 1 : 0, &numbers)
        let made = TextMetrics(
            width: numbers[0], ascent: 95, descent: 25, inkAscent: numbers[1], inkDescent: numbers[2],
            inkLeft: -numbers[3], inkRight: numbers[4])
        if known.metrics.count >= Self.most { known.metrics = [:] }
        known.metrics[key] = made
        return made.scaled(by: font.size / 100)
    }
}
