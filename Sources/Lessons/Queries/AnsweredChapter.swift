import Wording

/// A chapter with every number in it: what pages and terminals show.
package struct AnsweredChapter: Sendable {
    /// The chapter, its prose's placeholders replaced by what the engine answered.
    package let title: Bilingual<[Inline]>
    package let goal: Bilingual<[Inline]>
    /// The question of an earlier chapter that this one begins with, where that chapter is written.
    package let recall: AnsweredQuestion?
    package let steps: [Step]
    package let experiment: Experiment
    package let quiz: [AnsweredQuestion]
    /// The chapter as written.
    package let chapter: Chapter

    /// A piece of prose.
    package struct Section: Sendable {
        package let title: Bilingual<[Inline]>
        package let prose: Bilingual<[Block]>
    }

    package struct Step: Sendable {
        package let id: String
        package let section: Section
        /// Answered before the figures are seen.
        package let ask: AnsweredQuestion?
        package let figures: [Figure]
        /// To try, where it draws none of the figures.
        package let command: Bilingual<String>?
        package let shapes: [Shapes]
    }

    /// A figure with what stands around it.
    package struct Figure: Sendable {
        package let placed: PlacedFigure
        /// The command that draws it.
        package let command: Bilingual<String>
        /// One for each frame, in place of the figure's own; none where its own stand.
        package let captions: Bilingual<[[Inline]]>
    }

    package struct Experiment: Sendable {
        package let section: Section
        package let command: Bilingual<String>
        package let variants: [Variant]

        package struct Variant: Sendable {
            package let label: Bilingual<[Inline]>
            package let figure: Figure
        }
    }

    /// What goes into a stage and comes out, here and in the document.
    package struct Shapes: Sendable, Hashable {
        package let step: String
        package let input: Bilingual<String>
        package let output: Bilingual<String>
        package let documentInput: String?
        package let documentOutput: String?
    }
}

/// A question with its answer.
package struct AnsweredQuestion: Sendable {
    package let id: String
    package let question: Bilingual<[Inline]>
    package let kind: Kind
    package let explanation: Bilingual<[Block]>

    package enum Kind: Sendable {
        /// Choose one.
        case choice([Choice], right: Int)
        /// Type a number.
        case number(Number)
        /// Put in order: as shown at first, and where each belongs.
        case ordering(Ordering)
        /// Point at a cell of a figure.
        case cell(Cell)
    }

    package struct Choice: Sendable {
        package let label: Bilingual<[Inline]>
        /// What the engine measured for it, such as its probability; nil where the label says it all.
        package let measure: String?
        /// For whoever chose it wrongly.
        package var hint: Question.Hint?
    }

    package struct Number: Sendable {
        package let shown: Bilingual<String>
        package let value: Bilingual<Double>
        /// How far a typed number may be off.
        package let tolerance: Bilingual<Double>
        /// Whether 97 means 0.97.
        package let isPercent: Bool
        /// Numbers that one gets by a known mistake.
        package let traps: [Trap]

        package struct Trap: Sendable {
            package let shown: Bilingual<String>
            package let value: Bilingual<Double>
            package let hint: Question.Hint?
        }

        /// Whether a typed number is right; with or without a percent sign.
        package func isRight(_ typed: Double, in language: Language) -> Bool {
            isNear(typed, value[language], language)
        }

        /// The known mistake that a typed number is.
        package func trap(_ typed: Double, in language: Language) -> Trap? {
            traps.first { isNear(typed, $0.value[language], language) }
        }

        private func isNear(_ typed: Double, _ value: Double, _ language: Language) -> Bool {
            let share = isPercent ? typed / 100 : typed
            return abs(share - value) <= tolerance[language] * 1.000_001
        }
    }

    package struct Ordering: Sendable {
        /// In the order in which they are shown at first.
        package let items: [Item]
        /// The items' places in the right order: `[2, 0, 1]` begins with the third.
        package let order: Bilingual<[Int]>
        package let hint: Question.Hint?

        package struct Item: Sendable {
            package let label: Bilingual<[Inline]>
            package let measure: Bilingual<String>
        }
    }

    package struct Cell: Sendable {
        /// The figure that is pointed at: a step's name.
        package let figure: String
        /// The step of the trace whose cells it shows.
        package let step: String
        package let right: Bilingual<[Int]>
        /// Other cells, each with its hint.
        package let others: [(index: Bilingual<[Int]>, hint: Question.Hint?)]
    }

    /// Its choices; of the other kinds the same as choices, for those who can only choose.
    package var choices: [Choice] { asChoices.choices }
    /// The index of the right choice.
    package var right: Int { asChoices.right }

    private var asChoices: (choices: [Choice], right: Int) {
        switch kind {
        case .choice(let choices, let right): return (choices, right)
        case .number(let number):
            let all =
                [Choice(label: number.shown.map { [.text($0)] }, measure: nil)]
                + number.traps.map {
                    Choice(label: $0.shown.map { [.text($0)] }, measure: nil, hint: $0.hint)
                }
            return Self.mixed(all, id)
        case .ordering(let ordering):
            func line(_ order: Bilingual<[Int]>) -> Choice {
                let label = Bilingual<[Inline]> { language in
                    let labels = order[language].map { ordering.items[$0].label[language] }
                    return Array(labels.joined(separator: [.text(" › ")]))
                }
                return Choice(label: label, measure: nil, hint: ordering.hint)
            }
            let order = ordering.order
            return Self.mixed(
                [
                    line(order), line(order.map { Array($0.reversed()) }),
                    line(order.map { Array($0.dropFirst()) + $0.prefix(1) }),
                ],
                id)
        case .cell(let cell):
            func at(_ index: Bilingual<[Int]>, _ hint: Question.Hint?) -> Choice {
                let label = index.map { place -> [Inline] in
                    [.sample(cell.step), .text(" [" + place.map(String.init).joined(separator: ", ") + "]")]
                }
                return Choice(label: label, measure: nil, hint: hint)
            }
            return Self.mixed([at(cell.right, nil)] + cell.others.map { at($0.index, $0.hint) }, id)
        }
    }

    /// In an order that gives nothing away, and is the same at every build; the first is right.
    static func mixed(_ choices: [Choice], _ salt: String) -> (choices: [Choice], right: Int) {
        let order = choices.indices.sorted { one, other in
            let first = hash(choices[one].label.english.plainText, salt)
            let second = hash(choices[other].label.english.plainText, salt)
            return (first, one) < (second, other)
        }
        return (order.map { choices[$0] }, order.firstIndex(of: 0) ?? 0)
    }

    /// FNV-1a over both texts.
    static func hash(_ label: String, _ salt: String) -> UInt64 {
        (salt + "/" + label).utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
