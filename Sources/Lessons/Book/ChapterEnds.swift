import Pages
import Wording

/// What stands before a chapter's steps and after them: the question of an earlier chapter, the experiment, the quiz,
/// the sources.
extension ChapterPage {
    var recall: [Markup] {
        guard let recall = chapter.recall, let from = chapter.chapter.recall?.chapter else { return [] }
        return [
            Tag.section(.class("step recall")) {
                Tag.p(.class("kicker")) { BookWords.recall.text(language, ["chapter": "\(from)"]) }
                question(recall, label: nil, isOfEarlier: true)
            }
        ]
    }

    /// Words and choice on one side, the chosen picture on the other, as in a step.
    var experiment: Markup {
        let variants = chapter.experiment.variants
        return Tag.section(.class("step experiment"), .id(ProseOutline.experiment)) {
            Tag.div(.class("said")) {
                Tag.p(.class("kicker")) { BookWords.experiment[language] }
                Tag.h2 { prose("experiment-title").inlines(chapter.experiment.section.title[language]) }
                Tag.div(.class("prose")) { prose("experiment").blocks(chapter.experiment.section.prose[language]) }
                if !variants.isEmpty { choice(of: variants) }
                command(chapter.experiment.command[language], label: .startHere)
            }
            if !variants.isEmpty { shown(variants) }
        }
    }

    private func choice(of variants: [AnsweredChapter.Experiment.Variant]) -> Markup {
        Tag.div(
            .class("variant-buttons"), .at(.role, "group"), .at(.ariaLabel, BookWords.variants[language]), .at(.hidden)
        ) {
            for (index, variant) in variants.enumerated() {
                Tag.button(
                    .class("variant-button"), .at(.type, "button"), .at(.value, "\(index)"),
                    .at(.ariaPressed, index == 0 ? "true" : "false")
                ) { prose("variant-\(index)").inlines(variant.label[language]) }
            }
        }
    }

    /// All of them one under another; a script shows the one that is chosen.
    private func shown(_ variants: [AnsweredChapter.Experiment.Variant]) -> Markup {
        Tag.div(.class("shown variants")) {
            for (index, variant) in variants.enumerated() {
                Tag.div(.class(index == 0 ? "variant chosen" : "variant")) {
                    Tag.p(.class("variant-label")) {
                        prose("variant-\(index)-label").inlines(variant.label[language])
                    }
                    figure(variant.figure)
                }
            }
        }
    }

    var quiz: Markup {
        Tag.section(.class("step quiz"), .id(ProseOutline.quiz)) {
            Tag.h2 { BookWords.quiz[language] }
            for question in chapter.quiz { self.question(question, label: nil) }
        }
    }

    /// What is cited.
    var sources: [Markup] {
        let facts = chapter.chapter.facts
        guard !facts.isEmpty else { return [] }
        return [
            Tag.section(.class("step sources")) {
                Tag.h2 { BookWords.sources[language] }
                Tag.ul {
                    for fact in facts {
                        Tag.li(.id("fact-\(fact.name)")) {
                            Markup.text(fact.value[language] + (language == .chinese ? "：" : ": "))
                            if let link = fact.link {
                                Tag.a(.href(link), .at(.rel, "external")) { fact.source[language] }
                            } else {
                                Markup.text(fact.source[language])
                            }
                        }
                    }
                }
            }
        ]
    }
}
