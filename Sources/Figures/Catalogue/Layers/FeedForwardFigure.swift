import Drawing
import Tensors
import Tracing
import Wording

/// One token through the feed-forward network: wide, switched on and off, narrow again; the widths to scale.
package enum FeedForwardFigure: TraceFigure {
    package static let id = "feed-forward"
    package static let title = Phrase(en: "Feed-forward: widen, activate, narrow", zh: "前馈网络：升维、激活、降维")
    package static let scope = FigureScope.perLayer
    package static let isOfEachStack = true
    package static let shows: [Label] = [.hiddenPost, .hiddenPre, .norm2, .feedForwardOut]

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        let post = try request.step(.hiddenPost)
        let row = HiddenRow(request, post)
        let isGated = request.trace[request.name(.gate)] != nil || request.trace[request.name(.hiddenPreLinear)] != nil
        func bias(_ label: Label, _ symbol: Symbols) -> String {
            let step = request.trace[request.name(label)]
            return step.map { hasBias($0, request) } ?? true ? " + \(symbol.math)" : ""
        }
        var levels: [Funnel.Level] = []
        var joints: [Funnel.Joint] = []
        if let input = input(request) {
            levels.append(level(input, BlockText.reads.phrase, .residual, request))
            joints.append(
                Funnel.Joint(
                    formula: Formula(
                        #"\times\, \#((isGated ? Symbols.gateMatrix : .hiddenMatrix).math)\#(bias(.hiddenPre, isGated ? .gateBias : .hiddenBias))"#
                    ),
                    words: weights(isGated ? .gateWeight : .hiddenWeight, request)))
        }
        if let pre = request.trace[request.name(.hiddenPre)] {
            levels.append(level(pre, BlockText.hidden.phrase, .feedForward, request))
            let function = row.functionName
            joints.append(
                Funnel.Joint(
                    formula: isGated
                        ? Formula(
                            #"\mathrm{\#(function)}(\cdot) \odot \#(Symbols.normed.math)\, \#(Symbols.hiddenMatrix.math)"#
                        )
                        : Formula(.function(function))))
        }
        var hidden = level(post, BlockText.activated.phrase, .feedForward, request)
        hidden.remark = BlockText.active.phrase.filled([
            "count": Phrase(Numbers.count(row.active)), "all": Phrase(Numbers.count(row.values.count)),
        ])
        levels.append(hidden)
        if let out = request.trace[request.name(.feedForwardOut)] {
            levels.append(level(out, BlockText.feedForwardAdds.phrase, .feedForward, request))
            joints.append(
                Funnel.Joint(
                    formula: Formula(#"\times\, \#(Symbols.downMatrix.math)\#(bias(.feedForwardOut, .downBias))"#),
                    words: weights(.feedForwardWeight, request)))
        }
        // Before and after the curve are compared: one scale. What goes in and comes out has its own.
        let isHidden = { (level: Funnel.Level) in level.values.count == row.values.count }
        let common = levels.filter(isHidden).map { $0.limit }.max() ?? 1
        for place in levels.indices {
            if isHidden(levels[place]) {
                levels[place].limit = common
                levels[place].lit = row.strongest
            } else {
                let limit = Phrase(Numbers.significant(levels[place].limit, digits: 2))
                levels[place].remark = BlockText.ownScale.phrase.filled(["limit": limit])
            }
        }
        let funnel = Funnel(levels: levels, joints: joints)
        let width = levels.last?.values.count ?? 0
        let isWider = row.values.count > width
        return Slide(
            id: id,
            title: isWider ? title : Phrase(en: "Feed-forward: through hidden neurons", zh: "前馈网络：经过隐藏神经元"),
            subtitle: Phrase(
                en:
                    "Each token on its own: {width} {width|number|numbers} become {hidden}, a curve switches them, and {width} come out.",
                zh: isWider
                    ? "每个词元各算各的：{width} 个数升维成 {hidden} 个，经过激活函数，再降回 {width} 个。"
                    : "每个词元各算各的：{width} 个数变成 {hidden} 个，经过激活函数，再变回 {width} 个。"
            ).filled(["width": Phrase(String(width)), "hidden": Phrase(String(row.values.count))]),
            here: MiniMap(.feedForward, of: request), formula: formula(row, request),
            takeaway: row.takeaway(request),
            legend: [ColorScale(.diverging(limit: common), BlockText.barScale.phrase).any],
            altText: request.altText(
                Phrase(
                    en:
                        "Vectors under each other, each number a bar, widths to scale: {width} wide, then {hidden}, then {width} again.",
                    zh: "几个向量上下排列，每个数是一根条，宽度按比例：先是 {width}，再是 {hidden}，又是 {width}。"
                ).filled([
                    "width": Phrase(String(width)), "hidden": Phrase(String(row.values.count)),
                ]), row.takeaway(request))
        ) { _ in funnel }
    }

    private static func input(_ request: FigureRequest) -> Step? {
        [Label.norm3, .normalizedMidCross, .norm2, .normalizedMid, .residualMid].lazy.compactMap {
            request.trace[request.name($0)]
        }.first
    }

    private static func level(_ step: Step, _ name: Phrase, _ role: Role, _ request: FigureRequest) -> Funnel.Level {
        let position = step.shape.rank == 3 ? max(0, min(request.focus, step.shape[1] - 1)) : 0
        let values = step.row(0, position)
        let limit = values.greatestMagnitude
        return Funnel.Level(
            name: name, step: step.name, index: [0, position], values: values, role: role,
            limit: limit > 0 ? limit : 1)
    }

    private static func weights(_ label: Label, _ request: FigureRequest) -> Phrase? {
        guard let shape = request.trace[request.name(label)]?.shape else { return nil }
        return Phrase(Numbers.shape(shape.dimensions))
    }

    /// Of what another program recorded nobody knows.
    static func hasBias(_ step: Step, _ request: FigureRequest) -> Bool {
        step.inputs.count != 2 && !(step.isSource && request.trace.isElsewhere)
    }

    private static func formula(_ row: HiddenRow, _ request: FigureRequest) -> Formula {
        let input = Symbols.normed.math
        let isGated =
            request.trace[request.name(.gate)] != nil || request.trace[request.name(.hiddenPreLinear)] != nil
        let hasBias = request.trace[request.name(.feedForwardOut)].map { Self.hasBias($0, request) } ?? !isGated
        let innerBias =
            request.trace[request.name(.hiddenPre)].map { Self.hasBias($0, request) } ?? true
            ? " + \(Symbols.hiddenBias.math)" : ""
        let inner =
            isGated
            ? #"\left(\mathrm{\#(row.functionName)}(\#(input)\, \#(Symbols.gateMatrix.math)) \odot \#(input)\, \#(Symbols.hiddenMatrix.math)\right)"#
            : #"\mathrm{\#(row.functionName)}(\#(input)\, \#(Symbols.hiddenMatrix.math)\#(innerBias))\,"#
        return Formula(
            "\(Symbols.feedForwardOut.math) = \(inner) \(Symbols.downMatrix.math)"
                + (hasBias ? " + \(Symbols.downBias.math)" : ""))
    }
}
