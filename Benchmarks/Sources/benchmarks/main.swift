// Medians of repeated runs of what people wait for. `swift run -c release benchmarks [NAME]…`
import Foundation
import Models
import Tensors
import Tracing
import Training

/// Runs `body` until `seconds` have passed, at least five times, and prints the median.
func measure(_ name: String, seconds: Double = 3, _ body: () throws -> Void) rethrows {
    let chosen = CommandLine.arguments.dropFirst()
    guard chosen.isEmpty || chosen.contains(where: { name.contains($0) }) else { return }
    let clock = ContinuousClock()
    var times: [Duration] = []
    try body()
    let start = clock.now
    while times.count < 5 || clock.now - start < .seconds(seconds) {
        times.append(try clock.measure(body))
    }
    times.sort()
    let median = times[times.count / 2]
    print("\(name): median \(median.formatted(.units(allowed: [.milliseconds, .microseconds]))) of \(times.count)")
}

let shipped = DecoderConfiguration(vocabularySize: 1000, context: 64, width: 64, layers: 4, heads: 4)
let model = try Decoder(configuration: shipped, seed: 1)
var random = RandomSource(seed: 1)
let tokens = (0..<20_000).map { _ in random.integer(below: 1000) }
let batches = try Batches(
    sentences: stride(from: 0, to: 20_000, by: 20).map { Array(tokens[$0..<$0 + 20]) }, end: 0, length: 64)

let task = NextTokenTask(batches: batches)
limitMatrixThreads(to: 1)
let settings = TrainingSettings(
    steps: 1_000_000, batch: 32, context: 64,
    schedule: Schedule(rate: 1e-3, warmUp: 10, shape: .cosine, steps: 1_000_000), weightDecay: 0.01, beta2: 0.99,
    clipNorm: 1, seed: 1, checkpointEvery: 1000)
var trainer = Trainer<NextTokenTask>(model: model, settings: settings)
try measure("training step, 4 layers, width 64, batch 32 × 64") { try trainer.update(task) }
let wide = try Decoder(
    configuration: DecoderConfiguration(vocabularySize: 1000, context: 64, width: 128, layers: 4, heads: 4), seed: 1)
var wideTrainer = Trainer<NextTokenTask>(model: wide, settings: settings)
try measure("training step, 4 layers, width 128, batch 32 × 64") { try wideTrainer.update(task) }

limitMatrixThreads(to: 2)
let tiny = try Decoder(
    configuration: DecoderConfiguration(vocabularySize: 100, context: 32, width: 64, layers: 2, heads: 4), seed: 1)
let sixteen = [Array(0..<16)]
try measure("trace, 2 layers, width 64, 16 tokens, everything recorded") {
    let recorder = Recorder()
    var cache: KeyValueCache?
    _ = try tiny.probabilities(sixteen, cache: &cache, on: recorder)
}
try measure("the same, nothing recorded") {
    var cache: KeyValueCache?
    _ = try tiny.probabilities(sixteen, cache: &cache, on: Recorder(recording: false))
}
let small = DecoderConfiguration(vocabularySize: 100, context: 64, width: 128, layers: 4, heads: 4)
limitMatrixThreads(to: 1)
var smallTrainer = Trainer<NextTokenTask>(model: try Decoder(configuration: small, seed: 1), settings: settings)
let letters = (0..<20_000).map { _ in random.integer(below: 100) }
let letterTask = NextTokenTask(
    batches: try Batches(
        sentences: stride(from: 0, to: 20_000, by: 20).map { Array(letters[$0..<$0 + 20]) }, end: 0, length: 64))
try measure("training step, the same with 100 tokens (Benchmarks/decoder.py is PyTorch's)") {
    try smallTrainer.update(letterTask)
}

// 25 updates: divide 25 by the time to have updates a second.
var playground = Playground(PlaygroundSettings(data: .circle, hidden: [8, 8]))
measure("playground 2-8-8-1, an epoch of 25 batches of 10") { playground.runEpoch() }
