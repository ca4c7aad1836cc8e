import Wording
import Yams

/// Options of a recipe that are set otherwise than its file does: `noise=0.3`, `training.seed=4`, `hidden=4,2`.
///
/// A key is written with its section or without; where several sections have it, `training` is meant, or else the
/// section has to be named. A value is written as in the file; a list may do without its brackets.
package struct RecipeChanges: Sendable, Hashable {
    /// `noise=0.3`, in the order in which they were given; of a key that is given twice the last counts.
    package let written: [String]

    package init(_ written: [String]) { self.written = written }

    package var isEmpty: Bool { written.isEmpty }

    /// Key and value of one of them; nil where there is no `=`, or no key.
    package static func parts(_ change: String) -> (key: String, value: String)? {
        guard let sign = change.firstIndex(of: "="), sign > change.startIndex else { return nil }
        func trimmed(_ text: Substring) -> String {
            String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        return (trimmed(change[..<sign]), trimmed(change[change.index(after: sign)...]))
    }

    /// Puts them into a recipe's tree.
    /// - Parameters:
    ///   - root: the recipe as it was read.
    ///   - places: its kind's sections with their keys; what the file has is known beside them.
    /// - Returns: each change by the full name of its key.
    /// - Throws: ``TrainingError/change(_:expected:found:)``.
    func apply(to root: inout Node, places: [String: Set<String>]) throws -> [String: String] {
        var changed: [String: String] = [:]
        for change in written {
            guard let (key, value) = Self.parts(change) else {
                throw TrainingError.change(change, expected: Phrase(en: "KEY=VALUE", zh: "键=值"), found: Phrase(change))
            }
            let (section, name) = try Self.place(of: key, in: root, places)
            let isList = root[section]?[name]?.sequence != nil && !value.hasPrefix("[")
            let node: Node?
            do {
                node = try YAMLText.node(isList ? "[\(value)]" : value)
            } catch let problem {
                throw TrainingError.change(
                    change, expected: Phrase(en: "a value as in the recipe", zh: "配方里那样的值"), found: problem.reason)
            }
            var inner = root[section] ?? Node.mapping(Node.Mapping([]))
            inner[name] = node ?? Node.scalar(Node.Scalar(""))
            root[section] = inner
            changed[section + "." + name] = change
        }
        return changed
    }

    private static func place(
        of key: String, in root: Node, _ places: [String: Set<String>]
    ) throws -> (section: String, name: String) {
        var known = places
        for (section, inner) in root.mapping ?? [:] {
            guard let section = section.string, let inner = inner.mapping, section != "description",
                section != "expected"
            else { continue }
            known[section, default: []].formUnion(inner.keys.compactMap { $0.string })
        }
        let parts = key.split(separator: ".", maxSplits: 1).map { String($0) }
        if parts.count == 2, known[parts[0]]?.contains(parts[1]) == true { return (parts[0], parts[1]) }
        let sections = known.filter { $0.value.contains(key) }.keys.sorted()
        if let section = sections.count == 1 ? sections.first : sections.first(where: { $0 == "training" }) {
            return (section, key)
        }
        throw TrainingError.change(
            key,
            expected: YAMLReader.one(
                of: sections.isEmpty
                    ? Set(known.values.joined()).sorted() : sections.map { $0 + "." + key }),
            found: Phrase("“\(key)”"))
    }
}

/// What people call a recipe's options and their values, for the words under a figure.
package enum RecipeOption {
    /// `noise 0.3`
    package static func words(_ change: String) -> Phrase {
        guard let (key, value) = RecipeChanges.parts(change) else { return Phrase(change) }
        return Phrase(en: "{key} {value}", zh: "{key} {value}").filled([
            "key": name(key), "value": Self.value(value, of: key),
        ])
    }

    /// A key without its section; one that is not known stands as it is.
    package static func name(_ key: String) -> Phrase {
        switch last(key) {
        case "noise": Phrase(en: "noise", zh: "噪声")
        case "training_share": Phrase(en: "share of points to learn from", zh: "训练点的比例")
        case "set": Phrase(en: "data", zh: "数据")
        case "features": Phrase(en: "features", zh: "特征")
        case "hidden": Phrase(en: "hidden layers", zh: "隐藏层")
        case "activation": Phrase(en: "activation", zh: "激活函数")
        case "epochs": Phrase(en: "epochs", zh: "轮数")
        case "batch": Phrase(en: "batch size", zh: "批大小")
        case "learning_rate", "rate": Phrase(en: "learning rate", zh: "学习率")
        case "regularization": Phrase(en: "regularisation", zh: "正则化")
        case "regularization_rate": Phrase(en: "regularisation rate", zh: "正则化率")
        case "seed": Phrase(en: "seed", zh: "种子")
        case "steps": Phrase(en: "steps", zh: "步数")
        case "people": Phrase(en: "people", zh: "人数")
        case "houses": Phrase(en: "houses", zh: "房子数")
        case let other: Phrase(other.split(separator: "_").joined(separator: " "))
        }
    }

    /// A value as it is read aloud.
    package static func value(_ value: String, of key: String) -> Phrase {
        switch last(key) {
        case "regularization":
            switch value {
            case "none": return Phrase(en: "none", zh: "无")
            default: return Phrase(value.uppercased())
            }
        case "activation":
            switch value {
            case "relu": return Phrase("ReLU")
            case "linear": return Phrase(en: "none (linear)", zh: "无（线性）")
            default: return Phrase(value)
            }
        case "set": return PlaygroundData(rawValue: value)?.title ?? Phrase(value)
        case "hidden":
            let counts = value.filter { $0.isNumber || $0 == "," }
            return counts.isEmpty
                ? Phrase(en: "none", zh: "无") : Phrase(counts.split(separator: ",").joined(separator: "–"))
        default: return Phrase(value.replacing("-", with: "−"))
        }
    }

    private static func last(_ key: String) -> String {
        key.split(separator: ".").last.map { String($0) } ?? key
    }
}
