import CPangoCairo
import Drawing
import Foundation
import Rendering
import Wording

/// A small slide with Chinese, English, a formula, a matrix, a picture of many cells and a link.
func sampleFigure(
    _ language: Language = .chinese, _ mode: Theme.Mode = .light, size: Size = .slide
) throws -> Figure {
    let tokens: [TokenLabel] = ["我", "爱", "吃", " apple"]
    let scores = Matrix(rows: 4, columns: 4) { Float($0 * 3 - $1 * 2) / 4 }.rows(tokens).columns(tokens)
        .named(words: Phrase(en: "scores", zh: "分数"), .scores).tagged("blocks.0.attn.attn_scores") { [0, 0, $0, $1] }
    let heat = Matrix(rows: 40, columns: 40) { Float(($0 * $1) % 17) - 8 }.whole().cell(Size(4, 4)).named("W_Q", .query)
    let slide = Slide(
        id: "sample", title: Phrase(en: "Attention, end to end", zh: "注意力，从头到尾"),
        subtitle: Phrase(en: "“apple” looks at three words.", zh: "“果”在看谁？"), here: MiniMap(.attention, layer: 0),
        formula: Formula(#"\softmax\left(\frac{\role{query}{Q}K^\top}{\sqrt{d}}\right)"#),
        takeaway: Phrase(en: "Most goes to one.", zh: "大半给了一个词。"), legend: [ColorScale(scores.valueScale).any]
    ) { _ in
        HStack {
            scores
            heat
            Text("glassformer").link("https://example.org/a'b")
        }
    }
    return try slide.figure(
        SlideStyle(
            size: size, theme: .named(mode), language: language, measurer: PangoMeasurer(),
            command: "glassformer draw \"我爱吃苹果\" <&>"))
}

/// Runs an installed program on a file; nil, with a note, where it is not installed.
func output(of program: String, _ arguments: [String]) throws -> String? {
    let path = "/usr/bin/\(program)"
    guard FileManager.default.isExecutableFile(atPath: path) else {
        print("skipped: \(program) is not installed, so its check of the output does not run")
        return nil
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

/// A file that is removed when `body` is done.
func withFile<Result>(_ bytes: [UInt8], _ suffix: String, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + suffix)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
}

/// A PNG as libpng reads it: an oracle that we did not write.
struct Picture {
    var width = 0
    var height = 0
    /// One word a pixel: alpha, red, green, blue; colours multiplied by alpha.
    var pixels: [UInt32] = []

    init?(png path: String) {
        guard let surface = cairo_image_surface_create_from_png(path) else { return nil }
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else { return nil }
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        let hasAlpha = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32
        for y in 0..<height {
            (data + y * stride).withMemoryRebound(to: UInt32.self, capacity: width) { row in
                for x in 0..<width { pixels.append(hasAlpha ? row[x] : row[x] | 0xFF00_0000) }
            }
        }
    }

    subscript(x: Int, y: Int) -> UInt32 { pixels[y * width + x] }

    /// The mean difference of the colour components, of 255.
    func difference(from other: Picture) -> Double {
        guard width == other.width, height == other.height else { return 255 }
        var sum = 0
        for (first, second) in zip(pixels, other.pixels) {
            for shift in [0, 8, 16] as [UInt32] {
                sum += abs(Int(first >> shift & 255) - Int(second >> shift & 255))
            }
        }
        return Double(sum) / Double(pixels.count * 3)
    }
}
