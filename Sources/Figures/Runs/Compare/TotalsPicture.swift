import Drawing
import Training
import Wording

/// What both machines cost, as squares to scale, and what they achieve, as bars.
struct TotalsPicture: ComposedMark {
    let comparison: Comparison

    func build(_ space: Space) -> AnyMark {
        ThatFits {
            for side in [190.0, 150, 120, 90] {
                VStack(.center, spacing: space.density.gap * 1.5) {
                    HStack(.bottom, spacing: space.density.gap * 2.5) { costs(side, space) }
                    HStack(.top, spacing: space.density.gap * 2.5) { results(min(300, side * 1.6), space) }
                }
                VStack(.leading, spacing: space.density.gap) {
                    costs(side, space)
                    results(side * 1.6, space)
                }
            }
        }.any
    }

    private func costs(_ side: Double, _ space: Space) -> [AnyMark] {
        [
            squares(Phrase(en: "learned numbers", zh: "学到的参数个数"), side, space) { $0.parameters },
            squares(Phrase(en: "operations a decision", zh: "每次判断的运算次数"), side, space) { $0.arithmetic.total },
        ]
    }

    private func results(_ length: Double, _ space: Space) -> [AnyMark] {
        let task = comparison.task
        return [
            group(Phrase(en: "right on cases learned from", zh: "在学过的例子上答对"), task.training.count, length, space) {
                $0.trainingAccuracy
            },
            group(Phrase(en: "right on cases never seen", zh: "在没见过的例子上答对"), task.heldOut.count, length, space) {
                $0.heldOutAccuracy
            },
        ]
    }

    /// The larger square fills its side; of the smaller one at least a speck is seen.
    private func squares(
        _ title: Phrase, _ side: Double, _ space: Space, _ value: (Contestant) -> Int
    ) -> AnyMark {
        let numbers = comparison.contestants.map { ($0.title, value($0)) }
        let most = Double(max(1, numbers.map { $0.1 }.max() ?? 1))
        let font = space.density.label
        return HStack(.bottom, spacing: space.density.gap) {
            numbers.map { name, number -> AnyMark in
                let edge = max(2, side * (Double(number) / most).squareRoot())
                return VStack(.center, spacing: 6) {
                    Drawn(edge, edge) { rect, space, canvas in
                        canvas.fill(.rectangle(rect), space.theme.accent(.feedForward))
                        canvas.hotSpot(
                            rect.outset(by: 4), "\(space.text(name)): \(Numbers.count(number))", value: "\(number)")
                    }
                    Text(Numbers.count(number)).font(.mono(font))
                    Text(name).font(font)
                }.any
            }
        }.titled(Text(title).font(font.semibold), alignment: 0.5, gap: 12).any
    }

    private func group(
        _ title: Phrase, _ count: Int, _ length: Double, _ space: Space, _ share: (Contestant) -> Double
    ) -> AnyMark {
        Bars(
            comparison.contestants.map { one in
                Bars.Bar(
                    TokenLabel(kind: .plain, display: one.title[space.language]), share(one),
                    text: ComparisonSlides.shares(share(one), of: count)[space.language])
            }, limit: 1, length: length
        ).titled(Text(title).font(space.density.label.semibold), gap: 10).any
    }
}
