import Wording

/// A question to the engine, as a chapter writes it: `probability "中华人民" "共和国"`.
///
/// Prose, quiz answers and claims ask with the same words, so a number can never be typed by hand.
package struct Query: Sendable, Hashable {
    package let name: Name
    package let arguments: [Argument]
    /// The model that is asked.
    package let model: String
    /// What else is asked, in the words of a chapter's `sources`.
    package var subject: [FigureReference.Word] = []
    /// Where a chapter asks it.
    var place = Aside<Place>()

    package init(name: Name, arguments: [Argument], model: String) {
        self.name = name
        self.arguments = arguments
        self.model = model
    }

    /// What can be asked. The raw value is the word that chapters use.
    package enum Name: String, Sendable, CaseIterable {
        /// The probability that the model goes on from a text with exactly these tokens: their product.
        case probability
        /// The token that the model finds likeliest next.
        case nextToken = "next-token"
        /// The probability of the token that the model finds likeliest next.
        case topProbability = "top-probability"
        /// The likeliest next tokens with their probabilities; likeliest first.
        case nextTokens = "next-tokens"
        /// What the model writes after a text when it always takes the likeliest token: so many tokens.
        case continuation
        /// The number of tokens of a text.
        case tokenCount = "token-count"
        /// The number of UTF-8 bytes of a text.
        case byteCount = "byte-count"
        /// The id of one token of a text.
        case tokenID = "token-id"
        /// The text of one token of a text.
        case token
        case vocabulary, width, layers, heads, parameters, context
        case headWidth = "head-width"
        /// The number of merges that the tokenizer learned.
        case merges
        /// One cell of a step on the trace: name, text, indices.
        case cell
        /// The largest absolute difference between two rows of a step, each named by text and position.
        case rowDifference = "row-difference"
        /// The attention weight of one query on one key: text, layer, head, query, key.
        case attention
        /// All weights of one query, one for each token: text, layer, head, query.
        case attentionRow = "attention-row"
        /// The token that one query attends to most: text, layer, head, query.
        case mostAttended = "most-attended"
        /// A measured fact about the model from its `quality.json`, by its path.
        case quality
        /// A number of a source, by its path: `measure friend_share of=learned`.
        case measure
        /// A cell of a step of a source: `value loss "" of=taught`.
        case value

        /// Whether it is asked of something that the chapter names.
        package var asksASource: Bool { self == .measure || self == .value }

        /// What each argument must be, in order.
        package var signature: [ArgumentKind] {
            switch self {
            case .probability: [.text, .text]
            case .nextToken, .topProbability, .tokenCount, .byteCount: [.text]
            case .nextTokens, .continuation: [.text, .index]
            case .tokenID, .token: [.text, .position]
            case .vocabulary, .width, .layers, .heads, .parameters, .context, .headWidth, .merges: []
            case .cell: [.text, .text, .indices]
            case .rowDifference: [.text, .text, .position, .text, .position]
            case .attention: [.text, .index, .index, .position, .position]
            case .attentionRow, .mostAttended: [.text, .index, .index, .position]
            case .quality, .measure: [.text]
            case .value: [.text, .indices]
            }
        }

        /// What an answer to it is.
        package var result: Answer.Kind {
            switch self {
            case .nextToken, .token, .continuation, .mostAttended: .token
            case .nextTokens, .attentionRow: .ranking
            default: .number
            }
        }

        /// How its number is written when the chapter does not say.
        package var format: NumberFormat {
            switch self {
            case .probability, .topProbability, .attention, .nextTokens, .attentionRow: .percent
            case .cell, .rowDifference, .value: .decimal
            case .quality, .measure: .plain
            default: .integer
            }
        }
    }
}

/// A value that is kept beside others and does not make them differ.
struct Aside<Value: Sendable>: Sendable, Hashable {
    var value: Value?

    static func == (left: Aside, right: Aside) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}

extension FigureSource {
    /// The answer to a chapter's query.
    /// - Throws: `LessonError` with the query's place, where it has one.
    func answer(asked query: Query) throws -> Answer {
        do {
            return try answer(query)
        } catch {
            guard !(error is LessonError), let place = query.place.value else { throw error }
            throw place.error(.noAnswer, ["query": Phrase(query.source), "reason": Finding.reason(error)])
        }
    }
}

/// The kinds of argument that a query takes.
package enum ArgumentKind: Sendable, Hashable {
    /// Any text; quoted where it has spaces.
    case text
    /// A number from zero, or `@` and a path in `quality.json`.
    case index
    /// A token of the text before it: an index, negative from the end, or `at:` and characters of the text.
    case position
    /// Indices with commas: `0,2,4,1`.
    case indices
}

/// One argument of a query or option of a figure.
package enum Argument: Sendable, Hashable {
    case text(String)
    case index(Int)
    case indices([Int])
    /// The token that ends the first occurrence of these characters.
    case at(String)
    /// A measured fact by its path in the model's `quality.json`: `heads.induction.layer`.
    case measured(String)
}

/// What the engine answers.
package enum Answer: Sendable, Hashable {
    case number(Double)
    /// A token or several, as people write them.
    case token(String)
    case ranking([Entry])

    package enum Kind: Sendable, Hashable {
        case number, token, ranking
    }

    /// One entry of a ranking: a token and its share.
    package struct Entry: Sendable, Hashable {
        package var label: String
        package var value: Double

        package init(label: String, value: Double) {
            self.label = label
            self.value = value
        }
    }
}

/// A comparison that the engine can decide: `probability "中华人民" "共和国" > 0.9`.
package struct Claim: Sendable, Hashable {
    package enum Relation: String, Sendable, CaseIterable {
        case less = "<"
        case notGreater = "<="
        case equal = "=="
        case unequal = "!="
        case notLess = ">="
        case greater = ">"
    }

    package enum Side: Sendable, Hashable {
        case query(Query)
        case number(Double)
        case token(String)
    }

    package let left: Side
    package let relation: Relation
    package let right: Side
    /// As written, for messages.
    package let source: String
}
