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
}
