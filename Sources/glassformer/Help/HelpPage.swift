import ArgumentParser
import Wording

/// The help of a command: the parser's page with its headings in the reader's language, wrapped for Chinese text as
/// well, and the examples at its end.
enum HelpPage {
    /// The page of the command that the arguments name.
    static func text(for arguments: [String]) -> String {
        text(of: CommandPath.resolve(arguments.filter { !$0.hasPrefix("-") && $0 != "help" }).command)
    }

    static func text(of command: any GuidedCommand.Type, width: Int = min(Console.width, 100)) -> String {
        // As wide as it likes: the wrapping is ours, because the parser's counts characters, not columns.
        let page = Glassformer.helpMessage(for: command, columns: 100_000)
        var lines: [String] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            lines += wrapped(translated(String(line)), width: width)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        if !command.guide.examples.isEmpty {
            lines += ["", HelpText.examples.text] + command.guide.examples.map { "  " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func translated(_ line: String) -> String {
        guard Console.language != .english else { return line }
        var line = line
        for (english, text) in HelpText.headings where line.hasPrefix(english) {
            line = text.text + line.dropFirst(english.count)
        }
        for (english, text) in HelpText.remarks {
            guard let found = line.firstRange(of: english) else { continue }
            line.replaceSubrange(found, with: text.text)
            if english.hasPrefix("("), line.hasSuffix(")") { line = line.dropLast() + "）" }
        }
        // Chinese punctuation brings its own space.
        return line.replacing("： ", with: "：").replacing("。 （", with: "。（")
    }

    /// Breaks a line at the width; what follows lies under where its description began.
    private static func wrapped(_ line: String, width: Int) -> [String] {
        guard DisplayWidth.of(line) > width else { return [line] }
        let indent = min(hangingIndent(line), width / 2)
        var result: [String] = []
        var current = ""
        for piece in pieces(line) {
            let trimmed = piece.hasSuffix(" ") ? String(piece.dropLast()) : piece
            if DisplayWidth.of(current) + DisplayWidth.of(trimmed) > width, current.contains(where: { $0 != " " }) {
                result.append(current)
                current = String(repeating: " ", count: indent)
            }
            current += piece
        }
        return (result + [current]).map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Where the description of an option begins, else where the line does.
    private static func hangingIndent(_ line: String) -> Int {
        let start = line.prefix { $0 == " " }.count
        if start == 2, line.dropFirst(descriptionColumn - 1).first == " " { return descriptionColumn }
        if start == 0, HelpText.headings.contains(where: { line.hasPrefix($0.1.text) }) { return 7 }
        return start
    }

    /// Where the parser puts what an option does.
    private static let descriptionColumn = 26

    /// What a line may be broken into: words with the blank after them, Chinese characters with their punctuation.
    private static func pieces(_ line: String) -> [String] {
        var pieces: [String] = []
        var current = ""
        var previous: Character?
        for character in line {
            if let previous, mayBreak(between: previous, and: character) {
                pieces.append(current)
                current = ""
            }
            current.append(character)
            previous = character
        }
        return pieces + [current]
    }

    private static func mayBreak(between left: Character, and right: Character) -> Bool {
        if right == " " { return false }
        if left == " " { return true }
        if "，。；：、）》」』”’！？…".contains(right) || "（《「『“‘".contains(left) { return false }
        return DisplayWidth.of(left) == 2 || DisplayWidth.of(right) == 2
    }
}
