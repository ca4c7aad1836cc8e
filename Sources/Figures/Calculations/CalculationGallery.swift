/// Every figure of a small calculation that needs neither files nor an optimiser, in the order of the course.
package enum CalculationGallery {
    package static let all: [CalculationKind] = [
        // One line a figure.
        CalculationKind(VectorAddition.self),
        CalculationKind(DotProductFigure.self),
        CalculationKind(MatrixVector.self),
        CalculationKind(PlaneFigure.self),
        CalculationKind(MatrixProduct.self),
        CalculationKind(ListTableStack.self),
        CalculationKind(NormaliseFigure.self),
        CalculationKind(TwoLinearLayers.self),
        CalculationKind(ActivationFunctions.self),
        CalculationKind(OneNeuronBackward.self),
        CalculationKind(LearningRates.self),
        CalculationKind(PolynomialFit.self),
        CalculationKind(PerceptronCorrection.self),
        CalculationKind(PerceptronCube.self),
        CalculationKind(FloatFormats.self),
        CalculationKind(LossScaling.self),
        CalculationKind(PolicyGradient.self),
        CalculationKind(PPOClip.self),
        CalculationKind(TargetsFigure.self),
        CalculationKind(DropoutFigure.self),
        CalculationKind(ShapesFigure.self),
    ]
}
