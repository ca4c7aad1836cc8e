import Drawing
import Figures
import Models
import Tensors
import Tracing
import Wording

/// A small calculation on given vectors and matrices, recorded as a trace like any run: every cell explains itself.
///
/// A line is `NAME = EXPRESSION` or an expression alone. An expression knows numbers, lists (`[1, 2]`,
/// `[[1, 2], [3, 4]]`), names of earlier lines, `+`, `-`, `*` (number by number), `@` (the matrix product) and the
/// functions of ``CalculationFunction``. A line may be a picture of given numbers too, by the name of a
/// `CalculationKind`: `plane([[1, 1], [0, 1]])`, or its name alone, for the numbers of its example.
package struct Calculation: Sendable {
    package let trace: Trace
    /// Whether anything was computed, and not only drawn.
    package let hasSteps: Bool
    package let slides: [Slide]
    /// What its pictures found out, by path; of several pictures that say the same the last.
    package let numbers: [String: Double]

    /// - Parameter figures: the pictures that can be asked for.
    /// - Throws: ``SubjectError/calculation(line:problem:)``; `TensorError` where shapes do not fit.
    package init(_ lines: [String], figures: [CalculationKind] = CalculationGallery.all) throws(Failure) {
        var machine = CalculationMachine(figures: figures)
        for text in lines.flatMap({ Self.split($0) }) {
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            var reader = CalculationReader(text, figures: figures)
            try machine.record(try reader.line())
        }
        (hasSteps, slides, numbers) = (machine.hasSteps, machine.slides, machine.numbers)
        guard machine.hasSteps || !machine.slides.isEmpty else {
            throw Failure(
                SubjectError.calculation(
                    line: lines.joined(separator: "; "),
                    problem: Phrase(
                        en: "expected an expression, such as softmax([90, 80, 70])",
                        zh: "应为算式，例如 softmax([90, 80, 70])")))
        }
        trace = machine.recorder.trace(
            model: ModelCard(name: "calculation", family: "calculation", numbers: [:]), tokens: [])
    }

    /// At semicolons and line breaks, but not at those of a text in quotation marks.
    private static func split(_ text: String) -> [String] {
        var lines = [""]
        var closing: Character?
        for letter in text {
            if closing == nil, letter == ";" || letter.isNewline {
                lines.append("")
                continue
            }
            if letter == closing { closing = nil } else if closing == nil { closing = CalculationReader.quotes[letter] }
            lines[lines.count - 1].append(letter)
        }
        return lines
    }
}

/// What a line says, before it is computed.
indirect enum CalculationTerm {
    case number(Double)
    case table(Tensor)
    case name(String)
    /// What stands in quotation marks; only pictures read it.
    case text(String)
    case figure(CalculationKind, [CalculationTerm])
    case operation(Character, CalculationTerm, CalculationTerm)
    case function(CalculationFunction, [CalculationTerm])
}

struct CalculationLine {
    let source: String
    let name: String?
    let term: CalculationTerm
}

/// Computes lines and writes them down.
private struct CalculationMachine {
    let recorder = Recorder()
    let figures: [CalculationKind]
    private(set) var slides: [Slide] = []
    private(set) var numbers: [String: Double] = [:]
    private var values: [String: Value] = [:]
    private var line = ""
    private var isNamed = false
    private var made = 0

    init(figures: [CalculationKind]) { self.figures = figures }

    var hasSteps: Bool { made > 0 }

    /// A number by itself, or a recorded tensor.
    private enum Operand {
        case number(Double)
        case value(Value)
    }

    mutating func record(_ read: CalculationLine) throws(Failure) {
        line = read.source
        if try draw(read) { return }
        let name = read.name ?? (values["result"] == nil ? "result" : "result\(made)")
        if values[name] != nil { throw wrong(Phrase(en: "“\(name)” has a value already", zh: "“\(name)”已经有值了")) }
        switch try compute(read.term, as: name) {
        case .number(let number): values[name] = try source(Tensor(scalar: Float(number)), as: name)
        case .value(let value): values[name] = value
        }
        made += 1
    }

    /// Whether the line asks for a picture.
    private mutating func draw(_ read: CalculationLine) throws(Failure) -> Bool {
        var (kind, arguments): (CalculationKind?, [CalculationArguments.Argument]) = (nil, [])
        switch read.term {
        case .name(let name) where values[name] == nil: kind = figures.first { $0.id == name }
        case .figure(let figure, let terms):
            kind = figure
            for (place, term) in terms.enumerated() { arguments.append(try argument(term, place)) }
        default: return false
        }
        guard let kind else { return false }
        do throws(Failure) {
            var slide = try kind.slide(CalculationArguments(arguments))
            for (path, number) in try kind.numbers(CalculationArguments(arguments)) { numbers[path] = number }
            let same = slides.count { $0.id == slide.id || $0.id.hasPrefix(slide.id + "-again-") }
            if same > 0 { slide.id += "-again-\(same)" }
            slides.append(slide)
        } catch {
            guard let problem = error.cause(as: CalculationProblem.self) else { throw error }
            throw wrong(
                Phrase(
                    en: problem.explanation.english + "; written as \(kind.example)",
                    zh: problem.explanation.chinese + "；写法如 \(kind.example)"))
        }
        return true
    }

    private mutating func argument(_ term: CalculationTerm, _ place: Int) throws(Failure)
        -> CalculationArguments.Argument
    {
        switch term {
        case .number(let number): return .number(number)
        case .table(let tensor): return .table(tensor)
        case .text(let text): return .text(text)
        default:
            switch try compute(term, as: "figure\(slides.count).input\(place)") {
            case .number(let number): return .number(number)
            case .value(let value): return .table(value.tensor)
            }
        }
    }

    private func wrong(_ problem: Phrase) -> Failure {
        Failure(SubjectError.calculation(line: line, problem: problem))
    }

    private func axes(_ shape: Shape) -> [Axis] { CalculationCall.axes(shape.rank) }

    private func label(_ name: String) -> (label: Label, block: Int?) {
        let name = StepName(name)
        return (name.label, name.block)
    }

    private func source(_ tensor: Tensor, as name: String) throws(Failure) -> Value {
        let (label, block) = label(name)
        return try recorder.source(tensor, .constant, as: label, block: block, axes: axes(tensor.shape))
    }

    /// - Parameter name: of the step, where it is the line's own; what stands inside an expression gets a name of its own.
    private mutating func compute(_ term: CalculationTerm, as name: String) throws(Failure) -> Operand {
        switch term {
        case .number(let number): return .number(number)
        case .table(let tensor): return .value(try source(tensor, as: name))
        case .name(let other):
            guard let value = values[other] else {
                throw wrong(Phrase(en: "nothing is called “\(other)” before it", zh: "前面没有叫“\(other)”的值"))
            }
            return .value(value)
        case .text(let text):
            throw wrong(Phrase(en: "“\(text)” is a text: nothing is computed of it", zh: "“\(text)”是文本，不能参与计算"))
        case .figure(let kind, _):
            throw wrong(Phrase(en: "\(kind.id) is a picture: it stands alone", zh: "\(kind.id) 是图，应单独成行"))
        case .operation(let sign, let left, let right):
            // What stands on both sides of a sign is called what it is in the sum or the product.
            let part = "+-".contains(sign) ? ".term" : ".factor"
            let first = try compute(left, as: name + part + "1")
            let second = try compute(right, as: name + part + "2")
            return .value(try combine(sign, first, second, as: name))
        case .function(let function, let terms):
            var values: [Value] = []
            var numbers: [Double] = []
            for (place, term) in terms.enumerated() {
                switch try compute(term, as: name + (place == 0 ? ".input" : ".input\(place)")) {
                case .number(let number): numbers.append(number)
                case .value(let value): values.append(value)
                }
            }
            guard let call = CalculationCall(function, values, numbers) else {
                throw wrong(
                    Phrase(
                        en: "\(function.rawValue) is written as \(function.form)",
                        zh: "\(function.rawValue) 应写成 \(function.form)"))
            }
            let (label, block) = label(name)
            return .value(try call.record(on: recorder, as: label, block: block))
        }
    }

    private func combine(
        _ sign: Character, _ left: Operand, _ right: Operand, as name: String
    ) throws(Failure) -> Value {
        let (label, block) = label(name)
        func apply(_ operation: any Operation, _ inputs: [Value], _ suffix: String = "") throws(Failure) -> Value {
            let label = Label(rawValue: label.rawValue + suffix)
            let shape = try operation.outputShape(inputs.map { $0.shape })
            return inputs.count == 1
                ? try recorder.apply(operation, inputs[0], as: label, block: block, axes: axes(shape))
                : try recorder.apply(operation, inputs[0], inputs[1], as: label, block: block, axes: axes(shape))
        }
        switch (sign, left, right) {
        case ("@", .value(let x), .value(let w)): return try apply(Linear(), [x, w])
        case ("*", .value(let x), .value(let y)): return try apply(Multiply(), [x, y])
        case ("*", .value(let x), .number(let factor)), ("*", .number(let factor), .value(let x)):
            return try apply(Magnify(by: factor), [x])
        case ("+", .value(let x), .value(let y)): return try apply(Add(), [x, y])
        case ("-", .value(let x), .value(let y)):
            return try apply(Add(), [x, try apply(Magnify(by: -1), [y], ".negative")])
        case (_, .number(let x), .number(let y)):
            let number = sign == "+" ? x + y : sign == "-" ? x - y : x * y
            return try source(Tensor(scalar: Float(number)), as: name)
        case ("+", .value(let x), .number(let y)), ("+", .number(let y), .value(let x)):
            return try apply(Add(), [x, try filled(x, y, name)])
        case ("-", .value(let x), .number(let y)): return try apply(Add(), [x, try filled(x, -y, name)])
        case ("-", .number(let y), .value(let x)):
            return try apply(Add(), [try filled(x, y, name), try apply(Magnify(by: -1), [x], ".negative")])
        default: throw wrong(Phrase(en: "“\(sign)” needs two tables", zh: "“\(sign)”两边都应是数表"))
        }
    }

    /// One number as often as a table has cells.
    private func filled(_ value: Value, _ number: Double, _ name: String) throws(Failure) -> Value {
        try source(Tensor(value.shape, repeating: Float(number)), as: name + ".number")
    }
}
