import Foundation
import TestSupport
import Testing

/// The documents at the root say what is true.
@Suite struct DocumentTests {
    static let tours = ["README.md", "README.zh-Hans.md"]
    static let guides = ["docs/lectures.md", "docs/lectures.zh-Hans.md"]

    /// The blocks of code of one language, line by line.
    private func blocks(_ language: String, of document: String) throws -> [[String]] {
        let text = try String(contentsOfFile: Places.root + "/" + document, encoding: .utf8)
        var blocks: [[String]] = []
        var current: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                if let block = current { blocks.append(block) }
                current = current == nil && line == "```" + language ? [] : nil
            } else {
                current?.append(line)
            }
        }
        return blocks
    }

    private func commands(_ document: String) throws -> [String] {
        try blocks("sh", of: document).joined().filter { $0.hasPrefix("glassformer ") || $0.hasPrefix("python3 ") }
    }

    private func imports(_ packages: String) throws -> Bool {
        try run(["python3", "-c", "import " + packages]).status == 0
    }

    @Test(arguments: tours + guides)
    func everyCommandOfTheTourRuns(_ document: String) throws {
        try Executable.inFolder { folder in
            for part in ["fixtures", "scripts"] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + part, withDestinationPath: Places.root + "/" + part)
            }
            var commands = try commands(document)
            #expect(commands.count > 10)
            // What an earlier document says too is run once; what makes a file that a later command reads, for each.
            let earlier = try (Self.tours + Self.guides).prefix { $0 != document }.flatMap { try self.commands($0) }
            commands.removeAll { !$0.contains(".safetensors") && earlier.contains($0) }
            // The page's program needs what not every machine has.
            if !FileManager.default.fileExists(atPath: Places.root + "/.build/web/glassformer.wasm") {
                print("SKIPPED: the commands “page” of \(document): its program is not built (make web)")
                commands.removeAll { $0.hasPrefix("glassformer page") }
            }
            #expect(!commands.isEmpty)
            let hasPython = try imports("safetensors, numpy")
            let hasTorch = try imports("safetensors, torch, transformers")
            var missing: Set<Substring> = []
            for command in commands {
                let words = command.split(separator: " ")
                if command.hasPrefix("python3"), !(command.contains("scripts/") ? hasTorch : hasPython) {
                    print("SKIPPED: \(command): python3 lacks the packages that it needs")
                    if let written = words.last, command.contains("--out") { missing.insert(written) }
                    continue
                }
                if !missing.isDisjoint(with: words) {
                    print("SKIPPED: \(command): its file was not made")
                    continue
                }
                // The whole training takes minutes, the whole book one; that each begins and ends is what can be wrong
                // in a document.
                let line =
                    command.hasPrefix("glassformer train")
                    ? command + " --steps 2"
                    : command.hasPrefix("glassformer lessons build") ? command + " --only 1.1" : command
                let outcome = try Executable.shell(line, in: folder)
                #expect(outcome.status == 0, "\(line): \(outcome.error)")
            }
        }
    }

    /// What a document shows as output is what comes out, but for the last digit, which is the processor's.
    @Test(arguments: tours)
    func outputIsAsShown(_ document: String) throws {
        let blocks = try blocks("console", of: document)
        #expect(blocks.count >= 2)
        try Executable.inFolder { folder in
            for block in blocks {
                let command = try #require(block.first)
                #expect(command.hasPrefix("$ glassformer "))
                let language = document.contains("zh-Hans") ? "zh_CN.UTF-8" : "C.UTF-8"
                var settings = ["glassformer"] + command.dropFirst(14).split(separator: " ").map(String.init)
                settings.removeFirst()
                let outcome = try Executable.run(settings, in: folder, language: language)
                var shown = block.dropFirst().joined(separator: "\n")
                while shown.hasSuffix("\n") { shown.removeLast() }
                #expect(isSame(outcome.output, shown + "\n"), "\(command)\n\(outcome.output)")
            }
        }
    }

    private func isSame(_ found: String, _ shown: String) -> Bool {
        func parts(_ text: String) -> (words: String, numbers: [Double]) {
            let plain = text.replacing("−", with: "-")
            let numbers = plain.matches(of: /-?[0-9]+(\.[0-9]+)?/).compactMap { Double($0.0) }
            // Blanks depend on how long the numbers are.
            return (plain.replacing(/-?[0-9]+(\.[0-9]+)?/, with: "#").replacing(/\ +/, with: " "), numbers)
        }
        let (left, right) = (parts(found), parts(shown))
        return left.words == right.words && left.numbers.count == right.numbers.count
            && zip(left.numbers, right.numbers).allSatisfy { abs($0 - $1) <= 0.02 * max(abs($0), abs($1)) }
    }

    @Test func bothToursShowTheSame() throws {
        func shape(_ document: String) throws -> [String] {
            try commands(document).map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        }
        for pair in [Self.tours, Self.guides] { #expect(try shape(pair[0]) == shape(pair[1])) }
    }

    /// Files and pictures that a document links to are there.
    @Test(arguments: tours + guides + ["CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"])
    func linksLeadSomewhere(_ document: String) throws {
        let text = try String(contentsOfFile: Places.root + "/" + document, encoding: .utf8)
        let targets = text.matches(of: /\]\(([^)\s]+)\)|src="([^"]+)"/).compactMap { $0.1 ?? $0.2 }
        for target in targets where !target.hasPrefix("http") && !target.hasPrefix("#") {
            let folder = document.hasPrefix("docs/") ? "/docs/" : "/"
            let path = Places.root + folder + target.prefix { $0 != "#" }
            #expect(FileManager.default.fileExists(atPath: path), "\(document): \(target)")
        }
    }
}
