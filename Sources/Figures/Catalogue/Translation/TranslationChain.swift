import Drawing
import Tracing
import Wording

/// A translation written token by token: the source is read once, the decoder reads what it has written so far, and of
/// its candidates one is chosen.
package enum TranslationChain: TraceFigure {
    package static let id = "translation-chain"
    package static let title = Phrase(en: "The translation, one token at a time", zh: "译文一个词元一个词元地写出来")
    package static let scope = FigureScope.once
    package static let shows: [Label] = [.probabilities]

    package static func isPossible(_ request: FigureRequest) -> Bool {
        guard let view = TranslationView(request), !view.writtenIDs.isEmpty else { return false }
        return view.places.indices.allSatisfy { view.probabilities($0).indices.contains(view.writtenIDs[$0]) }
    }

    package static func slide(_ request: FigureRequest) throws(Failure) -> Slide {
        guard let view = TranslationView(request), isPossible(request) else {
            throw .unknownStep(StepName(.probabilities).description, nearest: [])
        }
        let scene = TranslationScene(request, view)
        let frames = scene.links.indices.map { index in
            let takeaway = takeaway(scene, index)
            let alt = CrossHead.altText(
                view,
                WrittenWords(request.trace)(
                    Phrase(en: "A translation being written.", zh: "正在写出的译文。"),
                    Phrase(en: "A text being written.", zh: "正在写出的文本。")), takeaway)
            return Slide.Frame(caption: takeaway, altText: alt, takeaway: takeaway) { _ in
                TranslationFrame(scene: scene, index: index).any
            }
        }
        return Slide(
            id: id,
            title: WrittenWords(request.trace)(
                title, Phrase(en: "The text, one token at a time", zh: "文本一个词元一个词元地写出来")),
            subtitle: Phrase(
                en:
                    "The encoder reads the source once. The decoder looks back at it and at what it has written so far.",
                zh: "编码器只读一遍原文；解码器每写一个词元，都看着原文和已写出的部分。"),
            here: MiniMap(.output, in: Stage.encoderDecoder),
            formula: Formula(
                #"\role{token}{y_{i}} = \argmax_{\role{token}{y}} \role{probability}{p}(\role{token}{y} \mid \role{token}{y_{<i}}, \role{token}{x})"#
            ),
            frames: frames)
    }

    private static func takeaway(_ scene: TranslationScene, _ index: Int) -> Phrase {
        let link = scene.links[index]
        let text = TranslationView.text(Array(scene.view.written.prefix(index)))
        let label = scene.view.written[index]
        let phrase: Phrase
        if label.kind == .special, index == scene.view.written.count - 1, !text.isEmpty {
            phrase = Phrase(en: "“{text}” is finished: {share}.", zh: "“{text}”写完了：{share}。")
        } else if text.isEmpty {
            phrase = Phrase(en: "It begins with {next}, {share}.", zh: "以{next}开头：{share}。")
        } else {
            phrase = Phrase(en: "After “{text}”: {next}, {share}.", zh: "“{text}”之后是{next}：{share}。")
        }
        return phrase.filled([
            "text": Phrase(text), "next": label.spoken,
            "share": link.shares.phrase(link.chosen.value),
        ])
    }
}

/// Everything that the frames of a translation have in common.
struct TranslationScene: CandidateScene {
    let view: TranslationView
    let links: [Guess]
    let encoderLayers: Int
    let decoderLayers: Int

    init(_ request: FigureRequest, _ view: TranslationView) {
        self.view = view
        encoderLayers = request.trace.layers(of: .encoder).count
        decoderLayers = request.trace.layers(of: .decoder).count
        links = view.places.indices.compactMap { index in
            let place = view.places[index]
            return request.trace[StepName(.probabilities, pass: place.pass)].map { step in
                Guess(
                    request, step, position: place.position, most: Guess.mostOfChain, next: view.writtenIDs[index])
            }
        }
    }
}
