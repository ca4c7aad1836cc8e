import Drawing
import Models
import Training
import Wording

/// A line's way down: the houses, the line after each step, and what least squares say.
struct LineHistory: Sendable {
    struct Moment: Sendable {
        var step: Int
        var slope: Double
        var intercept: Double
        /// The mean squared error.
        var loss: Double

        init(step: Int = 0, line: LinearRegression, loss: Double = 0) {
            self.step = step
            slope = line.slopes[0]
            intercept = line.intercept
            self.loss = loss
        }

        init(_ descent: LineDescent) { self.init(step: descent.step, line: descent.line, loss: descent.loss) }
    }

    var areas: [Double]
    var prices: [Double]
    var path: [Moment]
    var best: Moment
    /// Sums that give the loss of any line at once: means of x, y, x², xy, y².
    private var means: (x: Double, y: Double, xx: Double, xy: Double, yy: Double)
    /// How far areas and prices are spread: descent works on numbers of mean 0 and spread 1.
    private var spreads: (x: Double, y: Double) = (1, 1)

    init(_ recipe: LineRecipe, steps: Int) throws {
        var descent = try LineDescent(recipe.line, steps: steps)
        let houses = descent.houses
        areas = houses.map { $0.area }
        prices = houses.map { $0.price }
        let count = Double(max(houses.count, 1))
        func mean(_ value: (House) -> Double) -> Double { houses.reduce(0) { $0 + value($1) } / count }
        means = (
            mean({ $0.area }), mean({ $0.price }), mean { $0.area * $0.area }, mean { $0.area * $0.price },
            mean { $0.price * $0.price }
        )
        func spread(_ mean: Double, _ square: Double) -> Double {
            max(square - mean * mean, 0).squareRoot()
        }
        let (x, y) = (spread(means.x, means.xx), spread(means.y, means.yy))
        spreads = (x > 0 ? x : 1, y > 0 ? y : 1)
        path = [Moment(descent)]
        while !descent.isFinished {
            try descent.update()
            path.append(Moment(descent))
        }
        best = Moment(line: try LinearRegression.leastSquares(areas.map { [$0] }, targets: prices))
        best.loss = loss(slope: best.slope, intercept: best.intercept)
    }

    func loss(slope a: Double, intercept b: Double) -> Double {
        a * a * means.xx + 2 * a * b * means.x - 2 * a * means.xy + b * b - 2 * b * means.y + means.yy
    }

    /// Where descent really is: slope and intercept of the standardised line. There the loss is least + (spread of the
    /// prices)² · (distance to the best)², a round bowl.
    func place(_ moment: Moment) -> (slope: Double, intercept: Double) {
        (
            moment.slope * spreads.x / spreads.y,
            (moment.intercept + moment.slope * means.x - means.y) / spreads.y
        )
    }

    /// The loss at such a distance from the bottom of the bowl.
    func loss(distance: Double) -> Double { best.loss + spreads.y * spreads.y * distance * distance }

    /// How far from the best line's slope a picture of the bowl reaches; what leaps further leaves it.
    var reach: Double {
        let bottom = place(best).slope
        let distances = path.map { abs(place($0).slope - bottom) }.filter { $0.isFinite }
        let start = distances.first ?? 0
        return max(min(distances.max() ?? 1, start * 1.7), 1e-6) * 1.2
    }

    /// How the steps go: down one wall, from wall to wall, or out of the bowl.
    enum Way { case slides, leaps, climbs }

    var way: Way {
        guard zip(path, path.dropFirst()).allSatisfy({ $1.loss <= $0.loss * 1.000_1 }) else { return .climbs }
        let bottom = place(best).slope
        let sides = path.prefix(6).map { place($0).slope - bottom }
        let most = (sides.first.map { abs($0) } ?? 0) * 1e-3
        return zip(sides, sides.dropFirst()).contains { $0 * $1 < 0 && abs($1) > most } ? .leaps : .slides
    }

    /// The steps that are drawn: the beginning closely, then ever fewer, and the last.
    var shown: [Moment] {
        guard let last = path.last else { return [] }
        return path.filter {
            [0, 1, 2, 3, 5, 10, 20, 50, 100, 1000, 10_000, 100_000].contains($0.step) && $0.step < last.step
        }
            + [last]
    }

    /// Not more than so many houses, spread over all of them.
    func thinned(_ most: Int) -> [Int] {
        Array(stride(from: 0, to: areas.count, by: max(1, (areas.count + most - 1) / most)))
    }
}
