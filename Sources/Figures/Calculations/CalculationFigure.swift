import Drawing
import Tensors
import Wording

/// A figure of a small calculation: vectors, matrices, numbers and texts in, a picture of what is made of them out.
///
/// It is written as a function is: `plane([[1, 1], [0, 1]])`; its name alone takes the example's numbers.
package protocol CalculationFigure: Sendable {
    /// Its name, and its file's.
    static var id: String { get }
    static var title: Phrase { get }
    /// How it is written, with arguments that make a good picture.
    static var example: String { get }
    /// - Throws: ``CalculationProblem`` where the arguments are not such as the example's.
    static func slide(_ given: CalculationArguments) throws(Failure) -> Slide
    /// What it found out, by path, for who asks: `degree.9.held_out`.
    static func numbers(_ given: CalculationArguments) throws(Failure) -> [String: Double]
}

extension CalculationFigure {
    package static func numbers(_ given: CalculationArguments) throws(Failure) -> [String: Double] { [:] }
}

/// One kind of such figures, as a list holds it.
package struct CalculationKind: Sendable {
    package let id: String
    package let title: Phrase
    package let example: String
    package let slide: @Sendable (CalculationArguments) throws(Failure) -> Slide
    package let numbers: @Sendable (CalculationArguments) throws(Failure) -> [String: Double]

    package init<Kind: CalculationFigure>(_ kind: Kind.Type) {
        id = Kind.id
        title = Kind.title
        example = Kind.example
        slide = { (given) throws(Failure) in try Kind.slide(given) }
        numbers = { (given) throws(Failure) in try Kind.numbers(given) }
    }

    /// - Parameter example: how it is written; the name alone where it needs no arguments.
    package init(
        id: String, title: Phrase, example: String,
        slide: @escaping @Sendable (CalculationArguments) throws(Failure) -> Slide
    ) {
        (self.id, self.title, self.example, self.slide) = (id, title, example, slide)
        numbers = { (_) throws(Failure) in [:] }
    }
}

/// What a figure of a calculation cannot draw, in the words of whoever wrote it.
package struct CalculationProblem: ExplainedError, Hashable {
    package let explanation: Phrase

    package init(_ explanation: Phrase) { self.explanation = explanation }
}

/// What is written between the brackets.
package struct CalculationArguments: Sendable {
    package enum Argument: Sendable {
        case number(Double)
        case table(Tensor)
        case text(String)
    }

    package let all: [Argument]

    package init(_ all: [Argument] = []) { self.all = all }

    private func wrong(_ place: Int, _ expected: Phrase) -> Failure {
        Failure(
            CalculationProblem(
                Phrase(
                    en: "argument \(place + 1) should be \(expected.english)",
                    zh: "第 \(place + 1) 个参数应为\(expected.chinese)")))
    }

    /// A number in a range; the usual one where none is given.
    package func number(_ place: Int, _ usual: Double, in range: ClosedRange<Double>) throws(Failure) -> Double {
        guard place < all.count else { return usual }
        guard case .number(let number) = all[place], range.contains(number) else {
            let ends = [range.lowerBound, range.upperBound].map { Numbers.significant($0) }.joined(separator: " … ")
            throw wrong(place, Phrase(en: "a number, \(ends)", zh: "一个数，\(ends)"))
        }
        return number
    }

    /// A whole number in a range, likewise.
    package func count(_ place: Int, _ usual: Int, in range: ClosedRange<Int>) throws(Failure) -> Int {
        let number = try number(place, Double(usual), in: Double(range.lowerBound)...Double(range.upperBound))
        guard let whole = Int(exactly: number) else { throw wrong(place, Phrase(en: "a whole number", zh: "整数")) }
        return whole
    }

    /// So many numbers in a list.
    package func vector(_ place: Int, _ usual: [Double], count: ClosedRange<Int>) throws(Failure) -> [Double] {
        guard place < all.count else { return usual }
        guard case .table(let tensor) = all[place], tensor.shape.rank == 1, count.contains(tensor.count),
            tensor.scalars.allSatisfy({ Self.isDrawable($0) })
        else {
            let range =
                count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound)–\(count.upperBound)"
            throw wrong(
                place,
                Phrase(en: "a list of \(range) numbers, each under a million", zh: "含 \(range) 个数的列表，每个小于一百万"))
        }
        return tensor.scalars.map { Double($0) }
    }

    /// Rows of numbers, all of one length.
    package func matrix(
        _ place: Int, _ usual: [[Double]], rows: ClosedRange<Int>, columns: ClosedRange<Int>
    ) throws(Failure) -> [[Double]] {
        guard place < all.count else { return usual }
        guard case .table(let tensor) = all[place], tensor.shape.rank == 2, rows.contains(tensor.shape[0]),
            columns.contains(tensor.shape[1]), tensor.scalars.allSatisfy({ Self.isDrawable($0) })
        else {
            func words(_ range: ClosedRange<Int>) -> String {
                range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
            }
            let shape = "\(words(rows)) × \(words(columns))"
            throw wrong(
                place, Phrase(en: "a matrix of \(shape), each number under a million", zh: " \(shape) 的矩阵，每个数小于一百万"))
        }
        let (scalars, width) = (tensor.scalars, tensor.shape[1])
        return (0..<tensor.shape[0]).map { row in (0..<width).map { Double(scalars[row * width + $0]) } }
    }

    /// Numbers of any shape.
    package func tensor(_ place: Int) throws(Failure) -> Tensor? {
        guard place < all.count else { return nil }
        guard case .table(let tensor) = all[place] else {
            throw wrong(place, Phrase(en: "a list or a table", zh: "列表或数表"))
        }
        return tensor
    }

    package func text(_ place: Int, _ usual: String) throws(Failure) -> String {
        guard place < all.count else { return usual }
        guard case .text(let text) = all[place] else {
            throw wrong(place, Phrase(en: "a text in quotation marks", zh: "引号里的文本"))
        }
        return text
    }

    /// What is not finite has no place in a picture, and what is huge no digits.
    private static func isDrawable(_ number: Float) -> Bool { abs(number) < 1e6 }

    /// - Throws: ``CalculationProblem`` unless something holds of them together.
    package static func require(_ isSo: Bool, _ problem: Phrase) throws(Failure) {
        if !isSo { throw Failure(CalculationProblem(problem)) }
    }
}
