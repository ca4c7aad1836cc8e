import Models
import TestSupport
import Testing
import Tracing

/// The order in which a decoder's steps are recorded: the order in which they are taught.
@Suite struct StepOrderTests {
    private func names(_ trace: Trace) -> [String] { trace.steps.map(\.name.description) }

    private func lines(_ text: String) -> [String] {
        text.split { $0 == "\n" || $0 == " " }.map(String.init)
    }

    @Test func gpt2() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(vocabularySize: 5, context: 4, width: 4, layers: 2, heads: 2), seed: 1)
        let recorder = Recorder()
        _ = try decoder.generate(from: [1, 2], count: 1, on: recorder)
        #expect(names(recorder.trace()) == lines(Self.gpt2))
    }

    @Test func postNormWithSines() throws {
        let decoder = try Decoder(
            configuration: DecoderConfiguration(
                vocabularySize: 5, context: 4, width: 4, layers: 1, heads: 2, activation: .relu,
                positions: .sinusoidal, normPlacement: .post, tiedOutput: false), seed: 1)
        let recorder = Recorder()
        _ = try decoder.generate(from: [1, 2], count: 2, on: recorder)
        #expect(names(recorder.trace()) == lines(Self.postNormWithSines))
    }

    private static let gpt2 = """
        tokens embed.W_E embed pos_embed.W_pos pos_embed
        blocks.0.resid_pre blocks.0.ln1.scale blocks.0.ln1.w blocks.0.ln1.b blocks.0.ln1.normalized
        blocks.0.attn.W_Q blocks.0.attn.b_Q blocks.0.attn.q blocks.0.attn.W_K blocks.0.attn.b_K blocks.0.attn.k
        blocks.0.attn.W_V blocks.0.attn.b_V blocks.0.attn.v
        blocks.0.attn.dot_products blocks.0.attn.attn_scores_unmasked blocks.0.attn.attn_scores blocks.0.attn.pattern
        blocks.0.attn.z blocks.0.attn.z_joined blocks.0.attn.W_O blocks.0.attn.b_O blocks.0.attn_out
        blocks.0.resid_mid blocks.0.ln2.scale blocks.0.ln2.w blocks.0.ln2.b blocks.0.ln2.normalized
        blocks.0.mlp.W_in blocks.0.mlp.b_in blocks.0.mlp.pre blocks.0.mlp.post
        blocks.0.mlp.W_out blocks.0.mlp.b_out blocks.0.mlp_out blocks.0.resid_post
        blocks.1.resid_pre blocks.1.ln1.scale blocks.1.ln1.w blocks.1.ln1.b blocks.1.ln1.normalized
        blocks.1.attn.W_Q blocks.1.attn.b_Q blocks.1.attn.q blocks.1.attn.W_K blocks.1.attn.b_K blocks.1.attn.k
        blocks.1.attn.W_V blocks.1.attn.b_V blocks.1.attn.v
        blocks.1.attn.dot_products blocks.1.attn.attn_scores_unmasked blocks.1.attn.attn_scores blocks.1.attn.pattern
        blocks.1.attn.z blocks.1.attn.z_joined blocks.1.attn.W_O blocks.1.attn.b_O blocks.1.attn_out
        blocks.1.resid_mid blocks.1.ln2.scale blocks.1.ln2.w blocks.1.ln2.b blocks.1.ln2.normalized
        blocks.1.mlp.W_in blocks.1.mlp.b_in blocks.1.mlp.pre blocks.1.mlp.post
        blocks.1.mlp.W_out blocks.1.mlp.b_out blocks.1.mlp_out blocks.1.resid_post
        ln_final.scale ln_final.w ln_final.b ln_final.normalized logits probabilities
        """

    private static let postNormWithSines = """
        tokens embed.W_E embed pos_table pos_embed
        blocks.0.resid_pre
        blocks.0.attn.W_Q blocks.0.attn.b_Q blocks.0.attn.q blocks.0.attn.W_K blocks.0.attn.b_K blocks.0.attn.k
        blocks.0.attn.W_V blocks.0.attn.b_V blocks.0.attn.v
        blocks.0.attn.dot_products blocks.0.attn.attn_scores_unmasked blocks.0.attn.attn_scores blocks.0.attn.pattern
        blocks.0.attn.z blocks.0.attn.z_joined blocks.0.attn.W_O blocks.0.attn.b_O blocks.0.attn_out
        blocks.0.resid_mid blocks.0.ln1.scale blocks.0.ln1.w blocks.0.ln1.b blocks.0.normalized_resid_mid
        blocks.0.mlp.W_in blocks.0.mlp.b_in blocks.0.mlp.pre blocks.0.mlp.post
        blocks.0.mlp.W_out blocks.0.mlp.b_out blocks.0.mlp_out
        blocks.0.resid_post blocks.0.ln2.scale blocks.0.ln2.w blocks.0.ln2.b blocks.0.normalized_resid_post
        unembed.W_U logits probabilities
        generated.1.tokens generated.1.embed generated.1.pos_table generated.1.pos_embed
        generated.1.blocks.0.resid_pre generated.1.blocks.0.attn.q generated.1.blocks.0.attn.k
        generated.1.blocks.0.attn.v generated.1.blocks.0.attn.k_cache generated.1.blocks.0.attn.v_cache
        generated.1.blocks.0.attn.dot_products generated.1.blocks.0.attn.attn_scores_unmasked
        generated.1.blocks.0.attn.attn_scores generated.1.blocks.0.attn.pattern generated.1.blocks.0.attn.z
        generated.1.blocks.0.attn.z_joined generated.1.blocks.0.attn_out generated.1.blocks.0.resid_mid
        generated.1.blocks.0.ln1.scale generated.1.blocks.0.normalized_resid_mid generated.1.blocks.0.mlp.pre
        generated.1.blocks.0.mlp.post generated.1.blocks.0.mlp_out generated.1.blocks.0.resid_post
        generated.1.blocks.0.ln2.scale generated.1.blocks.0.normalized_resid_post
        generated.1.logits generated.1.probabilities
        """
}
