import Foundation
import Tensors
import TestSupport
import Testing
import Tracing
import Wording

/// Trace files that are not what they should be: each an error value that names the file, never a trap.
@Suite struct DamagedTraceTests {
    /// The parts of a trace file, to be changed one at a time.
    struct Parts {
        var tensors: [String: [String: Any]]
        var glass: [String: Any]
        var numbers: Data

        init(_ data: Data) throws {
            let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            let header = try #require(try JSONSerialization.jsonObject(with: data[8..<(8 + length)]) as? [String: Any])
            let metadata = try #require(header["__metadata__"] as? [String: String])
            let text = try #require(metadata["glassformer"])
            glass = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            tensors = header.compactMapValues { $0 as? [String: Any] }
            tensors["__metadata__"] = nil
            numbers = data[(8 + length)...]
        }

        func data() throws -> Data {
            let text = String(decoding: try JSONSerialization.data(withJSONObject: glass), as: UTF8.self)
            return try data(glass: text)
        }

        func data(glass text: String?) throws -> Data {
            var header: [String: Any] = tensors
            if let text { header["__metadata__"] = ["glassformer": text] }
            let json = try JSONSerialization.data(withJSONObject: header)
            return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json + numbers
        }

        /// Changes one step's record.
        mutating func step(_ name: String, _ change: (inout [String: Any]) -> Void) {
            var steps = glass["steps"] as? [[String: Any]] ?? []
            for place in steps.indices where steps[place]["name"] as? String == name { change(&steps[place]) }
            glass["steps"] = steps
        }

        mutating func attribute(_ step: String, _ key: String, _ value: Any?) {
            self.step(step) { record in
                var numbers = record["numbers"] as? [String: Any] ?? [:]
                numbers[key] = value
                record["numbers"] = numbers
            }
        }

        /// Lays the tensors one behind the other again, as the format demands, after some were replaced.
        mutating func layOut() {
            var laid = Data()
            for name in tensors.keys.sorted() {
                guard let range = tensors[name]?["data_offsets"] as? [Int], range.count == 2 else { continue }
                tensors[name]?["data_offsets"] = [laid.count, laid.count + range[1] - range[0]]
                laid += numbers.dropFirst(range[0]).prefix(range[1] - range[0])
            }
            numbers = laid
        }

        /// Puts doubles in the place of a tensor's numbers, at the end of the file.
        mutating func replace(_ name: String, shape: [Int], doubles: [Double]) {
            let start = numbers.count
            numbers += doubles.withUnsafeBytes { Data($0) }
            tensors[name] = ["dtype": "F64", "shape": shape, "data_offsets": [start, numbers.count]]
        }
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout Parts) -> Void
        init(_ title: String, _ change: @escaping @Sendable (inout Parts) -> Void) {
            testDescription = title
            self.change = change
        }
    }

    static let damages: [Damage] = [
        Damage("version") { $0.glass["version"] = 2 },
        Damage("version of the wrong kind") { $0.glass["version"] = "1" },
        Damage("no version") { $0.glass["version"] = nil },
        Damage("no steps") { $0.glass["steps"] = nil },
        Damage("steps of the wrong kind") { $0.glass["steps"] = ["a": 1] },
        Damage("no model") { $0.glass["model"] = nil },
        Damage("tokens of the wrong kind") { $0.glass["tokens"] = [["id": "4", "display": "x"]] },
        Damage("a token's id too large") { $0.glass["tokens"] = [["id": 1e300, "display": "x"]] },
        Damage("no name") { $0.step("embed") { $0["name"] = nil } },
        Damage("a name of no tensor") { $0.step("embed") { $0["name"] = "embedd" } },
        Damage("a missing tensor") { $0.tensors["embed"] = nil },
        Damage("a step twice") { $0.step("pos_embed") { $0["name"] = "embed" } },
        Damage("unknown operation") { $0.step("embed") { $0["operation"] = "magic" } },
        Damage("no operation") { $0.step("embed") { $0["operation"] = nil } },
        Damage("another operation") { $0.step("embed") { $0["operation"] = "add" } },
        Damage("no inputs") { $0.step("embed") { $0["inputs"] = [String]() } },
        Damage("too many inputs") { $0.step("embed") { $0["inputs"] = ["tokens", "tokens", "tokens"] } },
        Damage("inputs in another order") { $0.step("embed") { $0["inputs"] = ["tokens", "embed.W_E"] } },
        Damage("an input that comes later") { $0.step("blocks.0.resid_pre") { $0["inputs"] = ["embed", "logits"] } },
        Damage("a cycle") { $0.step("blocks.0.resid_pre") { $0["inputs"] = ["embed", "blocks.0.resid_pre"] } },
        Damage("an input that is not there") { $0.step("embed") { $0["inputs"] = ["embed.W_E", "nothing"] } },
        Damage("an axis too many") { $0.step("embed") { $0["axes"] = ["batch", "position", "width", "width"] } },
        Damage("no axes") { $0.step("embed") { $0["axes"] = [String]() } },
        Damage("a missing attribute") { $0.attribute("pos_embed", "start", nil) },
        Damage("an attribute of the wrong kind") { $0.step("pos_embed") { $0["numbers"] = ["start": "x"] } },
        Damage("an attribute beyond the table") { $0.attribute("pos_embed", "start", 4) },
        Damage("an attribute that overflows") { $0.attribute("pos_embed", "start", 9.2e18) },
        Damage("a negative count") { $0.attribute("pos_embed", "count", -3) },
        Damage("an absurd batch") { $0.attribute("pos_embed", "batch", 4e18) },
        Damage("absurd sines") { $0.attribute("pos_table", "width", 4e18) },
        Damage("sines of another size") { $0.attribute("pos_table", "width", 5) },
        Damage("a fraction for a count") { $0.attribute("pos_table", "width", 4.5) },
        Damage("no axis contracted") { $0.attribute("logits", "contracted", 0) },
        Damage("too many axes contracted") { $0.attribute("logits", "contracted", 3) },
        Damage("not transposed") { $0.attribute("logits", "transposed", 0) },
        Damage("another kind of source") { $0.step("tokens") { $0["words"] = ["kind": "magic"] } },
        Damage("another function") { $0.step("blocks.0.mlp.post") { $0["words"] = ["function": "magic"] } },
        Damage("a shape that overflows") {
            $0.replace("blocks.0.attn.q", shape: [0, 1 << 47, 1 << 47, 1 << 47], doubles: [])
        },
        Damage("ids that are NaN") { $0.replace("tokens", shape: [1, 3], doubles: [4, .nan, 4]) },
        Damage("ids that are infinite") { $0.replace("targets", shape: [1, 3], doubles: [4, -.infinity, 4]) },
        Damage("ids that are not whole") { $0.replace("tokens", shape: [1, 3], doubles: [4, 0.5, 4]) },
        Damage("a kind of number nobody knows") { $0.tensors["embed"]?["dtype"] = "Q4" },
    ]

    private func file(_ data: Data) throws -> String {
        let path = try Places.temporaryFolder() + "/trace.safetensors"
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func expectError(_ path: String, _ comment: Comment? = nil) throws {
        do {
            _ = try TraceFile.read(path: path)
            Issue.record(comment ?? "it was read")
        } catch let error as any ExplainedError {
            #expect(error is Failure)
            for text in [error.explanation.english, error.explanation.chinese] {
                #expect(text.contains(path), "\(text) does not name the file")
                #expect(!text.contains("\n"))
            }
            #expect(error.explanation.chinese.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" })
        }
    }

    @Test func thePartsPutTogetherAgainAreTheFile() throws {
        let trace = try SampleTrace.make()
        let path = try file(Parts(TraceFile.data(of: trace)).data())
        TraceFileTests.expectEqual(try TraceFile.read(path: path), trace)
    }

    @Test(arguments: damages) func damageIsAnError(damage: Damage) throws {
        var parts = try Parts(TraceFile.data(of: SampleTrace.make()))
        damage.change(&parts)
        try expectError(file(parts.data()))
    }

    /// Without our facts it is a recording under the same names, in which nothing else is known.
    @Test func withoutMetadataItIsARecording() throws {
        let trace = try TraceFile.read(path: file(Parts(TraceFile.data(of: SampleTrace.make())).data(glass: nil)))
        #expect(trace.isElsewhere && !trace.steps.isEmpty)
    }

    @Test(arguments: ["", "{", "[]", "null", "{}", "7", "\"text\"", "{\"version\": 1e999}"])
    func metadataThatIsNoTrace(text: String) throws {
        try expectError(file(Parts(TraceFile.data(of: SampleTrace.make())).data(glass: text)))
    }

    @Test func truncationsAreErrors() throws {
        let whole = try TraceFile.data(of: SampleTrace.make())
        let path = try file(whole)
        for length in [0, 1, 7, 8, 9, 100] + Array(stride(from: 200, to: whole.count, by: 701)) + [whole.count - 1] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            try expectError(path, "\(length) bytes")
        }
    }

    @Test func absurdHeaderLengthsAreErrors() throws {
        let whole = try TraceFile.data(of: SampleTrace.make())
        for length: UInt64 in [0, 1, 1 << 32, UInt64(Int64.max), .max] {
            try expectError(file(withUnsafeBytes(of: length.littleEndian) { Data($0) } + whole.dropFirst(8)))
        }
    }

    /// Whatever is still read must be safe to use: explained, led backward, written again.
    private func use(_ trace: Trace) {
        for step in trace.steps {
            for place in Set([0, step.tensor.count - 1]) where place >= 0 {
                guard let it = try? trace.explain(step.name, at: step.shape.index(at: place)) else { continue }
                _ = it.expression.value { input, index in
                    (try? trace.step(it.inputs[input])).flatMap { $0.tensor.cell(index) }.map(Double.init) ?? .nan
                }
            }
            _ = Statistics(step.tensor)
        }
        _ = try? trace.gradients(of: "loss")
        _ = try? TraceFile.data(of: trace)
        for layer in 0..<min(trace.layerCount, 3) { _ = trace.headCount(layer: layer) }
    }

    /// 500 files with bytes changed at random: an error, or a trace that is safe to use.
    @Test(arguments: [UInt64(1), 2]) func changedBytesNeverTrap(seed: UInt64) throws {
        let whole = try TraceFile.data(of: SampleTrace.make())
        let path = try file(whole)
        let header = whole.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) } + 8
        let digits = (8..<header).filter { whole[$0] >= 0x30 && whole[$0] <= 0x39 }
        var random = RandomSource(seed: seed)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var (read, refused) = (0, 0)
        for round in 0..<250 {
            var data = whole
            for _ in 0...random.integer(below: 3) {
                // Every other file changes digits alone: sizes, offsets and ids, still well-formed JSON.
                if round % 2 == 0 {
                    data[digits[random.integer(below: digits.count)]] = UInt8(0x30 + random.integer(below: 10))
                } else {
                    data[random.integer(below: data.count)] ^= UInt8(1 << random.integer(below: 8))
                }
            }
            // In place: a file written anew would be flushed to the disk each time.
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: data)
            do {
                use(try TraceFile.read(path: path))
                read += 1
            } catch let error as any ExplainedError {
                #expect(error.explanation.english.contains(path), "\(error.explanation.english)")
                refused += 1
            }
        }
        #expect(read + refused == 250)
        #expect(read > 0 && refused > 0, "both ways were taken")
    }
}
