import Drawing
import Models
import Rendering
import Tensors
import Tracing
import Wording

@testable import Figures

/// Small random models for the figures of a block: every weight large enough to make the tensors lively.
enum BlockSamples {
    static let chinese = ["我", "爱", "吃", "苹", "果"]
    static let english = ["the", "␣cat", "␣sat", "␣on"]

    static func trace(
        _ words: [String] = chinese, norm: DecoderConfiguration.NormPlacement = .pre,
        activation: ActivationFunction = .geluTanh, layers: Int = 2, width: Int = 32, heads: Int = 4
    ) throws -> Trace {
        let configuration = DecoderConfiguration(
            vocabularySize: 100, context: 64, width: width, layers: layers, heads: heads, activation: activation,
            normPlacement: norm)
        var parameters = try Decoder(configuration: configuration, seed: 3).parameters
        var random = RandomSource(seed: 9)
        let shapes = Decoder.shapes(configuration)
        parameters.update { place, tensor in
            let deviation = shapes[place].shape.rank > 1 ? 0.2 : 0.1
            let noise = Tensor.normal(shapes[place].shape, deviation: deviation, using: &random).scalars
            tensor = (try? Tensor(shapes[place].shape, zip(tensor.scalars, noise).map { $0 + $1 })) ?? tensor
        }
        let decoder = try Decoder(configuration: configuration, parameters: parameters)
        let recorder = Recorder()
        let ids = words.indices.map { ($0 * 7 + 3) % 100 }
        var cache: KeyValueCache?
        _ = try decoder.probabilities([ids], cache: &cache, on: recorder)
        return recorder.trace(
            model: ModelCard(name: "random"), tokens: zip(ids, words).map { TraceToken(id: $0, display: $1) })
    }

    /// The same tensors as another engine would record them: without operations, and only those that `keeps` wants.
    static func recorded(_ trace: Trace, keeps: (Step) -> Bool) throws -> Trace {
        try Trace(
            steps: trace.steps.filter(keeps).map {
                Step(name: $0.name, operation: Source(.unexplained), tensor: $0.tensor, axes: $0.axes)
            }, model: trace.model, tokens: trace.tokens)
    }

    static func request(
        _ trace: Trace, _ language: Language = .english, _ size: Size = .slide,
        measurer: any TextMeasurer = PangoMeasurer()
    ) -> FigureRequest {
        FigureRequest(trace: trace, style: SlideStyle(size: size, language: language, measurer: measurer))
    }

    static let figures: [FigureKind] = [
        FigureKind(LayerNormFigure.self), FigureKind(FeedForwardFigure.self), FigureKind(ActivationCurve.self),
        FigureKind(StrongestNeurons.self), FigureKind(ResidualStream.self),
        FigureKind(LayerFigure.self), FigureKind(ResidualOverview.self), FigureKind(FinalNormFigure.self),
        FigureKind(DataShapes.self), FigureKind(Parameters.self),
    ]

    static func figure(_ id: String, _ request: FigureRequest) throws -> Figure? {
        guard let type = figures.first(where: { $0.id == id }), type.isPossible(request) else { return nil }
        return try type.slide(request).figure(request.style)
    }
}

extension Figure {
    /// Every filled or framed path of a frame with its tag, groups opened.
    func paths(frame: Int = 0) -> [(rect: Rect, tag: Drawing.Tag?, isFilled: Bool)] {
        func collect(_ items: [Item]) -> [(rect: Rect, tag: Drawing.Tag?, isFilled: Bool)] {
            items.flatMap { item -> [(rect: Rect, tag: Drawing.Tag?, isFilled: Bool)] in
                switch item.content {
                case .path(let path, let fill, _): path.bounds.map { [($0, item.tag, fill != nil)] } ?? []
                case .group(let inner), .link(_, let inner): collect(inner)
                case .text, .image: []
                }
            }
        }
        return collect(frames[frame].items)
    }

    /// Every line of text of a frame.
    func lines(frame: Int = 0) -> [String] {
        func collect(_ items: [Item]) -> [String] {
            items.flatMap { item -> [String] in
                switch item.content {
                case .text(let line): [line.string]
                case .group(let inner), .link(_, let inner): collect(inner)
                case .path, .image: []
                }
            }
        }
        return collect(frames[frame].items)
    }
}
