import Wording

extension Slide {
    /// A frame in words, for who cannot see it: what the figure wrote, or else all that stands around the picture.
    func words(of frame: Frame, _ language: Language) -> String {
        let own = frame.altText[language]
        guard own == frame.caption[language] else { return own }
        let parts = [title[language], subtitle?[language] ?? "", own]
        var said: [String] = []
        for part in parts where !part.isEmpty && !said.contains(part) { said.append(part) }
        return said.map { Slide.sentence($0, language) }.joined(separator: language == .chinese ? "" : " ")
    }

    /// With its full stop.
    private static func sentence(_ text: String, _ language: Language) -> String {
        guard let last = text.last, !".!?。！？…:：".contains(last) else { return text }
        return text + (language == .chinese ? "。" : ".")
    }
}
