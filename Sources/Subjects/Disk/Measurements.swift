import Reading
import Wording

/// Numbers of a JSON file by their paths: `heads.induction.layer`, `samples.0.probability`; those of a list of measures
/// (`{"name": …, "value": …}`) also by their names.
enum Measurements {
    /// - Throws: `ReadingError`.
    static func read(_ folder: String, _ name: String = "quality.json") throws -> [String: Double] {
        var cursor = JSONCursor(try FileFolder.disk(folder).contents(name), source: folder + "/" + name)
        let value = try cursor.readValue()
        var numbers: [String: Double] = [:]
        collect(value, at: "", into: &numbers)
        return numbers
    }

    private static func collect(_ value: JSONValue, at path: String, into numbers: inout [String: Double]) {
        func inner(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        switch value {
        case .number(let number): numbers[path] = number
        case .bool(let isTrue): numbers[path] = isTrue ? 1 : 0
        case .object(let members):
            for (key, value) in members { collect(value, at: inner(key), into: &numbers) }
        case .array(let values):
            for (place, value) in values.enumerated() { collect(value, at: inner("\(place)"), into: &numbers) }
            for case .object(let measure) in values where path == "measures" {
                guard let name = measure["name"]?.text else { continue }
                if case .number(let number)? = measure["value"] { numbers[name] = number }
                if case .number(let number)? = measure["baseline"] { numbers[name + ".baseline"] = number }
            }
        case .null, .string: break
        }
    }
}
