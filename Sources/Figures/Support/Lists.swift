import Wording

extension Phrase {
    /// Before a Chinese character: with a space where it ends in another script.
    var beforeChinese: Phrase {
        Phrase(en: english, zh: chinese.last?.isASCII == true ? chinese + " " : chinese)
    }

    /// A list as each language writes it: `1, 2, 3`, `1、2、3`; longer parts between semicolons.
    static func list(_ parts: [String], isLong: Bool = false) -> Phrase {
        Phrase(
            en: parts.joined(separator: isLong ? "; " : ", "), zh: parts.joined(separator: isLong ? "；" : "、"))
    }
}
