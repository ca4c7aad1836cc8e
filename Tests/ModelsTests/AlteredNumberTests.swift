import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// `verify` finds every altered number: of each tensor of a file in turn, one cell.
@Suite struct AlteredNumberTests {
    /// Every family and layout as we record it, a translation with its key–value cache among them.
    @Test(arguments: FamilyFixtureTests.names) func inATraceOfOurs(name: String) throws {
        let model = try LanguageModel.load(folder: Places.reference("families/" + name))
        let input = ModelInput(ids: Array(3..<3 + min(model.network.sizes.context, 5)))
        let trace = try (try? model.trace(input, generating: 1)) ?? model.trace(input)
        let altered = try AlteredFile(Array(TraceFile.data(of: trace)))
        let named = try altered.findEach()
        // Arithmetic names the cell but for parameters that few numbers read, and what nothing reads.
        #expect(3 * named > 2 * altered.names.count, "\(named) of \(altered.names.count)")
    }

    /// What `scripts/record.py` wrote: `fixtures/reference/make_recorded.py`.
    @Test(arguments: ["gpt2_rules", "llama_bfloat16_shards", "bert_untied_many_types", "marian_own_vocabularies"])
    func inARecordedTrace(name: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: Places.reference("recorded/\(name).safetensors")))
        let altered = try AlteredFile(Array(bytes))
        #expect(try altered.findEach() > 0)
    }

    /// Without checksums arithmetic alone finds what it gives or reads.
    @Test func inARecordedTraceWithoutChecksums() throws {
        let path = Places.reference("recorded/gpt2_rules.safetensors")
        let file = try SafeTensors(path: path)
        var writer = SafeTensorsWriter()
        for name in file.entries.keys.sorted() { writer.add(name, try file.tensor(name)) }
        let altered = try AlteredFile(writer.bytes())
        for name in altered.names {
            guard
                let label = ["resid_post", "resid_mid", "pattern", "attn.hook_z", "mlp.hook_post"]
                    .first(where: { name.hasSuffix($0) || name.hasSuffix("hook_" + $0) })
            else { continue }
            let result = try TraceFile.verified(altered.altered(name)).result
            #expect(!result.failures.isEmpty && result.checksums == nil, "\(label) \(name)")
        }
    }

    @Test func whatIsSaidBesideTheTensorsHasAChecksumToo() throws {
        let bytes = try [UInt8](
            Data(contentsOf: URL(fileURLWithPath: Places.reference("recorded/gpt2_rules.safetensors"))))
        var other = bytes
        let key = Array("\"ids\":\"[".utf8)
        let start = try #require(other.indices.first { other[$0...].starts(with: key) })
        other[start + key.count] = UInt8(ascii: "1")
        let found = try TraceFile.verified(AlteredFile(other).altered(nil)).result
        #expect(found.checksums?.isMetadataAltered == true && found.checksums?.altered.isEmpty == true)
    }
}

extension AlteredFile {
    /// Alters a number of each tensor in turn, and expects that it is found.
    /// - Returns: how often the cell was named.
    fileprivate func findEach() throws -> Int {
        let whole = try TraceFile.verified(altered(nil)).result
        #expect(whole.failures.isEmpty, "\(whole.failures.prefix(3))")
        #expect(whole.checksums?.checked == names.count && whole.checksums?.isMetadataAltered == false)
        var named = 0
        for name in names {
            let result = try TraceFile.verified(altered(name)).result
            #expect(result.checksums?.altered == [name])
            let found = try #require(result.failures.first { $0.isAltered }, "\(name)")
            if found.index != nil { named += 1 }
            if let value = found.value, let expected = found.expected { #expect(value != expected, "\(name)") }
        }
        return named
    }
}
