import Wording

/// Which of a family's classes can be read: a family's file may have a head that this forward pass has not.
enum Architectures {
    private static let readable: [String: [String]] = [
        "gpt2": ["GPT2LMHeadModel", "GPT2Model"],
        "llama": ["LlamaForCausalLM", "LlamaModel"],
        "mistral": ["MistralForCausalLM", "MistralModel"],
        "qwen2": ["Qwen2ForCausalLM", "Qwen2Model"],
        "bert": [
            "BertForMaskedLM", "BertForNextSentencePrediction", "BertForPreTraining", "BertForSequenceClassification",
            "BertModel",
        ],
        "bart": ["BartForConditionalGeneration", "BartModel"],
        "mbart": ["MBartForConditionalGeneration", "MBartModel"],
        "marian": ["MarianMTModel", "MarianModel"],
    ]

    /// Refuses the known heads that are not read; a name of somebody's own is let pass, and the tensors decide.
    /// - Throws: ``ModelError/configuration(path:key:expected:found:)``.
    static func check(_ object: ConfigurationObject, family: String) throws(ModelError) {
        guard let names = try object.texts("architectures"), let name = names.first, let known = readable[family] else {
            return
        }
        let others = [
            "ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering", "ForMultipleChoice",
            "DoubleHeadsModel", "ForCausalLM", "LMHeadModel",
        ]
        guard !known.contains(name), others.contains(where: name.hasSuffix),
            !(family == "bert" && name == "BertLMHeadModel")
        else { return }
        throw .configuration(
            path: object.path, key: "architectures", expected: Phrase(known.joined(separator: ", ")),
            found: Phrase(name))
    }
}
