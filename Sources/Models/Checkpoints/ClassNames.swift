import Foundation

extension ConfigurationObject {
    /// The classes' names under `id2label`; none unless it names all of them.
    func classNames(_ count: Int) throws(ModelError) -> [String] {
        guard let labels = try section("id2label") else { return [] }
        var names: [String] = []
        for index in 0..<count {
            let name = try labels.text("\(index)", usual: "")
            guard !name.isEmpty else { return [] }
            names.append(name)
        }
        return names
    }

    /// A text as JSON writes it.
    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
