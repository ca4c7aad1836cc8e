import Drawing
import Tensors
import Tracing
import Wording

/// Two matrices cut over workers: what goes in, the first cut by columns, what each worker has between, the second cut
/// by rows, a partial result for each, and their sum.
struct ShardPicture: ComposedMark {
    /// The shapes and names of what is drawn, from the whole model's run.
    struct Pieces: Sendable {
        var input: [Int]
        var first: [Int]
        var between: [Int]
        var second: [Int]
        var firstName: String
        var betweenName: String
        var secondName: String
        var role: Role
        /// What happens between the matrices.
        var middle: Phrase

        /// - Throws: `TracingError.unknownStep(_:nearest:)`.
        init(whole: Trace, part: TensorParallelFigure.Part, layer: Int) throws {
            func shape(_ label: Label) throws -> [Int] { try whole.step(.block(layer, label)).shape.dimensions }
            let output = try shape(part.output)
            let rows = output.count == 3 ? output[0] * output[1] : output.first ?? 1
            input = [rows, output.last ?? 1]
            role = part.role
            switch part {
            case .attention:
                let weight = try shape(.outputWeight)
                second = weight
                // The three side by side; keys and values may have fewer heads.
                first = [
                    input[1],
                    try [Label.queryWeight, .keyWeight, .valueWeight].reduce(0) {
                        $0 + (try shape($1)).dropFirst().reduce(1, *)
                    },
                ]
                between = [rows, weight[0]]
                (firstName, betweenName, secondName) = ("W_{QKV}", "Z", "W_O")
                middle = Phrase(en: "each its own heads", zh: "各算各的头")
            case .feedForward:
                second = try shape(.feedForwardWeight)
                first = try shape(.hiddenWeight)
                between = [rows, second[0]]
                (firstName, betweenName, secondName) = ("W_1", "f(H)", "W_2")
                middle = Phrase(en: "each its own neurons", zh: "各算各的神经元")
            }
        }
    }

    var pieces: Pieces
    var workers: Int

    // Not to scale: a model's true sizes would leave no room for a text of four tokens.
    private static let width = 96.0
    private static let inner = 150.0
    private static let rows = 62.0
    private static let gap = 46.0
    private static let shift = 9.0

    func build(_ space: Space) -> AnyMark {
        let most = min(max(space.density.zoom, 0.72), 1.3)
        return ThatFits {
            for share in [1, 0.92, 0.84, 0.76, 0.68, 0.6] { picture(max(0.55, most * share)) }
        }.any
    }

    private func picture(_ zoom: Double) -> AnyMark {
        let size = { (width: Double, height: Double) in Size(width * zoom, height * zoom) }
        let (row, tall) = (size(Self.width, Self.rows), size(Self.width, Self.inner))
        let sign = { (text: String) in
            Text(text).font(.heading).frame(width: Self.gap * zoom)
        }
        let arrow = { (above: String) in
            Arrow(.right, above: above.isEmpty ? nil : Text(above).font(.heading).any, length: Self.gap * zoom - 12)
                .color(.ink).padding(Insets(horizontal: 6))
        }
        return HStack(spacing: 0) {
            part("X", pieces.input, plain(row))
            sign("×")
            part(pieces.firstName, pieces.first, cut(size(Self.inner, Self.width), upright: true))
            arrow("")
            part(
                pieces.betweenName, pieces.between, cut(size(Self.inner, Self.rows), upright: true),
                further: pieces.middle)
            sign("×")
            part(pieces.secondName, pieces.second, cut(tall, upright: false))
            sign("=")
            sheets(row, zoom)
            arrow("Σ")
            part("Y", pieces.input, plain(row))
        }.any
    }

    /// A piece with its name above and its shape below.
    private func part(_ name: String, _ shape: [Int], _ body: some Mark, further: Phrase? = nil) -> AnyMark {
        body.captioned(
            VStack(spacing: 2) {
                Text(Numbers.shape(shape)).font(.mono(.small)).color(.muted)
                if let further { Text(further).font(.small).color(.muted) }
            }
        ).titled(Formula(name).size(22).color(.role(pieces.role)), alignment: 0.5, gap: 4).any
    }

    private func plain(_ size: Size) -> Drawn {
        Drawn(size.width, size.height) { rect, space, canvas in
            canvas.fill(
                .rectangle(rect), space.theme.panel, stroke: Stroke(space.theme.accent(.residual), width: 2))
        }
    }

    /// Partial results lie on one another like sheets.
    private func sheets(_ size: Size, _ zoom: Double) -> AnyMark {
        let shift = min(Self.shift, 46 / Double(max(workers - 1, 1))) * zoom
        let more = Double(workers - 1) * shift
        let stack = Drawn(size.width + more, size.height + more) { rect, space, canvas in
            for worker in (0..<workers).reversed() {
                let step = Double(worker) * shift
                let sheet = Rect(rect.minX + step, rect.minY + step, size.width, size.height)
                canvas.fill(.rectangle(sheet), space.theme.paper)
                WorkerLook(worker: worker).paint(sheet, space.theme, onto: &canvas)
            }
        }
        let count = Phrase(en: "{n} {n|part|parts}", zh: "{n} 份").filled(["n": Phrase("\(workers)")])
        return stack.captioned(Text(count).font(.small).color(.muted))
            .titled(Formula("Y_w").size(22).color(.role(pieces.role)), alignment: 0.5, gap: 4).any
    }

    /// A matrix as its workers' pieces.
    private func cut(_ size: Size, upright: Bool) -> Drawn {
        Drawn(size.width, size.height) { rect, space, canvas in
            for worker in 0..<workers {
                let (start, share) = (Double(worker) / Double(workers), 1 / Double(workers))
                let piece =
                    upright
                    ? Rect(rect.minX + start * rect.width, rect.minY, share * rect.width, rect.height)
                    : Rect(rect.minX, rect.minY + start * rect.height, rect.width, share * rect.height)
                WorkerLook(worker: worker).paint(piece.inset(by: 1), space.theme, onto: &canvas)
                canvas.hotSpot(piece, space.text(WorkerLook.name(worker)))
            }
        }
    }
}
