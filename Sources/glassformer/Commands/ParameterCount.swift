import Models
import Reading
import Tensors
import Tracing
import Wording

/// A published architecture: its sizes, and where they are published.
struct Preset: Sendable {
    let name: String
    let title: String
    let configuration: DecoderConfiguration
    let source: String

    /// GPT-2: Radford et al. 2019, table 2, and the released files. GPT-3: Brown et al. 2020, table 2.1.
    static let all: [Preset] = [
        gpt2("gpt-2", "GPT-2 small", layers: 12, heads: 12, width: 768),
        gpt2("gpt-2-medium", "GPT-2 medium", layers: 24, heads: 16, width: 1024),
        gpt2("gpt-2-large", "GPT-2 large", layers: 36, heads: 20, width: 1280),
        gpt2("gpt-2-xl", "GPT-2 XL", layers: 48, heads: 25, width: 1600),
        Preset(
            name: "gpt-3", title: "GPT-3",
            configuration: DecoderConfiguration(
                vocabularySize: 50_257, context: 2_048, width: 12_288, layers: 96, heads: 96),
            source: "Brown et al. 2020, arXiv:2005.14165, table 2.1"),
    ]

    private static func gpt2(_ name: String, _ title: String, layers: Int, heads: Int, width: Int) -> Preset {
        Preset(
            name: name, title: title,
            configuration: DecoderConfiguration(
                vocabularySize: 50_257, context: 1_024, width: width, layers: layers, heads: heads),
            source: "Radford et al. 2019, “Language Models are Unsupervised Multitask Learners”, table 2")
    }

    /// - Throws: ``CommandProblem/unknownPreset(_:known:)``.
    static func named(_ name: String) throws -> Preset {
        func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
        guard let preset = all.first(where: { plain($0.name) == plain(name) }) else {
            throw CommandProblem.unknownPreset(name, known: all.map(\.name))
        }
        return preset
    }
}

/// How many parameters an architecture has, matrix by matrix; nothing of it is computed or kept in memory.
struct ParameterCount {
    struct Matrix {
        let name: String
        let shape: Shape
        let axes: [Axis]
        /// How many layers have one.
        var copies: Int

        var count: Int { shape.count * copies }
    }

    let title: String
    let source: String?
    private let configuration: Network.Sizes
    private(set) var matrices: [Matrix] = []

    init(preset: Preset) {
        self.init(
            shapes: Decoder.shapes(preset.configuration), sizes: preset.configuration.sizes, title: preset.title,
            source: preset.source)
    }

    init(_ network: Network, title: String) {
        self.init(shapes: network.shapes, sizes: network.sizes, title: title, source: nil)
    }

    private init(
        shapes: [(name: StepName, shape: Shape, axes: [Axis])], sizes: Network.Sizes, title: String, source: String?
    ) {
        self.title = title
        self.source = source
        configuration = sizes
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

    var total: Int { matrices.reduce(0) { $0 + $1.count } }

    var json: JSONText {
        let names: [(String, JSONText)] = [("name", .text(title)), ("source", source.map { .text($0) } ?? .null)]
        return .members(names + sizes + [("matrices", matrixList)])
    }

    /// The number of parameters and the sizes that it follows from.
    var sizes: [(name: String, value: JSONText)] {
        let c = configuration
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
        let c = configuration
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
