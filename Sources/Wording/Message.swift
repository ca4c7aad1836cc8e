extension String {
    /// The text as a message: one line, in which nothing acts on who shows it, and no part is longer than a person
    /// reads, whatever a file or an argument held. What is quoted loses its middle, then words, then the whole.
    public var message: String {
        // Far too long for any message of ours: the rest need not be looked at.
        let text = utf8.count > 16_384 ? MiddleElision.shortened(self, to: 4096) : self
        let line = text.split(whereSeparator: { $0.isNewline }).joined(separator: " ").shownInLine
        return MiddleElision.shortened(line.withShortQuotations.withShortWords, to: 2048)
    }

    private static let mostColumns = 200

    private var withShortQuotations: String {
        guard utf8.count > Self.mostColumns else { return self }
        var text = ""
        var rest = self[...]
        while let open = rest.firstIndex(where: { $0 == "“" || $0 == "‘" }) {
            let start = rest.index(after: open)
            guard let close = rest[start...].firstIndex(of: rest[open] == "“" ? "”" : "’") else { break }
            text += rest[..<start] + MiddleElision.shortened(String(rest[start..<close]), to: Self.mostColumns)
            rest = rest[close...]
        }
        return text + rest
    }

    /// A path or a name; Chinese is written without spaces and is no such word.
    private var withShortWords: String {
        guard utf8.count > Self.mostColumns else { return self }
        var text = ""
        var word = ""
        func end() -> String { MiddleElision.shortened(word, to: Self.mostColumns) }
        for character in self {
            if character == " " || character.unicodeScalars.first?.isWide ?? false {
                text += end()
                text.append(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return text + end()
    }
}
