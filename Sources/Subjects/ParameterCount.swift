import Drawing
import Figures
import Models
import Tensors
import Tracing
import Wording

/// How many parameters an architecture has, matrix by matrix; nothing of it is computed or kept in memory.
package struct ParameterCount: Sendable {
    package struct Matrix: Sendable {
        package let name: String
        package let shape: Shape
        package let axes: [Axis]
        /// How many layers have one.
        package var copies: Int

        package var count: Int { shape.count * copies }
    }

    package let title: String
    package let source: String?
    package let sizes: Network.Sizes
    package private(set) var matrices: [Matrix] = []

    package init(preset: Preset) {
        self.init(
            shapes: Decoder.shapes(preset.configuration), sizes: preset.configuration.sizes, title: preset.title,
            source: preset.source)
    }

    package init(_ network: Network, title: String) {
        self.init(shapes: network.shapes, sizes: network.sizes, title: title, source: nil)
    }

    /// Every parameter of every layer.
    let parameters: [(name: StepName, shape: Shape)]

    private init(
        shapes: [(name: StepName, shape: Shape, axes: [Axis])], sizes: Network.Sizes, title: String, source: String?
    ) {
        self.title = title
        self.source = source
        self.sizes = sizes
        parameters = shapes.map { ($0.name, $0.shape) }
        var places: [StepName: Int] = [:]
        for (name, shape, axes) in shapes {
            let kind = StepName(name.label, stack: name.stack)
            if name.block != nil, let place = places[kind] {
                matrices[place].copies += 1
                continue
            }
            if name.block != nil { places[kind] = matrices.count }
            let title =
                name.block == nil
                ? name.description : name.stack.prefix() + "blocks.*.\(name.label.rawValue)"
            matrices.append(Matrix(name: title, shape: shape, axes: axes, copies: 1))
        }
    }

    /// Matrix by matrix: `gpt-3-by-matrix`.
    fileprivate var ledger: Slide {
        let id = title.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return MatrixLedger.slide(
            id: String(id) + "-by-matrix", model: title,
            matrices.map { MatrixLedger.Line($0.name, $0.shape.dimensions, copies: $0.copies) })
    }

    package var total: Int { matrices.reduce(0) { $0 + $1.count } }
}

extension Subject {
    /// Its numbers: `parameters`, `layers`, `width` … and each matrix's, by its name.
    init(_ count: ParameterCount) {
        let sizes = count.sizes
        var numbers = [
            "parameters": Double(count.total), "layers": Double(sizes.layers), "heads": Double(sizes.heads),
            "width": Double(sizes.width), "hidden": Double(sizes.hidden), "context": Double(sizes.context),
            "vocabulary": Double(sizes.vocabulary),
        ]
        for matrix in count.matrices { numbers[matrix.name] = Double(matrix.count) }
        self.init(title: count.title, slides: [Parameters.slide(count.parameters), count.ledger], numbers: numbers)
    }
}
