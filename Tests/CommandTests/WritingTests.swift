import Foundation
import TestSupport
import Testing

@testable import glassformer

/// What commands write: whole, in one place, nobody else's replaced, and nothing left of what was stopped.
@Suite struct WritingTests {
    private func put(_ text: String, _ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    // MARK: What is somebody else's

    /// A command and the file that is in its way.
    static let foreign: [(arguments: [String], file: String)] = [
        (["trace", "a", "--out", "t"], "t"),
        (["draw", "a", "--figure", "logits", "--out", "d"], "d/index.html"),
        (["draw", "a", "--figure", "logits", "--out", "a.svg"], "a.svg"),
        (["draw", "a", "--figure", "logits", "--out", "a.png"], "a.png"),
        (["draw", "a", "--figure", "logits", "--out", "a.pdf"], "a.pdf"),
        (["explain", "a", "--step", "embed", "--at", "0,0,0", "--format", "svg", "--out", "e"], "e"),
        (["parallel", "the cat sat", "--how", "tensor", "--trace", "t", "--out", "d"], "t"),
        (["train", "house-prices", "--out", "m"], "m/config.json"),
        (["train", "house-prices", "--out", "m"], "m/quality.json"),
        (["train", "house-prices", "--steps", "1", "--trace-step", "1", "--trace-out", "t", "--out", "m"], "t"),
    ]

    @Test(arguments: foreign)
    func whatIsNotOursIsReplacedOnlyByForce(_ arguments: [String], _ file: String) throws {
        try Executable.inFolder { folder in
            for mine in ["mine", "<svg><title>Glassformer</title></svg>", "{\"quality\": 1}"] {
                try put(mine, folder + "/" + file)
                let outcome = try Executable.run(arguments, in: folder)
                #expect(outcome.status == 1)
                #expect(outcome.complaints.count { $0.contains("not written by Glassformer") } == 1, "\(outcome.error)")
                #expect(text(folder + "/" + file) == mine)
                #expect(
                    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains("partial") } == [])
            }
            guard !arguments.contains("--trace-step") else { return }
            let forced = try Executable.run(arguments + ["--force", "--quiet"], in: folder)
            #expect(forced.status == 0, "\(forced.error)")
            #expect(text(folder + "/" + file) != "{\"quality\": 1}")
            // Now it is ours.
            let again = try Executable.run(arguments + ["--quiet"], in: folder)
            #expect(again.status == 0, "\(again.error)")
        }
    }

    @Test func whatIsEmptyOrBesideIsNoHindrance() throws {
        try Executable.inFolder { folder in
            try put("", folder + "/t")
            #expect(try Executable.run("trace", "a", "--out", "t", "--quiet", in: folder).status == 0)
            for (arguments, place) in [
                (["draw", "a", "--figure", "logits", "--out", "d/"], "d"),
                (["train", "house-prices", "--out", "m"], "m"),
                (["compare", "perceptron", "transformer", "--out", "c"], "c"),
            ] {
                try put("mine", folder + "/" + place + "/notes.txt")
                try put("mine", folder + "/" + place + "/figures/notes.txt")
                for _ in 0..<2 {
                    let outcome = try Executable.run(arguments + ["--quiet"], in: folder)
                    #expect(outcome.status == 0, "\(outcome.error)")
                }
                #expect(text(folder + "/" + place + "/notes.txt") == "mine")
                #expect(text(folder + "/" + place + "/figures/notes.txt") == "mine")
                #expect(contents(folder + "/" + place).allSatisfy { !$0.hasPrefix(".") })
            }
        }
    }

    @Test func aModelIsNotReplacedByItsTrace() throws {
        try Executable.inFolder { folder in
            try FileManager.default.copyItem(
                atPath: Places.reference("families/gpt2_classifier"), toPath: folder + "/m")
            let before = try Data(contentsOf: URL(fileURLWithPath: folder + "/m/model.safetensors"))
            let arguments = ["trace", "--ids", "1,2", "--model", "m", "--out", "m/model.safetensors"]
            #expect(try Executable.run(arguments, in: folder).status == 1)
            #expect(try Executable.run("train", "house-prices", "--out", "m", in: folder).status == 1)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/m/model.safetensors")) == before)
        }
    }

    @Test func aLinkStaysAndItsTargetIsWritten() throws {
        try Executable.inFolder { folder in
            let line = """
                mkdir far && ln -s far/t t && ln -s far d && ln -s nowhere/x dangling
                glassformer trace a --out t --quiet && glassformer draw a --figure logits --out d --quiet
                glassformer trace a --out dangling 2>/dev/null; echo $?
                glassformer trace a --out far 2>/dev/null; echo $?
                test -L t && test -L d && test -f far/t && test -f far/index.html && echo there
                """
            let outcome = try Executable.shell(line, in: folder)
            #expect(outcome.output == "1\n1\nthere\n", "\(outcome.error)")
        }
    }

    @Test func oneFigureGoesToStandardOutput() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run("draw", "a", "--figure", "logits", "--out", "-", in: folder)
            #expect(outcome.status == 0 && outcome.output.hasPrefix("<svg") && outcome.output.hasSuffix("</svg>\n"))
            #expect(contents(folder).isEmpty)
        }
    }

    // MARK: Stopped, or two at once

    @Test(arguments: [("INT", "130"), ("TERM", "143")])
    func aSignalLeavesNothingWhateverIsInherited(_ signal: String, _ status: String) throws {
        try Executable.inFolder { folder in
            // Jobs of a shell that ignores a signal ignore it too, unless they ask otherwise.
            let line = """
                trap '' \(signal)
                for what in 'draw 中华人民 --format png --scale 4 --out a/b/d' 'lessons build --out a/b/book'; do
                    glassformer $what --quiet & job=$!
                    for _ in $(seq 1000); do ls -d a/b/.*-partial >/dev/null 2>&1 && break; sleep 0.01; done
                    sleep 0.2; kill -\(signal) $job; kill -\(signal) $job; wait $job; echo $?
                done
                """
            let outcome = try Executable.shell(line, in: folder)
            #expect(outcome.output == "\(status)\n\(status)\n", "\(outcome.error)")
            #expect(contents(folder).isEmpty)
        }
    }

    @Test func whatAKilledRunLeftGoesWithTheNext() throws {
        try Executable.inFolder { folder in
            let line = """
                mkdir -p d/old
                for out in d/new d/old; do
                    [ $out = d/new ] && wait='d/.*-partial' || wait='d/old/.*-partial'
                    glassformer draw 中华人民 --format png --scale 4 --out $out --quiet & job=$!
                    for _ in $(seq 1000); do ls -d $wait >/dev/null 2>&1 && break; sleep 0.01; done
                    sleep 0.3; kill -KILL $job; wait $job 2>/dev/null
                done
                find . -name '*-partial' | wc -l
                glassformer draw a --figure logits --out d/old --quiet
                glassformer draw a --figure logits --out d/other --quiet
                find . -name '*-partial'
                """
            let outcome = try Executable.shell(line, in: folder)
            #expect(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines) == "2", "\(outcome.error)")
        }
    }

    @Test func ofTwoInOneFolderOneIsRefused() throws {
        try Executable.inFolder { folder in
            let line = """
                glassformer draw 中华人民 --format png --scale 4 --out d --quiet & job=$!
                for _ in $(seq 1000); do ls -d .d.*-partial >/dev/null 2>&1 && break; sleep 0.01; done
                glassformer draw 'the cat' --figure logits --out d; echo $?; kill -INT $job; wait $job
                """
            let outcome = try Executable.shell(line, in: folder)
            #expect(outcome.output == "1\n" && outcome.error.contains("d: another glassformer is writing there"))
            #expect(contents(folder).isEmpty)
        }
    }

    @Test func aFileThatMayNotGrowIsAnError() throws {
        try Executable.inFolder { folder in
            for command in ["trace a --out t", "draw a --figure logits --format png --out d"] {
                let outcome = try Executable.shell("ulimit -f 4; glassformer \(command) --quiet", in: folder)
                #expect(outcome.status == 1 && outcome.complaints.count == 1, "\(command): \(outcome.error)")
                #expect(outcome.error.contains("the file would be too large"))
                #expect(contents(folder).isEmpty, "\(command)")
            }
        }
    }

    @Test func aFileThatIsCutShortWhileItIsReadIsAnError() throws {
        guard FileManager.default.fileExists(atPath: "/proc/self/maps") else { return print("SKIPPED: no /proc") }
        try Executable.inFolder { folder in
            let count = 10240 * 10240
            let header =
                "{\"blocks.0.attn.hook_pattern\":{\"dtype\":\"F32\",\"shape\":[1,1,10240,10240],\"data_offsets\":[0,\(4 * count)]}}"
            var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
            data += Data(header.utf8)
            try data.write(to: URL(fileURLWithPath: folder + "/big"))
            let line = """
                truncate -s \(data.count + 4 * count) big
                glassformer steps --trace big & job=$!
                until grep -q /big /proc/$job/maps 2>/dev/null; do kill -0 $job || break; done
                kill -STOP $job; truncate -s 100K big; kill -CONT $job; wait $job; echo $?
                """
            let outcome = try Executable.shell(line, in: folder)
            #expect(outcome.output == "1\n")
            #expect(outcome.complaints.count == 1 && outcome.error.contains("became shorter"), "\(outcome.error)")
        }
    }
}
