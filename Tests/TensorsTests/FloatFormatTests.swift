import Tensors
import TestSupport
import Testing

/// Short number formats against PyTorch (`fixtures/reference/autocast.py`) and against what IEEE 754 says of them.
@Suite struct FloatFormatTests {
    static let short: [FloatFormat] = [.float16, .bfloat16]

    @Test(arguments: short) func roundingAgreesWithPyTorch(_ format: FloatFormat) throws {
        let file = try SafeTensors(path: Places.reference("autocast.safetensors"))
        let numbers = try file.tensor("numbers")
        let expected = try file.tensor(format.rawValue + ".numbers").scalars
        let kinds = [numbers.rounded(to: format).scalars, numbers.scalars.map(format.nearest)]
        for found in kinds {
            for (place, (found, expected)) in zip(found, expected).enumerated() where !expected.isNaN {
                #expect(found.bitPattern == expected.bitPattern, "\(numbers[flat: place])")
            }
            #expect(zip(found, expected).allSatisfy { $0.isNaN == $1.isNaN })
        }
    }

    /// Each of the 65,536 patterns is the number that its fields say, and stays itself.
    @Test(arguments: short) func everyPatternIsANumberThatStaysItself(_ format: FloatFormat) {
        var wrong: [UInt32] = []
        for bits in UInt32(0)..<65_536 {
            let value = format.number(pattern: bits)
            let fields = FloatFields(pattern: bits, format: format)
            let size = Float(fields.significand) * Float(sign: .plus, exponent: fields.exponent, significand: 1)
            let isRight =
                switch fields.kind {
                case .nan: value.isNaN && format.nearest(value).isNaN
                case .infinity:
                    value == (fields.sign == 0 ? .infinity : -.infinity) && format.pattern(of: value) == bits
                case .zero, .subnormal, .normal:
                    value == (fields.sign == 0 ? size : -size) && format.pattern(of: value) == bits
                }
            if !isRight { wrong.append(bits) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// Between two neighbours the nearer one is taken, in the middle the even one, up to infinity.
    @Test(arguments: short) func theNearestNumberIsTaken(_ format: FloatFormat) {
        var wrong: [UInt32] = []
        let top = format.pattern(of: Float(format.largest))
        for bits in 0..<top {
            let (low, high) = (format.number(pattern: bits), format.number(pattern: bits + 1))
            // bfloat16's smallest steps have middles that are exact in float32 too.
            let middle = Float((Double(low) + Double(high)) / 2)
            let even = bits % 2 == 0 ? bits : bits + 1
            if format.pattern(of: middle) != even || format.pattern(of: middle.nextDown) != bits
                || format.pattern(of: middle.nextUp) != bits + 1 || format.pattern(of: -middle) != even + 0x8000
            {
                wrong.append(bits)
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        #expect(format.nearest(.greatestFiniteMagnitude) == .infinity)
    }

    @Test func aNumberIsTakenApart() {
        #expect(FloatFormat.float16.fields(of: -1.5).digits == [1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(FloatFormat.bfloat16.fields(of: 3).exponent == 1)
        #expect(FloatFormat.float32.fields(of: 0.15625).exponent == -3)
        #expect(FloatFormat.float32.fields(of: 0.15625).significand == 1.25)
        #expect(FloatFormat.float16.fields(of: 0x1p-24).kind == .subnormal)
        #expect(FloatFormat.float16.fields(of: 1e-9).kind == .zero)
        #expect(FloatFormat.float16.fields(of: 1e9).kind == .infinity)
        #expect(FloatFormat.bfloat16.fields(of: 1e9).kind == .normal)
        for format in FloatFormat.allCases {
            #expect(format.fields(of: .nan).kind == .nan)
            #expect(format.fields(of: Float(bitPattern: 0x7F80_0001)).kind == .nan)
        }
    }

    @Test func float32IsLeftAlone() {
        let numbers = Tensor.test([33], seed: 3)
        #expect(numbers.rounded(to: .float32).bits == numbers.bits)
    }
}
