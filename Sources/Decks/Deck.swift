import Drawing
import Wording

/// Slides to be shown one after the other: figures as they were laid out, and what a speaker says to each.
///
/// A deck knows pictures and words, and nothing of what they show.
package struct Deck: Sendable {
    package var title: String
    package var language: Language
    package var theme: Theme
    /// The command that made it, as it could be typed again.
    package var command: String
    package var slides: [DeckSlide]

    package init(
        title: String, language: Language, theme: Theme, command: String = "", slides: [DeckSlide] = []
    ) {
        self.title = title
        self.language = language
        self.theme = theme
        self.command = command
        self.slides = slides
    }

    /// Of every slide, in pixels at scale 1: 16:9.
    package static let size = Size.slide

    var metadata: Figure.Metadata {
        Figure.Metadata(title: title, description: slides.first?.frame.altText ?? "", command: command)
    }
}

/// One slide: one frame of a figure.
package struct DeckSlide: Sendable {
    /// On the deck's canvas.
    package let frame: Figure.Frame
    /// The figure's, which is also written on it.
    package let title: String
    /// The figure's name: `layer-0-head-1-scores`.
    package let id: String
    package let paper: Color
    /// What stands under the same bookmark: the part of a story, the step of a lesson.
    package let section: String?
    /// Whether it changes one thing of the slide before it, everything else staying in place.
    package let isMotion: Bool
    /// What is said to it, paragraph by paragraph.
    package let notes: [String]

    /// The slides of a figure, a frame each.
    ///
    /// - Parameters:
    ///   - frames: which of them; nil for all.
    ///   - notes: what is said to each frame, by its number.
    package static func slides(
        of figure: Figure, frames: [Int]? = nil, section: String? = nil, notes: (_ frame: Int) -> [String] = { _ in [] }
    ) -> [DeckSlide] {
        // A figure that needed more room than a slide has is shown smaller.
        let factor = min(Deck.size.width / max(figure.size.width, 1), Deck.size.height / max(figure.size.height, 1))
        let place = Alignment.center.place(
            Size(figure.size.width * factor, figure.size.height * factor), in: Rect(origin: .zero, size: Deck.size))
        let zoom = Zoom(factor, offset: place.origin)
        let isWhole = figure.size == Deck.size
        return (frames ?? Array(figure.frames.indices)).filter { figure.frames.indices.contains($0) }.enumerated().map {
            order, number in
            DeckSlide(
                frame: isWhole ? figure.frames[number] : zoom(figure.frames[number]), title: figure.title,
                id: figure.id, paper: figure.paper, section: section, isMotion: order > 0, notes: notes(number))
        }
    }
}
