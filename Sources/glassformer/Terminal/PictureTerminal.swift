import ArgumentParser
import Lessons
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How figures are asked to be shown.
enum PictureChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, kitty, iterm, sixel, blocks, characters, words

    /// What the terminal can; nothing is guessed where the output is none.
    func graphics(_ terminal: PictureTerminal = PictureTerminal()) -> TerminalGraphics {
        switch self {
        case .auto: terminal.graphics
        case .kitty: .kitty
        case .iterm: .iTerm
        case .sixel: .sixel(cellWidth: PictureTerminal.cellWidth)
        case .blocks: .blocks(terminal.colors)
        case .characters: .characters
        case .words: .words
        }
    }
}

/// What is known of the terminal that standard output is, by its environment and by its own answer.
struct PictureTerminal {
    var isTerminal = StandardOutput.isTerminal
    var hasColors = Console.hasColors
    var variable: (String) -> String? = { Console.variable($0) }
    /// What the terminal answers to a question; nil where it cannot be asked.
    var answer: () -> String? = { TerminalAnswer.read(Self.question, end: "c") }

    /// A picture of one pixel in Kitty's way, not to be shown, and what kind of terminal it is (primary device
    /// attributes), which every terminal answers and so ends the waiting.
    static let question = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[c"

    var graphics: TerminalGraphics {
        guard isTerminal else { return .words }
        guard variable("TERM") != "dumb" else { return .characters }
        // A multiplexer hands neither environment nor pictures on: there, only its own answer counts.
        let term = variable("TERM") ?? ""
        let isMultiplexed =
            variable("TMUX").map { !$0.isEmpty } ?? false || term.hasPrefix("screen") || term.hasPrefix("tmux")
        if !isMultiplexed, let known { return known }
        if let answered = answer().flatMap(Self.graphics(answer:)) { return answered }
        return hasColors ? .blocks(colors) : .characters
    }

    private var known: TerminalGraphics? {
        let program = variable("TERM_PROGRAM") ?? ""
        if variable("KITTY_WINDOW_ID").map({ !$0.isEmpty }) ?? false || variable("TERM") == "xterm-kitty"
            || program == "ghostty"
        {
            return .kitty
        }
        return program == "iTerm.app" || variable("LC_TERMINAL") == "iTerm2" || program == "WezTerm" ? .iTerm : nil
    }

    static func graphics(answer: String) -> TerminalGraphics? {
        if answer.contains("\u{1B}_Gi=31;OK") { return .kitty }
        // `ESC [ ? 62 ; 4 ; … c`: the number 4 stands for sixels.
        guard let start = answer.range(of: "\u{1B}[?"), let end = answer[start.upperBound...].firstIndex(of: "c") else {
            return nil
        }
        return answer[start.upperBound..<end].split(separator: ";").dropFirst().contains("4")
            ? .sixel(cellWidth: cellWidth) : nil
    }

    var colors: TerminalGraphics.BlockColors {
        let depth = variable("COLORTERM") ?? ""
        return depth.contains("truecolor") || depth.contains("24bit") ? .all : .indexed
    }

    /// The pixels of a column, as far as the terminal says.
    static var cellWidth: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_xpixel > 0 else { return 9 }
        return Int(size.ws_xpixel) / Int(size.ws_col)
    }
}

/// Asks a terminal something that it answers as if it were typed.
enum TerminalAnswer {
    /// - Parameters:
    ///   - end: the letter that ends the answer.
    ///   - patience: in tenths of a second.
    /// - Returns: nil where standard input is no terminal; what came, where nothing ended it.
    static func read(_ question: String, end: Character, patience: UInt8 = 4) -> String? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, let end = end.asciiValue else { return nil }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var asking = before
        asking.c_lflag &= ~tcflag_t(ECHO | ICANON)
        withUnsafeMutableBytes(of: &asking.c_cc) { letters in
            letters[Int(VMIN)] = 0
            letters[Int(VTIME)] = patience
        }
        guard tcsetattr(STDIN_FILENO, TCSANOW, &asking) == 0 else { return nil }
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
        guard (try? StandardOutput.write(Array(question.utf8))) != nil else { return nil }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 512, next(&byte) {
            bytes.append(byte)
            // The letter also stands in what comes before; the last part alone begins with `ESC [ ?`.
            if byte == end, String(decoding: bytes, as: UTF8.self).contains("\u{1B}[?") { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func next(_ byte: inout UInt8) -> Bool {
        #if canImport(Glibc)
            Glibc.read(STDIN_FILENO, &byte, 1) == 1
        #else
            Darwin.read(STDIN_FILENO, &byte, 1) == 1
        #endif
    }
}
