/// The command line of this run, as it could be typed again.
enum CommandWords {
    static var line: String {
        (["glassformer"] + CommandLine.arguments.dropFirst().map(quoted)).joined(separator: " ")
    }

    /// A word as a shell takes it literally.
    private static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:/=@+".contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
