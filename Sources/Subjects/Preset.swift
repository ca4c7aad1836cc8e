import Models
import Wording

/// A published architecture: its sizes, and where they are published.
package struct Preset: Sendable {
    package let name: String
    package let title: String
    package let configuration: DecoderConfiguration
    package let source: String

    /// GPT-2: Radford et al. 2019, table 2, and the released files. GPT-3: Brown et al. 2020, table 2.1.
    package static let all: [Preset] = [
        gpt2("gpt-2", "GPT-2 small", layers: 12, heads: 12, width: 768),
        gpt2("gpt-2-medium", "GPT-2 medium", layers: 24, heads: 16, width: 1024),
        gpt2("gpt-2-large", "GPT-2 large", layers: 36, heads: 20, width: 1280),
        gpt2("gpt-2-xl", "GPT-2 XL", layers: 48, heads: 25, width: 1600),
        Preset(
            name: "gpt-3", title: "GPT-3",
            configuration: DecoderConfiguration(
                vocabularySize: 50_257, context: 2_048, width: 12_288, layers: 96, heads: 96),
            source: "Brown et al. 2020, arXiv:2005.14165, table 2.1"),
    ]

    private static func gpt2(_ name: String, _ title: String, layers: Int, heads: Int, width: Int) -> Preset {
        Preset(
            name: name, title: title,
            configuration: DecoderConfiguration(
                vocabularySize: 50_257, context: 1_024, width: width, layers: layers, heads: heads),
            source: "Radford et al. 2019, “Language Models are Unsupervised Multitask Learners”, table 2")
    }

    /// - Throws: ``SubjectError/unknownPreset(_:known:)``.
    package static func named(_ name: String) throws(Failure) -> Preset {
        func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
        guard let preset = all.first(where: { plain($0.name) == plain(name) }) else {
            throw Failure(SubjectError.unknownPreset(name, known: all.map { $0.name }))
        }
        return preset
    }
}
