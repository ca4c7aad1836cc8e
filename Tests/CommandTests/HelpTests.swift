import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct HelpTests {
    /// Every command and group of commands, by the words that name it.
    static let commands: [[String]] = paths(of: Glassformer.self, named: [])

    private static func paths(of command: any GuidedCommand.Type, named words: [String]) -> [[String]] {
        [words]
            + command.guide.subcommands.compactMap { $0 as? any GuidedCommand.Type }
            .flatMap { paths(of: $0, named: words + [$0.guide.name]) }
    }

    @Test(arguments: commands)
    func helpIsThereInBothLanguages(_ words: [String]) throws {
        let english = try Executable.run(words + ["--help"])
        let chinese = try Executable.run(words + ["--help"], language: "zh_CN.UTF-8")
        for help in [english, chinese] {
            #expect(help.status == 0)
            #expect(help.error.isEmpty)
        }
        #expect(english.output.contains("USAGE: glassformer " + words.joined(separator: " ")))
        #expect(chinese.output.contains("用法：glassformer " + words.joined(separator: " ")))
        // No heading or remark of the parser is left in English.
        let parsers = ["OVERVIEW:", "USAGE:", "OPTIONS:", "ARGUMENTS:", "SUBCOMMANDS:", "(default", "(values", "Show "]
        for text in parsers { #expect(!chinese.output.contains(text), "\(words): \(text)") }
        #expect(
            !english.output.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" && !english.examples.joined().contains($0) }
        )
        #expect(english.examples == chinese.examples)
        #expect(!english.examples.isEmpty)
    }

    @Test(arguments: commands)
    func helpFitsTheTerminal(_ words: [String]) throws {
        for language in ["C.UTF-8", "zh_CN.UTF-8"] {
            let help = try Executable.run(words + ["--help"], language: language)
            for line in help.output.split(separator: "\n") where !help.examples.contains(String(line.dropFirst(2))) {
                #expect(DisplayWidth.of(line) <= 80, "\(line)")
            }
        }
    }

    @Test(arguments: commands)
    func everyExampleRunsAsPrinted(_ words: [String]) throws {
        // The page's program needs what not every machine has.
        let program = Places.root + "/.build/web/glassformer.wasm"
        if words == ["page"], !FileManager.default.fileExists(atPath: program) {
            print("SKIPPED: the examples of “page”: its program is not built (make web)")
            return
        }
        try Executable.inFolder { folder in
            for example in try Executable.run(words + ["--help"]).examples {
                // The whole book takes a minute, and the demo writes it.
                let isWholeBook = example.hasPrefix("glassformer lessons build") && !example.contains("--only")
                // A server has no end of its own: once it has said where it is, it is interrupted.
                let isEndless = words == ["serve"]
                let line =
                    isEndless
                    ? """
                    rm -f said; \(example) > said & p=$!
                    while ! grep -qs http said && kill -0 $p; do sleep 0.05; done
                    kill -INT $p; wait $p
                    """ : isWholeBook ? example + " --only 1.1" : example
                let outcome = try Executable.shell(line, in: folder)
                // The example of `lessons check` is the test that the course is sound.
                #expect(outcome.status == 0, "\(example): \(outcome.error)\(outcome.output.suffix(2000))")
            }
        }
    }

    @Test func groupsExplainThemselves() throws {
        #expect(try Executable.run([]).output == Executable.run("--help").output)
        #expect(try Executable.run("help", "draw").output == Executable.run("draw", "--help").output)
        #expect(try Executable.run("--version").output == Glassformer.version + "\n")
    }
}

extension Executable.Outcome {
    /// The examples of a help page.
    var examples: [String] {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(where: { $0 == "EXAMPLES:" || $0 == "示例：" }) else { return [] }
        return lines[(start + 1)...].filter { $0.hasPrefix("  glassformer ") }.map { String($0.dropFirst(2)) }
    }
}
