/// The three parts of a number's bits.
public struct FloatFields: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case zero, subnormal, normal, infinity, nan }

    public let format: FloatFormat
    public let pattern: UInt32

    public init(pattern: UInt32, format: FloatFormat) {
        self.pattern = pattern
        self.format = format
    }

    public var sign: Int { Int(pattern >> UInt32(format.bits - 1) & 1) }
    /// As written, before the bias is taken off.
    public var exponentField: Int { Int(pattern >> UInt32(format.fractionBits)) & (1 << format.exponentBits - 1) }
    public var fractionField: Int { Int(pattern) & (1 << format.fractionBits - 1) }

    public var kind: Kind {
        switch (exponentField, fractionField) {
        case (0, 0): .zero
        case (0, _): .subnormal
        case (1 << format.exponentBits - 1, 0): .infinity
        case (1 << format.exponentBits - 1, _): .nan
        default: .normal
        }
    }

    /// The power of two that the significand is multiplied by.
    public var exponent: Int { max(exponentField, 1) - format.bias }

    /// 1.fraction, or 0.fraction where the number is subnormal.
    public var significand: Double {
        Double(fractionField) / Double(1 << format.fractionBits) + (exponentField == 0 ? 0 : 1)
    }

    /// The bits from the sign on, as digits 0 and 1.
    public var digits: [Int] { (0..<format.bits).map { Int(pattern >> UInt32(format.bits - 1 - $0) & 1) } }

    public var value: Float { format.number(pattern: pattern) }
}

extension FloatFormat {
    /// A number of this format taken apart, for reading: the nearest one to `value`.
    public func fields(of value: Float) -> FloatFields { FloatFields(pattern: pattern(of: value), format: self) }

    /// The number that these bits stand for.
    public func number(pattern: UInt32) -> Float {
        switch self {
        case .float32: return Float(bitPattern: pattern)
        case .bfloat16: return Float(bitPattern: pattern << 16)
        case .float16:
            let fields = FloatFields(pattern: pattern, format: self)
            let size: Float =
                switch fields.kind {
                case .nan: .nan
                case .infinity: .infinity
                default: Float(sign: .plus, exponent: fields.exponent, significand: Float(fields.significand))
                }
            return fields.sign == 0 ? size : -size
        }
    }
}
