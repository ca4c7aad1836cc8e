/// Figures of small calculations that need what a page does not have: optimisers, schedules, clipping, BLEU.
package enum TrainedCalculations {
    package static let all: [CalculationKind] = [
        // One line a figure.
        CalculationKind(LossSurface.self),
        CalculationKind(Schedules.self),
        CalculationKind(ClippingFigure.self),
        CalculationKind(BLEUOfTexts.self),
        CalculationKind(Masking.self),
    ]
}
