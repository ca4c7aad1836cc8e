import Drawing
import Wording

/// A file, its bytes, and the numbers that four of them are.
package enum BytesFigure {
    package static let id = "bytes"
    package static let title = Phrase(en: "A model is a file, a file is bytes", zh: "模型是文件，文件是字节")

    /// - Parameters:
    ///   - model: whose file it is.
    ///   - size: of the file, in bytes.
    ///   - tensor: the name of the matrix that the bytes are of.
    ///   - bytes: its first ones, four a number, the least significant first (float32).
    package static func slide(model: String, size: Int, tensor: String, bytes: [UInt8]) -> Slide {
        let groups = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { Array(bytes[$0..<$0 + 4]) }
        let numbers = groups.map { group in
            Float(bitPattern: group.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        }
        let takeaway = Phrase(
            en:
                "{model} is {size} {size|byte|bytes}. The first four of {tensor} are {hex}: read from the back they are the 32 bits of {number}.",
            zh: "{model} 一共 {size} 个字节。{tensor} 的头四个字节是 {hex}：倒过来读，就是 {number} 的 32 位。"
        ).filled([
            "model": Phrase(model), "size": Phrase(Numbers.count(size)), "tensor": Phrase(tensor),
            "hex": Phrase(groups.first.map { hex($0) } ?? "–"),
            "number": Phrase(numbers.first.map { Numbers.significant(Double($0)) } ?? "–"),
        ])
        return Slide(
            id: id, title: title,
            subtitle: Phrase(
                en: "Nothing else is in it: names, shapes, and one number behind the other.",
                zh: "里面没有别的：名字、形状，然后是一个接一个的数。"),
            takeaway: takeaway,
            legend: [
                LegendKey(.fill(.role(.key)), Phrase(en: "sign", zh: "符号位")).any,
                LegendKey(.fill(.role(.query)), Phrase(en: "exponent", zh: "指数位")).any,
                LegendKey(.fill(.role(.value)), Phrase(en: "fraction", zh: "尾数位")).any,
            ],
            altText: Phrase(
                en: "Rows of four bytes with their 32 bits and the number they make: {rows}. {takeaway}",
                zh: "每行四个字节、对应的 32 位和所表示的数：{rows}。{takeaway}"
            ).filled([
                "rows": Phrase.list(zip(groups, numbers).map { "\(hex($0)) = \($1)" }, isLong: true),
                "takeaway": takeaway,
            ])
        ) { _ in Picture(groups: groups, numbers: numbers).steady() }
    }

    private static func hex(_ bytes: [UInt8]) -> String { bytes.map { digits($0) }.joined(separator: " ") }

    private static func digits(_ byte: UInt8) -> String {
        let letters = Array("0123456789ABCDEF")
        return String([letters[Int(byte >> 4)], letters[Int(byte & 15)]])
    }

    private struct Picture: Mark {
        var groups: [[UInt8]]
        var numbers: [Float]

        var stretch: Stretch { .both }

        func extent(in space: Space) -> Extent {
            Extent(640, Double(groups.count) * space.density.label.size * 4.4)
        }

        func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
            let (theme, font) = (space.theme, space.density.label)
            let pitch = rect.height / Double(max(1, groups.count))
            let cell = min((rect.width - 20) / 32, pitch * 0.4)
            let box = Size(font.size * 2.1, font.size * 1.6)
            for (row, group) in groups.enumerated() {
                let y = rect.minY + Double(row) * pitch + pitch * 0.08
                for (place, byte) in group.enumerated() {
                    let rect = Rect(rect.minX + Double(place) * (box.width + 6), y, box.width, box.height)
                    canvas.fill(.rounded(rect, radius: 5), theme.panel, stroke: Stroke(theme.muted, width: 1.5))
                    canvas.text(digits(byte), at: rect.center, .mono(font), theme.ink, in: space)
                }
                let number = "= \(Numbers.significant(Double(numbers[row]), digits: 5))"
                canvas.text(
                    number, at: Point(rect.minX + 4 * (box.width + 6) + font.size, y + box.height / 2),
                    .mono(font.semibold), theme.ink,
                    .leading, in: space)
                let bits = numbers[row].bitPattern
                for bit in 0..<32 {
                    let digit = bits >> UInt32(31 - bit) & 1
                    let part = bit == 0 ? 0 : bit < 9 ? 1 : 2
                    let color = theme.accent(part == 0 ? .key : part == 1 ? .query : .value)
                    let square = Rect(
                        rect.minX + Double(bit) * cell + Double(part) * 8, y + box.height + 6, cell,
                        min(cell, pitch - box.height - 10)
                    ).inset(by: 1)
                    canvas.fill(
                        .rounded(square, radius: 2), digit == 1 ? color : theme.paper.mixed(with: color, 0.12),
                        stroke: Stroke(color, width: 1))
                }
            }
        }
    }
}
