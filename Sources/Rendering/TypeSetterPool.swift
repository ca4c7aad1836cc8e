import Drawing
import Platform
import Synchronization

/// Type setters for as many threads as ask at once. Each is used by one thread at a time, and by the same one again
/// where it can: what it has shaped serves the next figure, and threads do not wait for each other.
final class TypeSetterPool: Sendable {
    /// Safe to share, since only who has taken it touches its setter and Pango keeps no thread of its own.
    private final class Seat: @unchecked Sendable {
        private let isTaken = Atomic(false)
        var setter: TypeSetter?

        func take() -> Bool {
            isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
        }

        func leave() { isTaken.store(false, ordering: .releasing) }
    }

    private let seats = (0..<64).map { _ in Seat() }

    static let shared = TypeSetterPool()

    func withSetter<Result>(_ body: (TypeSetter) throws -> Result) rethrows -> Result? {
        let own = Self.seat
        for place in seats.indices {
            let seat = seats[(own + place) % seats.count]
            guard seat.take() else { continue }
            defer { seat.leave() }
            if seat.setter == nil { seat.setter = TypeSetter() }
            return try seat.setter.map(body)
        }
        // More threads than seats: a setter for this once.
        return try TypeSetter().map(body)
    }

    /// Where a thread begins to look.
    private static var seat: Int {
        (pthread_self().hashValue & Int.max) % 1024
    }
}

/// Measures with the fonts that paint.
package struct PangoMeasurer: TextMeasurer {
    package init() {}

    package func metrics(of string: String, in font: Font) -> TextMetrics {
        let found = TypeSetterPool.shared.withSetter { $0.line(string, font)?.metrics }
        // Without Pango nothing can be painted either; fixed metrics keep the layout finite.
        return (found ?? nil) ?? FixedMeasurer().metrics(of: string, in: font)
    }

    /// How many characters of a text no face on this machine can draw; zero is what every text must have.
    package func unknownGlyphs(in string: String, _ font: Font = .body) -> Int {
        let found = TypeSetterPool.shared.withSetter { $0.line(string, font)?.unknown.count }
        return (found ?? nil) ?? string.count
    }

    /// Faces of the design that this machine lacks, each with what is used in its place.
    package var missingFaces: [MissingFace] {
        TypeSetterPool.shared.withSetter { setter in
            FontFaces.designed.compactMap { wanted in
                setter.substitute(for: wanted.face).map { found in
                    MissingFace(
                        face: wanted.face,
                        substitute: FontFaces.faces(wanted.family).first {
                            $0 != wanted.face && setter.substitute(for: $0) == nil
                        } ?? found)
                }
            }
        } ?? []
    }
}
