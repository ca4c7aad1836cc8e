// Runs a checkpoint when asked to, so that Benchmarks/traced.py can take turns with another library:
// `traced FOLDER` reads lines `trace N [TIMES]` (N tokens, every step recorded, the median of so many runs one after the
// other) and `generate N` (greedy, with the cache), and answers each with milliseconds.
import Foundation
import Models
import Tracing

let clock = ContinuousClock()
guard CommandLine.arguments.count == 2 else {
    FileHandle.standardError.write(Data("usage: traced FOLDER\n".utf8))
    exit(64)
}
let decoder = try LanguageModel.load(folder: CommandLine.arguments[1]).decoder
let vocabulary = decoder.configuration.vocabularySize

while let line = readLine() {
    let words = line.split(separator: " ")
    let count = words.count > 1 ? Int(words[1]) ?? 0 : 0
    let ids = (0..<max(count, 1)).map { $0 * 7919 % vocabulary }
    var elapsed = Duration.zero
    switch words.first {
    case "trace":
        let times = try (0..<max(1, words.count > 2 ? Int(words[2]) ?? 1 : 1)).map { _ in
            try clock.measure {
                var cache: KeyValueCache?
                let recorder = Recorder()
                _ = try decoder.probabilities([ids], cache: &cache, on: recorder)
            }
        }
        elapsed = times.sorted()[times.count / 2]
    case "generate":
        elapsed = try clock.measure { _ = try decoder.generate(from: [1, 2, 3, 4, 5, 6, 7, 8], count: count) }
    default: continue
    }
    let milliseconds = Double(elapsed.components.seconds) * 1e3 + Double(elapsed.components.attoseconds) / 1e15
    FileHandle.standardOutput.write(Data("\(milliseconds)\n".utf8))
}
