import Foundation
import Tensors
import TestSupport
import Testing

/// `train` is killed at random moments, called again, and must end in the bytes of a run that nobody disturbed.
@Suite struct InterruptionTests {
    private static let grammar = """
        heldOut: 0.2
        words:
          animal: cat dog cow hen fox owl
          place: mat rug bed box hut den
        topics:
          - {topic: sitting, weight: 2, text: 'the {a:animal} sat on the {p:place}.'}
          - {topic: names, weight: 1, text: '{a:animal} {b:animal} {c:animal}; {a} {b} {c}.'}
        """

    private static let recipe = """
        name: small
        description: {en: a small model, zh-Hans: 小模型}
        corpus: {grammar: grammar.yaml, sentences: 400, held_out: 20, seed: 3}
        tokenizer: {vocabulary: 300, minimum_frequency: 5}
        model: {width: 16, layers: 2, heads: 2, context: 24}
        training: {steps: 200, batch: 8, context: 16, learning_rate: 0.01, warm_up: 5, seed: 9, checkpoint_every: 7}
        probes: [the cat sat on the]
        """

    /// Every file below a folder with its bytes.
    private func files(_ folder: String) throws -> [String: Data] {
        let names = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
        var result: [String: Data] = [:]
        for name in names {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { result[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)) }
        }
        return result
    }

    private func start(in folder: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Executable.path)
        process.arguments = ["train", "recipe.yaml", "--out", "out", "--quiet"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func folder() throws -> String {
        let folder = try Places.temporaryFolder()
        try Self.grammar.write(toFile: folder + "/grammar.yaml", atomically: true, encoding: .utf8)
        try Self.recipe.write(toFile: folder + "/recipe.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    @Test func killedAtTwentyRandomMomentsARunEndsInTheSameBytes() throws {
        let whole = try folder()
        let clock = ContinuousClock()
        var time = try clock.measure {
            let process = try start(in: whole)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let expected = try files(whole + "/out")
        #expect(expected.keys.contains("model.safetensors") && expected.keys.contains("quality.json"))
        var random = RandomSource(seed: 20)
        var killed = 0
        for moment in 0..<20 {
            var folder = try folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // Spread over the run, each at random within its twentieth. Other tests take turns on the machine: a run
            // that is over before its moment tells that the runs are shorter now, and another is started.
            let share = (Double(moment) + random.uniform()) / 20
            for _ in 0..<4 {
                let process = try start(in: folder)
                Thread.sleep(forTimeInterval: share * (time / .seconds(1)))
                let wasRunning = process.isRunning
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                if wasRunning {
                    killed += 1
                    break
                }
                time = time * 0.75
                try? FileManager.default.removeItem(atPath: folder)
                folder = try self.folder()
            }
            let again = try start(in: folder)
            again.waitUntilExit()
            #expect(again.terminationStatus == 0)
            var found = try files(folder + "/out")
            // It names the recipe, which each run has in its own folder.
            found["run.json"] = found["run.json"].map {
                Data(String(decoding: $0, as: UTF8.self).replacing(folder, with: whole).utf8)
            }
            #expect(found.keys.sorted() == expected.keys.sorted(), "after \(share) of the run")
            for (name, bytes) in expected { #expect(found[name] == bytes, "\(name) after \(share) of the run") }
        }
        #expect(killed > 10)
    }
}
