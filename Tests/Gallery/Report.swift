import Drawing
import Wording

/// Measures as tables for people: the worst of each kind of figure first, then every fault.
package struct Report {
    package var measures: [Measures]

    package init(_ measures: [Measures]) { self.measures = measures }

    package var text: String {
        var order: [String] = []
        var kinds: [String: [Measures]] = [:]
        for one in measures {
            if kinds[one.figure] == nil { order.append(one.figure) }
            kinds[one.figure, default: []].append(one)
        }
        var lines = [
            "body = least share of the body that the ink covers, in %, per shape (* = under what is wanted)",
            Self.row(
                "figure",
                ["slide", "wide", "square", "tall", "small", "faults", "contrast", "steady", "alt", "undrawn"]),
        ]
        for id in order {
            let own = kinds[id] ?? []
            let shapes = Way.all.map(\.size).reduce(into: [Size]()) { if !$0.contains($1) { $0.append($1) } }
            let shares = shapes.map { size in
                own.filter { $0.way.size == size && $0.undrawn == nil }.min { $0.share < $1.share }.map {
                    "\(Int(($0.share * 100).rounded()))\($0.isFull ? "" : "*")"
                } ?? "–"
            }
            let faintest = own.compactMap(\.faintest).min { $0.ratio / $0.least < $1.ratio / $1.least }
            lines.append(
                Self.row(
                    id,
                    shares + [
                        "\(own.count { !$0.faults.isEmpty })",
                        faintest.map { Self.tenths($0.ratio) + ($0.ratio >= $0.least - 0.005 ? "" : "*") } ?? "–",
                        "\(Int(((own.map(\.steady).min() ?? 1) * 100).rounded()))",
                        own.contains(where: \.repeatsItself) ? "same" : "", "\(own.count { $0.undrawn != nil })",
                    ]))
        }
        lines += ["", "faults and faint texts, figure by figure"]
        for id in order {
            for one in kinds[id] ?? [] {
                var words = one.faults.prefix(3).map { $0 } + (one.faults.count > 3 ? ["+\(one.faults.count - 3)"] : [])
                if let faint = one.faintest, !one.isClear {
                    words.append("‘\(faint.text)’ has \(Self.tenths(faint.ratio)) : 1")
                }
                if !one.isFull { words.append("body \(Int((one.share * 100).rounded())) %") }
                if let undrawn = one.undrawn { words.append("not drawn: \(undrawn)") }
                if !words.isEmpty {
                    lines.append("\(id) · \(one.scene) · \(one.way): " + words.joined(separator: " | "))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        ([name + String(repeating: " ", count: max(0, 28 - name.count))]
            + cells.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }).joined()
    }

    private static func tenths(_ ratio: Double) -> String { "\((ratio * 10).rounded(.down) / 10)" }
}
