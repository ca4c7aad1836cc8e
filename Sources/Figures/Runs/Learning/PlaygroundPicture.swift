import Drawing
import Platform
import Training
import Wording

/// The playground's page as a picture: features, hidden layers, the output with the points, and both losses.
struct PlaygroundPicture: Mark {
    var history: PlaygroundHistory
    var moment: PlaygroundMoment
    var weightLimit: Double

    private var widths: [Int] { moment.network.widths }
    /// Features and hidden layers.
    private var columns: Int { widths.count - 1 }
    private var rows: Int { widths.dropLast().max() ?? 1 }
    private static let head = 30.0
    private static let names = 52.0
    private static let leastCell = 19.0

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent {
        Extent(
            // Beside the output of a high page the losses have their curves and their words.
            max(Self.names + Double(columns) * 58 + 330, 580, min(space.width, 980)),
            max(Self.head + Double(rows) * Self.leastCell * 1.15, 250))
    }

    /// Where everything stands.
    private struct Places {
        /// The neurons' columns.
        var network: Rect
        var output: Rect
        var losses: Rect
        var cell: Double
        var pitch: Size
    }

    private func places(_ rect: Rect) -> Places {
        let isTall = rect.height > rect.width * 0.8
        let isLow = rect.height < 400
        let side: Double
        let losses: Rect
        var room = rect
        let output: Rect
        if isTall {
            side = min(rect.height * 0.38, rect.width * 0.42)
            room.size.height -= side + Self.head + 56
            output = Rect(rect.minX + 24, rect.maxY - side - 22, side, side)
            losses = Rect(
                output.maxX + 40, output.minY - Self.head, rect.maxX - output.maxX - 40, side + Self.head + 22)
        } else if isLow || columns == 1 {
            side = min(rect.height - Self.head - 22, rect.width * (isLow ? 0.24 : 0.34))
            let width = min(rect.width * 0.3, isLow ? 330 : 440)
            let top = rect.minY + Self.head + (rect.height - Self.head - 22 - side) / 2
            output = Rect(rect.maxX - width - 24 - side, top, side, side)
            let height = min(side + Self.head + 22, isLow ? .infinity : 360)
            losses = Rect(rect.maxX - width, output.midY - height / 2 - 4, width, height)
            room.size.width = output.minX - rect.minX - 28
        } else {
            side = min(rect.height * 0.6, rect.width * 0.34)
            let width = max(side, min(rect.width * 0.34, 440))
            output = Rect(rect.maxX - width, rect.minY + Self.head, side, side)
            losses = Rect(
                output.minX - 24, output.maxY + 34, width + 24, rect.maxY - output.maxY - 34)
            room.size.width = output.minX - rect.minX - 60
        }
        let top = Self.head
        let pitchX = min((room.width - Self.names) / Double(columns), 230)
        let free = room.height - top
        let cell = max(12, min(pitchX * 0.56, free / Double(rows) * 0.84, 96))
        let pitchY = min(free / Double(rows), cell * 1.45)
        let width = Self.names + pitchX * Double(columns - 1) + cell
        // In the middle of the room beside or above the output.
        let left = room.minX + max(0, (room.width - width) / 2)
        return Places(
            network: Rect(left + Self.names, room.minY + top, width - Self.names, free), output: output,
            losses: losses, cell: cell, pitch: Size(pitchX, pitchY))
    }

    private func box(_ column: Int, _ neuron: Int, _ places: Places) -> Rect {
        let count = Double(widths[column])
        let x = places.network.minX + Double(column) * places.pitch.width
        let top = places.network.midY - count * places.pitch.height / 2
        return Rect(
            x, top + Double(neuron) * places.pitch.height + (places.pitch.height - places.cell) / 2, places.cell,
            places.cell)
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let places = places(rect)
        links(places, rect, space, &canvas)
        for column in 0..<columns {
            head(column, places, space, &canvas)
            for neuron in 0..<widths[column] { self.neuron(column, neuron, places, space, &canvas) }
        }
        OutputPicture(history: history, moment: moment).place(in: places.output, space, onto: &canvas)
        LossesPicture(history: history, moment: moment).place(in: places.losses, space, onto: &canvas)
    }

    private func links(_ places: Places, _ rect: Rect, _ space: Space, _ canvas: inout Canvas) {
        let widest = max(3, min(8, places.cell * 0.13))
        for layer in 0..<moment.network.layers {
            for input in 0..<widths[layer] {
                let from = box(layer, input, places)
                for neuron in 0..<widths[layer + 1] {
                    let weight = Double(moment.network.weight(layer: layer, from: input, to: neuron))
                    let look = WeightLook(weight: weight, limit: weightLimit, widest: widest)
                    let start = Point(from.maxX, from.midY)
                    let path: Path
                    if layer + 1 < columns {
                        let to = box(layer + 1, neuron, places)
                        path = .ribbon(start, Point(to.minX, to.midY))
                    } else if places.output.minY > places.network.maxY {
                        // The output stands below: down beside the last layer's pictures.
                        path = below(start, Point(places.output.midX, places.output.minY - Self.head + 2))
                    } else {
                        path = .ribbon(start, Point(places.output.minX - 3, places.output.midY))
                    }
                    canvas.stroke(path, look.stroke(space.theme))
                }
            }
        }
    }

    /// To the right out of a picture, then down to one that lies below.
    private func below(_ from: Point, _ to: Point) -> Path {
        var path = Path()
        path.move(to: from)
        path.curve(to: to, Point(from.x + 90, from.y + 20), Point(to.x + 60, to.y - 90))
        return path
    }

    private func head(_ column: Int, _ places: Places, _ space: Space, _ canvas: inout Canvas) {
        let long =
            column == 0
            ? Phrase(en: "features", zh: "特征")
            : Phrase(en: "hidden layer \(column)", zh: "隐藏层 \(column)")
        let short = column == 0 ? long : Phrase(en: "layer \(column)", zh: "第 \(column) 层")
        let room = places.pitch.width - 10
        let fits = space.width(of: space.text(long), .label) <= room
        let text = space.text(fits ? long : short)
        let font = space.width(of: text, .label) <= room ? Font.label : .small
        let middle = box(column, 0, places).midX
        // All in one row, above every link.
        let top = (0..<columns).map { box($0, 0, places).minY }.min() ?? places.network.minY
        canvas.text(
            space.shortened(text, font, to: room), at: Point(middle, top - 16), font,
            space.theme.muted, in: space)
    }

    private func neuron(
        _ column: Int, _ neuron: Int, _ places: Places, _ space: Space, _ canvas: inout Canvas
    ) {
        let theme = space.theme
        let rect = box(column, neuron, places)
        let values = column == 0 ? moment.features[neuron] : moment.neurons[column - 1][neuron]
        let limit = column == 0 ? Double(values.map(abs).max() ?? 1) : 1
        PlanePicture(values: values, limit: limit).paint(rect, theme, onto: &canvas)
        canvas.stroke(.rounded(rect, radius: 3), Stroke(theme.ink, width: 1.5))
        guard column > 0 else {
            let symbol = history.settings.features[neuron].symbol
            canvas.text(
                symbol, at: Point(rect.minX - 10, rect.midY), space.density.label, theme.ink, .trailing, in: space)
            canvas.hotSpot(rect, symbol)
            return
        }
        let words = Phrase(en: "layer {l}, neuron {n}: bias {b}, weights {w}", zh: "第 {l} 层第 {n} 个神经元：偏置 {b}，权重 {w}")
        let weights = (0..<widths[column - 1]).map {
            Numbers.significant(Double(moment.network.weight(layer: column - 1, from: $0, to: neuron)))
        }
        canvas.hotSpot(
            rect,
            space.text(
                words.filled([
                    "l": Phrase("\(column)"), "n": Phrase("\(neuron + 1)"),
                    "b": Phrase(
                        Numbers.significant(Double(moment.network.bias(layer: column - 1, neuron: neuron)))),
                    "w": Phrase.list(weights),
                ])))
    }
}

/// What the network says of the whole plane, with the points that it learns from and is tested on.
struct OutputPicture {
    var history: PlaygroundHistory
    var moment: PlaygroundMoment
    var title: Phrase? = Phrase(en: "output", zh: "输出")

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        let picture = PlanePicture(values: moment.output)
        picture.paint(rect, theme, onto: &canvas)
        // A regression has no sides to part.
        if moment.accuracy != nil {
            picture.paintBoundary(in: rect, theme, width: rect.width > 400 ? 3 : 2, onto: &canvas)
        }
        let most = Int(clamping: rect.width * rect.width / 900)
        PointLook.paint(
            training: PointLook.thinned(history.training, most: most),
            test: PointLook.thinned(history.test, most: most), in: rect, radius: max(3, min(6.5, rect.width / 85)),
            theme, onto: &canvas)
        canvas.stroke(.rounded(rect, radius: 3), Stroke(theme.ink, width: 2))
        if let title {
            canvas.text(space.text(title), at: Point(rect.midX, rect.minY - 15), .label, theme.muted, in: space)
        }
        for (share, text) in [(0.0, "−6"), (0.5, "0"), (1.0, "6")] {
            canvas.text(
                text, at: Point(rect.minX + share * rect.width, rect.maxY + 12), .mono(.small), theme.muted,
                Alignment(horizontal: share, vertical: 0.5), in: space)
        }
        canvas.hotSpot(rect, space.text(history.words(moment)))
    }
}
