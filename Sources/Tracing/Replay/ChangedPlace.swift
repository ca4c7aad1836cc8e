/// A part of a model by its short name, taken apart: `decoder.L2H1`, `L0N14`, `cross.L1A`, `L3`.
package struct ChangedPlace: Sendable, Hashable {
    /// Nil where none is named: the decoder's of a model of two stacks, else the only one.
    package private(set) var stack: Stack?
    /// The attention that reads the encoder.
    package private(set) var isCross = false
    package private(set) var layer = 0
    package private(set) var part = Part.layer

    package enum Part: Sendable, Hashable {
        case head(Int)
        /// A neuron of the feed-forward part, where it hands on its activation.
        case neuron(Int)
        case attention
        case feedForward
        /// Attention and feed-forward part.
        case layer
    }

    package init?(_ text: String) {
        var rest = text[...]
        if let dot = rest.firstIndex(of: "."), dot > rest.startIndex {
            isCross = rest[..<dot] == "cross"
            guard let stack = isCross ? .decoder : Stack(rawValue: String(rest[..<dot])) else { return nil }
            self.stack = stack
            rest = rest[rest.index(after: dot)...]
        }
        guard rest.first == "L", let layer = Self.number(&rest) else { return nil }
        self.layer = layer
        switch rest.first {
        case nil: break
        case "H":
            guard let head = Self.number(&rest), rest.isEmpty else { return nil }
            part = .head(head)
        case "N" where !isCross:
            guard let neuron = Self.number(&rest), rest.isEmpty else { return nil }
            part = .neuron(neuron)
        case "A" where rest.count == 1: part = .attention
        case "M" where rest.count == 1 && !isCross: part = .feedForward
        default: return nil
        }
    }

    /// The number behind a letter.
    private static func number(_ rest: inout Substring) -> Int? {
        rest = rest.dropFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(digits)
    }

    /// The stack that is meant in a run.
    package func stack(in trace: Trace) -> Stack {
        stack ?? (trace.stacks.contains(.decoder) ? .decoder : .single)
    }
}
