import ArgumentParser
import Foundation
import Models
import Reading
import Rendering
import Subjects
import Tensors
import Wording

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Parses the command line, runs the command, and turns every error into one line and an exit code.
@main
enum Main {
    /// Bad usage: the command line has to change, whatever the files are.
    static let usageFailure: Int32 = 2
    /// The work itself failed.
    static let workFailure: Int32 = 1

    static func main() {
        Interruption.watch { _ = fail($0.explanation.text, code: workFailure) }
        let code = run(Array(CommandLine.arguments.dropFirst()))
        Interruption.settle()
        exit(code)
    }

    private static func run(_ arguments: [String]) -> Int32 {
        do {
            try Console.checkEncoding()
            // Straight to the command that is named: the parser would first look through all of them.
            let (type, rest) = CommandPath.resolve(arguments)
            let command: any ParsableCommand
            do {
                command = try type.parseAsRoot(rest)
            } catch {
                return try answer(error, from: type, arguments: arguments)
            }
            // The root and the groups of commands have nothing to do by themselves but to explain themselves.
            guard var command = command as? any GuidedCommand, Swift.type(of: command).guide.subcommands.isEmpty else {
                try StandardOutput.write(HelpPage.text(for: arguments))
                return 0
            }
            try command.run()
            if let warning = MissingLetters.warning, !arguments.contains("--quiet") {
                StandardError.write(warning.text + "\n")
            }
            return 0
        } catch {
            return report(error)
        }
    }

    /// What the parser throws: a request for help or the version, or bad usage.
    private static func answer(
        _ error: any Error, from command: any GuidedCommand.Type, arguments: [String]
    ) throws -> Int32 {
        guard command.exitCode(for: error) == .success else {
            if let mistake = MistakenWord(arguments, of: command, message: command.message(for: error)) {
                throw mistake.problem
            }
            return fail(ParserMessage.translated(command.message(for: error)), code: usageFailure)
        }
        let asksForHelp = arguments.contains { ["-h", "--help", "help"].contains($0) }
        let text = asksForHelp ? HelpPage.text(for: arguments) : command.fullMessage(for: error) + "\n"
        try StandardOutput.write(text)
        return 0
    }

    private static func report(_ error: any Error) -> Int32 {
        Interruption.settle()
        return switch error {
        case let exit as ExitCode: exit.rawValue
        case let error as SubjectError: report(CommandProblem.subject(error))
        case let problem as CommandProblem: fail(problem.explanation.text, code: problem.code)
        case let failure as Failure: fail(words(of: failure).text, code: code(of: failure))
        case let error as any ExplainedError: fail(error.explanation.text, code: workFailure)
        default: fail(unexplained(error).text, code: workFailure)
        }
    }

    /// What no floor explains is Foundation's, in whose words no reader is helped.
    private static func unexplained(_ error: any Error) -> Phrase {
        let reason = SystemReason.of(error)
        guard let path = (error as NSError).userInfo[NSFilePathErrorKey] as? String else { return reason }
        return CommandProblem.unreadable(path: path, reason: reason).explanation
    }

    /// What a floor refuses that an option gave, by the option's name.
    private static func words(of failure: Failure) -> Phrase {
        guard case .given(let given, let expected, let found)? = failure.cause(as: ModelError.self) else {
            return failure.explanation
        }
        return Phrase(
            en: "--\(given.rawValue): expected \(expected), found \(found)",
            zh: "--\(given.rawValue)：应为 \(expected)，实际为 \(found)")
    }

    /// An option that a floor refuses is bad usage, like one that the parser refuses.
    private static func code(of failure: Failure) -> Int32 {
        if case .given? = failure.cause(as: ModelError.self) { return usageFailure }
        if let error = failure.cause(as: SubjectError.self) { return CommandProblem.subject(error).code }
        return failure.cause(as: CommandProblem.self)?.code ?? workFailure
    }

    private static func fail(_ message: String, code: Int32) -> Int32 {
        // One line, whatever a path or a library's message holds.
        StandardError.write("glassformer: \(message.message)\n")
        return code
    }
}
