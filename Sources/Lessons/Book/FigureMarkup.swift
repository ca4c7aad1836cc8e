import Drawing
import Wording

/// Writes a figure: every frame in both themes, with its caption, its hot spots and its downloads.
///
/// Without a script all frames stand one under another; with one, the page shows a frame at a time.
struct FigureMarkup {
    let language: Language
    /// The figure's number in the chapter, from one.
    let number: Int
    let files: FigureFiles

    /// - Parameter figure: the light drawing; the dark one differs only in colour.
    func markup(_ figure: RenderedFigure) -> Markup {
        let label = BookWords.figure.text(language, ["number": "\(number)"])
        return Tag.figure(.class("figure"), .id("figure-\(number)"), .at(.ariaLabel, "\(label): \(figure.title)")) {
            Tag.ol(.class("frames")) {
                for (index, frame) in figure.frames.enumerated() {
                    self.frame(frame, index: index, of: figure)
                }
            }
            controls(figure)
            Tag.figcaption {
                Tag.p(.class("status"), .at(.role, "status"), .at(.ariaLive, "polite"), .at(.hidden)) {
                    BookWords.valuesHint[language]
                }
                details(figure)
                downloads(figure)
            }
            Markup.data("spots", figure.frames.map { .list($0.hotSpots.map { spot($0, in: figure) }) })
        }
    }

    private func frame(_ frame: RenderedFigure.Frame, index: Int, of figure: RenderedFigure) -> Markup {
        let count = figure.frames.count
        return Tag.li(.class("frame")) {
            Tag.div(.class("stage"), .at(.tabindex, "0"), .at(.role, "group"), .at(.ariaLabel, frame.caption)) {
                Tag.div(.class("picture")) {
                    for theme in PageTheme.allCases {
                        // The page's first picture is wanted at once; dark ones may never be. Print needs every light one.
                        files.picture(
                            of: figure, frame: index, theme: theme, alternative: frame.alternative,
                            .at(.decoding, "async"), .at(.loading, theme == .dark ? "lazy" : "eager"))
                    }
                }
            }
            Tag.p(.class("caption")) {
                if count > 1 {
                    Tag.span(.class("count"), .at(.ariaLabel, frameLabel(index, count))) {
                        "\(index + 1)/\(count)"
                    }
                }
                Tag.span { frame.caption }
            }
        }
    }

    private func frameLabel(_ index: Int, _ count: Int) -> String {
        BookWords.frame.text(language, ["number": "\(index + 1)", "count": "\(count)"])
    }

    @MarkupBuilder private func controls(_ figure: RenderedFigure) -> [Markup] {
        if figure.frames.count > 1 {
            Tag.div(
                .class("controls"), .at(.role, "group"), .at(.ariaLabel, BookWords.frames[language]), .at(.hidden)
            ) {
                Tag.button(
                    .class("turn-frame"), .at(.type, "button"), .at(.name, "previous"),
                    .at(.ariaLabel, BookWords.previousFrame[language])
                ) { "←" }
                Tag.div(.class("dots")) {
                    for index in figure.frames.indices {
                        Tag.button(
                            .class("dot"), .at(.type, "button"), .at(.value, "\(index)"),
                            .at(.ariaLabel, frameLabel(index, figure.frames.count)),
                            .at(.title, figure.frames[index].caption))
                    }
                }
                Tag.button(
                    .class("turn-frame"), .at(.type, "button"), .at(.name, "next"),
                    .at(.ariaLabel, BookWords.nextFrame[language])
                ) { "→" }
            }
        }
    }

    private func details(_ figure: RenderedFigure) -> Markup {
        Tag.details(.class("words")) {
            Tag.summary { BookWords.description[language] }
            if figure.frames.count == 1 {
                for frame in figure.frames { Tag.p { frame.alternative } }
            } else {
                Tag.ol { for frame in figure.frames { Tag.li { frame.alternative } } }
            }
        }
    }

    private func downloads(_ figure: RenderedFigure) -> Markup {
        Tag.p(.class("downloads")) {
            Tag.span { BookWords.download[language] }
            Tag.a(.class("download-svg"), .href(files.address(frame: 0, theme: .light)), .at(.download)) {
                "SVG"
            }
            Tag.a(.href(files.pdfAddress), .at(.download)) {
                figure.frames.count > 1 ? BookWords.allFrames[language] : "PDF"
            }
        }
    }

    /// `[x, y, width, height, label, value]`, lengths in thousandths of the picture's own.
    private func spot(_ spot: RenderedFigure.HotSpot, in figure: RenderedFigure) -> Markup.DataValue {
        func share(_ length: Double, of whole: Double) -> Markup.DataValue {
            .number(whole > 0 && length.isFinite ? Double(Int((length / whole * 10_000) + 0.5)) / 10 : 0)
        }
        return .list([
            share(spot.x, of: figure.width), share(spot.y, of: figure.height), share(spot.width, of: figure.width),
            share(spot.height, of: figure.height), .text(spot.label), .text(spot.value),
        ])
    }
}

/// One drawing of one step's figure: where its files are in the book.
struct FigureFiles: Hashable, Sendable {
    let chapter: ChapterID
    let step: String
    let language: Language

    private var folder: String { "figures/\(chapter)/\(language.rawValue)" }

    /// From the book's root.
    func path(frame: Int, theme: PageTheme) -> String { "\(folder)/\(step)-\(frame + 1)-\(theme.rawValue).svg" }
    var pdfPath: String { "\(folder)/\(step).pdf" }

    /// From a page, which stands in its language's folder.
    func address(frame: Int, theme: PageTheme) -> String { "../" + path(frame: frame, theme: theme) }
    var pdfAddress: String { "../" + pdfPath }

    /// The picture of a frame, which a page in its theme shows.
    func picture(
        of figure: RenderedFigure, frame: Int, theme: PageTheme, alternative: String, _ more: Markup.Attribute...
    ) -> Markup {
        let attributes: [Markup.Attribute] = [
            .class("on-\(theme.rawValue)"), .at(.src, address(frame: frame, theme: theme)), .at(.alt, alternative),
            .at(.width, Numbers.fixed(figure.width, decimals: 0)),
            .at(.height, Numbers.fixed(figure.height, decimals: 0)),
        ]
        return .element(.img, attributes + more, [])
    }
}
