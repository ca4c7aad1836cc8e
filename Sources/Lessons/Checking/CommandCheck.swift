import Drawing
import Subjects
import Wording

/// The program that chapters print commands of, for the check that each of them does what is said.
package protocol CommandProgram: Sendable {
    /// What a command that draws one figure draws; nil for any other command.
    /// - Throws: where the words, without the program's name, are no command.
    func drawing(_ words: [String]) throws -> DrawCommand?

    /// Runs any other command, and throws away what it writes.
    /// - Returns: what went wrong; nil for nothing.
    func run(_ words: [String]) -> Phrase?
}

/// A command that draws a figure, read.
package struct DrawCommand: Sendable, Hashable {
    package let source: SubjectSource
    package let look: Look

    package init(source: SubjectSource, look: Look) { (self.source, self.look) = (source, look) }
}

/// Whether every printed command runs, and draws what the page shows.
struct CommandCheck<Source: FigureSource> {
    let source: Source
    let program: any CommandProgram

    func findings(_ chapter: Chapter) -> [Finding] {
        drawn(chapter) + run(chapter)
    }

    /// Each figure of the page against the one that its command draws.
    private func drawn(_ chapter: Chapter) -> [Finding] {
        chapter.figures.flatMap { figure -> [Finding] in
            let isSame = figure.reference.english == figure.reference.chinese
            return (isSame ? [Language.english] : Language.allCases).compactMap { language in
                let place = "\(figure.place) {#\(figure.id)}"
                let reference = figure.reference[language]
                do {
                    let command = try figure.command[language].text(from: source)
                    guard let words = CommandWords.split(command), words.first == "glassformer",
                        let drawing = try program.drawing(Array(words.dropFirst()))
                    else { return nil }
                    let setting = FigureSetting(language: language, theme: .light)
                    let isAlike = try source.layout(drawing, setting).map { other in
                        try other.looks(like: source.layout(reference, setting))
                    }
                    guard isAlike == false else { return nil }
                    return CheckWords.commandDiffers.finding(at: place, ["command": Phrase(command)])
                } catch {
                    return CheckWords.commandFails.finding(
                        at: place, ["command": Phrase(reference.id), "reason": Finding.reason(error)])
                }
            }
        }
    }

    private func run(_ chapter: Chapter) -> [Finding] {
        var seen: Set<String> = []
        return chapter.commands.flatMap { id, place, command -> [Finding] in
            Language.allCases.compactMap { language in
                guard let line = try? command[language].text(from: source), seen.insert(line).inserted,
                    let words = CommandWords.split(line), words.first == "glassformer"
                else { return nil }
                let own = Array(words.dropFirst())
                let isDrawing = (try? program.drawing(own)) ?? nil
                guard isDrawing == nil, let reason = program.run(own) else { return nil }
                return CheckWords.commandFails.finding(
                    at: "\(place) {#\(id)}", ["command": Phrase(line), "reason": reason])
            }
        }
    }
}

extension Figure {
    /// The same marks in every frame, and the same words.
    fileprivate func looks(like other: Figure) -> Bool {
        size == other.size && title == other.title && frames == other.frames
    }
}
