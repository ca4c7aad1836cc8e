import ArgumentParser

/// Which command the first words of a command line name.
enum CommandPath {
    /// The command, and the words after its name.
    static func resolve(_ words: [String]) -> (command: any GuidedCommand.Type, rest: [String]) {
        var command: any GuidedCommand.Type = Glassformer.self
        var rest = words[...]
        while let word = rest.first, let next = command.guide.subcommand(word) {
            command = next
            rest.removeFirst()
        }
        return (command, Array(rest))
    }
}
