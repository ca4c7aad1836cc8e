import CVectorMath
import Wording

/// A non-linearity applied to each number.
public enum ActivationFunction: String, Sendable, CaseIterable {
    case relu
    /// Gaussian error linear unit, exact (Hendrycks & Gimpel 2016).
    case gelu
    /// Its approximation by tanh, GPT-2's `gelu_new`.
    case geluTanh = "gelu_tanh"
    case silu, tanh, sigmoid
}

extension ActivationFunction {
    /// `y = f(x)`, number by number.
    package func apply(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
        switch self {
        case .relu: vm_relu(x, y, count)
        case .gelu: vm_gelu_erf(x, y, count)
        case .geluTanh: vm_gelu_tanh(x, y, count)
        case .silu: vm_silu(x, y, count)
        case .tanh: vm_tanh(x, y, count)
        case .sigmoid: vm_sigmoid(x, y, count)
        }
    }

    /// Whether the slope is found from what the function gave, not from what it was given.
    package var knowsSlopeByResult: Bool { self == .tanh || self == .sigmoid || self == .relu }

    /// `dx = dy · f′`, number by number.
    /// - Parameter known: what the function gave, where ``knowsSlopeByResult``, else what it was given.
    package func slope(
        _ known: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        switch self {
        case .relu: vm_relu_gradient(known, dy, dx, count)
        case .gelu: vm_gelu_erf_gradient(known, dy, dx, count)
        case .geluTanh: vm_gelu_tanh_gradient(known, dy, dx, count)
        case .silu: vm_silu_gradient(known, dy, dx, count)
        case .tanh: vm_tanh_gradient(known, dy, dx, count)
        case .sigmoid: vm_sigmoid_gradient(known, dy, dx, count)
        }
    }
}

extension Tensor {
    package func activated(_ function: ActivationFunction) -> Tensor { filled { function.apply($0, $1, $2) } }

    /// `upstream · f′`, number by number, where this is what `function` was given.
    /// - Parameter result: what it gave.
    package func activationGradient(_ function: ActivationFunction, result: Tensor, upstream: Tensor) -> Tensor {
        let known = function.knowsSlopeByResult ? result : self
        return Tensor(shape) { target in
            if let dx = target.baseAddress { function.slope(known.pointer, upstream.pointer, dx, count) }
        }
    }

    package func adding(_ other: Tensor) -> Tensor { combined(other) { vm_add($0, $1, $2, $3) } }

    package func multiplying(_ other: Tensor) -> Tensor { combined(other) { vm_multiply($0, $1, $2, $3) } }

    package func scaled(by factor: Float) -> Tensor { filled { vm_scale($0, factor, $1, $2) } }

    /// `self += factor · other`; both of the same shape.
    public mutating func accumulate(_ other: Tensor, times factor: Float = 1) {
        let length = count
        mutate { target in
            if let y = target.baseAddress { vm_accumulate(other.pointer, factor, y, length) }
        }
    }

    /// Softmax over the last axis.
    package func softmax() -> Tensor {
        filled(rowsOf: shape.rank > 0 ? shape[-1] : 1) { vm_softmax($0, $1, $3, $2) }
    }

    /// A copy, seen as matrices of `rows × columns` one after the other, in which each row keeps the columns up to the
    /// diagonal that ends in the last corner; the rest becomes `value`.
    package func maskedAfterDiagonal(with value: Float, rows: Int, columns: Int) -> Tensor {
        filled(rowsOf: rows * columns) { vm_causal_mask($0, value, $1, $3 * rows, rows, columns) }
    }

    /// The gradient before a softmax whose result is `self`.
    package func softmaxGradient(upstream: Tensor) -> Tensor {
        let columns = shape.rank > 0 ? shape[-1] : 1
        return Tensor(shape) { target in
            guard let dx = target.baseAddress, columns > 0 else { return }
            vm_softmax_gradient(pointer, upstream.pointer, dx, count / columns, columns)
        }
    }

    /// The sum of the rows of a tensor seen as `[rows, columns]`.
    package func summedRows(into shape: Shape) -> Tensor {
        Tensor(shape) { target in
            if let row = target.baseAddress, shape.count > 0 {
                vm_sum_rows(pointer, row, count / shape.count, shape.count)
            }
        }
    }

    public func sum() -> Double { vm_sum(pointer, count) }
    public func sumOfSquares() -> Double { vm_sum_of_squares(pointer, count) }

    /// The place in memory of the first number that is infinite or none; nil where all are finite.
    ///
    /// - Parameter hidden: ones at the places that do not count where they are minus infinity.
    public func firstNotFinite(besides hidden: Tensor? = nil) -> Int? {
        let hidden = hidden?.shape == shape ? hidden : nil
        let exponent: UInt32 = 0x7F80_0000
        return withUnsafeBuffer { cells in
            // Without a way out, so that the compiler looks at several numbers at once.
            for start in stride(from: 0, to: cells.count, by: 4096) {
                let block = start..<min(start + 4096, cells.count)
                var greatest: UInt32 = 0
                for place in block { greatest = max(greatest, cells[place].bitPattern & exponent) }
                guard greatest == exponent else { continue }
                for place in block where !cells[place].isFinite {
                    if cells[place] == -.infinity, hidden?[flat: place] == 1 { continue }
                    return place
                }
            }
            return nil
        }
    }

    package func layerNormScale(epsilon: Float) -> Tensor {
        filled(rowsOf: shape[-1], into: 1) { vm_layer_norm_scale($0, epsilon, $1, $3, $2) }
    }

    package func layerNorm(scale: Tensor, gain: Tensor, bias: Tensor) -> Tensor {
        filled(rowsOf: shape[-1], along: scale) { x, y, width, rows, scale in
            vm_layer_norm(x, scale, gain.pointer, bias.pointer, y, rows, width)
        }
    }

    package func rmsNormScale(epsilon: Double) -> Tensor {
        filled(rowsOf: shape[-1], into: 1) { vm_rms_norm_scale($0, epsilon, $1, $3, $2) }
    }

    package func rmsNorm(scale: Tensor, gain: Tensor) -> Tensor {
        filled(rowsOf: shape[-1], along: scale) { x, y, width, rows, scale in
            vm_rms_norm(x, scale, gain.pointer, y, rows, width)
        }
    }

    /// Each row's halves turned against each other by the angles of its position: `self`
    /// `[batch, position, head, width]`, the tables `[position, width]`; `sign` −1 turns back.
    package func rotated(cosines: Tensor, sines: Tensor, sign: Float) -> Tensor {
        let (positions, heads, width) = (shape[1], shape[2], shape[3])
        return Tensor(shape, parts: count / max(width, 1), work: count) { rows, y in
            vm_rotate(
                pointer, cosines.pointer, sines.pointer, sign, y, rows.lowerBound, rows.upperBound, heads, positions,
                width)
        }
    }

    package func layerNormGradient(
        scale: Tensor, gain: Tensor, upstream: Tensor
    ) -> (input: Tensor, scale: Tensor, gain: Tensor, bias: Tensor) {
        let width = shape[-1]
        var dscale = Tensor(scale.shape, repeating: 0)
        var dgain = Tensor(gain.shape, repeating: 0)
        var dbias = Tensor(gain.shape, repeating: 0)
        let dx = Tensor(shape) { target in
            dscale.mutate { dscale in
                dgain.mutate { dgain in
                    dbias.mutate { dbias in
                        guard let dx = target.baseAddress else { return }
                        vm_layer_norm_gradient(
                            pointer, scale.pointer, gain.pointer, upstream.pointer, dx, dscale.baseAddress,
                            dgain.baseAddress, dbias.baseAddress, count / width, width)
                    }
                }
            }
        }
        return (dx, dscale, dgain, dbias)
    }

    package func layerNormScaleGradient(scale: Tensor, upstream: Tensor) -> Tensor {
        let width = shape[-1]
        return Tensor(shape) { target in
            guard let dx = target.baseAddress else { return }
            vm_layer_norm_scale_gradient(pointer, scale.pointer, upstream.pointer, dx, count / width, width)
        }
    }

    /// −log softmax at each row's target; 0 where the target is negative. `self` is `[rows, columns]`.
    package func crossEntropies(targets: [Int32]) -> [Float] {
        let columns = shape[-1]
        return [Float](unsafeUninitializedCapacity: targets.count) { buffer, initialized in
            if let losses = buffer.baseAddress {
                vm_cross_entropy(pointer, targets, losses, targets.count, columns)
            }
            initialized = targets.count
        }
    }

    package func crossEntropyGradient(targets: [Int32], factor: Float) -> Tensor {
        let columns = shape[-1]
        return Tensor(shape) { target in
            guard let dx = target.baseAddress else { return }
            vm_cross_entropy_gradient(pointer, targets, factor, dx, targets.count, columns)
        }
    }
}
