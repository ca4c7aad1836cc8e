import Drawing
import Foundation
import Rendering
import Wording

/// Three pictures that every plotting library can draw, laid out and written in one process when asked to, so that
/// Benchmarks/drawing.py can take turns with another library: lines `KIND FORMAT [TIMES]` in, milliseconds of
/// processor time out, the median of so many.
struct DrawingTimes {
    private let renderer = Renderer()
    private let style: SlideStyle

    init() { style = SlideStyle(language: .english, measurer: renderer.measurer) }

    func answer() throws {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 1, let slide = Self.slides[words[0]] else { continue }
            let times = max(1, words.count > 2 ? Int(words[2]) ?? 1 : 1)
            let measured = try (0..<times).map { _ in
                let start = clock()
                let figure = try slide().figure(style)
                let bytes = words[1] == "png" ? try renderer.png(figure).count : try renderer.svg(figure).utf8.count
                guard bytes > 0 else { return 0.0 }
                return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1000
            }
            print(measured.sorted()[times / 2])
            fflush(nil)
        }
    }

    private static let slides: [String: @Sendable () -> Slide] = [
        "heads": heads, "matrix": matrix, "diagram": diagram,
    ]

    /// Some number between −1 and 1, always the same.
    private static func number(_ place: Int) -> Float { Float(place * 7919 % 2003) / 1001 - 1 }

    /// Twelve maps of 16 × 16, with the names of rows and columns.
    @Sendable private static func heads() -> Slide {
        let names = (0..<16).map { TokenLabel(display: "t\($0)") }
        return slide { _ in
            Grid(columns: 4, spacing: Size(18, 10)) {
                for head in 0..<12 {
                    Matrix(rows: 16, columns: 16) { abs(number(head * 256 + $0 * 16 + $1)) }
                        .named(words: Phrase("H\(head)")).withoutShape().rows(names).columns(names)
                }
            }
        }
    }

    /// 4 × 64 numbers, written out.
    @Sendable private static func matrix() -> Slide {
        slide { _ in
            VStack(.leading, spacing: 8) {
                for part in 0..<4 {
                    Matrix(rows: 4, columns: 16) { number($0 * 64 + part * 16 + $1) }.withoutShape()
                }
            }
        }
    }

    /// Five rows of six boxes with their names, joined by arrows.
    @Sendable private static func diagram() -> Slide {
        slide { _ in
            VStack(spacing: 24) {
                for row in 0..<5 {
                    HStack(spacing: 4) {
                        for column in 0..<6 {
                            if column > 0 { Arrow(length: 60) }
                            Text("box \(row * 6 + column)").padding(14).panel(frame: .muted)
                        }
                    }
                }
            }
        }
    }

    private static func slide(_ body: @escaping @Sendable (Density) -> some Mark) -> Slide {
        Slide(id: "measured", title: "Measured", densities: Density.fine, body: body)
    }
}
