import Reading
import Wording

/// Which of a family's classes can be read: some have a head that this forward pass has not, and are read without it.
enum Architectures {
    /// What to add to a file that lacks its `model_type` and yet names a class that is read here; nil for any other.
    static func missingFamily(_ object: JSONPart) throws(Failure) -> Failure? {
        guard object.isAbsent("model_type"), let name = try object.texts("architectures")?.first,
            let family = CheckpointFamily.all.first(where: { $0.classes.contains(name) })?.name
        else { return nil }
        return .configuration(
            path: object.source, key: "model_type",
            expected: Phrase(
                en: "the line \"model_type\": \"\(family)\", as its class \(name) has it",
                zh: "\"model_type\": \"\(family)\" 这一行（它的类是 \(name)）"),
            found: Phrase(en: "nothing", zh: "空缺"))
    }

    /// The class's ending, and how the names of its head's tensors begin.
    private static let heads: [(ending: String, tensors: [String])] = [
        ("ForSequenceClassification", ["score.", "classification_head."]),
        ("ForTokenClassification", ["score.", "classifier."]), ("ForQuestionAnswering", ["qa_outputs."]),
        ("ForMultipleChoice", ["classifier."]), ("DoubleHeadsModel", ["multiple_choice_head."]),
    ]

    /// What the class that a file names says of its head.
    struct Head: Sendable {
        /// How the names of tensors begin that are passed over.
        var unread: [String] = []
        /// Whether there is no head that foretells tokens.
        var lacksWords = false
        /// Whether the class is a family's trunk.
        var isBare = false

        func passesOver(_ name: String) -> Bool { unread.contains(where: name.hasPrefix) }
    }

    /// Refuses a known class of another kind; a name of somebody's own is let pass, and the tensors decide.
    /// - Throws: ``ModelError/configuration(path:key:expected:found:)``.
    static func head(_ object: JSONPart, family: CheckpointFamily) throws(Failure) -> Head {
        let known = family.classes
        guard let names = try object.texts("architectures"), let name = names.first, !known.isEmpty else {
            return Head()
        }
        if known.contains(name) {
            let isBare = name.hasSuffix("Model") && !name.hasSuffix("LMHeadModel") && !name.hasSuffix("MTModel")
            return Head(isBare: isBare)
        }
        // A trunk that is named as the family's own classes are, before a head that is passed over.
        if let head = heads.first(where: { name.hasSuffix($0.ending) }),
            known.contains(where: { $0.hasPrefix(name.dropLast(head.ending.count)) })
        {
            return Head(unread: head.tensors, lacksWords: head.ending != "DoubleHeadsModel")
        }
        guard
            ["ForCausalLM", "LMHeadModel"].contains(where: name.hasSuffix)
                || heads.contains(where: { name.hasSuffix($0.ending) }),
            !(family.name == "bert" && name == "BertLMHeadModel")
        else { return Head() }
        throw .configuration(
            path: object.source, key: "architectures", expected: Phrase(known.joined(separator: ", ")),
            found: Phrase(name))
    }
}
