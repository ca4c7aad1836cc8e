import Drawing
import Tensors
import Tracing
import Wording

/// The numbers of one step as they are, for a step that no other figure shows: a table of its last two axes, a frame
/// for each place of the axes before them.
package enum StepValues: TraceFigure {
    package static let id = "values"
    package static let title = Phrase(en: "The numbers of one step", zh: "一个步骤的全部数值")
    package static let scope = FigureScope.once
    package static let shows: [Label] = []

    /// More pictures than this are not drawn; the note says so.
    static let mostFrames = 12

    package static func isPossible(_ request: FigureRequest) -> Bool {
        request.table.flatMap { request.trace[$0] }.map { $0.tensor.count > 0 } ?? false
    }

    /// Its own sentence tells of numbers that are not finite.
    package static func numbers(_ request: FigureRequest) -> [StepName] { [] }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        // Without a step there is nothing to draw; the error names the steps there are.
        let step = try request.step(request.table ?? StepName(""))
        guard step.tensor.count > 0 else { throw request.unfit(step) }
        let plan = Plan(step)
        let tables = plan.places.map { (place: $0, rows: plan.rows(of: step, at: $0)) }
        let scale = ValueScale.fitting(tables.lazy.flatMap { $0.rows.joined() })
        let symbol = StepSymbol.of(step.name)
        let name = Phrase(step.name.description)
        let takeaway = takeaway(step, request.trace)
        let labels = labels(plan.rowAxis.map { step.axis($0) }, tables.first?.rows.count ?? 0, step.name, request)
        let isMasked = request.trace.place(of: step.name).flatMap { request.trace.hiddenCells(of: $0) } != nil
        let frames = tables.map { place, rows in
            let caption = plan.caption(place, step)
            let strongest = VectorView.strongest(rows)
            let view = VectorView(
                rows: rows, labels: labels, name: nil, words: plan.count > 1 ? caption : nil, role: symbol.role,
                rowAxis: plan.words(plan.rowAxis, step), columnAxis: plan.words(plan.columnAxis, step),
                step: step.name.description, lit: strongest.map { ($0.row, $0.column) }, hidesInfinity: isMasked,
                fixedScale: scale,
                index: { plan.index(place, $0, $1) })
            let what = Phrase(en: "A table of “{name}”, {caption}.", zh: "“{name}”的数值表：{caption}。")
                .filled(["name": name, "caption": caption])
            return Slide.Frame(
                caption: caption,
                altText: Phrase(en: "{what} {numbers}", zh: "{what}{numbers}").filled(
                    ["what": what, "numbers": takeaway])
            ) { _ in view }
        }
        var notes: [Phrase] = []
        if let texts = step.shape.dimensions.indices.first(where: { step.axis($0) == .batch }).map({ step.shape[$0] }),
            texts > 1
        {
            notes.append(
                Phrase(en: "The first of {all} {all|text|texts}.", zh: "共 {all} 段文本，只画第一段。").filled([
                    "all": Phrase(String(texts))
                ])
            )
        }
        if let joined = VectorView(rows: tables.first?.rows ?? [], labels: [], role: symbol.role, step: "").note {
            notes.append(joined)
        }
        if plan.count > frames.count {
            notes.append(
                Phrase(en: "The first {shown} of {all} {all|table|tables}.", zh: "共 {all} 张表，只画前 {shown} 张。").filled([
                    "shown": Phrase(String(frames.count)), "all": Phrase(String(plan.count)),
                ]))
        }
        let isForeign = step.name.label.rawValue.hasPrefix("other.") || !StepSymbol.isOfModel(step.name)
        return Slide(
            id: id, title: Phrase(en: "The numbers of {name}", zh: "{name} 的数值").filled(["name": name]),
            subtitle: plan.shape(step),
            // Of a name that we do not know, nothing says where in a model it stands.
            here: isForeign ? nil : MiniMap(symbol.stage, layer: step.name.block),
            takeaway: takeaway,
            note: notes.isEmpty
                ? nil
                : Phrase(en: notes.map { $0.english }.joined(separator: " "), zh: notes.map { $0.chinese }.joined()),
            legend: [ColorScale(scale, Phrase(en: "values", zh: "数值")).any], frames: frames)
    }

    /// How many numbers there are, and between which they lie.
    private static func takeaway(_ step: Step, _ trace: Trace) -> Phrase {
        let statistics = trace.statistics(of: step)
        let count = Phrase(Numbers.count(step.tensor.count))
        guard !statistics.isEmpty else {
            return Phrase(en: "{count} {count|number|numbers}, none of them finite.", zh: "共 {count} 个数，没有一个是有限的。")
                .filled(["count": count])
        }
        // What a mask hides is as it should be.
        var (english, chinese): ([String], [String]) = ([], [])
        if statistics.masked > 0 {
            english.append("\(Numbers.count(statistics.masked)) masked")
            chinese.append("\(Numbers.count(statistics.masked)) 个被遮住")
        }
        if statistics.nan > 0 {
            english.append("\(Numbers.count(statistics.nan)) NaN")
            chinese.append("\(Numbers.count(statistics.nan)) 个是 NaN")
        }
        if statistics.infinite > 0 {
            english.append("\(Numbers.count(statistics.infinite)) infinite")
            chinese.append("\(Numbers.count(statistics.infinite)) 个是无穷大")
        }
        let text =
            english.isEmpty
            ? Phrase(
                en: "{count} {count|number|numbers} from {low} to {high}, on average {mean}.",
                zh: "共 {count} 个数，在 {low} 到 {high} 之间，平均 {mean}。")
            : Phrase(
                en:
                    "{count} {count|number|numbers}, of them \(english.joined(separator: ", ")); the others from {low} to {high}, on average {mean}.",
                zh: "共 {count} 个数，其中\(chinese.joined(separator: "，"))；其余在 {low} 到 {high} 之间，平均 {mean}。")
        return text.filled([
            "count": count,
            "low": Phrase(Numbers.significant(statistics.minimum)),
            "high": Phrase(Numbers.significant(statistics.maximum)),
            "mean": Phrase(Numbers.significant(statistics.mean)),
        ])
    }

    /// The text's tokens where the rows are its positions; else numbers.
    private static func labels(_ axis: Axis?, _ count: Int, _ name: StepName, _ request: FigureRequest) -> [TokenLabel]
    {
        if axis == .position || axis == .query, name.pass == 0, name.stack != .decoder, request.labels.count == count {
            return request.labels
        }
        return axis == nil ? [] : (0..<count).map { TokenLabel(String($0)) }
    }

    /// Which axes are rows and columns, and which places of the others are drawn.
    struct Plan: Sendable {
        let rowAxis: Int?
        let columnAxis: Int?
        /// Indices of the whole tensor, with 0 where rows and columns vary.
        let places: [[Int]]
        /// How many there are in all.
        let count: Int
        private let others: [Int]

        init(_ step: Step) {
            let shape = step.shape.dimensions
            // One text is drawn; an axis of one place has nothing to vary.
            var free = shape.indices.filter { step.axis($0) != .batch && shape[$0] > 1 }
            if free.isEmpty, let last = shape.indices.last { free = [last] }
            columnAxis = free.popLast()
            let named = free.first { step.axis($0) == .position || step.axis($0) == .query }
            // Heads, where there is a choice, are pictures side by side as in other figures.
            rowAxis = named ?? free.last { step.axis($0) != .head } ?? free.last
            others = free.filter { [rowAxis] in $0 != rowAxis }
            count = Shape(others.map { shape[$0] }).count
            var places = [[Int](repeating: 0, count: shape.count)]
            for axis in others {
                places = places.flatMap { place in
                    (0..<min(shape[axis], StepValues.mostFrames)).map { at in
                        var place = place
                        place[axis] = at
                        return place
                    }
                }
                places = Array(places.prefix(StepValues.mostFrames))
            }
            self.places = places
        }

        func rows(of step: Step, at place: [Int]) -> [[Float]] {
            guard let columnAxis else { return [step.tensor.scalars] }
            if let rowAxis { return step.table(rows: rowAxis, columns: columnAxis, at: place) }
            return [(0..<step.shape[columnAxis]).map { step.tensor.cell(index(place, 0, $0)) ?? .nan }]
        }

        func index(_ place: [Int], _ row: Int, _ column: Int) -> [Int] {
            var place = place
            if let rowAxis { place[rowAxis] = row }
            if let columnAxis { place[columnAxis] = column }
            return place
        }

        func words(_ axis: Int?, _ step: Step) -> Phrase {
            guard let axis else { return "" }
            return AxisWords(step.axis(axis))?.phrase
                ?? Phrase(en: "axis {number}", zh: "第 {number} 轴").filled(["number": Phrase(String(axis))])
        }

        /// `head 2`, or the step's shape where there is but one table.
        func caption(_ place: [Int], _ step: Step) -> Phrase {
            guard !others.isEmpty else { return shape(step) }
            let parts = others.map { axis -> Phrase in
                if step.axis(axis) == .head { return Phrase("H\(place[axis])") }
                return (AxisWords(step.axis(axis)) == nil ? Phrase("{axis} = {place}") : Phrase("{axis} {place}"))
                    .filled([
                        "axis": words(axis, step), "place": Phrase(String(place[axis])),
                    ])
            }
            return Phrase(
                en: parts.map { $0.english }.joined(separator: ", "),
                zh: parts.map { $0.chinese }.joined(separator: "，"))
        }

        /// `position 6 × head 4 × head width 8`.
        func shape(_ step: Step) -> Phrase {
            let parts = step.shape.dimensions.indices.map { axis -> Phrase in
                let size = Phrase(String(step.shape[axis]))
                let words: Phrase? =
                    step.axis(axis) == .batch ? Phrase(en: "text", zh: "文本") : AxisWords(step.axis(axis))?.phrase
                guard let words else { return size }
                return Phrase(en: "{axis} {size}", zh: "{axis} {size}").filled(["axis": words, "size": size])
            }
            guard !parts.isEmpty else { return Phrase(en: "a single number", zh: "一个数") }
            return Phrase(
                en: parts.map { $0.english }.joined(separator: " × "),
                zh: parts.map { $0.chinese }.joined(separator: " × "))
        }
    }
}

extension Step {
    /// What an axis stands for, also of a tensor that has more axes than were named.
    func axis(_ place: Int) -> Axis { axes.indices.contains(place) ? axes[place] : .unknown }
}
