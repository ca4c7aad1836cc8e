import Wording

/// A value that exists once for every language of the project.
package struct Bilingual<Value> {
    package var english: Value
    package var chinese: Value

    package init(english: Value, chinese: Value) {
        self.english = english
        self.chinese = chinese
    }

    /// Builds each language's value in turn.
    package init(_ make: (Language) throws -> Value) rethrows {
        english = try make(.english)
        chinese = try make(.chinese)
    }

    package subscript(_ language: Language) -> Value {
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
package struct Chapter: Sendable {
    /// The number readers know it by, such as `1.11`.
    package let id: ChapterID
    /// The end of its folder's name, such as `self-attention`; also its page's address.
    package let slug: String
    /// The part it belongs to; equal to the number before the dot.
    package let part: Int
    package let document: DocumentReference
    /// The chapters to have read before this one.
    package let needs: [ChapterID]
    /// The model that every figure and number comes from unless a step says otherwise.
    package let model: String
    package let title: Bilingual<[Inline]>
    /// What the reader can do afterwards, in one sentence.
    package let goal: Bilingual<[Inline]>
    package let steps: [Step]
    package let experiment: Experiment
    package let quiz: [Question]
    /// What the prose takes for granted about the model, to be tested by `check`.
    package let claims: [Claim]
    /// The chapter's folder, from the course's root, for messages.
    package let folder: String

    /// The file of its data, from the course's root.
    var dataFile: String { "\(folder)/chapter.yaml" }

    /// The name of the chapter's page without its ending: `1.11-self-attention`.
    package var pageName: String { "\(id)-\(slug)" }
}

/// `1.11`: a part and a number within it, in that order.
package struct ChapterID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let part: Int
    package let number: Int

    package init(part: Int, number: Int) {
        self.part = part
        self.number = number
    }

    /// Reads `1.11`; nil for anything else.
    package init?(_ text: String) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 2, let part = Int(pieces[0]), let number = Int(pieces[1]), part > 0, number > 0,
            "\(part).\(number)" == text
        else { return nil }
        self.init(part: part, number: number)
    }

    package var description: String { "\(part).\(number)" }

    package static func < (left: ChapterID, right: ChapterID) -> Bool {
        (left.part, left.number) < (right.part, right.number)
    }
}

/// The text that a chapter mirrors.
package struct DocumentReference: Sendable, Hashable {
    /// The document's short name, such as `why-word-by-word`.
    package let name: String
    package let section: Phrase
}

/// One step: a piece of prose, one figure, and the command that draws the figure again.
package struct Step: Sendable {
    /// Names the step in addresses and in both languages' headings.
    package let id: String
    package let figure: FigureReference
    /// May hold placeholders, which the engine fills before it is shown.
    package let command: Template
    package let title: Bilingual<[Inline]>
    package let prose: Bilingual<[Block]>
    /// Where the chapter's data names it.
    let place: Place
}

/// What the reader is asked to change, and the command to start from.
package struct Experiment: Sendable {
    package let command: Template
    package let title: Bilingual<[Inline]>
    package let prose: Bilingual<[Block]>
}

/// A question whose right answer the engine finds.
package struct Question: Sendable {
    package let id: String
    package let choices: Choices
    package let question: Bilingual<[Inline]>
    /// Shown once the reader has answered.
    package let explanation: Bilingual<[Block]>
    /// Where the chapter's data names it.
    let place: Place

    /// Where the choices come from.
    package enum Choices: Sendable {
        /// The entries of a ranking; the one with the greatest value is right.
        case largest(Query)
        /// A number, among others that must differ from it.
        case number(Query, others: [Query])
        /// Statements, of which exactly one must hold.
        case statements([Statement])
    }

    package struct Statement: Sendable {
        package let label: Bilingual<[Inline]>
        package let holds: Claim
    }
}
