import Drawing
import Figures
import Models
import Rendering
import Subjects
import TestSupport
import Wording

/// Something whose figures are looked at.
package struct Scene: Sendable, CustomStringConvertible {
    package var name: String
    package var source: SubjectSource
    /// Whether it takes a second or more to make, so that the tests draw it once only.
    package var isSlow = false

    package var description: String { name }

    private static func text(_ name: String, _ text: String, _ model: String? = nil) -> Scene {
        Scene(name: name, source: .text(TextSource(text: text, model: model)))
    }

    private static func pair(_ name: String, _ text: String, _ pair: String?, _ model: String) -> Scene {
        var source = TextSource(text: text, model: model)
        source.pair = pair
        return Scene(name: name, source: .text(source))
    }

    private static func backward(_ text: String) -> Scene {
        var source = TextSource(text: text)
        source.rate = 1e-3
        return Scene(name: "backward", source: .text(source))
    }

    private static func translation(_ text: String) -> Scene { Self.text("translation", text, "translator") }

    /// Texts of every kind on the shipped model, then what else there is.
    package static let all: [Scene] = [
        text("four", "中华人民"), text("one", "人"), text("five", "the cat sat on the"),
        text("two dozen", "中华人民，the cat sat on the mat，张麻子正在打李麻子，我爱吃苹果"),
        text("long word", "Donaudampfschifffahrtsgesellschaftskapitän"), text("emoji", "我🙂👩‍👩‍👧🇨🇳"),
        text("right to left", "שלום مرحبا"), text("marks", "é n̈ กี่ क्षि"),
        text("sixty", String(repeating: "the cat sat on the mat, 我爱苹果。", count: 4)),
        text("two hundred", String(repeating: "the cat sat on the mat, 我爱苹果。", count: 16), RandomModel.long),
        text("rotary", "the cat sat on 苹果", RandomModel.rotary),
        backward("the cat sat"), translation("他把苹果给了她。"),
        pair("masked words", "我爱吃[MASK]", "苹果很甜。", "masked-word"), pair("classification", "张麻子打李麻子", nil, "classifier"),
        Scene(name: "calculation", source: .calculation(["p = softmax([90, 80, 70, 60, 50])"])),
        Scene(name: "pictures", source: .calculation(shelf.calculations.map { $0.id })),
        Scene(name: "preset", source: .preset("gpt-3")),
        Scene(name: "workers", source: .workers(.init(texts: ["the cat sat on the mat"]))),
        Scene(name: "tensor workers", source: .workers(.init(texts: ["the cat sat"], how: .tensor))),
        Scene(
            name: "word order",
            source: .comparison(.init(machines: ["perceptron", "transformer"], task: "word-order")),
            isSlow: true),
        Scene(name: "film", source: .run(.init(name: "film"))),
        Scene(name: "habits", source: .run(.init(name: "habits"))),
        Scene(name: "house prices", source: .run(.init(name: "house-prices"))),
        Scene(name: "circle", source: .run(.init(name: "playground-circle", step: 40)), isSlow: true),
        run("next-word"), run("translator"), run("answers"), run("polite"), run("masked-word"), run("classifier"),
    ]

    private static func run(_ model: String) -> Scene {
        Scene(
            name: "run of \(model)", source: .run(.init(name: Places.root + "/fixtures/models/" + model)))
    }

    private static let shelf = SubjectShelf(home: Home(path: Places.root))

    /// - Throws: what reading, running and training throw.
    package func subject() throws -> Subject { try Self.shelf.subject(source, goesOn: true) }

    /// What to look at: of each kind one figure, of the last head of the last layer.
    package func look(_ subject: Subject) -> Look {
        var look = Look()
        // Of pictures alone there are no steps.
        look.steps = if case .calculation = source, (try? subject.trace) != nil { ["*"] } else { [] }
        return look
    }

    /// - Throws: what listing the figures throws.
    package func pictures(_ subject: Subject, _ style: SlideStyle) throws -> [Picture] {
        var chosen: [String: Int] = [:]
        var pictures: [Picture] = []
        for picture in try subject.pictures(look(subject), style).pictures {
            let key = "\(picture.stack?.rawValue ?? "") \(picture.id)"
            if let place = chosen[key] {
                pictures[place] = picture
            } else {
                chosen[key] = pictures.count
                pictures.append(picture)
            }
        }
        return pictures
    }
}

/// How a figure is set.
package struct Way: Sendable, CustomStringConvertible {
    package var size: Size
    package var language: Language
    package var mode: Theme.Mode

    package var description: String {
        "\(Int(size.width)) × \(Int(size.height)) \(language.rawValue) \(mode.rawValue)"
    }

    package var style: SlideStyle {
        var style = SlideStyle(
            size: size, theme: .named(mode), language: language, measurer: PangoMeasurer(), command: "glassformer draw")
        style.namesLeastSize = false
        return style
    }

    package static let all: [Way] = [
        Way(size: .slide, language: .english, mode: .light), Way(size: .slide, language: .chinese, mode: .dark),
        Way(size: .wide, language: .chinese, mode: .light), Way(size: .square, language: .english, mode: .dark),
        Way(size: Size(1080, 1920), language: .chinese, mode: .light),
        Way(size: Size(800, 600), language: .english, mode: .light),
    ]
}
