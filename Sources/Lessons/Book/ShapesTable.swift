import Pages

extension ProseMarkup {
    /// What goes in and comes out of a stage, here and in the document.
    func shapes(_ shapes: [AnsweredChapter.Shapes]) -> [Markup] {
        guard !shapes.isEmpty else { return [] }
        return [
            Tag.div(.class("table")) {
                Tag.table {
                    Tag.thead {
                        Tag.tr {
                            for words in AnsweredChapter.Shapes.heads {
                                Tag.th(.at(.scope, "col")) { words[language] }
                            }
                        }
                    }
                    Tag.tbody {
                        for one in shapes {
                            Tag.tr {
                                Tag.td { Tag.code { one.step } }
                                Tag.td { one.here(language) }
                                Tag.td { one.inDocument }
                            }
                        }
                    }
                }
            }
        ]
    }
}
