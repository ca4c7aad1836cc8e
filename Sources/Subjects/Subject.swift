import Drawing
import Figures
import Tracing
import Wording

/// What is looked at, made: its run, where it has steps, its figures and its numbers.
///
/// A text, a trace file and a calculation have a trace, whose figures are the catalogue's; a run of a recipe, a
/// comparison, a shared step and a published architecture have slides of their own. Some have both.
package struct Subject: Sendable {
    /// What people call it: the text, its ids, the file's, the recipe's or the architecture's name.
    package var title: String
    package var traced: TracedText?
    package var slides: [Slide] = []
    /// What was measured, by path: `friend_share`, `transformer.parameters`.
    package var numbers: NumberTable

    package init(
        title: String, traced: TracedText? = nil, slides: [Slide] = [], numbers: [String: Double] = [:]
    ) {
        self.title = title
        self.traced = traced
        self.slides = slides
        self.numbers = NumberTable(of: title, numbers)
    }

    init(_ calculation: Calculation, title: String) {
        self.init(
            title: title, traced: calculation.hasSteps ? TracedText(trace: calculation.trace) : nil,
            slides: calculation.slides, numbers: calculation.numbers)
    }

    /// - Throws: ``SubjectError/noTrace(subject:)``.
    package var trace: Trace {
        get throws(Failure) {
            guard let traced else { throw Failure(SubjectError.noTrace(subject: title)) }
            return traced.trace
        }
    }

    /// The figures that a look asks for, each with its place among all of the subject's.
    /// - Throws: ``SubjectError``.
    package func pictures(_ look: Look, _ style: SlideStyle) throws(Failure) -> PictureList {
        try PictureList(self, look, style)
    }

    /// Lays one figure out.
    /// - Throws: `DrawingError.tooSmall`, what the figure throws.
    package func figure(_ picture: Picture, _ look: Look, _ style: SlideStyle) throws(Failure) -> Figure {
        var style = style
        if look.hidesDigits { style.showsDigits = false }
        return try slide(picture, look, style).figure(style)
    }

    /// One figure before it is laid out.
    /// - Throws: what the figure throws.
    package func slide(_ picture: Picture, _ look: Look, _ style: SlideStyle) throws(Failure) -> Slide {
        switch picture.content {
        case .slide(let slide): return slide
        case .placement(let placement): return try slide(placement, look, style)
        }
    }

    /// What a figure of the catalogue says and shows, before it is laid out.
    /// - Throws: ``SubjectError/noTrace(subject:)``, what the figure throws.
    package func slide(
        _ placement: Catalogue.Placement, _ look: Look, _ style: SlideStyle
    ) throws(Failure) -> Slide {
        guard let traced else { throw Failure(SubjectError.noTrace(subject: title)) }
        return try Catalogue.slide(placement, try look.request(traced, style))
    }

    /// A name for what is written of it.
    package var slug: String { title.slug }
}

extension String {
    /// A file's or folder's name: letters and digits of any script, the rest as hyphens.
    package var slug: String {
        var slug = ""
        for character in lowercased().prefix(48) {
            if character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.isEmpty, slug.last != "-" {
                slug.append("-")
            }
        }
        while slug.last == "-" { slug.removeLast() }
        return slug.isEmpty ? "text" : slug
    }
}
