import Wording

/// What a mistyped name most likely meant.
package enum Nearest {
    /// At most three of the known names, the nearest first; none where none comes near.
    package static func names(to name: String, among known: [String]) -> [String] {
        let ranked = known.map { (name: $0, changes: changes(from: name, to: $0)) }
            .filter { $0.changes <= max(2, name.count / 3) || (name.count > 2 && $0.name.contains(name)) }
            .sorted { $0.changes < $1.changes }
        return ranked.prefix(3).map { $0.name }
    }

    /// Levenshtein's distance: the fewest letters to insert, delete or replace.
    private static func changes(from one: String, to other: String) -> Int {
        let target = Array(other)
        var row = Array(0...target.count)
        // Names are short: of a long text only its beginning need be looked at.
        for (place, letter) in one.prefix(256).enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for column in target.indices {
                let replaced = diagonal + (letter == target[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[target.count]
    }
}
