import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct StreamTests {
    @Test func aClosedPipeEndsTheCommandQuietly() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.shell(
                "set -o pipefail; glassformer steps 中华人民 --json | head -n 1; exit ${PIPESTATUS[1]}", in: folder)
            #expect(outcome.output == "[\n")
            #expect(outcome.error.isEmpty)
        }
    }

    @Test func aFullDiskIsAnError() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return print("SKIPPED: no /dev/full") }
        try Executable.inFolder { folder in
            for command in ["steps a", "trace a --out -", "trace a --out /dev/full", "models --json"] {
                let outcome = try Executable.shell("glassformer \(command) > /dev/full", in: folder)
                #expect(outcome.status == 1, "\(command)")
                #expect(outcome.complaints.count == 1)
                #expect(outcome.error.contains("no space left"))
            }
        }
    }

    @Test func aTextComesFromStandardInput() throws {
        try Executable.inFolder { folder in
            let piped = try Executable.shell("echo 中华人民 | glassformer tokenize - --json", in: folder)
            #expect(try piped.output == Executable.run("tokenize", "中华人民", "--json").output)
            let steps = try Executable.shell("printf 中华人民 | glassformer steps -", in: folder)
            #expect(try steps.output == Executable.run("steps", "中华人民").output)
        }
    }

    @Test func anInterruptLeavesNothingHalfWritten() throws {
        try Executable.inFolder { folder in
            // A large picture takes long enough to be interrupted while it is drawn.
            let outcome = try Executable.shell(
                """
                glassformer draw 中华人民 --format png --scale 4 --out d --quiet & job=$!
                for _ in $(seq 400); do ls -d .d.*-partial >/dev/null 2>&1 && break; sleep 0.01; done
                kill -TERM $job; wait $job; echo $?
                """, in: folder)
            #expect(outcome.output == "143\n")
            #expect(contents(folder).isEmpty)
        }
    }

    @Test func progressIsPlainLinesWithoutATerminal() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run("lessons", "build", "--out", "book", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(!outcome.error.contains("\r") && !outcome.error.contains("\u{1B}"))
        }
    }
}
