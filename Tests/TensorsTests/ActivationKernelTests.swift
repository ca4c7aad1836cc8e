import CVectorMath
import Foundation
import Tensors
import TestSupport
import Testing

/// A kernel and the same function from the C library in double precision.
struct Kernel: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (Tensor) -> Tensor
    let exact: @Sendable (Double) -> Double
    let slope: (@Sendable (Double) -> Double)?
    /// The error allowed, in units of 2⁻²³ of `size(x, f(x))`.
    let roundings: Double
    let size: @Sendable (_ x: Double, _ y: Double) -> Double

    init(
        _ function: ActivationFunction, roundings: Double, of size: @escaping @Sendable (Double, Double) -> Double,
        exact: @escaping @Sendable (Double) -> Double, slope: @escaping @Sendable (Double) -> Double
    ) {
        testDescription = function.rawValue
        apply = { $0.activated(function) }
        self.exact = exact
        self.slope = slope
        self.roundings = roundings
        self.size = size
    }

    private init(exponential: Void) {
        testDescription = "exp"
        apply = { x in
            Tensor(x.shape) { target in
                x.withUnsafeBuffer { source in
                    if let y = target.baseAddress, let x = source.baseAddress { vm_exp(x, y, source.count) }
                }
            }
        }
        exact = { exp($0) }
        slope = nil
        roundings = 1
        size = { _, y in abs(y) }
    }

    static let exponential = Kernel(exponential: ())

    private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    private static func inner(_ x: Double) -> Double { (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x) }
    private static func density(_ x: Double) -> Double { exp(-0.5 * x * x) / (2 * .pi).squareRoot() }

    /// GELU and SiLU lie between 0 and x: where they vanish, an error far below |x| is all that float32 gives.
    static let activations: [Kernel] = [
        Kernel(.relu, roundings: 0, of: { x, _ in abs(x) }, exact: { $0 < 0 ? 0 : $0 }, slope: { $0 <= 0 ? 0 : 1 }),
        Kernel(
            .gelu, roundings: 2, of: { x, _ in abs(x) },
            exact: { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) },
            slope: { 0.5 * erfc(-$0 / 2.0.squareRoot()) + $0 * density($0) }),
        Kernel(
            .geluTanh, roundings: 2, of: { x, _ in abs(x) }, exact: { $0 * sigmoid(2 * inner($0)) },
            slope: { x in
                let gate = sigmoid(2 * inner(x))
                let steepness = 2 * (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
                return gate + x * gate * (1 - gate) * steepness
            }),
        Kernel(
            .silu, roundings: 2, of: { x, _ in abs(x) }, exact: { $0 * sigmoid($0) },
            slope: { sigmoid($0) * (1 + $0 * sigmoid(-$0)) }),
        Kernel(
            .tanh, roundings: 2, of: { _, y in abs(y) }, exact: { tanh($0) }, slope: { 1 - tanh($0) * tanh($0) }),
        Kernel(
            .sigmoid, roundings: 2, of: { _, y in abs(y) }, exact: { sigmoid($0) },
            slope: { sigmoid($0) * sigmoid(-$0) }),
    ]
    static let all = activations + [exponential]
}

/// Element-wise kernels against the C library's double-precision functions.
@Suite struct ActivationKernelTests {
    private static let rounding = 0x1p-23
    /// Results below the smallest normal float may be zero.
    private static let least = Double(Float.leastNormalMagnitude)

    private func check(_ kernel: Kernel, _ x: Tensor) -> (worst: Double, at: Float) {
        let y = kernel.apply(x)
        var worst = (0.0, Float(0))
        for (x, y) in zip(x.scalars, y.scalars) {
            let expected = kernel.exact(Double(x))
            if Float(expected).bitPattern == y.bitPattern || Double(y) == expected { continue }
            let allowed = kernel.roundings * Self.rounding * kernel.size(Double(x), expected) + Self.least
            let error = abs(Double(y) - expected) / allowed
            if !(error <= worst.0) { worst = (error, x) }
        }
        return worst
    }

    @Test(arguments: Kernel.all) func aFineSweepAgrees(kernel: Kernel) throws {
        let near = (-20_000...20_000).map { Float($0) * 0x1p-10 }
        let wide = (-1_770...1_774).map { Float($0) * 0.05 }
        let numbers = near + wide
        let (worst, at) = check(kernel, try Tensor([numbers.count], numbers))
        #expect(worst <= 1, "at \(at)")
    }

    @Test(arguments: Kernel.all) func numbersOfEverySizeAgree(kernel: Kernel) throws {
        var numbers: [Float] = []
        for exponent in -149...6 {
            for significand: Float in [1, 1.1, 1.5, 1.9999] {
                let number = Float(sign: .plus, exponent: exponent, significand: significand)
                numbers += [number, -number]
            }
        }
        let (worst, at) = check(kernel, try Tensor([numbers.count], numbers))
        #expect(worst <= 1, "at \(at)")
    }

    /// Just below the greatest float, where 2¹²⁸ would overflow though the result does not.
    @Test func exponentialReachesTheGreatestFloat() throws {
        let numbers: [Float] = [88.3, 88.376, 88.377, 88.5, 88.7, 88.72, 88.7228, -87.33, -87.3365]
        let (worst, at) = check(.exponential, try Tensor([numbers.count], numbers))
        #expect(worst <= 1, "at \(at)")
        let beyond = Kernel.exponential.apply(try Tensor([2], [88.73, -87.4])).scalars
        #expect(beyond == [.infinity, 0])
    }

    @Test(arguments: Kernel.all) func edgesAgree(kernel: Kernel) throws {
        let edges: [Float] = [
            .infinity, -.infinity, .nan, 0, -0.0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e30, -1e30,
            .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e10, -1e10, 100, -100,
        ]
        let results = kernel.apply(try Tensor([edges.count], edges)).scalars
        for (edge, result) in zip(edges, results) {
            let expected = kernel.exact(Double(edge))
            // e^x beyond the greatest float, and e^(−x) inside the others, are infinite in float32.
            let rounded = Float(expected)
            let tiny = abs(Double(result) - expected) <= Self.least
            #expect(result == rounded || (result.isNaN && rounded.isNaN) || tiny, "at \(edge): \(result), \(rounded)")
        }
    }

    /// Whole vectors and their remainders run through different machine code.
    @Test(arguments: Kernel.all, [0, 1, 7, 8, 15, 16, 17, 64, 1000])
    func everyLengthGivesTheSameNumbers(kernel: Kernel, length: Int) throws {
        let all = Tensor.test([1000], deviation: 3)
        let alone = try all.scalars.map { try kernel.apply(Tensor([1], [$0]))[flat: 0] }
        poisonFreedMemory()
        let result = kernel.apply(try Tensor([length], Array(all.scalars.prefix(length))))
        #expect(result.shape == [length])
        let difference = zip(result.scalars, alone).map { abs($0 - $1) / max(abs($1), 1e-30) }.max() ?? 0
        #expect(difference <= 2.4e-7)
    }

    @Test(arguments: Kernel.activations) func slopesAgree(kernel: Kernel) throws {
        let function = try #require(ActivationFunction(rawValue: kernel.testDescription))
        let slope = try #require(kernel.slope)
        let numbers = (-3_000...3_000).map { Float($0) * 0x1p-8 } + [-80, 80, .leastNonzeroMagnitude]
        let x = try Tensor([numbers.count], numbers)
        let upstream = Tensor.test(x.shape, seed: 9)
        let found = x.activationGradient(function, result: x.activated(function), upstream: upstream)
        for (place, number) in numbers.enumerated() {
            let exact = slope(Double(number)) * Double(upstream[flat: place])
            let error = abs(Double(found[flat: place]) - exact)
            // A slope is a sum of terms of the size of 1 (GELU: up to |x|): the error is relative to those.
            let allowed = 4 * Self.rounding * abs(Double(upstream[flat: place]))
            if error > allowed { Issue.record("at \(number): \(error / allowed) times the error allowed") }
        }
    }

    @Test func reluLetsNaNThrough() throws {
        let x = try Tensor([3], [.nan, -1, 2])
        #expect(x.activated(.relu)[flat: 0].isNaN)
        let slopes = x.activationGradient(.relu, result: x.activated(.relu), upstream: Tensor([3], repeating: 5))
        #expect(slopes.scalars == [5, 0, 5])
    }
}
