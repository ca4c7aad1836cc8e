import Platform
import Tensors
import Wording

/// A point of the plane with what is to be said of it: 1 or −1, or for a regression any number between.
package struct PlanePoint: Sendable, Hashable {
    package let x: Double
    package let y: Double
    package let label: Double

    package init(x: Double, y: Double, label: Double) { (self.x, self.y, self.label) = (x, y, label) }
}

/// The data sets of TensorFlow Playground, drawn by its rules (tensorflow/playground, `dataset.ts`).
package enum PlaygroundData: String, Sendable, CaseIterable, Hashable {
    case circle, xor, gauss, spiral
    case plane = "regress-plane"
    case bumps = "regress-gauss"

    package var isRegression: Bool { self == .plane || self == .bumps }

    /// 500 points to classify, 1,200 for a regression.
    package var usualCount: Int { isRegression ? 1200 : 500 }

    package var title: Phrase {
        switch self {
        case .circle: Phrase(en: "circle", zh: "圆")
        case .xor: Phrase(en: "exclusive or", zh: "异或")
        case .gauss: Phrase(en: "two clouds", zh: "两团高斯")
        case .spiral: Phrase(en: "spiral", zh: "螺旋")
        case .plane: Phrase(en: "plane", zh: "平面")
        case .bumps: Phrase(en: "six bumps", zh: "六个高斯峰")
        }
    }

    /// - Parameters:
    ///   - count: how many points.
    ///   - noise: 0 … 0.5, as the page's slider's hundredths.
    ///   - random: the same generator draws the same points.
    package func points(_ count: Int, noise: Double, using random: inout RandomSource) -> [PlanePoint] {
        switch self {
        case .circle: Self.circle(count, noise, &random)
        case .xor: Self.exclusiveOr(count, noise, &random)
        case .gauss: Self.clouds(count, noise, &random)
        case .spiral: Self.spiral(count, noise, &random)
        case .plane: Self.plane(count, noise, &random)
        case .bumps: Self.bumps(count, noise, &random)
        }
    }

    private static func uniform(_ low: Double, _ high: Double, _ random: inout RandomSource) -> Double {
        low + random.uniform() * (high - low)
    }

    private static func circle(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        let radius = 5.0
        func ring(_ low: Double, _ high: Double) -> [PlanePoint] {
            (0..<count / 2).map { _ in
                let r = uniform(low, high, &random)
                let angle = uniform(0, 2 * .pi, &random)
                let (x, y) = (r * sin(angle), r * cos(angle))
                let (dx, dy) = (uniform(-radius, radius, &random) * noise, uniform(-radius, radius, &random) * noise)
                let distance = ((x + dx) * (x + dx) + (y + dy) * (y + dy)).squareRoot()
                return PlanePoint(x: x, y: y, label: distance < radius * 0.5 ? 1 : -1)
            }
        }
        return ring(0, radius * 0.5) + ring(radius * 0.7, radius)
    }

    private static func exclusiveOr(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        let padding = 0.3
        return (0..<count).map { _ in
            var x = uniform(-5, 5, &random)
            x += x > 0 ? padding : -padding
            var y = uniform(-5, 5, &random)
            y += y > 0 ? padding : -padding
            let (dx, dy) = (uniform(-5, 5, &random) * noise, uniform(-5, 5, &random) * noise)
            return PlanePoint(x: x, y: y, label: (x + dx) * (y + dy) >= 0 ? 1 : -1)
        }
    }

    private static func clouds(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        // The page's scale: a variance of 0.5 without noise, 4 with the most.
        let deviation = (0.5 + noise / 0.5 * 3.5).squareRoot()
        return [(2.0, 1.0), (-2.0, -1.0)].flatMap { centre, label in
            (0..<count / 2).map { _ in
                PlanePoint(
                    x: centre + deviation * random.normal(), y: centre + deviation * random.normal(), label: label)
            }
        }
    }

    private static func spiral(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        let half = count / 2
        return [(0.0, 1.0), (Double.pi, -1.0)].flatMap { turn, label in
            (0..<half).map { place in
                let share = Double(place) / Double(half)
                let (r, t) = (share * 5, 1.75 * share * 2 * .pi + turn)
                return PlanePoint(
                    x: r * sin(t) + uniform(-1, 1, &random) * noise, y: r * cos(t) + uniform(-1, 1, &random) * noise,
                    label: label)
            }
        }
    }

    private static func plane(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        let radius = 6.0
        return (0..<count).map { _ in
            let (x, y) = (uniform(-radius, radius, &random), uniform(-radius, radius, &random))
            let (dx, dy) = (uniform(-radius, radius, &random) * noise, uniform(-radius, radius, &random) * noise)
            return PlanePoint(x: x, y: y, label: (x + dx + y + dy) / 10)
        }
    }

    private static func bumps(_ count: Int, _ noise: Double, _ random: inout RandomSource) -> [PlanePoint] {
        let radius = 6.0
        let centres: [(x: Double, y: Double, sign: Double)] = [
            (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1),
        ]
        return (0..<count).map { _ in
            let (x, y) = (uniform(-radius, radius, &random), uniform(-radius, radius, &random))
            let (dx, dy) = (uniform(-radius, radius, &random) * noise, uniform(-radius, radius, &random) * noise)
            var label = 0.0
            for centre in centres {
                let (u, v) = (x + dx - centre.x, y + dy - centre.y)
                let height = centre.sign * max(0, min(1, 1 - (u * u + v * v).squareRoot() / 2))
                if abs(height) > abs(label) { label = height }
            }
            return PlanePoint(x: x, y: y, label: label)
        }
    }
}

/// What a playground's network reads of a point.
package enum PlaneFeature: String, Sendable, CaseIterable, Hashable {
    case x, y
    case xSquared = "x^2"
    case ySquared = "y^2"
    case product = "xy"
    case sinX = "sin x"
    case sinY = "sin y"

    package func value(x: Double, y: Double) -> Double {
        switch self {
        case .x: x
        case .y: y
        case .xSquared: x * x
        case .ySquared: y * y
        case .product: x * y
        case .sinX: sin(x)
        case .sinY: sin(y)
        }
    }
}
