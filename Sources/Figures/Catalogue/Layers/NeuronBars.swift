import Drawing
import Tracing
import Wording

/// The activations of some neurons at one token, a bar each; its rows stand where a matrix's rows stand beside it.
struct NeuronBars: Mark {
    var neurons: [Int]
    var values: [Float]
    var step: String
    var position: Int
    /// From bar to bar, as high as the matrix's cells with the room between them.
    var pitch: Double
    var length: Double
    var token: Phrase

    /// The matrix's name and the margin inside its frame.
    private static let header = 26.0
    private static let margin = 4.0
    private static let gap = 12.0

    private func value(_ neuron: Int) -> Float { values.indices.contains(neuron) ? values[neuron] : .nan }

    private func label(_ neuron: Int, _ space: Space) -> String {
        space.text(BlockText.neuron.phrase.filled(["number": Phrase(String(neuron))]))
    }

    private func labels(_ space: Space) -> Double {
        neurons.map { space.width(of: label($0, space), .label) }.max() ?? 0
    }

    private func numbers(_ space: Space) -> Double {
        neurons.map { space.width(of: Numbers.fixed(Double(value($0))), .mono(.label)) }.max() ?? 0
    }

    private func title(_ space: Space) -> String {
        space.text(BlockText.activationAt.phrase.filled(["token": token]))
    }

    func extent(in space: Space) -> Extent {
        let bars = labels(space) + Self.gap + length + 10 + numbers(space)
        return Extent(
            max(bars, space.width(of: title(space), .label.semibold)),
            Self.header + 2 * Self.margin + pitch * Double(neurons.count))
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let start = rect.minX + labels(space) + Self.gap
        let most = neurons.map { Double(value($0)) }.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
        let negative = neurons.contains { value($0) < 0 && value($0).isFinite }
        let zero = negative ? start + length / 2 : start
        let reach = negative ? length / 2 : length
        canvas.text(
            title(space), at: Point(rect.minX, rect.minY + Self.header / 2 - 3), .label.semibold,
            theme.accent(.feedForward), .leading, in: space)
        let top = rect.minY + Self.header + Self.margin
        for (place, neuron) in neurons.enumerated() {
            let y = top + (Double(place) + 0.5) * pitch - 1
            let value = Double(value(neuron))
            var width = most > 0 && value.isFinite ? max(2, abs(value) / most * reach) : 2
            let thickness = min(26, pitch * 0.55)
            let tag = Tag(step: step, index: [0, position, neuron])
            canvas.text(label(neuron, space), at: Point(start - Self.gap, y), .label, theme.ink, .trailing, in: space)
            let odd = OddNumber(value)
            if let odd {
                width = canvas.oddBar(odd, at: Point(zero, y), thickness: thickness, tag: tag, in: space)
            } else {
                let bar = Rect(value < 0 ? zero - width : zero, y - thickness / 2, width, thickness)
                canvas.fill(.rounded(bar, radius: min(4, width / 2)), theme.accent(.feedForward), tag: tag)
            }
            let text = Numbers.fixed(value)
            canvas.text(
                text, at: Point((value < 0 && odd == nil ? zero : zero + width) + 10, y), .mono(.label), theme.muted,
                .leading,
                in: space)
            canvas.hotSpot(
                Rect(rect.minX, y - pitch / 2, rect.width, pitch), label(neuron, space), value: "\(self.value(neuron))",
                tag: tag)
        }
        canvas.line(
            Point(zero, top), Point(zero, top + pitch * Double(neurons.count) - 2), Stroke(theme.hairline, width: 1.5))
    }
}
