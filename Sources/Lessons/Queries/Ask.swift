import Foundation
import Tensors
import Wording

/// What a chapter asks: a query, or arithmetic with queries: `measure a of=x ÷ measure b of=x`.
package indirect enum Ask: Sendable, Hashable {
    case query(Query)
    case number(Double)
    case token(String)
    /// Indices that the chapter names.
    case cell([Int])
    case operation(Operator, Ask, Ask)
    case function(Function, Ask)

    /// As written; `*` and `/` are read too.
    package enum Operator: String, Sendable, CaseIterable {
        case plus = "+"
        case minus = "−"
        case times = "×"
        case dividedBy = "÷"

        init?(written: String) {
            switch written {
            case "+": self = .plus
            case "-", "−": self = .minus
            case "*", "×": self = .times
            case "/", "÷": self = .dividedBy
            default: return nil
            }
        }

        var bindsTightly: Bool { self == .times || self == .dividedBy }

        func value(_ left: Double, _ right: Double) -> Double {
            switch self {
            case .plus: left + right
            case .minus: left - right
            case .times: left * right
            case .dividedBy: left / right
            }
        }
    }

    package enum Function: String, Sendable, CaseIterable {
        case round, floor, abs, sqrt, exp, ln
        /// What is left of a number in sixteen bits.
        case float16, bfloat16

        func value(_ number: Double) -> Double {
            switch self {
            case .round: number.rounded()
            case .floor: number.rounded(.down)
            case .abs: Swift.abs(number)
            case .sqrt: number.squareRoot()
            case .exp: Foundation.exp(number)
            case .ln: Foundation.log(number)
            case .float16: Double(FloatFormat.float16.nearest(Float(number)))
            case .bfloat16: Double(FloatFormat.bfloat16.nearest(Float(number)))
            }
        }
    }

    /// What an answer to it is.
    package var kind: Answer.Kind {
        switch self {
        case .query(let query): query.name.result
        case .token: .token
        case .cell: .cell
        case .number, .operation, .function: .number
        }
    }

    /// How its number is written when the chapter does not say.
    package var format: NumberFormat {
        switch self {
        case .query(let query): query.name.format
        case .function(.round, _), .function(.floor, _): .integer
        case .number, .token, .cell, .operation, .function: .decimal
        }
    }

    package var source: String {
        switch self {
        case .query(let query): query.source
        case .number(let number): NumberFormat.plain.text(number)
        case .token(let token): "\"\(token)\""
        case .cell(let index): index.map(String.init).joined(separator: ",")
        case .operation(let sign, let left, let right): "\(left.inner) \(sign.rawValue) \(right.inner)"
        case .function(let function, let ask): "\(function.rawValue) \(ask.inner)"
        }
    }

    private var inner: String {
        if case .operation = self { "( \(source) )" } else { source }
    }

    package var queries: [Query] {
        switch self {
        case .query(let query): [query]
        case .number, .token, .cell: []
        case .operation(_, let left, let right): left.queries + right.queries
        case .function(_, let ask): ask.queries
        }
    }

    /// What it speaks of, for the check that everything named is claimed.
    var named: [String] {
        switch self {
        case .token(let token): [token]
        case .number(let number): [NumberFormat.plain.text(number)]
        case .cell(let index): index.map(String.init)
        case .query(let query): query.arguments.flatMap(\.named)
        case .operation(_, let left, let right): left.named + right.named
        case .function(_, let ask): ask.named
        }
    }
}

extension Argument {
    fileprivate var named: [String] {
        switch self {
        case .text(let text), .at(let text): [text]
        case .index(let index): ["\(index)"]
        case .indices(let indices): indices.map(String.init)
        case .slice(let indices): indices.compactMap { $0.map(String.init) }
        case .measured(let path): [path]
        }
    }
}

extension FigureSource {
    /// The answer to what a chapter asks.
    /// - Throws: `LessonError` with the query's place, where it has one.
    package func answer(asked ask: Ask) throws -> Answer {
        switch ask {
        case .number(let number): return .number(number)
        case .token(let token): return .token(token)
        case .cell(let index): return .cell(index)
        case .operation(let sign, let left, let right):
            return .number(sign.value(try number(asked: left), try number(asked: right)))
        case .function(let function, let inner): return .number(function.value(try number(asked: inner)))
        case .query(let query):
            do {
                return try answer(query)
            } catch {
                guard !(error is LessonError), let place = query.place.value else { throw error }
                throw place.error(.noAnswer, ["query": Phrase(query.source), "reason": Finding.reason(error)])
            }
        }
    }

    /// - Throws: `EngineError.noNumber` where something else is the answer.
    package func number(asked ask: Ask) throws -> Double {
        guard case .number(let number) = try answer(asked: ask) else { throw EngineError.noNumber(ask.source) }
        return number
    }
}
