import Drawing
import Pages
import Reading
import Wording

/// A figure that could not be drawn, though others were, and why.
struct UndrawnFigure: Sendable, Equatable {
    /// The name that its file would have.
    let name: String
    /// Of the catalogue.
    let id: String
    let title: Phrase
    let reason: Phrase
    /// The least canvas that holds it, where only the size was wrong.
    let least: Size?

    init(name: String, id: String, title: Phrase, _ error: any Error) {
        self.name = name
        self.id = id
        self.title = title
        let failure = error as? Failure
        reason = failure?.explanation ?? (error as? any ExplainedError)?.explanation ?? Phrase("\(error)")
        least = failure?.leastSize
    }

    /// `03-one-head: the figure needs at least …`
    var line: Phrase {
        DrawText.undrawn.phrase.filled(["figure": Phrase(name), "reason": reason])
    }

    var indexed: IndexPage.Undrawn { .init(name: name, title: title.text, reason: reason.text) }

    var json: KeyValuePairs<String, JSONText> {
        [
            "id": .text(id), "name": .text(name), "title": .text(title.text), "reason": .text(reason.text),
            "least_size": least.map { .array([.number($0.width), .number($0.height)]) } ?? .null,
        ]
    }
}

extension [UndrawnFigure] {
    /// Where nothing else was drawn.
    /// - Throws: ``CommandProblem/nothingDrawn(count:name:reason:)``, naming a figure that a larger canvas holds, else
    ///   the first.
    func refuse() throws {
        guard let one = first(where: { $0.least != nil }) ?? first else { return }
        throw CommandProblem.nothingDrawn(count: count, name: one.name, reason: one.reason)
    }

    /// Lines on standard error at most; a page or `--json` names the rest.
    private static var mostLines: Int { 24 }

    /// Says on standard error, a line each, what was not drawn.
    func report() {
        guard !isEmpty else { return }
        for figure in prefix(Self.mostLines) { StandardError.write(figure.line.text + "\n") }
        guard count > Self.mostLines else { return }
        StandardError.write(DrawText.undrawnMore.text(["count": "\(count - Self.mostLines)"]) + "\n")
    }
}
