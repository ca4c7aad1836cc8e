import Reading
import Wording

/// What a page shows before anybody has typed: one of the texts that the model was measured on (`quality.json` of a
/// shipped model), in the language of the page, the shortest one; else a plain sentence.
struct StartText {
    let text: String

    init(folder: FileFolder, language: Language) {
        let usual = Phrase(en: "the cat sat on the mat", zh: "我爱吃苹果")[language]
        let known = Self.samples(folder).filter { Self.isChinese($0) == (language == .chinese) }
        text = known.min { ($0.count, $0) < ($1.count, $1) } ?? usual
    }

    private static func samples(_ folder: FileFolder) -> [String] {
        guard let bytes = try? folder.contents("quality.json") else { return [] }
        var cursor = JSONCursor(bytes, source: "quality.json")
        guard let quality = (try? cursor.readValue())?.members else { return [] }
        return ["probes", "samples"].flatMap { key -> [String] in
            guard case .array(let samples)? = quality[key] else { return [] }
            return samples.compactMap { sample in
                ["text", "question", "source", "prompt"].lazy.compactMap { sample.members?[$0]?.text }.first
            }
        }
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
}
