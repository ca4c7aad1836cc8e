import Tracing

/// Names that spreadsheets take: of sheets at most 31 characters, of ranges none that could be a cell's.
struct SheetNames {
    private var taken: Set<String> = []
    private var ranges: Set<String> = []

    /// A sheet's name, unlike all before: `L0.attn.q` of `blocks.0.attn.q`.
    mutating func sheet(_ step: StepName) -> String { sheet(Self.short(step.description)) }

    mutating func sheet(_ text: String) -> String {
        var name = String(text.map { "[]:*?/\\'".contains($0) ? "_" : $0 })
        if name.isEmpty || name.lowercased() == "history" { name += "_" }
        let whole = Self.cut(name, SheetLimit.name)
        var (found, number) = (whole, 2)
        while !taken.insert(found.lowercased()).inserted {
            let end = "~\(number)"
            found = Self.cut(whole, SheetLimit.name - end.count) + end
            number += 1
        }
        return found
    }

    /// What spreadsheets count are UTF-16 units.
    private static func cut(_ text: String, _ most: Int) -> String {
        var text = text
        while text.utf16.count > most { text.removeLast() }
        return text
    }

    private static func short(_ name: String) -> String {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let block = parts.firstIndex(of: "blocks"), block + 1 < parts.count {
            parts[block + 1] = "L" + parts[block + 1]
            parts.remove(at: block)
        }
        let words = ["decoder": "dec", "encoder": "enc"]
        parts = parts.map { words[$0] ?? $0 }
        if parts.count > 1, parts[0] == "generated" || parts[0] == "part" {
            parts[0] = (parts[0] == "part" ? "part" : "g") + parts.remove(at: 1)
        }
        if let scores = parts.firstIndex(where: { $0.hasPrefix("attn_scores") }) {
            parts[scores].replace("attn_scores", with: "scores")
        }
        return parts.joined(separator: ".")
    }

    /// A defined name: letters, digits, dots and underscores, not begun by a digit, no cell's and no other's.
    mutating func range(_ step: StepName) -> String {
        var name = String(
            step.description.map { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" ? $0 : "_" }.prefix(250))
        if !(name.first.map { $0.isLetter || $0 == "_" } ?? false) { name = "_" + name }
        if Self.isCell(name) { name += "_" }
        while !ranges.insert(name.lowercased()).inserted { name += "_" }
        return name
    }

    /// `W1`, `R`, `R1C1`: what would be read as a cell, a row or a column.
    private static func isCell(_ name: String) -> Bool {
        let lower = name.lowercased()
        let letters = lower.prefix { $0.isASCII && $0.isLetter }
        let rest = lower.dropFirst(letters.count)
        if rest.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return rest.isEmpty ? ["r", "c", "true", "false"].contains(lower) : letters.count <= 3
        }
        guard lower.first == "r" || lower.first == "c" else { return false }
        return lower.dropFirst().allSatisfy { $0.isNumber || $0 == "c" || $0 == "r" }
    }
}
