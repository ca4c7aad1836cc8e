import Drawing
import Platform
import Training
import Wording

/// Workers side by side, a column each: its part of the batch above, its chunks of the gradient below, and arrows for
/// what was sent in this round.
struct RingPicture: Mark {
    var record: DataParallelRecord
    /// `[worker][example]`
    var examples: [[String]]
    /// 0 before anything is sent.
    var round: Int
    /// Cells are written in units of ten to this power.
    var unit: Int

    private var workers: Int { record.workers }
    private static let shownExamples = 2
    private static let line = 21.0

    var stretch: Stretch { .both }

    func extent(in space: Space) -> Extent {
        Extent(Self.labels + Double(workers) * 96 + 24, headHeight + Double(record.watched.count) * 34 + 8)
    }

    /// The least room for the chunks' names.
    private static let labels = 120.0
    private var exampleLines: Int {
        max(1, examples.map { $0.count }.max().map { min($0, Self.shownExamples) } ?? 0)
    }
    private var headHeight: Double { 36 + Self.line * Double(exampleLines + 2) + 14 }

    /// So that the largest number has one digit before its point, where it is far from 1.
    static func unit(of record: DataParallelRecord) -> Int {
        var largest = record.watched.flatMap { $0.rounds.joined() }.map { abs(Double($0)) }.max() ?? 0
        guard largest > 0, largest.isFinite else { return 0 }
        var unit = 0
        while largest >= 10 { (largest, unit) = (largest / 10, unit + 1) }
        while largest < 1 { (largest, unit) = (largest * 10, unit - 1) }
        // What can be read as it is, is not written in powers.
        return (-2...2).contains(unit) ? 0 : unit
    }

    static func note(_ unit: Int) -> Phrase {
        let followed = Phrase(
            en: "One number of each chunk is followed: the one with the largest parts.", zh: "每一块只跟踪一个数：各部分最大的那个。")
        guard unit != 0 else { return followed }
        return Phrase(
            en: followed.english + " Numbers in units of {power}.", zh: followed.chinese + "数值以 {power} 为单位。"
        ).filled(["power": Phrase(Numbers.powerOfTen(unit))])
    }

    func place(in rect: Rect, _ space: Space, onto canvas: inout Canvas) {
        let theme = space.theme
        // What fits of the parameters' names, as long as the cells have room for their numbers.
        let names = record.watched.map { space.width(of: Self.title($0), .mono(.small)) + 24 }.max() ?? 0
        let labels = max(Self.labels, min(names, rect.width * 0.26, rect.width - 24 - Double(workers) * 120))
        let column = (rect.width - labels - 24) / Double(max(workers, 1))
        let gap = min(64, column * 0.32)
        let rows = max(record.watched.count, 1)
        let row = min(124, (rect.height - headHeight - 8) / Double(rows))
        let height = min(72, row * 0.72, row - 6)
        // Not stretched over a tall canvas: what belongs together stays together.
        let top = rect.minY + max(0, (rect.height - headHeight - row * Double(rows)) / 2)
        func cell(_ worker: Int, _ chunk: Int) -> Rect {
            Rect(
                rect.minX + labels + Double(worker) * column + gap / 2,
                top + headHeight + Double(chunk) * row + (row - height) / 2, column - gap, height)
        }
        for worker in 0..<workers {
            let place = cell(worker, 0)
            head(worker, Rect(place.minX, top, place.width, headHeight), gap, space, &canvas)
        }
        let largest = record.watched.flatMap { $0.rounds.joined() }.map { abs(Double($0)) }.max() ?? 0
        let decimals = unit == 0 && largest < 1 ? (largest < 0.1 ? 4 : 3) : 2
        let scale = ValueScale.fitting(record.watched.flatMap { $0.rounds.joined() })
        let sent = record.messages.filter { $0.round == round - 1 }
        for (chunk, number) in record.watched.enumerated() {
            let y = cell(0, chunk).midY
            label(number, at: Point(rect.minX, y), height: row, width: labels - 14, space, &canvas)
            for worker in 0..<workers {
                guard number.rounds.indices.contains(round), number.rounds[round].indices.contains(worker) else {
                    continue
                }
                let value = Double(number.rounds[round][worker])
                let box = cell(worker, chunk)
                let ground = scale.color(value, theme)
                let arrived = sent.contains { $0.to == worker && $0.chunk == number.chunk }
                canvas.fill(.rounded(box, radius: 4), ground, stroke: Stroke(theme.hairline, width: 1))
                if arrived || isFinished(worker, number.chunk) {
                    canvas.stroke(
                        .rounded(box.inset(by: 1.5), radius: 3),
                        Stroke(arrived ? theme.highlight : theme.ink, width: 3))
                }
                canvas.text(
                    Numbers.fixed(value / Self.power(unit), decimals: decimals), at: box.center, .mono(.label),
                    theme.contrastingInk(on: ground),
                    in: space)
                canvas.hotSpot(
                    box, "\(space.text(WorkerLook.name(worker))), \(number.parameter) \(number.index): \(value)",
                    value: "\(number.rounds[round][worker])")
            }
        }
        for message in sent where record.watched.indices.contains(message.chunk) {
            arrow(from: cell(message.from, message.chunk), to: cell(message.to, message.chunk), message, space, &canvas)
        }
    }

    private static func power(_ unit: Int) -> Double {
        var power = 1.0
        for _ in 0..<abs(unit) { power *= 10 }
        return unit < 0 ? 1 / power : power
    }

    /// After the additions every worker has one finished chunk, and one more with each round that follows.
    private func isFinished(_ worker: Int, _ chunk: Int) -> Bool {
        guard workers > 1, round >= workers - 1 else { return false }
        let distance = ((worker + 1 - chunk) % workers + workers) % workers
        return distance <= round - (workers - 1)
    }

    /// `blocks.0.attn.W_O[3,7]`
    private static func title(_ number: DataParallelRecord.Watched) -> String {
        "\(number.parameter)[" + number.index.map(String.init).joined(separator: ",") + "]"
    }

    private func label(
        _ number: DataParallelRecord.Watched, at point: Point, height: Double, width: Double, _ space: Space,
        _ canvas: inout Canvas
    ) {
        let name = Phrase(en: "chunk {n}", zh: "第 {n} 块").filled(["n": Phrase("\(number.chunk + 1)")])
        let isLow = height < 44
        canvas.text(
            space.text(name), at: Point(point.x, point.y - (isLow ? 0 : 10)), .label.semibold, space.theme.ink,
            .leading,
            in: space)
        guard !isLow else { return }
        canvas.text(
            space.shortened(Self.title(number), .mono(.small), to: width), at: Point(point.x, point.y + 12),
            .mono(.small),
            space.theme.muted, .leading, in: space)
    }

    private func head(_ worker: Int, _ rect: Rect, _ gap: Double, _ space: Space, _ canvas: inout Canvas) {
        let theme = space.theme
        let swatch = Rect(rect.minX, rect.minY + 5, 22, 22)
        WorkerLook(worker: worker).paint(swatch, theme, onto: &canvas)
        let left = swatch.minX
        let width = rect.width + gap - 10
        canvas.text(
            space.shortened(space.text(WorkerLook.name(worker)), .label.semibold, to: width - 30),
            at: Point(swatch.maxX + 8, swatch.midY), .label.semibold, theme.ink, .leading, in: space)
        var y = rect.minY + 36 + Self.line / 2
        func line(_ text: String, _ font: Font, _ color: Color) {
            canvas.text(space.shortened(text, font, to: width), at: Point(left, y), font, color, .leading, in: space)
            y += Self.line
        }
        let part = record.parts[worker]
        let own = examples.indices.contains(worker) ? examples[worker] : []
        for example in own.prefix(own.count > Self.shownExamples ? Self.shownExamples - 1 : Self.shownExamples) {
            line(example, .label, theme.ink)
        }
        if own.count > Self.shownExamples {
            let rest = Phrase(en: "and {n} more", zh: "另有 {n} 条").filled([
                "n": Phrase("\(own.count - Self.shownExamples + 1)")
            ])
            line(space.text(rest), .small, theme.muted)
        }
        y = rect.minY + 36 + Self.line * (Double(exampleLines) + 0.5)
        let share = Phrase(en: "{n} of {all} {all|prediction|predictions}", zh: "占 {all} 个预测中的 {n} 个").filled([
            "n": Phrase("\(Int(clamping: part.targets))"),
            "all": Phrase("\(Int(clamping: record.parts.reduce(0) { $0 + $1.targets }))"),
        ])
        line(space.text(part.targets > 0 ? share : Phrase(en: "nothing to do", zh: "无事可做")), .small, theme.muted)
        if part.targets > 0 {
            let loss = Phrase(en: "loss {loss}", zh: "损失 {loss}").filled(["loss": Phrase(Numbers.fixed(part.loss))])
            line(space.text(loss), .small, theme.muted)
        }
    }

    /// Straight to the neighbour; from the last to the first it leaves on one side and comes in on the other.
    private func arrow(
        from: Rect, to: Rect, _ message: Message, _ space: Space, _ canvas: inout Canvas
    ) {
        let stroke = Stroke(WorkerLook(worker: message.from).color(space.theme), width: 3)
        if message.to > message.from {
            canvas.arrow(Point(from.maxX + 3, from.midY), Point(to.minX - 3, to.midY), stroke, head: 11)
        } else {
            let reach = min(26, Double(from.width) * 0.3)
            canvas.arrow(
                Point(from.maxX + 3, from.midY), Point(from.maxX + 3 + reach, from.midY), stroke, head: 11)
            canvas.arrow(Point(to.minX - 3 - reach, to.midY), Point(to.minX - 3, to.midY), stroke, head: 11)
        }
    }
}
