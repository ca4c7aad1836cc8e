import Decks
import Dispatch
import Drawing
import Figures
import Reading
import Rendering
import Subjects
import Synchronization
import Tracing
import Wording

/// Makes a deck of a subject's figures: those of its story, those that were named, or all.
struct SubjectDeck: Sendable {
    enum Choice: Sendable, Equatable {
        /// About twenty slides.
        case story
        case named
        case all
    }

    let subject: Subject
    let look: Look
    let style: SlideStyle
    let choice: Choice
    /// What draws a figure again, but for which figure it is.
    let command: @Sendable (_ picture: Picture) -> String

    /// A figure that is told: which frames, and what it stands under.
    private struct Told: Sendable {
        var picture: Picture
        var section: Phrase?
        /// Of its motion at most; nil for all.
        var frames: Int?
    }

    /// Of a run and of what else has slides of its own: so many frames of each motion.
    private static let mostFrames = 3

    /// - Returns: the slides, and the figures that could not be drawn.
    /// - Throws: ``SubjectError``, ``CommandProblem/nothingDrawn(count:name:reason:)``.
    func slides(progress: ProgressBar) throws -> (slides: [DeckSlide], undrawn: [UndrawnFigure]) {
        let told = try chosen()
        let commands = told.map { command($0.picture) }
        let made = Mutex([Result<[DeckSlide], any Error>?](repeating: nil, count: told.count))
        let done = Atomic(0)
        let language = style.language
        DispatchQueue.concurrentPerform(iterations: told.count) { place in
            let result = Result { try self.slides(told[place], commands[place], language) }
            made.withLock { $0[place] = result }
            progress.update(done.add(1, ordering: .relaxed).newValue, of: told.count)
        }
        var (slides, undrawn): ([DeckSlide], [UndrawnFigure]) = ([], [])
        for (part, result) in zip(told, made.withLock { $0 }) {
            switch result {
            case .success(let own)?: slides += own
            case .failure(let error)?:
                undrawn.append(
                    UndrawnFigure(name: part.picture.name, id: part.picture.id, title: part.picture.title, error))
            case nil: break
            }
        }
        if slides.isEmpty { try undrawn.refuse() }
        return (slides, undrawn)
    }

    private func chosen() throws -> [Told] {
        var look = look
        guard choice == .story, let trace = subject.traced?.trace, subject.slides.isEmpty else {
            // A calculation that draws no picture of its own has steps of its own names, each a table.
            var list = try subject.pictures(look, style).pictures
            // What has slides of its own tells its story by them; a trace beside them is for those who ask for all.
            if choice == .story, !subject.slides.isEmpty { list.removeAll { $0.placement != nil } }
            return list.map { picture in
                // Motions of every head would be most of a deck.
                let isOfHead = picture.placement?.head != nil
                let most: Int? =
                    switch choice {
                    case .story: Self.mostFrames
                    case .named: nil
                    case .all: isOfHead ? 1 : nil
                    }
                return Told(picture: picture, section: nil, frames: most)
            }
        }
        let layer = look.layer ?? trace.layers.first ?? 0
        let head = look.head ?? SlideStory.telling(trace, layer: layer)
        (look.layer, look.head) = (nil, nil)
        // Asked for all the same, so that a layer or head that is not there is said.
        _ = try subject.pictures(self.look, style)
        let story = SlideStory(try subject.pictures(look, style).pictures, layer: layer, head: head)
        // What no story is known of is told as it comes.
        guard story.parts.count > 2 else {
            return try subject.pictures(self.look, style).pictures.prefix(20).map {
                Told(picture: $0, section: nil, frames: Self.mostFrames)
            }
        }
        return story.parts.map { Told(picture: $0.picture, section: $0.section, frames: $0.frames) }
    }

    private func slides(_ told: Told, _ command: String, _ language: Language) throws -> [DeckSlide] {
        var style = style
        style.command = command
        if look.hidesDigits { style.showsDigits = false }
        let slide = try subject.slide(told.picture, look, style)
        let figure: Figure
        do {
            figure = try slide.figure(style)
        } catch {
            guard let least = error.leastSize else { throw error }
            // What needs more room than a slide is laid out on a larger one of its shape, and shown smaller.
            let zoom = max(least.width / style.size.width, least.height / style.size.height, 1)
            style.size = Size((style.size.width * zoom).rounded(.up), (style.size.height * zoom).rounded(.up))
            figure = try slide.figure(style)
        }
        let frames = told.frames.map { SlideStory.frames(figure.frames.count, most: $0) }
        return DeckSlide.slides(of: figure, frames: frames, section: told.section?[language]) { number in
            SpeakerNotes.of(figure.frames[number], formula: slide.formula(of: number), command: command, language)
        }
    }
}

/// What a speaker says to a figure.
enum SpeakerNotes {
    /// Its sentence, the picture in words, its formula, and the command that draws it again.
    static func of(_ frame: Figure.Frame, formula: String?, command: String, _ language: Language) -> [String] {
        var notes = [frame.caption]
        if frame.altText != frame.caption { notes.append(frame.altText) }
        if let formula { notes.append(formula) }
        if !command.isEmpty { notes.append(SlidesText.drawnBy.phrase.filled(["command": Phrase(command)])[language]) }
        return notes.filter { !$0.isEmpty }
    }
}

extension Slide {
    /// In a line of text.
    fileprivate func formula(of frame: Int) -> String? {
        let own = frames.indices.contains(frame) ? frames[frame].formula : nil
        return (own ?? formula)?.plainText
    }
}
