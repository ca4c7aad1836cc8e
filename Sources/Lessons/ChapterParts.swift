import Wording

/// One step: a piece of prose, and two figures, one or none.
package struct Step: Sendable {
    /// Names the step in addresses and in both languages' headings.
    package let id: String
    package let figures: [PlacedFigure]
    /// A command to try that draws none of the figures.
    package let command: Bilingual<Template>?
    /// Asked before the figures are shown.
    package let ask: Question?
    /// What goes into a stage and what comes out, beside what the document says.
    package let shapes: [StageShapes]
    package let title: Bilingual<[Inline]>
    package let prose: Bilingual<[Block]>
    /// The lines of the prose's blocks.
    let lines: Bilingual<[Int]>
    /// Where the chapter's data names it.
    let place: Place
}

/// A figure at its place in a chapter: a language may show another text, in another size.
package struct PlacedFigure: Sendable {
    /// Names its files: the step's name, `merges-2` for a second, `experiment-1` for a variant.
    package let id: String
    package let reference: Bilingual<FigureReference>
    /// Draws the figure again. May hold placeholders, which the engine fills before it is shown.
    package let command: Bilingual<Template>
    /// In place of the figure's own, one for each frame; none where its own stand.
    package let captions: Bilingual<[[Inline]]>
    /// What the figure's text says in the reader's language, where it is foreign.
    package let gloss: Bilingual<String?>
    /// Where the chapter's data names it.
    let place: Place
}

/// What the reader is asked to change, the command to start from, and variants that are drawn beforehand.
package struct Experiment: Sendable {
    package let command: Bilingual<Template>
    package let variants: [Variant]
    package let title: Bilingual<[Inline]>
    package let prose: Bilingual<[Block]>
    let lines: Bilingual<[Int]>
    let place: Place

    /// One way to set the experiment, chosen by a button.
    package struct Variant: Sendable {
        package let label: Bilingual<[Inline]>
        package let figure: PlacedFigure
    }
}

/// A question of an earlier chapter: `1.1#next`.
package struct Recall: Sendable, Hashable {
    package let chapter: ChapterID
    package let question: String
    let place: Aside<Place>
}

/// A claim, and the words of the prose that rest on it: tokens, and quantities such as `twice` and `一半`.
package struct BackedClaim: Sendable {
    package let claim: Bilingual<Claim>
    package let words: [String]
    let place: Place
}

/// Something that is neither measured nor quoted from the document: a year, a paper, a price.
package struct Fact: Sendable, Hashable {
    package let name: String
    package let value: Phrase
    package let source: Phrase
    /// An `https` address.
    package let link: String?
}

/// What foreign texts mean, by the text.
package struct Glosses: Sendable, Hashable {
    private var known: [String: Bilingual<String?>]

    package init(_ known: [String: Bilingual<String?>] = [:]) { self.known = known }

    package func gloss(of text: String, in language: Language) -> String? { known[text]?[language] ?? nil }

    /// The other's where this one has none.
    func over(_ other: Glosses) -> Glosses { Glosses(other.known.merging(known) { _, own in own }) }
}

/// A stage of a figure's run: the shapes that go in and come out, here and in the document's example.
package struct StageShapes: Sendable {
    package let step: String
    /// What the document says, such as `(2, 10, 512)`.
    package let documentInput: String?
    package let documentOutput: String?
    let input: Bilingual<Ask>
    let output: Bilingual<Ask>
}
