import Wording

/// Where bytes come from and go to.
enum SystemText: PhraseTable {
    case standardInput, standardOutput

    var phrase: Phrase {
        switch self {
        case .standardInput: Phrase(en: "standard input", zh: "标准输入")
        case .standardOutput: Phrase(en: "standard output", zh: "标准输出")
        }
    }
}
