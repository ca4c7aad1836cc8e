import Drawing
import Figures
import Pages
import Tracing
import Wording

/// The stretches of an index of a trace's figures: the way to the first layer, each layer, the way out.
enum TraceSections {
    /// - Parameter drawn: in the order of the stages.
    static func indexed(_ drawn: [FigureFiles.Drawn]) -> [IndexFigure] {
        var hasLayers = false
        var stack = Stack.single
        return drawn.map { figure in
            if figure.picture.placement?.layer != nil {
                hasLayers = true
                // What knows both stacks, such as cross-attention, is part of the decoder.
                stack = figure.picture.stack ?? stack
            }
            var entry = IndexFigure(
                name: figure.picture.name, title: figure.title, size: figure.size,
                frames: figure.frames.map { Figure.Frame(items: [], caption: $0.caption, altText: $0.altText) },
                files: figure.files.map { ($0.format.rawValue.uppercased(), $0.names) },
                section: figure.picture.placement.map { section($0.layer, stack: stack, isAfter: hasLayers) },
                steps: figure.picture.steps.map(\.description))
            entry.kind = figure.picture.id
            entry.head = figure.picture.placement?.head
            entry.isMap = [ArchitectureMap.id, TwoStackMap.id].contains(figure.picture.id)
            entry.anchors = figure.anchors
            entry.values = figure.values
            return entry
        }
    }

    private static func section(_ layer: Int?, stack: Stack, isAfter: Bool) -> IndexFigure.Section {
        guard let layer else {
            return .init(id: isAfter ? "output" : "input", title: (isAfter ? SectionText.after : .before).text)
        }
        let number = SectionText.layer.text(["number": "\(layer)"])
        let title =
            switch stack {
            case .encoder: SectionText.encoder.text(["layer": Phrase(number)])
            case .decoder: SectionText.decoder.text(["layer": Phrase(number)])
            case .single: number
            }
        return .init(id: stack.prefix("-") + "layer-\(layer)", title: title)
    }
}
