import ArgumentParser
import Drawing
import Rendering
import Subjects

/// How a figure is set and in which files it is written.
struct DrawingOptions: ParsableArguments {
    @Option(name: .long, help: DrawText.format.help(Renderer.Format.names))
    var format: [Renderer.Format] = []

    @Option(
        name: .long, parsing: .unconditional, help: DrawText.size.help("slide|wide|square|WxH"),
        transform: Typed.read(CanvasSize.init))
    var size = CanvasSize.slide

    @Option(
        name: .customLong("scale"), parsing: .unconditionalSingleValue, help: DrawText.scale.help("s"),
        transform: ScaleArgument.init)
    var scales: [ScaleArgument] = []

    @Option(name: .long, help: DrawText.digits.help("none"))
    var digits: Digits?

    @Option(name: .customLong("text"), help: DrawText.text.help("real"))
    var letters: Renderer.Manner.Letters = .outlines

    @Flag(name: .long, help: DrawText.transparent.help)
    var transparent = false

    @Flag(name: .long, help: DrawText.frames.help)
    var frames = false

    /// What cells say besides their colour.
    enum Digits: String, ExpressibleByArgument, CaseIterable { case none }

    /// How each file is written.
    var manner: Renderer.Manner {
        Renderer.Manner(scale: scale.value, isTransparent: transparent, letters: letters)
    }

    /// Of a picture; the last that was given.
    var scale: PictureScale {
        scales.reversed().lazy.compactMap { if case .picture(let scale) = $0 { scale } else { nil } }.first
            ?? PictureScale(1)
    }

    /// A run of a recipe has no steps to change.
    /// - Throws: ``CommandProblem/list(expected:found:)``.
    func refuseSteps() throws {
        if let first = scaledSteps.first { throw CommandProblem.list(expected: "--scale 0.1 … 10", found: first) }
    }

    /// Of steps: `blocks.1.mlp.post:14=0`.
    var scaledSteps: [String] { scales.compactMap { if case .step(let text) = $0 { text } else { nil } } }

    /// - Throws: ``CommandProblem/outside(option:expected:found:)`` for a picture of more pixels than are painted.
    func validate() throws {
        guard formats.contains(.png) else { return }
        do {
            _ = try Renderer.pixels(size.size, scale: scale.value)
        } catch .tooLarge(let width, let height, let most) {
            throw CommandProblem.outside(
                option: "--size × --scale", expected: "≤ \(most) px", found: "\(width) × \(height) = \(width * height)")
        }
    }

    /// Each once, in the order asked for; SVG where none is asked for.
    var formats: [Renderer.Format] {
        var seen = Set<Renderer.Format>()
        let unique = format.filter { seen.insert($0).inserted }
        return unique.isEmpty ? [.svg] : unique
    }
}

extension Renderer.Format: ExpressibleByArgument {
    static let names = allCases.map(\.rawValue).joined(separator: "|")
}

extension Renderer.Manner.Letters: ExpressibleByArgument {}

/// Pixels of a PNG for one of the figure.
struct PictureScale: Sendable, Hashable, CustomStringConvertible {
    let value: Double

    init(_ value: Double) { self.value = value }

    /// - Throws: ``CommandProblem/list(expected:found:)``.
    init(_ argument: String) throws {
        guard let value = Double(argument), value >= 0.1, value <= 10 else {
            throw CommandProblem.list(expected: "0.1 … 10", found: argument)
        }
        self.value = value
    }

    var description: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}

extension SlideStyle {
    /// In the language of this run, its command line in the picture.
    init(size: Size, theme: Theme) {
        self.init(
            size: size, theme: theme, language: Console.language, measurer: Renderer().measurer,
            command: CommandWords.line)
    }
}
