import Training
import Wording

/// A question's data: what the reader does, and where the right answer comes from.
struct QuestionData {
    let id: String
    let place: Place
    let kind: Question.Kind

    private static let kinds = ["ranking", "answer", "statements", "number", "order", "cell"]

    init(_ yaml: YAMLReader, context: Bilingual<QueryContext>) throws {
        place = yaml.place(of: "id")
        id = try yaml.identifier("id")
        let given = Self.kinds.filter { yaml.has($0) }
        guard given.count == 1, let name = given.first else {
            throw place.error(.oneKind, ["found": Phrase(id), "expected": Phrase(Self.kinds.joined(separator: ", "))])
        }
        let reader = DataReader(yaml: yaml, context: context)
        switch name {
        case "ranking":
            try yaml.allow(["id", name, "hints"])
            kind = .largest(try Self.ranking(reader), hints: try yaml.has("hints") ? reader.labels("hints") : [])
        case "answer":
            try yaml.allow(["id", name, "others", "as"])
            let answer = try reader.ask(name)
            let others = try reader.misconceptions("others")
            try Self.check(others.count + 1, at: yaml.place(of: name))
            kind = .one(answer, try reader.format("as", of: answer), others: others)
        case "statements":
            try yaml.allow(["id", name])
            let statements = try yaml.sections(name).map { statement in
                try statement.allow(["label", "holds", "hint"])
                let inner = DataReader(yaml: statement, context: context)
                return Question.Statement(
                    label: try inner.label("label"), holds: try inner.claim("holds"),
                    hint: try statement.has("hint") ? inner.label("hint") : nil)
            }
            try Self.check(statements.count, at: yaml.place(of: name))
            kind = .statements(statements)
        case "number":
            try yaml.allow(["id", name, "others", "as"])
            let answer = try reader.ask(name)
            kind = .number(answer, try reader.format("as", of: answer), traps: try reader.misconceptions("others"))
        case "order":
            try yaml.allow(["id", name, "first", "hint"])
            kind = try Self.ordering(reader)
        default:
            try yaml.allow(["id", name, "of", "figure", "others"])
            let others = try reader.misconceptions("others")
            try Self.check(others.count + 1, at: yaml.place(of: name))
            kind = .cell(
                Question.CellOfFigure(
                    figure: try yaml.identifier("figure"), step: try yaml.text("of"), right: try reader.cell(name),
                    others: others))
        }
    }

    private static func ranking(_ reader: DataReader) throws -> Bilingual<Ask> {
        let ask = try reader.ask("ranking")
        guard ask.english.kind == .ranking else {
            let known = Query.Name.allCases.filter { $0.result == .ranking }.map(\.rawValue)
            throw reader.yaml.place(of: "ranking").error(
                .wantsRanking,
                ["found": Phrase(ask.english.source), "expected": Phrase(known.joined(separator: ", "))])
        }
        return ask
    }

    private static func ordering(_ reader: DataReader) throws -> Question.Kind {
        let yaml = reader.yaml
        let things = try yaml.sections("order").map { thing in
            try thing.allow(["label", "by"])
            let inner = DataReader(yaml: thing, context: reader.context)
            return Question.Ranked(label: try inner.label("label"), by: try inner.ask("by"))
        }
        guard (3...6).contains(things.count) else {
            throw yaml.place(of: "order").error(.orderCount, ["found": "\(things.count)"])
        }
        let first = try yaml.optionalText("first") ?? "greatest"
        guard ["greatest", "least"].contains(first) else {
            throw yaml.place(of: "first").error(
                .badIdentifier, ["found": Phrase(first), "key": "first", "expected": "greatest, least"])
        }
        return .ordering(
            things, isFalling: first == "greatest", hint: try yaml.has("hint") ? reader.label("hint") : nil)
    }

    private static func check(_ count: Int, at place: Place) throws {
        guard (2...5).contains(count) else { throw place.error(.choiceCount, ["found": "\(count)"]) }
    }
}
