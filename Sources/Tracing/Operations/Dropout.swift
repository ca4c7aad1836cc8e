import Tensors
import Wording

/// Each number is dropped with probability `rate`, the others are `1 / (1 − rate)` times as large, so that the sum is
/// expected to stay (Srivastava et al. 2014).
///
/// Which ones are dropped follows from the seed and the place alone, so that the way back drops the same.
public final class Dropout: OneTensorOperation {
    public static let name = "dropout"
    public let rate: Double
    public let seed: UInt64

    public init(rate: Double, seed: UInt64) {
        self.rate = rate
        // A trace file keeps numbers as doubles, which hold whole numbers up to here.
        self.seed = seed & ((1 << 53) - 1)
    }

    public init(attributes: Attributes) throws(Failure) {
        rate = try attributes.number("rate", of: Self.name)
        // Up to 2⁵³: more than a page's `Int` holds.
        seed = UInt64(exactly: try attributes.number("seed", of: Self.name)) ?? 0
        guard rate >= 0, rate < 1 else { throw .attribute(operation: Self.name, key: "rate") }
    }

    public var attributes: Attributes { Attributes(["rate": .number(rate), "seed": .number(Double(seed))]) }

    /// What the number at this place is multiplied by.
    public func factor(at place: Int) -> Float {
        // SplitMix64 of the place: one step of a generator that needs no memory.
        var z = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(place) &* 0xD134_2543_DE82_EF95
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Double(z >> 11) * 0x1p-53 < rate ? 0 : Float(1 / (1 - rate))
    }

    public func compute(_ inputs: [Tensor], as shape: Shape) -> Tensor { dropped(inputs[0]) }

    private func dropped(_ tensor: Tensor) -> Tensor {
        Tensor(tensor.shape) { target in
            tensor.withUnsafeBuffer { source in
                for place in source.indices { target[place] = source[place] * factor(at: place) }
            }
        }
    }

    public func gradients(_ pass: BackwardPass) -> [Tensor?] { [dropped(pass.upstream)] }

    public func expression(at index: [Int], inputs: [Tensor], output: Tensor) -> Expression {
        .product([
            .constant(Double(factor(at: output.shape.offset(of: index) ?? 0))), .cell(input: 0, index),
        ])
    }
}
