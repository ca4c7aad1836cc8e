import Figures
import Tensors
import Wording

/// Reads a line of a calculation.
struct CalculationReader {
    private let source: String
    private let letters: [Character]
    private var place = 0
    private var depth = 0

    /// Deeper brackets than this are nobody's.
    private static let mostDepth = 64

    /// How a text begins and how it ends.
    static let quotes: [Character: Character] = ["\"": "\"", "'": "'", "“": "”", "‘": "’"]

    private let figures: [CalculationKind]

    init(_ text: String, figures: [CalculationKind] = []) {
        source = text
        self.figures = figures
        letters = Array(text)
    }

    mutating func line() throws(Failure) -> CalculationLine {
        let start = place
        var name: String?
        if let word = word(), taken("=") { name = word } else { place = start }
        let term = try sum()
        skip()
        guard place == letters.count else { throw wrong(String(letters[place...])) }
        return CalculationLine(source: source, name: name, term: term)
    }

    private func wrong(_ found: String) -> Failure {
        Failure(
            SubjectError.calculation(
                line: source,
                problem: found.isEmpty
                    ? Phrase(en: "the line ends too early", zh: "算式没有写完")
                    : Phrase(en: "“\(found)” cannot be read", zh: "“\(found)”无法识别")))
    }

    private mutating func skip() { while place < letters.count, letters[place].isWhitespace { place += 1 } }

    private mutating func taken(_ letter: Character) -> Bool {
        skip()
        guard place < letters.count, letters[place] == letter else { return false }
        place += 1
        return true
    }

    /// A name of letters, digits, dots, hyphens inside it and underscores.
    private mutating func word() -> String? {
        skip()
        if let figure = figure() {
            place += figure.count
            return figure
        }
        var end = place
        while end < letters.count, letters[end] != "ᵀ", letters[end].isLetter || (end > place && isInside(end)) {
            end += 1
        }
        guard end > place else { return nil }
        defer { place = end }
        return String(letters[place..<end])
    }

    /// The longest name of a picture that stands here; it may hold hyphens and digits.
    private func figure() -> String? {
        let rest = letters[place...]
        let found = figures.map { $0.id }.filter { id in
            guard rest.starts(with: id) else { return false }
            let end = place + id.count
            return end >= letters.count || !(letters[end].isLetter || isInside(end))
        }
        return found.max { $0.count < $1.count }
    }

    private func isInside(_ place: Int) -> Bool {
        let letter = letters[place]
        if letter == "-" { return place + 1 < letters.count && letters[place + 1].isLetter }
        return letter.isNumber || letter == "." || letter == "_"
    }

    private mutating func sum() throws(Failure) -> CalculationTerm {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.mostDepth else { throw wrong("(") }
        var left = try product()
        while true {
            if taken("+") {
                left = .operation("+", left, try product())
            } else if taken("-") || taken("−") {
                left = .operation("-", left, try product())
            } else {
                return left
            }
        }
    }

    private mutating func product() throws(Failure) -> CalculationTerm {
        var left = try factor()
        while true {
            if taken("*") || taken("×") {
                left = .operation("*", left, try factor())
            } else if taken("@") || taken("·") {
                left = .operation("@", left, try factor())
            } else {
                return left
            }
        }
    }

    /// A number, a table, a name, what brackets hold; transposed where `^T` stands behind it.
    private mutating func factor() throws(Failure) -> CalculationTerm {
        var term = try plainFactor()
        while true {
            if taken("ᵀ") {
                term = .function(.transpose, [term])
            } else if taken("^") {
                guard taken("T") || taken("⊤") else { throw wrong("^" + rest) }
                term = .function(.transpose, [term])
            } else {
                return term
            }
        }
    }

    private mutating func plainFactor() throws(Failure) -> CalculationTerm {
        if taken("(") {
            let inner = try sum()
            guard taken(")") else { throw wrong(rest) }
            return inner
        }
        skip()
        if place < letters.count, letters[place] == "[" { return .table(try table()) }
        if place < letters.count, let closing = Self.quotes[letters[place]] {
            guard let end = letters[(place + 1)...].firstIndex(of: closing) else { throw wrong(rest) }
            defer { place = end + 1 }
            return .text(String(letters[(place + 1)..<end]))
        }
        if let word = word() {
            guard taken("(") else { return .name(word) }
            if let kind = figures.first(where: { $0.id == word }) { return .figure(kind, try arguments()) }
            guard let function = CalculationFunction(rawValue: word) else {
                let known = (CalculationFunction.allCases.map { $0.rawValue } + figures.map { $0.id }).joined(
                    separator: ", ")
                throw Failure(
                    SubjectError.calculation(
                        line: source,
                        problem: Phrase(
                            en: "no function “\(word)”; expected one of \(known)", zh: "没有函数“\(word)”；应为 \(known) 之一")))
            }
            return .function(function, try arguments())
        }
        return .number(try number())
    }

    /// What stands between brackets, the opening one taken.
    private mutating func arguments() throws(Failure) -> [CalculationTerm] {
        var terms: [CalculationTerm] = []
        if !taken(")") {
            repeat { terms.append(try sum()) } while taken(",")
            guard taken(")") else { throw wrong(rest) }
        }
        return terms
    }

    private var rest: String { place < letters.count ? String(letters[place...]) : "" }

    private mutating func number() throws(Failure) -> Double {
        skip()
        var end = place
        while end < letters.count,
            letters[end].isNumber || ".eE".contains(letters[end])
                || ("-+−".contains(letters[end])
                    && (end == place || letters[end - 1] == "e" || letters[end - 1] == "E"))
        {
            end += 1
        }
        guard let number = Double(String(letters[place..<end]).replacing("−", with: "-")), number.isFinite else {
            throw wrong(rest)
        }
        place = end
        return number
    }

    /// `[1, 2]`, `[[1, 2], [3, 4]]`: all rows of one length.
    private mutating func table() throws(Failure) -> Tensor {
        guard taken("[") else { throw wrong(rest) }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.mostDepth else { throw wrong("[") }
        skip()
        guard place < letters.count, letters[place] == "[" else {
            var numbers: [Float] = []
            repeat { numbers.append(Float(try number())) } while taken(",")
            guard taken("]") else { throw wrong(rest) }
            return try Tensor([numbers.count], numbers)
        }
        var rows: [Tensor] = []
        repeat {
            let row = try table()
            guard rows.isEmpty || rows[0].shape == row.shape else { throw wrong("[") }
            rows.append(row)
        } while taken(",")
        guard taken("]") else { throw wrong(rest) }
        let shape = Shape([rows.count] + (rows.first?.shape.dimensions ?? []))
        return try Tensor(shape, rows.flatMap { $0.scalars })
    }
}
