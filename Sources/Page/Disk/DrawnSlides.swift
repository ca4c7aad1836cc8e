import Drawing
import Figures
import Reading
import Rendering
import Wording

/// Slides that a page has drawn already, since it cannot make them: every frame in both languages and both themes.
struct DrawnSlides {
    /// A JSON text for each language and theme, `en light`: a list of slides, each a list of frames as the page's engine
    /// would answer them.
    private(set) var texts: [(name: String, bytes: [UInt8])] = []
    /// `[{"id": …, "frames": …, "title": {"en": …, "zh-Hans": …}}]`
    let list: JSONText

    /// The room of a page on a laptop.
    private static let room = Size(1046, 560)

    /// - Throws: what laying out and writing a slide throws.
    init(_ slides: (Language) -> [Slide]) throws {
        list = .objects(slides(.english)) { slide in
            [
                "id": .text(slide.id), "frames": .integer(slide.frames.count),
                "title": .members(Language.allCases.map { ($0.rawValue, .text(slide.title[$0])) }),
            ]
        }
        for language in Language.allCases {
            for theme in Theme.Mode.allCases {
                texts.append(
                    ("\(language.rawValue) \(theme.rawValue)", try Self.drawn(slides(language), language, theme)))
            }
        }
    }

    private static func drawn(_ slides: [Slide], _ language: Language, _ theme: Theme.Mode) throws -> [UInt8] {
        let renderer = Renderer()
        var style = SlideStyle(theme: .named(theme), language: language, measurer: renderer.measurer.any)
        style.size = room
        style.isQuiet = true
        var json = JSONWriter(.dense)
        var problem: (any Error)?
        json.array { json in
            for (place, slide) in slides.enumerated() where problem == nil {
                // A chapter may show several of one kind.
                let answer = SlideAnswer(slide: slide, name: "\(place)-\(slide.id)", kind: slide.id, style: style)
                json.array { json in
                    for frame in slide.frames.indices where problem == nil {
                        do throws(Failure) {
                            try answer.write(frame: frame, to: &json, namesPlaces: true) {
                                (figure, _, prefix) throws(Failure) in
                                do {
                                    // The page's style sheet says it; a policy may allow no other place.
                                    return try renderer.svg(figure, transparent: true, prefix: prefix, use: .page)
                                        .replacing(" style=\"image-rendering:pixelated\"", with: "")
                                } catch {
                                    throw error as? Failure ?? Failure(PageFileError.undrawn(slide.id))
                                }
                            }
                        } catch {
                            problem = error
                        }
                    }
                }
            }
        }
        if let problem { throw problem }
        return json.bytes
    }
}
