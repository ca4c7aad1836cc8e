/// What a row of numbers looks like as a whole; for bars and marks beside it, never for the model's arithmetic.
extension Collection<Float> {
    var average: Double { isEmpty ? 0 : reduce(0) { $0 + Double($1) } / Double(count) }

    /// The root of the mean square: the typical size of one number.
    var rootMeanSquare: Double {
        isEmpty ? 0 : (reduce(0) { $0 + Double($1) * Double($1) } / Double(count)).squareRoot()
    }

    /// The root of the mean square distance from the average.
    var deviation: Double {
        let mean = average
        return isEmpty
            ? 0 : (reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)).squareRoot()
    }

    /// The largest finite magnitude.
    var greatestMagnitude: Double {
        reduce(0) { $1.isFinite ? Swift.max($0, abs(Double($1))) : $0 }
    }
}
