import Tensors
import Tracing
import Wording

extension FigureRequest {
    /// The error that names a step this layer lacks, for a figure that is drawn although it is not possible.
    func missing(_ label: Label, block: Int?? = nil) -> Failure {
        do {
            _ = try step(StepName(label, block: block ?? layer))
        } catch {
            return error
        }
        return Failure(TracingError.unknownStep(label.rawValue, nearest: []))
    }

    /// The error for a step of a shape that this figure cannot draw, or without numbers.
    func unfit(_ step: Step) -> Failure {
        let axes = step.axes.map { $0.rawValue }.joined(separator: " × ")
        return Failure(
            TracingError.shape(
                step: step.name.description, expected: axes.isEmpty ? "…" : axes, found: step.shape.description))
    }
}
