import Drawing
import Figures
import Models
import Tracing

/// Which figures of a trace are drawn, each with its place among all of them.
struct FigureSelection {
    struct Entry {
        /// Counted from one, in the order of the stages, whatever else is selected.
        let number: Int
        let placement: Catalogue.Placement
    }

    let entries: [Entry]
    /// How many figures the trace gives in all.
    let total: Int

    /// - Parameters:
    ///   - globs: patterns of step names; empty for every figure.
    ///   - figures: ids of the catalogue; empty for every figure.
    /// - Throws: ``CommandProblem/outside(option:expected:found:)`` for a layer or head that the trace lacks,
    ///   ``CommandProblem/noMatch(pattern:)``, ``CommandProblem/unknownFigure(_:known:)``.
    init(
        _ request: FigureRequest, globs: [String] = [], figures: [String] = [], layer: Int? = nil, head: Int? = nil
    ) throws {
        let trace = request.trace
        if let layer, !trace.layers.contains(layer) {
            throw CommandProblem.outside(option: "--layer", expected: Self.list(trace.layers), found: "\(layer)")
        }
        let heads = ([.single] + trace.stacks).map { trace.headCount(layer: layer ?? 0, stack: $0) }.max() ?? 0
        try Self.check("--head", head, below: heads)
        for figure in figures where Catalogue.figure(figure) == nil {
            throw CommandProblem.unknownFigure(figure, known: Self.nearest(to: figure))
        }
        var all = Catalogue.placements(request)
        let names = all.map { $0.steps.filter { trace[$0] != nil }.map(\.description) }
        // What no figure shows, or what is asked for as it is, becomes a plain table.
        let isPlain = figures.contains(StepValues.id)
        var about: Set<Int> = []
        for glob in globs {
            let places = Self.places(glob, among: names)
            about.formUnion(places)
            guard isPlain || places.isEmpty else { continue }
            let pattern = Glob(glob)
            let steps = trace.steps.filter { pattern.matches($0.name.description) && $0.tensor.count > 0 }
            guard !steps.isEmpty else { throw CommandProblem.noMatch(pattern: glob) }
            about.formUnion(all.count..<all.count + steps.count)
            all += steps.map { Catalogue.values(of: $0.name) }
        }
        total = all.count
        var chosen: [Entry] = []
        for (place, placement) in all.enumerated() {
            guard figures.isEmpty || figures.contains(placement.figure.id) else { continue }
            guard globs.isEmpty || about.contains(place) else { continue }
            if let layer, let own = placement.layer, own != layer { continue }
            if let head, let own = placement.head, own != head { continue }
            chosen.append(Entry(number: place + 1, placement: placement))
        }
        // One head's figures of a step are asked for, not those of all heads together.
        if head != nil, !globs.isEmpty, chosen.contains(where: { $0.placement.head != nil }) {
            chosen.removeAll { $0.placement.head == nil }
        }
        entries = chosen
        guard !entries.isEmpty else {
            guard let asked = globs.first ?? figures.first else { throw CommandProblem.noFigures }
            throw CommandProblem.noMatch(pattern: asked)
        }
    }

    /// The ids that a mistyped one most likely meant; all of them where none comes near.
    private static func nearest(to id: String) -> [String] {
        let known = Catalogue.all.map { $0.id }
        let near = Nearest.names(to: id, among: known)
        return near.isEmpty ? known : near
    }

    /// The figures that a pattern selects, by their places: with stars, all that show such a step; without, those
    /// that are about this step, or, if there are none, those that show it besides others.
    private static func places(_ glob: String, among names: [[String]]) -> [Int] {
        let pattern = Glob(glob)
        let shown = names.indices.filter { names[$0].contains(where: pattern.matches) }
        guard !pattern.isOpen else { return shown }
        for isAbout in [{ $0 == [glob] }, { $0.first == glob }] as [([String]) -> Bool] {
            let places = shown.filter { isAbout(names[$0]) }
            if !places.isEmpty { return places }
        }
        return shown
    }

    /// `0 … 3` where none is left out, else `0, 2, 16777215`.
    private static func list(_ numbers: [Int]) -> String {
        guard let first = numbers.first, let last = numbers.last else { return "–" }
        if last - first == numbers.count - 1 { return "\(first) … \(last)" }
        return numbers.prefix(12).map(String.init).joined(separator: ", ") + (numbers.count > 12 ? " …" : "")
    }

    private static func check(_ option: String, _ value: Int?, below count: Int) throws {
        guard let value, !(0..<count).contains(value) else { return }
        let expected = count > 0 ? "0 … \(count - 1)" : "–"
        throw CommandProblem.outside(option: option, expected: expected, found: "\(value)")
    }

    /// `017-layer-1-head-2-attention-pattern`: sorted by name, the files stand in the order of the stages.
    func name(_ entry: Entry) -> String {
        let width = max(2, "\(total)".count)
        let number = "\(entry.number)"
        return String(repeating: "0", count: width - number.count) + number + "-" + entry.placement.name
    }
}
