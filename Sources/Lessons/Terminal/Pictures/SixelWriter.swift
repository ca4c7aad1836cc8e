import Rendering

/// Writes a picture as sixels: bands of six rows, each colour's places in a band as one run of letters (DEC STD 070).
struct SixelWriter {
    private let pixels: PixelGrid

    init(_ pixels: PixelGrid) { self.pixels = pixels }

    /// Steps of red, green and blue: 6 × 7 × 6 colours, no more than every terminal has registers for.
    private static let steps = (red: 6, green: 7, blue: 6)

    private static func step(_ byte: UInt8, _ count: Int) -> Int { (Int(byte) * (count - 1) + 127) / 255 }

    private func color(_ x: Int, _ y: Int) -> Int {
        let from = (y * pixels.width + x) * 4
        let steps = Self.steps
        let red = Self.step(pixels.bytes[from], steps.red)
        let green = Self.step(pixels.bytes[from + 1], steps.green)
        let blue = Self.step(pixels.bytes[from + 2], steps.blue)
        return (red * steps.green + green) * steps.blue + blue
    }

    /// `#index;2;red;green;blue`, in hundredths.
    private static func definition(_ color: Int) -> String {
        let blue = color % steps.blue
        let green = color / steps.blue % steps.green
        let red = color / steps.blue / steps.green
        func percent(_ step: Int, _ count: Int) -> Int { (step * 100 + (count - 1) / 2) / (count - 1) }
        return "#\(color);2;\(percent(red, steps.red));\(percent(green, steps.green));\(percent(blue, steps.blue))"
    }

    var bytes: [UInt8] {
        let colors = (0..<pixels.height).map { y in (0..<pixels.width).map { color($0, y) } }
        var text = Array("\u{1B}Pq\"1;1;\(pixels.width);\(pixels.height)".utf8)
        for color in Set(colors.joined()).sorted() { text += Self.definition(color).utf8 }
        var top = 0
        while top < pixels.height {
            write(Array(colors[top..<min(top + 6, pixels.height)]), to: &text)
            text.append(UInt8(ascii: "-"))
            top += 6
        }
        return text + Array("\u{1B}\\\n".utf8)
    }

    private func write(_ band: [[Int]], to text: inout [UInt8]) {
        var isFirst = true
        for color in Set(band.joined()).sorted() {
            if !isFirst { text.append(UInt8(ascii: "$")) }
            isFirst = false
            text += "#\(color)".utf8
            var run: (letter: UInt8, count: Int) = (0, 0)
            func flush() {
                guard run.count > 0 else { return }
                if run.count > 3 {
                    text += "!\(run.count)".utf8
                    text.append(run.letter)
                } else {
                    text += [UInt8](repeating: run.letter, count: run.count)
                }
            }
            for x in 0..<pixels.width {
                var bits: UInt8 = 0
                for (row, colors) in band.enumerated() where colors[x] == color { bits |= 1 << UInt8(row) }
                if run.letter == 63 + bits {
                    run.count += 1
                } else {
                    flush()
                    run = (63 + bits, 1)
                }
            }
            // What is empty to the end of a band need not be said.
            if run.letter != 63 { flush() }
        }
    }
}
