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

    /// A byte order mark and the end of the last line are no text, whichever the end is and whoever reads it.
    @Test func aTextIsTheSameHoweverItsFileIsWritten() throws {
        try Executable.inFolder { folder in
            let texts = ["plain": "中华人民", "lf": "中华人民\n", "crlf": "\u{FEFF}中华人民\r\n"]
            for (name, text) in texts { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
            for command in [
                "tokenize - --json <", "steps - --json <", "generate - --tokens 1 --json <", "tokenize --file",
                "evaluate next-word", "evaluate next-word - <", "parallel - --json --quiet --out p <",
                "explain - --step embed --at 0,0,0 <", "workbook - --out w.xlsx --force <",
                "slides - --figure softmax --out s.pptx --force <",
            ] {
                let outcomes = try ["plain", "lf", "crlf"].map {
                    try Executable.shell("glassformer \(command) \($0)", in: folder)
                }
                #expect(Set(outcomes.map(\.output)).count == 1 && outcomes.allSatisfy { $0.status == 0 }, "\(command)")
            }
        }
    }

    @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32])
    func anotherEncodingIsNamed(_ encoding: String.Encoding) throws {
        try Executable.inFolder { folder in
            let data = try #require("the cat sat".data(using: encoding))
            try data.write(to: URL(fileURLWithPath: folder + "/f"))
            for command in ["tokenize - <", "tokenize --file", "evaluate next-word", "train ./"] {
                let outcome = try Executable.shell(
                    "glassformer \(command)\(command.hasSuffix("/") ? "" : " ")f", in: folder)
                #expect(outcome.status == 1 && outcome.complaints.count == 1, "\(command): \(outcome.error)")
                #expect(outcome.error.contains("expected UTF-8, found UTF-"), "\(command): \(outcome.error)")
            }
        }
    }

    /// A trace comes through a pipe as from a file.
    @Test(arguments: ["- <", "/dev/stdin <", "<(cat", "- < <(cat"]) func aTraceComesThroughAPipe(_ way: String) throws {
        try Executable.inFolder { folder in
            #expect(try Executable.run("trace", "the cat", "--out", "t", in: folder).status == 0)
            let file = try Executable.run("steps", "--trace", "t", "--json", in: folder)
            let piped = try Executable.shell(
                "glassformer steps --json --trace \(way) t\(way.contains("(") ? ")" : "")", in: folder)
            #expect(piped.status == 0 && piped.output == file.output, "\(piped.error)")
            #expect(try Executable.shell("glassformer verify - < t", in: folder).status == 0)
        }
    }

    @Test func aTextMayBeginWithAHyphen() throws {
        for text in ["-5 degrees", "- item", "--help"] {
            let outcome = try Executable.run("tokenize", "--json", "--", text)
            let object = try #require(outcome.json() as? [String: Any])
            let bytes = try #require(object["bytes"] as? [[Int]])
            #expect(bytes.joined().map(UInt8.init) == Array(text.utf8))
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
            let outcome = try Executable.run("lessons", "build", "--only", "1.1", "--out", "book", in: folder)
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
