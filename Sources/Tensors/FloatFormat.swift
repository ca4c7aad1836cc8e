import CVectorMath
import Wording

/// A format of floating-point numbers: a sign, an exponent, a fraction.
public enum FloatFormat: String, Sendable, CaseIterable, Hashable {
    /// IEEE 754 binary32: 8 bits of exponent, 23 of fraction.
    case float32
    /// IEEE 754 binary16: 5 and 10 bits; from 6 · 10⁻⁸ to 65,504.
    case float16
    /// The first half of a float32: 8 and 7 bits; the same range, two digits.
    case bfloat16

    public var exponentBits: Int { self == .float16 ? 5 : 8 }

    public var fractionBits: Int {
        switch self {
        case .float32: 23
        case .float16: 10
        case .bfloat16: 7
        }
    }

    public var bits: Int { 1 + exponentBits + fractionBits }

    /// What is taken off the exponent as written: 127 or 15.
    public var bias: Int { (1 << (exponentBits - 1)) - 1 }

    /// The largest finite number.
    public var largest: Double { (2 - Self.power(-fractionBits)) * Self.power(bias) }
    /// The smallest number with a full fraction.
    public var smallestNormal: Double { Self.power(1 - bias) }
    /// The smallest number above zero.
    public var smallest: Double { Self.power(1 - bias - fractionBits) }
    /// The distance from 1 to the next number.
    public var epsilon: Double { Self.power(-fractionBits) }

    private static func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    /// The nearest number of this format, ties to even; infinity beyond the largest.
    public func nearest(_ value: Float) -> Float {
        var result = value
        switch self {
        case .float32: break
        case .float16: vm_round_float16([value], &result, 1)
        case .bfloat16: vm_round_bfloat16([value], &result, 1)
        }
        return result
    }

    /// The bits of the nearest number: sign first, then exponent, then fraction.
    public func pattern(of value: Float) -> UInt32 {
        let bits = nearest(value).bitPattern
        switch self {
        case .float32: return bits
        // The fraction of a NaN may lie wholly in the bits that go; without one it would be infinity.
        case .bfloat16: return bits >> 16 | (value.isNaN ? 0x40 : 0)
        case .float16:
            let sign = (bits >> 31) << 15
            let exponent = Int(bits >> 23 & 0xFF) - 127
            let fraction = bits & 0x7F_FFFF
            if exponent == 128 { return sign | 0x7C00 | (fraction == 0 ? 0 : 0x200) }
            if exponent >= -14 { return sign | UInt32(exponent + 15) << 10 | fraction >> 13 }
            // Below the normal numbers the fraction counts steps of the smallest one.
            return sign | UInt32((nearest(abs(value)) / Float(smallest)).rounded())
        }
    }
}

extension Tensor {
    /// Every number rounded to the nearest of a format, ties to even; the tensor itself where that is float32.
    public func rounded(to format: FloatFormat) -> Tensor {
        guard format != .float32 else { return self }
        return Tensor(shape) { target in
            guard let y = target.baseAddress else { return }
            if format == .float16 {
                vm_round_float16(pointer, y, count)
            } else {
                vm_round_bfloat16(pointer, y, count)
            }
        }
    }
}
