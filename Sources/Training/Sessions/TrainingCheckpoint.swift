import Foundation
import Models
import Tensors
import Wording

/// A training run in mid-course, in one safetensors file: parameters, moments, generator, records.
enum TrainingCheckpoint {
    private struct State: Codable {
        var recipe: String
        var step: Int
        var random: [String]
        var records: [TrainingRecord]
        var scaler: LossScaler?
        var stopping: EarlyStopping.State?
    }

    /// Written whole or not at all, so that an interrupt at any moment leaves one good checkpoint.
    static func write(
        _ trainer: Trainer<some TrainingTask>, stopping: EarlyStopping? = nil, recipe: String, to path: String
    ) throws {
        var writer = SafeTensorsWriter()
        for (place, parameter) in trainer.model.parameters.all.enumerated() {
            writer.add(parameter.name.description, parameter.tensor)
            for (kind, tensors) in trainer.optimizer.memory {
                writer.add(kind + "." + parameter.name.description, tensors[place])
            }
            if let best = stopping?.best { writer.add("best." + parameter.name.description, best[place]) }
        }
        let state = State(
            recipe: recipe, step: trainer.step, random: trainer.random.state.map { String($0) },
            records: trainer.records, scaler: trainer.scaler, stopping: stopping?.state)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.metadata = [("training", String(decoding: try encoder.encode(state), as: UTF8.self))]
        try writer.write(to: path)
    }

    /// Goes on from a checkpoint of the same recipe. Returns false where there is none.
    /// - Throws: ``TrainingError/checkpoint(path:problem:)`` where it belongs to another recipe or is damaged.
    static func resume(
        _ trainer: inout Trainer<some TrainingTask>, stopping: inout EarlyStopping?, recipe: String, from path: String
    ) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        let file = try SafeTensors(path: path)
        guard let text = file.metadata["training"],
            let state = try? JSONDecoder().decode(State.self, from: Data(text.utf8)),
            let random = RandomSource(state: state.random.compactMap { UInt64($0) })
        else {
            throw TrainingError.checkpoint(
                path: path, problem: Phrase(en: "its metadata is not that of a training run", zh: "元数据不是训练留下的"))
        }
        guard state.recipe == recipe else {
            throw TrainingError.checkpoint(
                path: path,
                problem: Phrase(
                    en: "it belongs to another recipe; remove it to start anew", zh: "它属于另一个配方；要重新开始，请先删掉它"))
        }
        let parameters = trainer.model.parameters
        func tensors(_ prefix: String) throws -> [Tensor] {
            try file.tensors(of: parameters, prefix: prefix, path: path)
        }
        var memory: [String: [Tensor]] = [:]
        for kind in trainer.optimizer.memory.map(\.name) { memory[kind] = try tensors(kind + ".") }
        try trainer.resume(
            parameters: tensors(""), optimizerSteps: state.step, memory: memory, random: random,
            records: state.records, scaler: state.scaler)
        if let kept = state.stopping, stopping != nil {
            stopping?.state = kept
            if kept.bestStep > 0 { stopping?.best = try tensors("best.") }
        }
        return true
    }
}
