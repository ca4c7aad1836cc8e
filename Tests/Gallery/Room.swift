import Drawing
import Figures
import Rendering
import Subjects
import Wording

/// A room that the live page has for a figure: what is drawn there says nothing beside the picture.
package struct Room: Sendable, CustomStringConvertible {
    package var name: String
    package var size: Size

    package var description: String { name }

    package static let all = [
        Room(name: "desk", size: Size(1046, 500)), Room(name: "tablet", size: Size(728, 600)),
        Room(name: "phone", size: Size(364, 450)),
    ]

    /// Texts of 1, 5, 12 and 24 tokens of the shipped model.
    package static let texts = [
        "人", "the cat sat on the", "the cat sat on the mat，我爱吃苹果。", "中华人民，the cat sat on the mat，张麻子正在打李麻子，我爱吃苹果。",
    ]

    package func style(_ language: Language = .english, _ mode: Theme.Mode = .light) -> SlideStyle {
        var style = Way(size: size, language: language, mode: mode).style
        style.isQuiet = true
        style.namesLeastSize = true
        return style
    }

    /// The figures of the stages of a text: those of the last head of the last layer; of another model than the shipped
    /// one all that it has.
    package func pictures(
        _ text: String, _ style: SlideStyle, of model: String? = nil
    ) throws -> (subject: Subject, pictures: [Picture]) {
        let scene = Scene(name: text, source: .text(TextSource(text: text, model: model)))
        let subject = try scene.subject()
        let pictures = try scene.pictures(subject, style).filter { model != nil || Story.tells($0.id) }
        return (subject, pictures)
    }
}
