import Testing
import Wording

/// What a floor's error is, be it thrown as it is or inside a ``Failure``.
private func cause<Cause: ExplainedError>(_ error: any Error, _ type: Cause.Type) -> Cause? {
    (error as? Cause) ?? (error as? Failure)?.cause(as: type)
}

/// Expects an error of a floor and gives it back.
/// - Throws: what `body` throws, where that is another error.
public func requireFailure<Cause: ExplainedError>(
    _ type: Cause.Type, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Any
) throws -> Cause {
    let error = try #require(throws: (any Error).self, sourceLocation: sourceLocation) { _ = try body() }
    return try #require(cause(error, type), "\(error)", sourceLocation: sourceLocation)
}

/// Expects an error of a kind.
@discardableResult
public func expectFailure<Cause: ExplainedError>(
    _ type: Cause.Type, _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Any
) -> Cause? {
    try? requireFailure(type, sourceLocation: sourceLocation, body)
}

/// Expects exactly this error.
public func expectFailure<Cause: ExplainedError & Equatable>(
    _ expected: Cause, _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Any
) {
    guard let found = try? requireFailure(Cause.self, sourceLocation: sourceLocation, body) else { return }
    #expect(found == expected, sourceLocation: sourceLocation)
}
