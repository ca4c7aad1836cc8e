import Testing
import Tracing

@Suite struct StepNameTests {
    static let names: [StepName] = {
        var names: [StepName] = []
        for label: Label in [.pattern, .residualPre, .norm1Scale, .embedding, .logits, .loss] {
            for block in [nil, 0, 7, 123] {
                for (stack, worker) in [
                    (Stack.single, nil), (.encoder, nil), (.decoder, nil), (.single, 2), (.encoder, 0),
                ] {
                    for pass in [0, 1, 42] {
                        for gradient in [false, true] {
                            var name = StepName(label, block: block, stack: stack, pass: pass, isGradient: gradient)
                            name.worker = worker
                            names.append(name)
                        }
                    }
                }
            }
        }
        return names
    }()

    @Test func printedNamesReadBack() {
        for name in Self.names { #expect(StepName(name.description) == name) }
        #expect(Set(Self.names.map(\.description)).count == Self.names.count)
    }

    @Test(arguments: [
        ("blocks.0.attn.pattern", StepName(.pattern, block: 0)),
        ("generated.2.blocks.1.resid_post", StepName(.residualPost, block: 1, pass: 2)),
        ("decoder.blocks.1.ln1.scale.grad", StepName(.norm1Scale, block: 1, stack: .decoder, isGradient: true)),
        ("generated.3.decoder.logits", StepName(.logits, stack: .decoder, pass: 3)),
        ("embed.W_E.grad", StepName(.embedding, isGradient: true)),
        ("tokens", StepName(.tokens)),
    ])
    func namesArePartsAndLabel(text: String, name: StepName) {
        #expect(StepName(text) == name)
        #expect(name.description == text)
        #expect(name.gradient.description.hasSuffix(".grad"))
    }

    /// Whatever a file calls a step, its name prints as it was read, and no number in it can overflow.
    @Test(arguments: [
        "", ".", "...", "grad", ".grad", "encoder", "blocks", "blocks.", "blocks.0", "blocks.x.y", "blocks.-1.attn.q",
        "blocks.007.attn.q", "blocks.9223372036854775807.attn.q", "blocks.99999999999999999999.attn.q", "generated.0.x",
        "generated.-2.x", "generated.1", "blocks.+1.x", "encoder.encoder.x", "注意力", "a b\n",
    ])
    func otherTextStaysAsItIs(text: String) {
        #expect(StepName(text).description == text)
        #expect(StepName(StepName(text).description) == StepName(text))
        #expect((StepName(text).block ?? 0) < 1 << 24)
    }
}
