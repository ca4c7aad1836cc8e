import Drawing
import Wording

/// Where a walk is shown and where its answers come from.
package struct LessonConsole {
    package var screen: LessonScreen
    let write: ([UInt8]) throws -> Void
    /// The next line that the reader typed; nil at the end of the input.
    let read: () -> String?

    package init(
        screen: LessonScreen, write: @escaping ([UInt8]) throws -> Void, read: @escaping () -> String?
    ) {
        self.screen = screen
        self.write = write
        self.read = read
    }

    func say(_ spans: [TerminalText.Span]) throws {
        var out = screen.text
        out.paragraph(spans)
        try write(Array(out.text.utf8))
    }

    func sayLines(_ text: String) throws { try write(Array((text + "\n").utf8)) }

    /// Asks for a line, without an end of its own.
    func ask(_ prompt: String) throws -> String? {
        var out = screen.text
        out.paragraph([(prompt, .dim), (" > ", .number)])
        try write(Array(out.text.utf8.dropLast()))
        let line = read()
        // Where nobody types, nothing else ends the line.
        if line == nil || !screen.isInteractive { try write([UInt8(ascii: "\n")]) }
        return line.map { $0.trimmed }
    }
}

extension String {
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
