import Wording

/// A value that exists once for every language of the project.
public struct Bilingual<Value> {
    public var english: Value
    public var chinese: Value

    public init(english: Value, chinese: Value) {
        self.english = english
        self.chinese = chinese
    }

    /// Builds each language's value in turn.
    public init(_ make: (Language) throws -> Value) rethrows {
        english = try make(.english)
        chinese = try make(.chinese)
    }

    public subscript(_ language: Language) -> Value {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }
}

extension Bilingual: Sendable where Value: Sendable {}
extension Bilingual: Equatable where Value: Equatable {}
extension Bilingual: Hashable where Value: Hashable {}

/// One chapter of the course: data from `chapter.yaml`, prose from `en.md` and `zh-Hans.md`.
public struct Chapter: Sendable {
    /// The number readers know it by, such as `1.11`.
    public let id: ChapterID
    /// The end of its folder's name, such as `self-attention`; also its page's address.
    public let slug: String
    /// The part it belongs to; equal to the number before the dot.
    public let part: Int
    public let document: DocumentReference
    /// The chapters to have read before this one.
    public let needs: [ChapterID]
    /// The model that every figure and number comes from unless a step says otherwise.
    public let model: String
    public let title: Bilingual<[Inline]>
    /// What the reader can do afterwards, in one sentence.
    public let goal: Bilingual<[Inline]>
    public let steps: [Step]
    public let experiment: Experiment
    public let quiz: [Question]
    /// What the prose takes for granted about the model, to be tested by `check`.
    public let claims: [Claim]
    /// The chapter's folder, from the course's root, for messages.
    public let folder: String

    /// The file of its data, from the course's root.
    var dataFile: String { "\(folder)/chapter.yaml" }

    /// The name of the chapter's page without its ending: `1.11-self-attention`.
    public var pageName: String { "\(id)-\(slug)" }
}

/// `1.11`: a part and a number within it, in that order.
public struct ChapterID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let part: Int
    public let number: Int

    public init(part: Int, number: Int) {
        self.part = part
        self.number = number
    }

    /// Reads `1.11`; nil for anything else.
    public init?(_ text: String) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 2, let part = Int(pieces[0]), let number = Int(pieces[1]), part > 0, number > 0,
            "\(part).\(number)" == text
        else { return nil }
        self.init(part: part, number: number)
    }

    public var description: String { "\(part).\(number)" }

    public static func < (left: ChapterID, right: ChapterID) -> Bool {
        (left.part, left.number) < (right.part, right.number)
    }
}

/// The text that a chapter mirrors.
public struct DocumentReference: Sendable, Hashable {
    /// The document's short name, such as `why-word-by-word`.
    public let name: String
    public let section: Phrase
}

/// One step: a piece of prose, one figure, and the command that draws the figure again.
public struct Step: Sendable {
    /// Names the step in addresses and in both languages' headings.
    public let id: String
    public let figure: FigureReference
    /// May hold placeholders, which the engine fills before it is shown.
    public let command: Template
    public let title: Bilingual<[Inline]>
    public let prose: Bilingual<[Block]>
    /// Where the chapter's data names it.
    let place: Place
}

/// What the reader is asked to change, and the command to start from.
public struct Experiment: Sendable {
    public let command: Template
    public let title: Bilingual<[Inline]>
    public let prose: Bilingual<[Block]>
}

/// A question whose right answer the engine finds.
public struct Question: Sendable {
    public let id: String
    public let choices: Choices
    public let question: Bilingual<[Inline]>
    /// Shown once the reader has answered.
    public let explanation: Bilingual<[Block]>
    /// Where the chapter's data names it.
    let place: Place

    /// Where the choices come from.
    public enum Choices: Sendable {
        /// The entries of a ranking; the one with the greatest value is right.
        case largest(Query)
        /// A number, among others that must differ from it.
        case number(Query, others: [Query])
        /// Statements, of which exactly one must hold.
        case statements([Statement])
    }

    public struct Statement: Sendable {
        public let label: Bilingual<[Inline]>
        public let holds: Claim
    }
}
