import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is known of the person at the terminal before the command line is parsed.
enum Console {
    /// `--language` where given, else the locale, else English.
    ///
    /// Read ahead of the parser, because help and usage errors are written in it too.
    static let language = language(arguments: CommandLine.arguments) { variable($0) }

    static func language(arguments: [String], variable: (String) -> String?) -> Language {
        // The last one holds, as of every option.
        let options = arguments.prefix { $0 != "--" }
        for (place, argument) in options.enumerated().reversed() {
            if argument == "--language", place + 1 < options.count {
                if let language = Language(argument: options[place + 1]) { return language }
            } else if argument.hasPrefix("--language="),
                let language = Language(argument: String(argument.dropFirst(11)))
            {
                return language
            }
        }
        // POSIX: the first that is set and not empty decides, also when it names a language that we lack.
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = variable(name), !value.isEmpty { return Language(tag: value) ?? .english }
        }
        return .english
    }

    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Whether colours may be written to standard output: a terminal that has them, and nobody asked for none.
    static var hasColors: Bool {
        StandardOutput.isTerminal && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
    }

    /// The columns of the terminal; 80 where there is none.
    static var width: Int {
        if let columns = variable("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        for file in [STDOUT_FILENO, STDERR_FILENO] where ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return 80
    }

    /// The standard library repairs arguments that are no UTF-8; a command must not work on a repaired text.
    static func checkEncoding() throws {
        for place in 1..<max(Int(CommandLine.argc), 1) {
            guard let bytes = CommandLine.unsafeArgv[place] else { continue }
            guard String(validatingCString: bytes) != nil else { throw CommandProblem.argumentEncoding(place: place) }
        }
    }
}

extension Phrase {
    /// In the language of this run.
    var text: String { self[Console.language] }
}

extension PhraseTable {
    /// In the language of this run.
    var text: String { phrase.text }

    func text(_ values: KeyValuePairs<String, Phrase>) -> String { phrase.filled(values).text }
}
