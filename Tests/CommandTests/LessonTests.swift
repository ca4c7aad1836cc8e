import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct LessonTests {
    /// Parts with as many chapters as the course has.
    private static let course = [(1, 14), (2, 8), (3, 8), (4, 7), (5, 7), (6, 3)].flatMap { part, count in
        (1...count).map { "\(part).\($0)" }
    }
    /// One of each kind of source; the check runs the commands of all.
    private static let chapters = ["1.1", "1.4", "4.2", "6.2"]

    @Test func chaptersAreListedWithTheirKeys() throws {
        let chapters = try #require(Executable.run("lessons", "list", "--json").json() as? [[String: Any]])
        #expect(chapters.compactMap { $0["id"] as? String } == Self.course)
        for chapter in chapters {
            #expect(Set(chapter.keys) == ["id", "part", "title", "document", "section", "steps"])
        }
    }

    /// What a reader is told to type works, in every chapter.
    @Test(arguments: chapters)
    func everyCommandOfAChapterRuns(_ id: String) throws {
        let chapter = try Executable.run("lessons", "show", id)
        let commands = chapter.output.split(separator: "\n").filter { $0.hasPrefix("  $ glassformer ") }
            .map { String($0.dropFirst(4)) }
        #expect(commands.count >= 4)
        try Executable.inFolder { folder in
            for command in Set(commands) {
                let outcome = try Executable.shell(command, in: folder)
                #expect(outcome.status == 0, "\(command): \(outcome.error)")
            }
        }
    }

    /// Two chapters broken in the course's own files: the third is listed, shown and written, they are named by line.
    @Test func brokenChaptersStopNothingElse() throws {
        try Executable.inFolder { folder in
            let copy = try Executable.shell(
                """
                mkdir -p home/fixtures && cp -R "$GLASSFORMER_HOME/lessons" home/ \
                    && cp -R "$GLASSFORMER_HOME"/fixtures/{models,recipes,corpora} home/fixtures/ \
                    && rm -r home/lessons/part-[2-6] home/lessons/part-1/1.[3-8]-* home/lessons/part-1/1.1[0234]-* \
                    && rm home/lessons/part-1/1.9-*/zh-Hans.md \
                    && sed -i.old 's/^steps:/steps: [/' home/lessons/part-1/1.11-*/chapter.yaml
                """, in: folder)
            #expect(copy.status == 0, "\(copy.error)")
            let home = ["GLASSFORMER_HOME": folder + "/home"]
            func named(_ outcome: Executable.Outcome) -> Bool {
                outcome.complaints.contains { $0.hasPrefix("part-1/1.11-") && $0.contains("chapter.yaml:") }
                    && outcome.complaints.contains { $0.contains("1.9-") && $0.contains("zh-Hans.md") }
            }
            let list = try Executable.run("lessons", "list", "--json", in: folder, environment: home)
            #expect(list.status == 0 && named(list), "\(list.error)")
            #expect(
                (try list.json() as? [[String: Any]])?.compactMap { $0["id"] as? String }
                    == ["1.1", "1.2"])
            let show = try Executable.run("lessons", "show", "1.1", in: folder, environment: home)
            #expect(show.status == 0 && named(show) && show.output.hasPrefix("1.1"))
            let broken = try Executable.run("lessons", "show", "1.9", in: folder, environment: home)
            #expect(broken.status == 1 && broken.complaints.count == 1 && broken.error.contains("zh-Hans.md"))
            let build = try Executable.run("lessons", "build", "--out", "b", "--quiet", in: folder, environment: home)
            #expect(build.status == 1 && named(build), "\(build.error)")
            #expect(contents(folder + "/b/en").contains { $0.hasPrefix("1.1-") })
            #expect(!contents(folder + "/b/en").contains { $0.hasPrefix("1.9-") })
            let check = try Executable.run("lessons", "check", in: folder, environment: home)
            #expect(check.status == 1 && check.output.contains("1.9-") && check.output.contains("1.11-"))
        }
    }

    @Test func whatIsWrongIsListed() throws {
        try Executable.inFolder { folder in
            let copy = try Executable.shell(
                """
                mkdir -p home/fixtures && cp -R "$GLASSFORMER_HOME/lessons" home/ \
                    && cp -R "$GLASSFORMER_HOME/fixtures/models" "$GLASSFORMER_HOME/fixtures/recipes" home/fixtures/ \
                    && rm -r home/lessons/part-[2-6] home/lessons/part-1/1.[2-9]-* home/lessons/part-1/1.1[0-9]-* \
                    && sed -i.old 's/^steps:/steppes:/' home/lessons/part-1/1.1-*/chapter.yaml
                """, in: folder)
            #expect(copy.status == 0, "\(copy.error)")
            let outcome = try Executable.run(
                "lessons", "check", "--json", environment: ["GLASSFORMER_HOME": folder + "/home"])
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 1)
            let findings = try #require(outcome.json() as? [[String: Any]])
            #expect(!findings.isEmpty)
            #expect(findings.allSatisfy { Set($0.keys) == ["place", "message"] })
        }
    }
}
