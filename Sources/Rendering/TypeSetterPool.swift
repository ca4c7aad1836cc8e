import Drawing
import Synchronization

/// Type setters for as many threads as ask at once. Each is used by one thread at a time and then handed back, so what
/// it has shaped serves the next.
final class TypeSetterPool: Sendable {
    /// Safe to move between threads, since only its borrower touches it and Pango keeps no thread of its own.
    private struct Box: @unchecked Sendable { var setter: TypeSetter }

    private let idle = Mutex<[Box]>([])

    static let shared = TypeSetterPool()

    func withSetter<Result>(_ body: (TypeSetter) throws -> Result) rethrows -> Result? {
        let borrowed = idle.withLock { $0.popLast() }
        guard let box = borrowed ?? TypeSetter().map(Box.init) else { return nil }
        defer { idle.withLock { $0.append(box) } }
        return try body(box.setter)
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
