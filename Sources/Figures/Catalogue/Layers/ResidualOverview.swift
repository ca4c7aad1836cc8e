import Drawing
import Tracing
import Wording

/// One token's vector as a long sum: what the embedding, the position and each sublayer of every layer added.
package enum ResidualOverview: TraceFigure {
    package static let id = "residual-overview"
    package static let title = Phrase(en: "One vector, written as a long sum", zh: "一个向量，一道长长的加法")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.residualPost, .embed, .positionEmbed, .attentionOut, .feedForwardOut]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        let (rows, isPostNorm) = rows(request)
        guard let last = rows.last, last.kind == .stream, rows.count > 2 else { return false }
        guard !isPostNorm else {
            return request.trace.layers.allSatisfy { layer in
                var part = request
                part.layer = layer
                return part.residual == .normalized
            }
        }
        // The numbers must bear out what the figure says of them.
        let isRounded = request.trace.steps.contains { $0.operation is Cast }
        let most = (isRounded ? 3e-2 : 1e-3) * max(last.values.greatestMagnitude, 1e-9)
        return last.values.indices.allSatisfy { column in
            let sum = rows.dropLast().reduce(0) {
                $0 + Double($1.values.indices.contains(column) ? $1.values[column] : .nan)
            }
            let difference = abs(sum - Double(last.values[column]))
            return !difference.isFinite || difference <= most
        }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let (rows, isPostNorm) = rows(request)
        let token = request.labels.name(request.focus)
        let scale = ClippedScale(rows.flatMap { $0.values })
        let ledger = VectorLedger(
            rows: rows, column: isPostNorm ? nil : VectorLedger.tellingColumn(rows), scale: scale.scale,
            cellsTitle: BlockText.tokenVector.phrase.filled(["token": token]), sizeTitle: BlockText.size.phrase)
        return Slide(
            id: id, title: title,
            subtitle: isPostNorm
                ? Phrase(
                    en: "Every sublayer of every layer adds something; each sum is normalised.",
                    zh: "每一层的每个子层都加上一些东西，每次求和后再归一化。")
                : Phrase(
                    en: "What each layer writes stays in the sum until the end.",
                    zh: "每一层写下的东西，都会留在和里，直到最后。"),
            here: .span(.embedding, .feedForward), formula: formula(isPostNorm, request),
            takeaway: takeaway(rows, token),
            legend: [scale.legend(BlockText.scale.phrase).any],
            altText: request.altText(VectorLedger.picture, takeaway(rows, token))
        ) { _ in ledger }
    }

    package static func numbers(_ request: FigureRequest) -> [StepName] {
        [StepName(.embed), StepName(.positionEmbed)]
            + (0..<request.trace.layerCount).flatMap { layer in
                [Label.attentionOut, .feedForwardOut, .residualPost].map { .block(layer, $0) }
            }
    }

    private static func last(_ trace: Trace) -> Step? {
        trace.lastLayer().flatMap { trace[.block($0, .normalizedPost)] ?? trace[.block($0, .residualPost)] }
    }

    private static func rows(_ request: FigureRequest) -> (rows: [VectorLedger.Row], isPostNorm: Bool) {
        let trace = request.trace
        var rows: [VectorLedger.Row] = []
        func add(
            _ name: StepName, _ kind: VectorLedger.Row.Kind, _ text: BlockText, _ role: Role, layer: Int = 0
        ) {
            guard let step = trace[name] else { return }
            let words = text.phrase.filled(["layer": Phrase(String(layer))])
            rows.append(VectorLedger.Row(kind, words, role, step, position: request.focus))
        }
        add(StepName(.embed), .addition, .embedding, .embedding)
        add(StepName(.positionEmbed), .addition, .position, .position)
        if rows.isEmpty { add(.block(0, .residualPre), .addition, .intoLayer, .residual) }
        let isPostNorm = trace[.block(0, .normalizedPost)] != nil
        for layer in trace.layers {
            add(.block(layer, .attentionOut), .addition, .attentionOf, .attentionOutput, layer: layer)
            add(.block(layer, .feedForwardOut), .addition, .feedForwardOf, .feedForward, layer: layer)
        }
        if let last = last(trace) {
            var row = VectorLedger.Row(.stream, BlockText.final.phrase, .residual, last, position: request.focus)
            row.isTotal = !isPostNorm
            rows.append(row)
        }
        return (rows, isPostNorm)
    }

    private static func formula(_ isPostNorm: Bool, _ request: FigureRequest) -> Formula {
        let (trace, norm) = (request.trace, ResidualStream.norm(request))
        let stream = Symbols.stream.math
        let attention = Symbols.attentionOut.at(#"\ell"#)
        let feedForward = Symbols.feedForwardOut.at(#"\ell"#)
        // Rotary positions are added to nothing.
        let position = trace[StepName(.positionEmbed)] == nil ? "" : " + " + Symbols.position.math
        return Formula(
            isPostNorm
                ? #"\#(stream) \gets \#(norm)(\#(stream) + \#(attention)), \quad \#(stream) \gets \#(norm)(\#(stream) + \#(feedForward))"#
                : #"\#(stream) = \#(Symbols.embedding.math)\#(position) + \sum_{\ell} (\#(attention) + \#(feedForward))"#
        )
    }

    private static func takeaway(_ rows: [VectorLedger.Row], _ token: Phrase) -> Phrase {
        let additions = rows.filter { $0.kind == .addition }
        guard let most = additions.max(by: { $0.size < $1.size }) else { return title }
        return Phrase(
            en: "For {token}, the largest addition is {name} (size {size}); the sum ends at {final}.",
            zh: "对{token}来说，加得最多的是 {name}（大小 {size}），最后的和大小为 {final}。"
        ).filled([
            "token": token, "name": most.name, "size": Phrase(Numbers.significant(most.size)),
            "final": Phrase(Numbers.significant(rows.last?.size ?? 0)),
        ])
    }
}
