import Drawing
import Figures
import Foundation
import Models
import Rendering
import Subjects
import Tracing
import Wording

/// The engine itself: answers from traces of the shipped models, and draws their figures.
///
/// Each model and trace is made once and kept, since many figures and numbers speak of the same few texts.
public final class ModelEngine: FigureSource {
    let library: ModelLibrary
    /// The size that figures are laid out for; one that does not fit is drawn as a slide.
    let size: Size
    private let models = MadeTable<String, LanguageModel>()
    private let traces = MadeTable<TraceKey, Trace>()
    private let measured = MadeTable<String, Measurements>()

    struct TraceKey: Hashable {
        var model: String
        var ids: [Int]
        var generated: Int
    }

    /// A page's column is narrower than a slide: the same letters on fewer pixels are easier to read there.
    public static let pageSize = Size(1280, 720)

    public init(library: ModelLibrary, size: Size = ModelEngine.pageSize) {
        self.library = library
        self.size = size
    }

    /// - Throws: what loading the model throws.
    func model(_ name: String) throws -> LanguageModel {
        try models.value(name) { try library.load(name) }
    }

    /// The trace of some tokens, and of so many generated after them.
    func trace(_ model: LanguageModel, ids: [Int], generating count: Int = 0) throws -> Trace {
        let key = TraceKey(model: model.folder, ids: ids, generated: count)
        return try traces.value(key) {
            try model.trace(ids, generating: count)
        }
    }

    func measurements(_ model: LanguageModel) throws -> Measurements {
        try measured.value(model.folder) { try Measurements(path: model.folder + "/quality.json") }
    }

    // MARK: Text

    public func formula(_ notation: String, display: Bool) throws -> TypesetFormula {
        let formula = try Formula(parsing: notation)
        return TypesetFormula(mathML: formula.mathML(display: display), plain: formula.plainText)
    }

    public func unknownGlyphs(in text: String) -> [Character] {
        let measurer = PangoMeasurer()
        guard measurer.unknownGlyphs(in: text) > 0 else { return [] }
        return text.filter { measurer.unknownGlyphs(in: String($0)) > 0 }
    }
}

/// What was measured of a model, by path: `heads.induction.layer`.
struct Measurements: Sendable {
    private let numbers: [String: Double]
    let path: String

    /// - Throws: `EngineError.unreadableMeasurements`.
    init(path: String) throws {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path),
            let object = try? JSONSerialization.jsonObject(with: data)
        else { throw EngineError.unreadableMeasurements(path: path) }
        var numbers: [String: Double] = [:]
        Self.collect(object, at: "", into: &numbers)
        self.numbers = numbers
    }

    private static func collect(_ value: Any, at path: String, into numbers: inout [String: Double]) {
        func inner(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        if let object = value as? [String: Any] {
            for (key, value) in object { collect(value, at: inner(key), into: &numbers) }
        } else if let list = value as? [Any] {
            for (index, value) in list.enumerated() { collect(value, at: inner("\(index)"), into: &numbers) }
        } else if let number = value as? NSNumber {
            numbers[path] = number.doubleValue
        }
    }

    /// - Throws: `EngineError.unknownMeasurement`.
    func number(_ key: String) throws -> Double {
        guard let number = numbers[key] else {
            let near = numbers.keys.filter { $0.hasSuffix(key.split(separator: ".").last.map(String.init) ?? key) }
            throw EngineError.unknownMeasurement(key: key, path: path, known: near.sorted())
        }
        return number
    }
}
