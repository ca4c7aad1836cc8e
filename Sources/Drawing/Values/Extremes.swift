// The first, the last and the order of numbers some of which may be none: a comparison with NaN is always false, so the
// standard library's own `max` and `sorted` give anything.
extension RandomAccessCollection<Float> {
    /// Where the greatest number stands, the first of equal ones; nil where there is none but NaN.
    package var greatestPlace: Index? {
        indices.reduce(nil) { best, place in
            self[place].isNaN || best.map { self[$0] >= self[place] } == true ? best : place
        }
    }

    /// Where the number of largest magnitude stands, likewise.
    package var strongestPlace: Index? {
        indices.reduce(nil) { best, place in
            self[place].isNaN || best.map { abs(self[$0]) >= abs(self[place]) } == true ? best : place
        }
    }

    /// What stands for them all in a picture: what is not a number where there is such, else the largest magnitude.
    package var tellingPlace: Index? { firstIndex { $0.isNaN } ?? strongestPlace }

    /// All places from the greatest number down, NaN last.
    package var ranked: [Index] {
        indices.sorted { Self.order(self[$0]) > Self.order(self[$1]) }
    }

    /// All places from the largest magnitude down, NaN last.
    package var rankedByStrength: [Index] {
        indices.sorted { Self.order(abs(self[$0])) > Self.order(abs(self[$1])) }
    }

    private static func order(_ value: Float) -> Float { value.isNaN ? -.infinity : value }
}
