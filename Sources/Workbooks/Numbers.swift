import Platform
import Tensors

extension Tensor {
    /// The numbers along the last axis.
    func line(_ lead: [Int]) -> [Float] {
        guard let width = shape.dimensions.last, width > 0, let start = shape.offset(of: lead + [0]) else { return [] }
        return withUnsafeBuffer { Array($0[start..<start + width]) }
    }
}

extension [Float] {
    var largest: Double { Double(self.max() ?? 0) }
    var mean: Double { isEmpty ? 0 : reduce(0.0) { $0 + Double($1) } / Double(count) }

    /// The sum of e to the power of how far each number lies below the greatest.
    var total: Double {
        let most = largest
        return reduce(0.0) { $0 + exp(Double($1) - most) }
    }

    func dot(_ other: [Float]) -> Double { zip(self, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
}

extension Double {
    static func log(_ value: Double) -> Double { Platform.log(value) }

    /// A number that single precision holds, in as few decimal digits as name it: what a cell keeps.
    init(shortest value: Float) { self = Double("\(value)") ?? Double(value) }
}
