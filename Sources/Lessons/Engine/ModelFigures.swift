import Drawing
import Figures
import Models
import Rendering
import Tracing
import Wording

extension ModelEngine {
    public func figure(
        _ reference: FigureReference, language: Language, theme: Theme.Mode
    ) throws -> DrawnFigure {
        let figure = try drawing(reference, language: language, theme: theme)
        let renderer = Renderer()
        return DrawnFigure(
            figure, pictures: try figure.frames.indices.map { Array(try renderer.svg(figure, frame: $0).utf8) })
    }

    public func pdf(_ reference: FigureReference, language: Language) throws -> [UInt8] {
        try Renderer().pdf(drawing(reference, language: language, theme: .light))
    }

    /// - Throws: `EngineError`, and what tracing and layout throw.
    private func drawing(_ reference: FigureReference, language: Language, theme: Theme.Mode) throws -> Figure {
        guard let kind = Catalogue.figure(reference.id) else {
            throw EngineError.unknownFigure(reference.id, known: Catalogue.all.map { $0.id })
        }
        let options = reference.options
        guard let text = options.text else { throw EngineError.figureWithoutText(reference.id) }
        let model = try model(options.model ?? ModelLibrary.standard)
        let ids = try model.encode(text)
        var request = FigureRequest(
            trace: try trace(model, ids: ids, generating: options.tokens ?? model.usualLength(ModelInput(ids: ids))),
            tokenizer: model.tokenizer, text: text,
            layer: try options.layer.map { try index($0, model: model) } ?? 0,
            head: try options.head.map { try index($0, model: model) } ?? 0,
            position: try options.position.map { try position($0, in: text, model: model) },
            top: options.top, cell: options.step.map { (step: StepName($0), index: options.at ?? []) },
            table: options.step.map { StepName($0) },
            style: SlideStyle(
                size: try options.size.map(Self.size) ?? size, theme: .named(theme),
                language: language, measurer: PangoMeasurer(), command: try reference.command.text(from: self)))
        guard kind.isPossible(request) else { throw EngineError.impossibleFigure(reference.id, text: text) }
        do {
            return try kind.slide(request).figure(request.style)
        } catch {
            guard error.leastSize != nil, options.size == nil else { throw error }
            request.style.size = .slide
            return try kind.slide(request).figure(request.style)
        }
    }

    /// - Throws: `EngineError.badSize`.
    private static func size(_ text: String) throws -> Size {
        switch text {
        case "slide": return .slide
        case "wide": return .wide
        case "square": return .square
        default:
            let sides = text.split(separator: "x", omittingEmptySubsequences: false).compactMap { Double($0) }
            guard sides.count == 2, sides.allSatisfy({ (1...Double(Renderer.mostPixels)).contains($0) }) else {
                throw EngineError.badSize(text)
            }
            return Size(sides[0], sides[1])
        }
    }
}
