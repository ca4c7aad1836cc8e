import Drawing
import Figures
import Models
import Reading
import Tensors
import Tracing
import Wording

extension SubjectShelf {
    /// Every picture of a small calculation: those of a page, and those that need optimisers, presets or files.
    package var calculations: [CalculationKind] {
        CalculationGallery.all + TrainedCalculations.all + [
            CalculationKind(id: ToScale.id, title: ToScale.title, example: ToScale.id) {
                [models] (_) throws(Failure) in try Self.scale(models)
            },
            CalculationKind(id: BytesFigure.id, title: BytesFigure.title, example: "bytes(\"next-word\")") {
                [models] (given) throws(Failure) in
                try Self.bytes(of: try given.text(0, ModelLibrary.standard), models)
            },
        ]
    }

    /// The course's machines in the order of their size, each counted and none recited.
    private static func scale(_ models: ModelShelf) throws(Failure) -> Slide {
        func count(_ shapes: [(name: StepName, shape: Shape, axes: [Axis])]) -> Int64 {
            shapes.reduce(Int64(0)) { $0 + Int64($1.shape.count) }
        }
        let perceptron = Perceptron(weights: [0, 0, 0], threshold: 0).parameters.count
        // Weights and biases of two features, layers of four and of two, one answer.
        let network = [(2, 4), (4, 2), (2, 1)].reduce(0) { $0 + $1.0 * $1.1 + $1.1 }
        let shipped = try told { try models.model(nil) }
        let published = ["gpt-2", "gpt-3"].compactMap { name in Preset.all.first { $0.name == name } }
        return ToScale.slide(
            [
                ToScale.Model(Phrase(en: "perceptron", zh: "感知机"), Int64(perceptron)),
                ToScale.Model(Phrase(en: "playground network", zh: "游乐场网络"), Int64(network)),
                ToScale.Model(
                    Phrase(en: "the shipped transformer", zh: "自带的 Transformer"), count(shipped.network.shapes)),
            ] + published.map { ToScale.Model(Phrase($0.title), count(Decoder.shapes($0.configuration))) })
    }

    /// The first numbers of a model's file, as they lie there.
    private static func bytes(of name: String, _ models: ModelShelf) throws(Failure) -> Slide {
        let folder = try told { try models.folder(name) }
        let path = folder + "/model.safetensors"
        let tensors = try SafeTensors(path: path)
        guard let first = tensors.namesInOrder.first(where: { tensors.entries[$0]?.kind == "F32" }),
            let bytes = tensors.bytes(of: first)
        else {
            throw Failure(CalculationProblem(Phrase(en: "“\(name)” holds no float32", zh: "“\(name)”里没有 float32 的数")))
        }
        let head = withExtendedLifetime(tensors) { Array(bytes.prefix(16)) }
        return BytesFigure.slide(model: name, size: try DiskFile(path: path).count, tensor: first, bytes: head)
    }

    /// What a reader of files throws, as this floor's error.
    private static func told<Result>(_ make: () throws -> Result) throws(Failure) -> Result {
        do { return try make() } catch {
            throw error as? Failure
                ?? Failure(CalculationProblem((error as? any ExplainedError)?.explanation ?? Phrase("\(error)")))
        }
    }
}
