import Subjects
import Tracing

/// Which steps are formulas; all of them where nothing is said. What they read stays as constants.
package struct WorkbookSelection: Sendable, Hashable {
    package var layer: Int?
    package var head: Int?
    package var steps: [Glob]

    package init(layer: Int? = nil, head: Int? = nil, steps: [Glob] = []) {
        (self.layer, self.head, self.steps) = (layer, head, steps)
    }

    package var isWhole: Bool { layer == nil && head == nil && steps.isEmpty }

    /// As the command line writes it.
    package var text: String {
        var words: [String] = []
        if let layer { words.append("--layer \(layer)") }
        if let head { words.append("--head \(head)") }
        words += steps.map { "--step '\($0.pattern)'" }
        return words.joined(separator: " ")
    }

    func holds(_ step: Step) -> Bool {
        if let layer, step.name.block != layer { return false }
        if head != nil, !step.axes.contains(.head) { return false }
        return steps.isEmpty || steps.contains { $0.matches(step.name.description) }
    }

    /// Of one head its own part of each step alone, of heads that share a key that key's.
    func window(of step: Step, heads: Int) -> [Range<Int>] {
        zip(step.shape.dimensions, step.axes).map { length, axis in
            guard let head, axis == .head, heads > 0, length > 0 else { return 0..<length }
            let place = min(head * length / heads, length - 1)
            return place..<place + 1
        }
    }
}
