import Drawing
import Reading
import Wording

/// A figure on a page: its frames, each with its words and the values that it knows, and its files.
///
/// Without a script all frames stand one under another; with one (``Kit/figureScript``), the page shows one at a time.
package struct PageFigure: Sendable {
    /// A picture that stands in a file beside the page.
    package struct Picture: Sendable, Hashable {
        package var address: String
        /// The theme that it is for; nil where there is one picture for all.
        package var mode: Theme.Mode?

        package init(_ address: String, mode: Theme.Mode? = nil) {
            self.address = address
            self.mode = mode
        }

        /// - Parameter words: what who cannot see the picture should hear; empty beside words that say so already.
        package func markup(_ size: Size, words: String, _ more: Markup.Attribute...) -> Markup {
            let attributes: [Markup.Attribute] = [
                .at(.src, address), .at(.alt, words), .at(.width, Numbers.fixed(size.width, decimals: 0)),
                .at(.height, Numbers.fixed(size.height, decimals: 0)),
            ]
            return .element(.img, (mode.map { [.class("on-\($0.rawValue)")] } ?? []) + attributes + more, [])
        }
    }

    package struct Download: Sendable, Hashable {
        package var words: String
        package var address: String
        /// What the reader's copy is called; as the file is where it is empty.
        package var name: String

        package init(_ words: String, _ address: String, name: String = "") {
            self.words = words
            self.address = address
            self.name = name
        }
    }

    /// Its place on the page.
    package var id: String
    package var title: String
    package var size: Size
    package var frames: [Figure.Frame]
    /// Of each frame.
    package var pictures: [[Picture]]
    /// An SVG becomes that of the frame that is shown.
    package var downloads: [Download] = []
    package var language: Language
    /// Its places as ``SpotRows`` writes them.
    package var values: String
    /// Whether a press tells a number's arithmetic.
    package var hasSums = false
    /// Whether it says in words what it shows; a question's figure must not.
    package var hasWords = true

    package init(
        id: String, title: String, size: Size, frames: [Figure.Frame], pictures: [[Picture]], language: Language,
        values: String? = nil
    ) {
        self.id = id
        self.title = title
        self.size = size
        self.frames = frames
        self.pictures = pictures
        self.language = language
        self.values = values ?? SpotRows(frames, size: size).text
    }

    // MARK: Parts

    /// The whole figure: frames, controls, values at the pointer, words, downloads.
    /// - Parameter label: how the text speaks of it, such as `Figure 3`.
    package func markup(label: String) -> Markup {
        Tag.figure(.class("figure"), .id(id), .at(.ariaLabel, "\(label): \(title)")) {
            frameList { index, pictures in
                let caption = frames[index].caption
                return Tag.div(
                    .class("stage"), .at(.tabindex, "0"), .at(.role, "group"),
                    .at(.ariaLabel, caption.isEmpty ? title : caption)
                ) {
                    pictures
                }
            }
            controls { dots }
            Tag.figcaption {
                Tag.p(.class("status"), .at(.role, "status"), .at(.ariaLive, "polite"), .at(.hidden)) {
                    (hasSums ? PageWords.values : .valuesHint)[language]
                }
                Tag.p(.class("sum")) { "" }
                if hasWords { words }
                if !downloads.isEmpty { downloadList }
            }
            Tag.script(.at(.type, "application/json"), .class("spots")) { Markup.made(PackedText.of(values)) }
        }
    }

    /// - Parameter stage: what the picture of a frame stands in.
    private func frameList(stage: (_ index: Int, _ picture: Markup) -> Markup) -> Markup {
        let isSingle = frames.count == 1
        return Tag.ol(.class("frames")) {
            for (index, frame) in frames.enumerated() where pictures.indices.contains(index) {
                Tag.li(.class(index == 0 ? "frame current" : "frame")) {
                    stage(
                        index,
                        Tag.span(.class("picture"), .at(.style, "--ratio: \(ratio)")) {
                            for picture in pictures[index] {
                                picture.markup(
                                    size, words: frame.altText, .at(.decoding, "async"), .at(.loading, loading(picture))
                                )
                            }
                        })
                    if !frame.caption.isEmpty {
                        Tag.p(.class("caption")) {
                            if !isSingle {
                                Tag.span(.class("count"), .at(.role, "img"), .at(.ariaLabel, frameLabel(index))) {
                                    "\(index + 1)/\(frames.count)"
                                }
                            }
                            Tag.span { frame.caption }
                        }
                    }
                }
            }
        }
    }

    /// Width by height, for a style sheet that is to fit both.
    private var ratio: String {
        size.height > 0 && size.width > 0 ? Numbers.fixed(size.width / size.height, decimals: 4) : "1"
    }

    /// A picture for a theme may never be wanted in the dark; print needs every light one.
    private func loading(_ picture: Picture) -> String { picture.mode == .light ? "eager" : "lazy" }

    private func frameLabel(_ index: Int) -> String {
        PageWords.frame.text(language, ["number": "\(index + 1)", "count": "\(frames.count)"])
    }

    @MarkupBuilder private func controls(@MarkupBuilder middle: () -> [Markup]) -> [Markup] {
        if frames.count > 1 {
            Tag.div(
                .class("controls"), .at(.role, "group"), .at(.ariaLabel, PageWords.frames[language]), .at(.hidden)
            ) {
                turn("previous", .previousFrame, "←")
                middle()
                turn("next", .nextFrame, "→")
            }
        }
    }

    private func turn(_ name: String, _ label: PageWords, _ sign: String) -> Markup {
        Tag.button(
            .class("turn-frame"), .at(.type, "button"), .at(.name, name), .at(.ariaLabel, label[language])
        ) { sign }
    }

    private var dots: Markup {
        Tag.div(.class("dots")) {
            for index in frames.indices {
                Tag.button(
                    .class("dot"), .at(.type, "button"), .at(.value, "\(index)"),
                    .at(.ariaLabel, frameLabel(index)), .at(.title, frames[index].caption))
            }
        }
    }

    private var words: Markup {
        Tag.details(.class("words")) {
            Tag.summary { PageWords.description[language] }
            if frames.count == 1 {
                for frame in frames { Tag.p { frame.altText } }
            } else {
                Tag.ol { for frame in frames { Tag.li { frame.altText } } }
            }
        }
    }

    private var downloadList: Markup {
        Tag.p(.class("downloads")) {
            Tag.span { PageWords.download[language] }
            for download in downloads {
                Tag.a(
                    .class(download.address.hasSuffix(".svg") ? "download-svg" : "download-all"),
                    .href(download.address), .at(.download, download.name)
                ) { download.words }
            }
        }
    }
}
