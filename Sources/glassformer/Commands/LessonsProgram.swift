import Foundation
import Lessons
import Subjects
import Wording

/// This very program, for the check that chapters print commands that run.
struct LessonsProgram: CommandProgram {
    /// Long enough for a small training, too long for a reader to wait.
    private static let mostSeconds = 120.0

    func drawing(_ words: [String]) throws -> DrawCommand? {
        guard let draw = try Glassformer.parseAsRoot(words) as? Draw, draw.figure.count == 1 else { return nil }
        var look = draw.look
        if words.contains("--size") { look.size = draw.drawing.size }
        return DrawCommand(source: try draw.source(), look: look)
    }

    func run(_ words: [String]) -> Phrase? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try run(words, in: folder)
        } catch {
            return Phrase("\(error)")
        }
    }

    private func run(_ words: [String], in folder: URL) throws -> Phrase? {
        guard let program = Bundle.main.executableURL else { return nil }
        let process = Process()
        process.executableURL = program
        process.arguments = words
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // A file, since a pipe that nobody reads would hold a talkative command up.
        let said = folder.appendingPathComponent("said.txt")
        try Data().write(to: said)
        process.standardError = try FileHandle(forWritingTo: said)
        try process.run()
        let end = Date().addingTimeInterval(Self.mostSeconds)
        while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
        guard !process.isRunning else {
            process.terminate()
            process.waitUntilExit()
            return Phrase(
                en: "takes more than \(Int(Self.mostSeconds)) seconds", zh: "运行超过 \(Int(Self.mostSeconds)) 秒")
        }
        guard process.terminationStatus != 0 else { return nil }
        let text = (try? String(contentsOf: said, encoding: .utf8)) ?? ""
        return Phrase(text.split(separator: "\n").last.map(String.init) ?? "exit \(process.terminationStatus)")
    }
}
