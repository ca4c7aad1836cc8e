/// The one error that the floors throw: what was expected, what was found, where.
///
/// It holds the error of the floor that threw it; ``cause(as:)`` gives that back.
public struct Failure: ExplainedError {
    public var explanation: Phrase { held.explanation }
    private let held: Held

    private class Held: @unchecked Sendable {
        let explanation: Phrase
        init(_ explanation: Phrase) { self.explanation = explanation }
    }

    private final class HeldCause<Cause: ExplainedError>: Held, @unchecked Sendable {
        let cause: Cause
        init(_ cause: Cause) {
            self.cause = cause
            super.init(cause.explanation)
        }
    }

    public init(_ cause: some ExplainedError) { held = HeldCause(cause) }

    /// The error as the floor that threw it knows it; nil where it is of another type.
    public func cause<Cause: ExplainedError>(as type: Cause.Type) -> Cause? { (held as? HeldCause<Cause>)?.cause }
}
