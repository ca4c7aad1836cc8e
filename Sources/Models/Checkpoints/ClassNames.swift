import Reading
import Wording

extension ConfigurationObject {
    /// The classes' names under `id2label`; none unless it names all of them.
    func classNames(_ count: Int) throws(Failure) -> [String] {
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
    static func quoted(_ text: String) -> String { JSONText.quoted(text) }
}
