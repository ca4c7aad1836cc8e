import Foundation
import TestSupport
import Testing
import Wording

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

    /// Texts of others are shown and cannot act on the terminal, wherever they come from.
    @Test func nothingThatATextHoldsActsOnTheTerminal() throws {
        let odd = "odd\u{1B}]8;;https://attack.example\u{1B}\\\u{1B}[31m\u{202E}\u{7}\u{9B}31m"
        try Executable.inFolder { folder in
            let header =
                "{\"\(odd.replacing("\\", with: "\\\\").replacing("\u{1B}", with: "\\u001b").replacing("\u{7}", with: "\\u0007"))\":"
                + "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            let count = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
            try (count + Data(header.utf8) + Data([0, 0, 128, 63])).write(
                to: URL(fileURLWithPath: folder + "/t.safetensors"))
            for arguments in [
                ["steps", "--trace", "t.safetensors"], ["steps", "--trace", "t.safetensors", "--json"],
                ["tokenize", odd], ["tokenize", odd, "--json"], ["generate", "the cat" + odd, "--tokens", "2"],
                ["steps", "a", "--model", odd], ["draw", "a", "--figure", odd], ["steps", "a", "--" + odd],
                ["tokenize", "--file", odd],
            ] {
                let outcome = try Executable.run(arguments, in: folder)
                for text in [outcome.output, outcome.error] {
                    #expect(text.unicodeScalars.allSatisfy { !$0.isUnseen || $0 == "\n" }, "\(arguments): \(text)")
                }
                #expect(!(outcome.output + outcome.error).isEmpty)
            }
        }
    }

    /// A message is a line that is read, however long what it quotes.
    @Test func aMessageIsBounded() throws {
        let long = String(repeating: "x", count: 100_000)
        try Executable.inFolder { folder in
            for arguments in [
                ["steps", "a", "--model", long], ["steps", "a", "--" + long], ["draw", "a", "--figure", long],
            ] {
                let outcome = try Executable.run(arguments, in: folder)
                #expect(outcome.complaints.count == 1)
                #expect(outcome.error.count < 2100 && outcome.error.contains("xx…xx"), "\(outcome.error.count)")
            }
        }
    }
}
