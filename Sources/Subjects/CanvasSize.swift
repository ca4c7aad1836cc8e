import Drawing
import Wording

/// The size of a figure, by name or in pixels.
package struct CanvasSize: Sendable, Hashable, CustomStringConvertible {
    package let size: Size
    package let description: String

    package static let slide = CanvasSize(.slide, name: "slide")

    private init(_ size: Size, name: String) {
        self.size = size
        description = name
    }

    /// `slide`, `wide`, `square` or `1280x720`, with the sign that mathematics has, too.
    /// - Throws: ``SubjectError/value(expected:found:)``.
    package init(_ text: String) throws(SubjectError) {
        switch text {
        case "slide": self.init(.slide, name: text)
        case "wide": self.init(.wide, name: text)
        case "square": self.init(.square, name: text)
        default:
            let sides = text.split(omittingEmptySubsequences: false) {
                $0 == "x" || $0 == "X" || $0 == "×" || $0 == "*"
            }.compactMap { Int($0.filter { $0 != " " }) }
            let range = 1...Size.mostPixels
            guard sides.count == 2, sides.allSatisfy({ range.contains($0) }) else {
                throw .value(expected: "slide, wide, square, 1280x720 (1 … \(Size.mostPixels))", found: text)
            }
            self.init(Size(Double(sides[0]), Double(sides[1])), name: text)
        }
    }
}
