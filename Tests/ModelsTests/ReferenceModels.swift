import Models
import Tensors
import TestSupport
import Testing
import Tracing

/// The decoders of `fixtures/reference`, which PyTorch ran: `make_reference.py` there says how.
enum ReferenceModel: String, CaseIterable, Sendable {
    case postSinusoidalReluUntied = "post_sinusoidal_relu_untied"
    case postLearnedGelu = "post_learned_gelu"
    case preSinusoidalSiluOdd = "pre_sinusoidal_silu_odd"
    case gpt2ReluUntied = "gpt2_relu_untied"
    case gpt2GeluHubBuffers = "gpt2_gelu_hub_buffers"
    case gpt2TanhOneToken = "gpt2_tanh_one_token"

    var folder: String { Places.reference(rawValue) }

    func load() throws -> LanguageModel { try LanguageModel.load(folder: folder) }

    func reference() throws -> SafeTensors { try SafeTensors(path: folder + "/reference.safetensors") }

    /// A text of the model's own, as long as its context or `length`.
    func ids(_ length: Int = 5) -> [Int] { (0..<min(length, 6)).map { ($0 * $0 + 3) % 11 } }
}

extension Tensor {
    /// The entries at `place` along an axis, that axis left out.
    func slice(_ axis: Int, _ place: Int) throws -> Tensor {
        let order = [axis] + (0..<shape.rank).filter { $0 != axis }
        return try permuted(order).entry(place)
    }

    /// The first `count` entries along an axis.
    func prefix(_ count: Int, along axis: Int) throws -> Tensor {
        let order = [axis] + (0..<shape.rank).filter { $0 != axis }
        let back = order.indices.map { place in order.firstIndex(of: place) ?? 0 }
        return try permuted(order).entries(0..<count).permuted(back)
    }
}
