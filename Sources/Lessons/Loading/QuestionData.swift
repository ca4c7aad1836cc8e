import Training
import Wording

/// A quiz question's data: where its choices come from.
///
/// One of `ranking` (the greatest is right), `answer` with `others` (numbers), or `statements` (the one that holds).
struct QuestionData {
    let id: String
    let place: Place
    let choices: Question.Choices

    init(_ yaml: YAMLReader, context: QueryContext) throws {
        try yaml.allow(["id", "ranking", "answer", "others", "statements"])
        place = yaml.place(of: "id")
        id = try yaml.identifier("id")
        if yaml.has("ranking") {
            let parser = yaml.parser("ranking", context: context)
            let query = try parser.query(yaml.text("ranking"))
            guard query.name.result == .ranking else {
                let known = Query.Name.allCases.filter { $0.result == .ranking }.map(\.rawValue)
                throw parser.place.error(
                    .wantsRanking,
                    ["found": Phrase(query.name.rawValue), "expected": Phrase(known.joined(separator: ", "))])
            }
            choices = .largest(query)
        } else if yaml.has("answer") {
            let answer = try yaml.parser("answer", context: context).query(yaml.text("answer"))
            let others = try yaml.optionalTexts("others").map { try yaml.parser("others", context: context).query($0) }
            try Self.check(others.count + 1, at: yaml.place(of: "answer"))
            choices = .number(answer, others: others)
        } else {
            let statements = try yaml.sections("statements").map { statement in
                try statement.allow(["label", "holds"])
                let label = try statement.phrase("label")
                let labelPlace = statement.place(of: "label")
                return Question.Statement(
                    label: try Bilingual { try MarkdownReader.label(label[$0], place: labelPlace, context: context) },
                    holds: try statement.parser("holds", context: context).claim(statement.text("holds")))
            }
            try Self.check(statements.count, at: yaml.place(of: "statements"))
            choices = .statements(statements)
        }
    }

    private static func check(_ count: Int, at place: Place) throws {
        guard (2...5).contains(count) else { throw place.error(.choiceCount, ["found": "\(count)"]) }
    }
}
