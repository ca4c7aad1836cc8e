import Drawing
import Foundation
import TestSupport
import Testing
import Tracing

@testable import glassformer

@Suite struct DrawTests {
    @Test func oneFigureOfOneHead() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "draw", "中华人民", "--figure", "attention-pattern", "--layer", "1", "--head", "2", "--format", "svg",
                "--format", "png", "--format", "pdf", "--format", "json", "--scale", "0.5", "--quiet", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.isEmpty && outcome.error.isEmpty)
            #expect(contents(folder) == ["output"])
            let place = folder + "/output/中华人民"
            let files = contents(place)
            #expect(files.count == 5)
            #expect(files.last == "index.html")
            #expect(files.dropLast().allSatisfy { $0.contains("-layer-1-head-2-attention-pattern.") })
            for file in files {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: place + "/" + file))
                let start = String(decoding: bytes.prefix(5), as: UTF8.self)
                switch (file as NSString).pathExtension {
                case "pdf": #expect(start == "%PDF-")
                case "json":
                    let figure = try Figure(data: Array(bytes), source: file)
                    let spots = figure.frames.flatMap(\.hotSpots)
                    #expect(spots.contains { $0.tag?.step == "blocks.1.attn.pattern" && $0.value != nil })
                case "png":
                    // The header holds the size: 1600 × 900 at half scale.
                    #expect(Array(bytes[16..<24]) == [0, 0, 0x03, 0x20, 0, 0, 0x01, 0xC2])
                case "svg": #expect(start.hasPrefix("<?xml") || start.hasPrefix("<svg"))
                default: #expect(start == "<!doc")
                }
            }
        }
    }

    @Test func aStepsPatternSelectsTheFiguresThatShowIt() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "draw", "the cat", "--step", "blocks.*.attn.pattern", "--layer", "0", "--json", "--out", "d", in: folder
            )
            let object = try #require(outcome.json() as? [String: Any])
            let figures = try #require(object["figures"] as? [[String: Any]])
            #expect(figures.count >= 4)
            for figure in figures {
                #expect(figure["layer"] as? Int == 0)
                #expect(try #require(figure["steps"] as? [String]).contains("blocks.0.attn.pattern"))
            }
            let files = figures.flatMap { $0["files"] as? [String] ?? [] }
            #expect(Set(files + ["index.html"]) == Set(contents(folder + "/d")))
        }
    }

    @Test(arguments: ["中华人民", "the cat sat on the"])
    func everyStageHasItsFigure(_ text: String) throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run("draw", text, "--json", "--out", "all", in: folder)
            let object = try #require(outcome.json() as? [String: Any], "\(outcome.error)")
            let figures = try #require(object["figures"] as? [[String: Any]])
            let kinds = Set(figures.compactMap { $0["id"] as? String })
            #expect(kinds.count >= 15, "\(kinds.sorted())")
            #expect(figures.count >= 25)
            // The files stand in the order of the stages, and the page shows each with its words.
            let names = figures.compactMap { $0["name"] as? String }
            #expect(names == names.sorted())
            let page = try String(contentsOfFile: folder + "/all/index.html", encoding: .utf8)
            for name in names { #expect(page.contains("id=\"\(name)\"")) }
            #expect(!page.contains("alt=\"\""))
            #expect(!page.contains("http://") && !page.contains("https://"))
        }
    }

    /// With its target given, a decoder reads it at once, and every stage of it is a figure.
    @Test func aTargetIsDrawn() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "draw", "three hundred", "--model", "translator", "--target", "三百", "--figure", "scores", "--head", "0",
                "--quiet", "--out", "d", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let files = contents(folder + "/d")
            for stack in [Stack.encoder, .decoder] {
                #expect(files.contains { $0.hasSuffix("\(stack)-layer-1-head-0-scores.svg") }, "\(files)")
            }
        }
    }

    /// What does not fit is named with the least size at which it does, and everything else is written.
    @Test func oneFigureThatDoesNotFitTakesNothingFromTheOthers() throws {
        try Executable.inFolder { folder in
            let small = ["draw", "the cat sat", "--tokens", "0", "--head", "0", "--out", "d"]
            let outcome = try Executable.run(small + ["--size", "640x480", "--json", "--quiet"], in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let object = try #require(outcome.json() as? [String: Any])
            #expect(try #require(object["figures"] as? [Any]).count > 40)
            let undrawn = try #require(object["undrawn"] as? [[String: Any]])
            #expect(outcome.complaints.count == undrawn.count && !undrawn.isEmpty)
            let page = try String(contentsOfFile: folder + "/d/index.html", encoding: .utf8)
            for (figure, line) in zip(undrawn, outcome.complaints) {
                let name = try #require(figure["name"] as? String)
                #expect(line.hasPrefix(name + " was not drawn: the figure needs at least"), "\(line)")
                #expect(page.contains("<li id=\"\(name)\">") && !contents(folder + "/d").contains(name + ".svg"))
            }
            let first = try #require(undrawn.first)
            let least = try #require(first["least_size"] as? [Double])
            #expect(least.count == 2 && (least[0] > 640 || least[1] > 480))
            let again = try Executable.run(
                small + [
                    "--figure", try #require(first["id"] as? String), "--size", "\(Int(least[0]))x\(Int(least[1]))",
                ], in: folder)
            #expect(again.status == 0)
            #expect(contents(folder + "/d").contains(try #require(first["name"] as? String) + ".svg"))
        }
    }

    @Test(arguments: ["60x60", "1x1", "16384x2"]) func whereNothingFitsOneLineSaysSo(_ size: String) throws {
        try Executable.inFolder { folder in
            let start = ContinuousClock.now
            let outcome = try Executable.run("draw", "a", "--size", size, "--out", "d", "--quiet", in: folder)
            #expect(outcome.status == 1 && outcome.complaints.count == 1, "\(outcome.error)")
            #expect(outcome.error.contains("none of the") && outcome.error.contains("the figure needs at least"))
            #expect(contents(folder).isEmpty)
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test(arguments: [["--size", "10001x10000"], ["--scale", "10"], ["--size", "16384x16384"]])
    func picturesThatNoMemoryHoldsAreRefusedAtOnce(_ options: [String]) throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(["draw", "a", "--format", "png"] + options, in: folder)
            #expect(outcome.status == 2 && outcome.complaints.count == 1, "\(outcome.error)")
            #expect(outcome.error.contains("100000000 px") && contents(folder).isEmpty)
        }
    }

    @Test func theSameCommandGivesTheSameBytes() throws {
        try Executable.inFolder { folder in
            let arguments = [
                "draw", "我爱吃苹果", "--figure", "logits", "--format", "svg", "--format", "png", "--format", "pdf",
                "--out", "d", "--quiet",
            ]
            _ = try Executable.run(arguments, in: folder)
            let first = try contents(folder + "/d").map {
                try Data(contentsOf: URL(fileURLWithPath: folder + "/d/" + $0))
            }
            _ = try Executable.run(arguments, in: folder)
            let second = try contents(folder + "/d").map {
                try Data(contentsOf: URL(fileURLWithPath: folder + "/d/" + $0))
            }
            #expect(first.count == 4)
            #expect(first == second)
        }
    }

    /// Letters as text, no numbers in cells, no paper; standard output holds one figure of any format.
    @Test func aFigureIsWrittenAsItIsAsked() throws {
        let one = ["draw", "中华人民", "--figure", "scores", "--layer", "0", "--head", "1", "--out", "-"]
        let plain = try Executable.run(one).output
        let real = try Executable.run(one + ["--text", "real"]).output
        #expect(real.contains("<text") && !plain.contains("<text"))
        let quiet = try Executable.run(one + ["--text", "real", "--digits", "none"]).output
        #expect(quiet.ranges(of: "<text").count < real.ranges(of: "<text").count)
        // All of the head's 16 columns are there.
        #expect(quiet.contains("data-at=\"0,3,1,0..15\""))
        let clear = try Executable.run(one + ["--transparent"]).output
        #expect(plain.contains("width=\"100%\"") && !clear.contains("width=\"100%\""))
        #expect(try Executable.run(one + ["--format", "pdf"]).output.hasPrefix("%PDF-"))
        #expect(try Executable.run(one + ["--text", "real"]).output == real)
    }

    /// A motion is one file that an index plays, and a file a frame where it is asked for.
    @Test func framesAreFilesWhenTheyAreAskedFor() throws {
        try Executable.inFolder { folder in
            let text = ["draw", "the cat", "--step", "blocks.*.attn.pattern", "--layer", "0", "--head", "0", "--quiet"]
            for (more, count) in [([], 1), (["--frames"], 2), (["--figure", "softmax"], 2)] {
                let outcome = try Executable.run(text + more + ["--out", "d\(count)"], in: folder)
                #expect(outcome.status == 0, "\(outcome.error)")
                let files = contents(folder + "/d\(count)").filter { $0.contains("softmax") }
                #expect(files.count == count, "\(files)")
                #expect(files.allSatisfy { $0.contains("-frame-0") } == (count > 1))
            }
        }
    }

    @Test func whatElseLiesInTheFolderStays() throws {
        try Executable.inFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/d", withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/d/notes.txt"))
            let outcome = try Executable.run("draw", "a", "--figure", "token-strip", "--out", "d", in: folder)
            #expect(outcome.status == 0)
            #expect(contents(folder) == ["d"])
            #expect(contents(folder + "/d").contains("notes.txt"))
            #expect(contents(folder + "/d").contains("index.html"))
        }
    }

    @Test func aTraceFileIsDrawnLikeItsText() throws {
        try Executable.inFolder { folder in
            _ = try Executable.run("trace", "中华人民", "--tokens", "6", "--out", "t", in: folder)
            _ = try Executable.run("draw", "--trace", "t", "--figure", "attention-pattern", "--out", "a", in: folder)
            // With as many tokens, so that it has the same figures of what a generation keeps.
            _ = try Executable.run(
                "draw", "中华人民", "--tokens", "6", "--figure", "attention-pattern", "--out", "b", in: folder)
            #expect(contents(folder + "/a") == contents(folder + "/b"))
            #expect(contents(folder + "/a").count == 17)
        }
    }

    /// A trunk foretells nothing: it is drawn as far as it goes, and what its files hold beside it is named.
    @Test func aModelWithoutAHeadIsDrawn() throws {
        try Executable.inFolder { folder in
            let model = Places.reference("families/gpt2_classifier")
            let outcome = try Executable.run(
                "draw", "--model", model, "--ids", "1,2,3", "--layer", "1", "--out", "d", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.error.contains("score.weight"))
            #expect(contents(folder + "/d").contains { $0.hasSuffix("attention-pattern.svg") })
            let none = try Executable.run("generate", "--model", model, "--ids", "1,2,3", in: folder)
            #expect(none.status == 1 && none.error.contains("no head") && none.output.isEmpty)
            let full = try Executable.run(
                "generate", "--model", Places.reference("families/gpt2_unscaled_by_depth"), "--ids", "1,2",
                "--stop-ids", "999", "--tokens", "40", in: folder)
            #expect(full.status == 0 && full.error.contains("the context is full"))
        }
    }

    @Test func oneFigureInOneFile() throws {
        try Executable.inFolder { folder in
            let arguments = ["draw", "中华人民", "--figure", "one-head", "--layer", "0"]
            let one = try Executable.run(arguments + ["--head", "0", "--out", "head.png"], in: folder)
            #expect(one.output == "head.png\n")
            #expect(contents(folder) == ["head.png"])
            let many = try Executable.run(arguments + ["--out", "heads.png"], in: folder)
            #expect(many.status == 1 && many.error.contains("found 4"))
            let other = try Executable.run(arguments + ["--out", "head.png", "--format", "svg"], in: folder)
            #expect(other.status == 2)
            #expect(contents(folder) == ["head.png"])
        }
    }

    @Test func oneNumberIsDrawn() throws {
        try Executable.inFolder { folder in
            let outcome = try Executable.run(
                "draw", "中华人民", "--step", "blocks.0.attn.z", "--at", "0,1,0,1", "--out", "d", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(contents(folder + "/d").contains { $0.contains("explain") })
            let svg = try Executable.run(
                "explain", "中华人民", "--step", "blocks.0.attn.z", "--at", "0,1,0,1", "--format", "svg")
            #expect(svg.output.contains("<svg"))
        }
    }
}
