import Foundation
import Tensors

extension Places {
    /// A file of `fixtures/reference`, made by the Python scripts that lie there.
    public static func reference(_ path: String) -> String { root + "/fixtures/reference/" + path }

    /// JSON of `fixtures/reference`.
    public static func reference<Content: Decodable>(json path: String, as type: Content.Type) throws -> Content {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: reference(path))))
    }
}

extension Tensor {
    /// Normal numbers that are the same on every run.
    public static func test(_ shape: Shape, seed: UInt64 = 1, deviation: Double = 1, mean: Double = 0) -> Tensor {
        var random = RandomSource(seed: seed)
        return Tensor(shape) { buffer in
            for place in buffer.indices {
                buffer.initializeElement(at: place, to: Float(random.normal() * deviation + mean))
            }
        }
    }

    /// Bits, so that NaN and the sign of zero count.
    public var bits: [UInt32] { scalars.map(\.bitPattern) }
}

/// The distance between two lists of numbers, relative to the length of the expected one: `‖a − b‖ / ‖b‖`.
public func relativeNorm(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    let difference = zip(found, expected).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    let length = expected.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    return difference.isNaN ? .infinity : length == 0 ? difference : difference / length
}

/// Writes NaN into memory that the next tensors will reuse, so that whatever they leave unwritten shows.
public func poisonFreedMemory() {
    let lengths = [1, 17, 21, 25, 29, 33, 49, 65, 97, 129, 257, 513, 1025]
    var tensors: [Tensor] = []
    for length in lengths { tensors += (0..<8).map { _ in Tensor([length], repeating: .nan) } }
    withExtendedLifetime(tensors) {}
}
