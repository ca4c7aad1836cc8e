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
    /// How long reading and answering takes; `check` asks for it.
    package let minutes: Int?
    /// The model that every figure and number comes from unless a step says otherwise.
    package let model: String
    package let title: Bilingual<[Inline]>
    /// What the reader can do afterwards, in one sentence.
    package let goal: Bilingual<[Inline]>
    /// The question of an earlier chapter that this one begins with.
    package let recall: Recall?
    package let steps: [Step]
    package let experiment: Experiment
    package let quiz: [Question]
    /// What the prose takes for granted, to be tested by `check`.
    package let claims: [BackedClaim]
    /// What is neither measured nor quoted, with its source.
    package let facts: [Fact]
    /// Words in back-quotes that name no token: `q`, `mask`.
    package let names: Set<String>
    package let glosses: Glosses
    /// The chapter's folder, from the course's root, for messages.
    package let folder: String

    /// The file of its data, from the course's root.
    var dataFile: String { "\(folder)/chapter.yaml" }

    /// The name of the chapter's page without its ending: `1.11-self-attention`.
    package var pageName: String { "\(id)-\(slug)" }

    /// Every figure, in reading order: of its steps, then of its experiment.
    package var figures: [PlacedFigure] { steps.flatMap(\.figures) + experiment.variants.map(\.figure) }

    /// Every question of its own: those that steps ask first, then the quiz.
    package var questions: [Question] { steps.compactMap(\.ask) + quiz }
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
