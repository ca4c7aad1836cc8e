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
    /// The name that the chapter gives to it.
    package var subjectName: String?
    /// `temperature=0.7` and the like.
    package var settings: [FigureReference.Word] = []
    /// Where a chapter asks it.
    var place = Aside<Place>()

    package init(name: Name, arguments: [Argument], model: String) {
        self.name = name
        self.arguments = arguments
        self.model = model
    }

    func setting(_ key: String) -> String? { settings.last { $0.key == key }?.value }

    /// The query as a chapter writes it, texts by name in their own words.
    package var source: String {
        ([name.rawValue] + arguments.map(\.source) + settings.map { "\($0.key)=\($0.value)" }
            + (subjectName.map { ["of=\($0)"] } ?? [])).joined(separator: " ")
    }
}

/// A value that is kept beside others and does not make them differ.
package struct Aside<Value: Sendable>: Sendable, Hashable {
    var value: Value?

    package static func == (left: Aside, right: Aside) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}

/// The kinds of argument that a query takes.
package enum ArgumentKind: Sendable, Hashable {
    /// The text that a model reads; left out where the query says `of=…`.
    case asked
    /// Any text; quoted where it has spaces; `$name` is one of the chapter's texts.
    case text
    /// A number from zero, or `@` and a path in `quality.json`.
    case index
    /// A token of the text before it: an index, negative from the end, or `at:` and characters of the text.
    case position
    /// Indices with commas: `0,2,4,1`.
    case indices
    /// Indices with commas, and `*` for all of an axis: `0,2,4,*`.
    case slice
}

/// One argument of a query or option of a figure.
package enum Argument: Sendable, Hashable {
    case text(String)
    case index(Int)
    case indices([Int])
    /// Nil for all of an axis.
    case slice([Int?])
    /// The token that ends the first occurrence of these characters.
    case at(String)
    /// A measured fact by its path in the model's `quality.json`: `heads.induction.layer`.
    case measured(String)

    var source: String {
        switch self {
        case .text(let text): text.contains(" ") ? "\"\(text)\"" : text
        case .index(let index): "\(index)"
        case .indices(let indices): indices.map(String.init).joined(separator: ",")
        case .slice(let indices): indices.map { $0.map(String.init) ?? "*" }.joined(separator: ",")
        case .at(let text): "at:\(text)"
        case .measured(let path): "@\(path)"
        }
    }
}

/// What the engine answers.
package enum Answer: Sendable, Hashable {
    case number(Double)
    /// A token or several, as people write them.
    case token(String)
    case ranking([Entry])
    /// Where a number stands in its step.
    case cell([Int])

    package enum Kind: Sendable, Hashable {
        case number, token, ranking, cell
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

    var kind: Kind {
        switch self {
        case .number: .number
        case .token: .token
        case .ranking: .ranking
        case .cell: .cell
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
        /// Within a twentieth of the right side.
        case about = "~="
    }

    package let left: Ask
    package let relation: Relation
    package let right: Ask
    /// As written, for messages.
    package let source: String

    /// What it speaks of: texts, tokens and indices of its queries, and tokens by themselves.
    var named: [String] { left.named + right.named }
}
