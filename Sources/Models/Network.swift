import Tensors
import Tracing
import Wording

/// A model of one of the three kinds.
public enum Network: ParametricModel {
    case decoder(Decoder)
    case encoder(Encoder)
    case encoderDecoder(EncoderDecoder)

    public var parameters: ParameterSet {
        get {
            switch self {
            case .decoder(let model): model.parameters
            case .encoder(let model): model.parameters
            case .encoderDecoder(let model): model.parameters
            }
        }
        set {
            switch self {
            case .decoder(var model):
                model.parameters = newValue
                self = .decoder(model)
            case .encoder(var model):
                model.parameters = newValue
                self = .encoder(model)
            case .encoderDecoder(var model):
                model.parameters = newValue
                self = .encoderDecoder(model)
            }
        }
    }

    /// The kind, as people call it.
    public var kind: Phrase {
        switch self {
        case .decoder: Self.decoderKind
        case .encoder: Self.encoderKind
        case .encoderDecoder: Self.encoderDecoderKind
        }
    }

    fileprivate static let decoderKind = Phrase(en: "a decoder", zh: "解码器")
    fileprivate static let encoderKind = Phrase(en: "an encoder", zh: "编码器")
    fileprivate static let encoderDecoderKind = Phrase(en: "an encoder–decoder", zh: "编码器—解码器")

    /// The sizes that every kind has; where two stacks differ, the decoder's.
    public struct Sizes: Sendable, Hashable {
        public let vocabulary: Int
        public let context: Int
        public let width: Int
        /// Blocks in all stacks together.
        public let layers: Int
        public let heads: Int
        public let hidden: Int
        public let headWidth: Int
    }

    public var sizes: Sizes {
        switch self {
        case .decoder(let model): return model.configuration.sizes
        case .encoder(let model):
            let c = model.configuration
            return Sizes(
                vocabulary: c.vocabularySize, context: c.context, width: c.width, layers: c.layers, heads: c.heads,
                hidden: c.hidden, headWidth: c.headWidth)
        case .encoderDecoder(let model):
            let c = model.configuration
            return Sizes(
                vocabulary: c.targetVocabulary, context: c.context, width: c.width,
                layers: c.encoderLayers + c.decoderLayers, heads: c.decoderHeads, hidden: c.decoderHidden,
                headWidth: c.width / max(c.decoderHeads, 1))
        }
    }
}

extension Network {
    /// Every parameter in a fixed order: name, shape, axes.
    public var shapes: [(name: StepName, shape: Shape, axes: [Axis])] {
        parameters.all.map { ($0.name, $0.tensor.shape, $0.axes) }
    }
}

extension DecoderConfiguration {
    public var sizes: Network.Sizes {
        Network.Sizes(
            vocabulary: vocabularySize, context: context, width: width, layers: layers, heads: heads, hidden: hidden,
            headWidth: headWidth)
    }
}

extension LanguageModel {
    /// The model as a decoder, which goes on from a text.
    /// - Throws: ``ModelError/otherKind(model:expected:found:)``.
    public var decoder: Decoder {
        get throws(Failure) {
            guard case .decoder(let decoder) = network else { throw otherKind(Network.decoderKind) }
            return decoder
        }
    }

    /// The model as an encoder, which fills in masked words and sorts texts.
    /// - Throws: ``ModelError/otherKind(model:expected:found:)``.
    public var encoder: Encoder {
        get throws(Failure) {
            guard case .encoder(let encoder) = network else { throw otherKind(Network.encoderKind) }
            return encoder
        }
    }

    /// The model as an encoder–decoder, which translates.
    /// - Throws: ``ModelError/otherKind(model:expected:found:)``.
    public var encoderDecoder: EncoderDecoder {
        get throws(Failure) {
            guard case .encoderDecoder(let model) = network else { throw otherKind(Network.encoderDecoderKind) }
            return model
        }
    }

    private func otherKind(_ expected: Phrase) -> Failure {
        Failure(ModelError.otherKind(model: name, expected: expected, found: network.kind))
    }
}
