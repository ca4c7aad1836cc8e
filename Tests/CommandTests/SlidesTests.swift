import Foundation
import TestSupport
import Testing

/// `glassformer slides`: which slides there are of what, and where they go.
@Suite struct SlidesTests {
    private static func slides(_ arguments: String, in folder: String) throws -> [[String: Any]] {
        let made = try Executable.shell("glassformer slides \(arguments) --json --force", in: folder)
        #expect(made.status == 0, "\(made.error)")
        let json = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
        return try #require(json?["slides"] as? [[String: Any]])
    }

    /// What is told of every kind of model, in order; about twenty slides each.
    @Test(
        arguments: [
            (
                "中华人民",
                ["architecture-map", "token-strip", "scores", "scaling", "mask", "softmax", "weighted-sum", "logits"]
            ),
            ("我爱苹果 --model translator", ["encoder-decoder-map", "scores", "cross-scores", "decoder-layer"]),
            ("'我爱[MASK]苹果' --model masked-word", ["architecture-map", "softmax", "masked-words"]),
            ("我爱吃苹果 --model classifier --language zh-Hans", ["scores", "classification"]),
            ("中华人民 --backward", ["logits", "gradients-flowing-back", "one-update"]),
            ("--run film", ["perceptron-cases"]), ("--compare perceptron,transformer --task film", ["two-machines"]),
        ])
    func aStoryIsTold(_ arguments: String, _ wanted: [String]) throws {
        try Executable.inFolder { folder in
            let slides = try Self.slides(arguments + " --out a.pptx", in: folder)
            #expect(slides.count <= 25)
            if wanted.count > 1 { #expect(slides.count >= 15) }
            let ids = slides.compactMap { $0["figure"] as? String }
            var rest = ids[...]
            for id in wanted {
                let place = rest.firstIndex { $0.hasSuffix(id) }
                #expect(place != nil, "\(id) of \(ids)")
                if let place { rest = rest[(place + 1)...] }
            }
            for slide in slides { #expect((slide["notes"] as? [String])?.last?.contains("glassformer draw ") == true) }
            #expect(contents(folder) == ["a.pptx"])
        }
    }

    /// A chapter's slides bring each question before its answer, in place.
    @Test func aLessonAsksBeforeItAnswers() throws {
        try Executable.inFolder { folder in
            let ids = try Self.slides("--lesson 1.9 --format pdf --out a", in: folder).compactMap {
                $0["figure"] as? String
            }
            #expect(ids.first == "1.9-title" && ids.contains("1.9-experiment"))
            #expect(contents(folder) == ["a-notes.pdf", "a.pdf"])
        }
    }

    @Test func picturesAreAFolder() throws {
        try Executable.inFolder { folder in
            let made = try Executable.shell(
                "glassformer slides 中华人民 --figure softmax --layer 0 --head 1 --format svg --out s", in: folder)
            #expect(made.status == 0, "\(made.error)")
            #expect(contents(folder + "/s") == (1...4).map { "slide-0\($0).svg" })
        }
    }

    @Test(
        arguments: [
            ("中华人民 --all --figure softmax", 2), ("--lesson 1.9 --figure softmax", 2), ("中华人民 --lesson 1.9", 2),
            ("中华人民 --out a.docx", 2), ("中华人民 --out a.pdf --format pptx", 2), ("中华人民 --layer 9", 1),
            ("中华人民 --format png --out -", 2), ("--lesson 9.9", 1), ("中华人民 --figure nothing", 2), ("", 2),
        ])
    func mistakesAreNamedAndNothingIsWritten(_ arguments: String, _ status: Int32) throws {
        try Executable.inFolder { folder in
            let made = try Executable.shell("glassformer slides \(arguments)", in: folder)
            #expect(made.status == status, "\(made.error)")
            #expect(made.error.split(separator: "\n").count == 1, "\(made.error)")
            #expect(contents(folder).isEmpty)
        }
    }
}
