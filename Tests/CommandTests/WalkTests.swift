import Lessons
import TestSupport
import Testing

@testable import glassformer

@Suite struct WalkTests {
    /// A place is kept between two runs, in a folder of the reader's.
    @Test func aWalkGoesOnWhereItEnded() throws {
        try Executable.inFolder { folder in
            func walk(_ lines: String, _ more: String = "") throws -> Executable.Outcome {
                try Executable.shell(
                    "printf '\(lines)' | XDG_STATE_HOME=$PWD COLUMNS=40 glassformer lessons walk \(more)", in: folder)
            }
            let first = try walk("n\\nn\\nq\\n", "1.3")
            #expect(first.status == 0 && first.output.contains("\n2  "), "\(first.error)")
            #expect(contents(folder) == ["glassformer"])
            let second = try walk("q\\n")
            #expect(second.status == 0 && second.output.contains("\n2  ") && !second.output.contains("\n1  "))
            let other = try walk("q\\n", "--language zh-Hans")
            #expect(other.output.contains("回车"))
            #expect(try walk("", "9.9").status == 1)
        }
    }

    @Test func aQuizAsksAndTells() throws {
        try Executable.inFolder { folder in
            let quiz = try Executable.shell(
                "printf '1\\n2\\n3\\n4\\n5\\ns\\n' | XDG_STATE_HOME=$PWD glassformer lessons quiz 1.9", in: folder)
            #expect(quiz.status == 0 && quiz.output.contains("Right."), "\(quiz.error)")
            let silent = try Executable.shell(
                "XDG_STATE_HOME=$PWD glassformer lessons quiz 1.9 </dev/null", in: folder)
            #expect(silent.status == 0 && !silent.output.contains("Answer:"))
        }
    }

    /// What the environment and the terminal itself say, and what follows.
    @Test(
        arguments: [
            ([:], nil, .blocks(.indexed)), (["COLORTERM": "truecolor"], nil, .blocks(.all)),
            (["TERM": "xterm-kitty"], nil, .kitty),
            (["TERM": "xterm-kitty", "TMUX": "/tmp/x"], nil, .blocks(.indexed)),
            (["TERM_PROGRAM": "iTerm.app"], nil, .iTerm),
            (["TERM_PROGRAM": "iTerm.app", "TERM": "screen"], nil, .blocks(.indexed)),
            ([:], "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;c", .kitty), (["TERM": "dumb"], "\u{1B}[?62;4c", .characters),
            ([:], "\u{1B}[?62;22c", .blocks(.indexed)), ([:], "", .blocks(.indexed)),
        ] as [([String: String], String?, TerminalGraphics)])
    func theTerminalIsKnown(_ variables: [String: String], _ answer: String?, _ expected: TerminalGraphics) {
        var terminal = PictureTerminal(
            isTerminal: true, hasColors: true, variable: { variables[$0] }, answer: { answer })
        #expect(PictureChoice.auto.graphics(terminal) == expected)
        terminal.isTerminal = false
        #expect(PictureChoice.auto.graphics(terminal) == .words)
        terminal = PictureTerminal(isTerminal: true, hasColors: false, variable: { _ in nil }, answer: { nil })
        #expect(PictureChoice.auto.graphics(terminal) == .characters)
    }

    @Test func sixelsAreAskedFor() {
        guard case .sixel? = PictureTerminal.graphics(answer: "\u{1B}[?62;4;22c") else {
            Issue.record("no sixels")
            return
        }
    }
}
