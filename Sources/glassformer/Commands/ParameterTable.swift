import Reading
import Subjects
import Tracing
import Wording

// How many parameters an architecture has, in words and in numbers.
extension ParameterCount {
    var json: JSONText {
        let names: [(String, JSONText)] = [("name", .text(title)), ("source", source.map { .text($0) } ?? .null)]
        return .members(names + sizeList + [("matrices", matrixList)])
    }

    /// The number of parameters and the sizes that it follows from.
    var sizeList: [(name: String, value: JSONText)] {
        let c = sizes
        return [
            ("parameters", total), ("layers", c.layers), ("heads", c.heads), ("width", c.width), ("hidden", c.hidden),
            ("context", c.context), ("vocabulary", c.vocabulary),
        ].map { ($0, .integer($1)) }
    }

    var matrixList: JSONText {
        .objects(matrices) {
            [
                "name": .text($0.name), "shape": .integers($0.shape.dimensions),
                "axes": .texts($0.axes.map(\.rawValue)), "copies": .integer($0.copies),
                "parameters": .integer($0.count),
            ]
        }
    }

    func text(style: Style) -> String {
        var text = style.strong(title) + "\n" + sizesLine + "\n"
        if let source { text += style.dim(source) + "\n" }
        return text + "\n" + table(style: style)
    }

    private var sizesLine: String {
        let c = sizes
        return ModelsText.sizes.text([
            "layers": "\(c.layers)", "heads": "\(c.heads)", "width": "\(c.width)", "hidden": "\(c.hidden)",
            "context": "\(c.context)", "vocabulary": "\(c.vocabulary)",
        ])
    }

    func table(style: Style) -> String {
        var table = TextTable(
            [.left, .right, .right, .right, .right], heading: [ModelsText.matrix, .shape, .layers, .parameters, .share])
        for matrix in matrices {
            table.add(
                matrix.name, matrix.shape.description, matrix.copies == 1 ? "" : "\(matrix.copies)",
                ByteCount.grouped(matrix.count), ByteCount.share(matrix.count, of: total))
        }
        table.add(ModelsText.total.text, "", "", ByteCount.grouped(total), ByteCount.share(total, of: total))
        return table.text(style: style)
    }
}
