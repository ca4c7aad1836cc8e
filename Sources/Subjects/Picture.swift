import Drawing
import Figures
import Tensors
import Tracing
import Wording

/// One figure of a subject, and its place among all of them.
package struct Picture: Sendable {
    package enum Content: Sendable {
        /// A figure of the catalogue.
        case placement(Catalogue.Placement)
        /// What a run, a comparison or a shared step shows.
        case slide(Slide)
    }

    /// Counted from one, in the order of the stages, whatever else is selected.
    package let number: Int
    package let content: Content
    /// Its file's: `017-layer-1-head-2-attention-pattern`, so that files sorted by name stand in the order of the stages;
    /// of a run or a comparison, whose figures are few, the id alone.
    package let name: String

    init(_ content: Content, number: Int, of total: Int) {
        self.content = content
        self.number = number
        switch content {
        case .placement(let placement):
            let width = max(2, String(total).count)
            let digits = String(number)
            name = String(repeating: "0", count: max(0, width - digits.count)) + digits + "-" + placement.name
        case .slide(let slide): name = slide.id
        }
    }

    package var placement: Catalogue.Placement? {
        if case .placement(let placement) = content { placement } else { nil }
    }

    /// As `--figure` takes it.
    package var id: String {
        switch content {
        case .placement(let placement): placement.figure.id
        case .slide(let slide): slide.id
        }
    }

    package var title: Phrase {
        switch content {
        case .placement(let placement): placement.figure.title
        case .slide(let slide): slide.title
        }
    }

    package var scope: FigureScope { placement?.figure.scope ?? .once }

    /// `encoder` or `decoder`, where it is drawn of both.
    package var stack: Stack? { placement.flatMap { $0.stack == .single ? nil : $0.stack } }

    /// The names of the steps that it shows.
    package var steps: [StepName] { placement?.steps ?? [] }
}

/// The figures of a subject that a look asks for.
package struct PictureList: Sendable {
    package let pictures: [Picture]
    /// How many figures the subject gives in all.
    package let total: Int

    /// - Throws: ``SubjectError/outside(option:expected:found:)`` for a layer or head that the trace lacks,
    ///   ``SubjectError/noMatch(pattern:)``, ``SubjectError/unknownFigure(_:known:)``.
    init(_ subject: Subject, _ look: Look, _ style: SlideStyle) throws(Failure) {
        let slides = subject.slides.map { Picture.Content.slide($0) }
        guard let run = subject.traced else {
            let all = Self.numbered(slides)
            let known = slides.isEmpty ? [] : all.map { $0.id }
            for id in look.figures where !known.contains(id) {
                guard Catalogue.figure(id) == nil else {
                    throw Failure(SubjectError.impossibleFigure(id, subject: subject.title, known: known))
                }
                throw Failure(SubjectError.unknownFigure(id, known: known))
            }
            if !look.steps.isEmpty { throw Failure(SubjectError.noTrace(subject: subject.title)) }
            pictures = all.filter { look.figures.isEmpty || look.figures.contains($0.id) }
            total = all.count
            guard !pictures.isEmpty else { throw Failure(SubjectError.noFigures) }
            return
        }
        (pictures, total) = try Self.chosen(
            slides, run.trace, try look.request(run, style), look, title: subject.title)
    }

    private static func numbered(_ contents: [Picture.Content]) -> [Picture] {
        contents.enumerated().map { Picture($0.element, number: $0.offset + 1, of: contents.count) }
    }

    /// Those of a trace, behind the slides that the subject has besides.
    private static func chosen(
        _ slides: [Picture.Content], _ trace: Trace, _ request: FigureRequest, _ look: Look, title: String
    ) throws(Failure) -> ([Picture], total: Int) {
        try check(look, trace)
        let every = Catalogue.placements(request, asked: look.figures)
        var all = every
        if let stack = look.stack { all.removeAll { $0.stack != .single && $0.stack != stack } }
        let slideIDs = numbered(slides).map { $0.id }
        let figures = look.figures.isEmpty && look.at != nil ? [ExplainCell.id] : look.figures
        for id in figures where Catalogue.figure(id) == nil && !slideIDs.contains(id) {
            throw Failure(SubjectError.unknownFigure(id, known: nearest(to: id, slideIDs)))
        }
        // What others have is not what this one has: it is told what there is.
        for id in figures where id != StepValues.id && id != ExplainCell.id && !slideIDs.contains(id) {
            guard !every.contains(where: { $0.figure.id == id }) else { continue }
            var known = slideIDs
            for placement in Catalogue.placements(request, asked: []) where !known.contains(placement.figure.id) {
                known.append(placement.figure.id)
            }
            throw Failure(SubjectError.impossibleFigure(id, subject: title, known: known))
        }
        let globs = look.at == nil ? look.steps : []
        let names = globs.isEmpty ? [] : all.map { $0.steps.filter { trace[$0] != nil }.map { $0.description } }
        // What no figure shows, or what is asked for as it is, becomes a plain table.
        let isPlain = figures.contains(StepValues.id)
        var about: Set<Int> = []
        for glob in globs {
            let places = self.places(glob, among: names)
            about.formUnion(places)
            guard isPlain || places.isEmpty else { continue }
            let pattern = Glob(glob)
            let steps = trace.steps.filter { pattern.matches($0.name.description) && $0.tensor.count > 0 }
            guard !steps.isEmpty else { throw Failure(SubjectError.noMatch(pattern: glob)) }
            about.formUnion(all.count..<all.count + steps.count)
            all += steps.map { Catalogue.values(of: $0.name) }
        }
        let numbered = self.numbered(slides + all.map { .placement($0) })
        var chosen: [Picture] = []
        for (place, picture) in numbered.enumerated() {
            guard figures.isEmpty || figures.contains(picture.id) else { continue }
            guard globs.isEmpty || about.contains(place - slides.count) else { continue }
            if let layer = look.layer, let own = picture.placement?.layer, own != layer { continue }
            if let head = look.head, let own = picture.placement?.head, own != head { continue }
            chosen.append(picture)
        }
        // One head's figures of a step are asked for, not those of all heads together.
        if look.head != nil, !globs.isEmpty, chosen.contains(where: { $0.placement?.head != nil }) {
            chosen.removeAll { $0.placement?.head == nil }
        }
        guard !chosen.isEmpty else {
            guard let asked = globs.first ?? figures.first else { throw Failure(SubjectError.noFigures) }
            throw Failure(SubjectError.noMatch(pattern: asked))
        }
        return (chosen, numbered.count)
    }

    /// The ids that a mistyped one most likely meant; all of them where none comes near.
    private static func nearest(to id: String, _ own: [String]) -> [String] {
        let known = own + Catalogue.all.map { $0.id }
        let near = Nearest.names(to: id, among: known)
        return near.isEmpty ? known : near
    }

    /// The figures that a pattern selects, by their places: with stars, all that show such a step; without, those
    /// that are about this step, or, if there are none, those that show it besides others.
    private static func places(_ glob: String, among names: [[String]]) -> [Int] {
        let pattern = Glob(glob)
        let shown = names.indices.filter { names[$0].contains { pattern.matches($0) } }
        guard !pattern.isOpen else { return shown }
        let alone = shown.filter { names[$0] == [glob] }
        if !alone.isEmpty { return alone }
        let first = shown.filter { names[$0].first == glob }
        return first.isEmpty ? shown : first
    }

    // MARK: Layers and heads

    private static func check(_ look: Look, _ trace: Trace) throws(Failure) {
        if let layer = look.layer, !trace.layers.contains(layer) {
            throw outside("--layer", list(trace.layers), layer)
        }
        let heads = ([.single] + trace.stacks).map { trace.headCount(layer: look.layer ?? 0, stack: $0) }.max() ?? 0
        if let head = look.head, !(0..<heads).contains(head) {
            throw outside("--head", heads > 0 ? "0 … \(heads - 1)" : "–", head)
        }
    }

    private static func outside(_ option: String, _ expected: String, _ found: Int) -> Failure {
        Failure(SubjectError.outside(option: option, expected: expected, found: String(found)))
    }

    /// `0 … 3` where none is left out, else `0, 2, 16777215`.
    private static func list(_ numbers: [Int]) -> String {
        guard let first = numbers.first, let last = numbers.last else { return "–" }
        if last - first == numbers.count - 1 { return "\(first) … \(last)" }
        return numbers.prefix(12).map { String($0) }.joined(separator: ", ") + (numbers.count > 12 ? " …" : "")
    }
}
