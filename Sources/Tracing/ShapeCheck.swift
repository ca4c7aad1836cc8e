import Tensors
import Wording

/// Whether the tensors of a trace have the lengths that their names promise, and those that the others have: a file may
/// claim anything.
///
/// Every tensor says how long the axes are that it shares with others; what most of them say holds, and of what is
/// said equally often the first. What does not agree is set aside, and the rest can be relied on.
struct ShapeCheck {
    struct Claim {
        let name: StepName
        let shape: [Int]
        let axes: [Axis]
        /// As the file calls it.
        let written: String
        /// Whether the name is another word for a step: then it counts less than the step's own.
        var isAlias = false
    }

    /// What was found and what was expected, of tensors that do not fit, by the file's name for them.
    private(set) var lies: [String: (expected: Phrase, found: Phrase)] = [:]
    private let isElsewhere: Bool
    private let hasTwoStacks: Bool
    private var votes: [String: [(length: Int, weight: Int)]] = [:]
    private var lengths: [String: Int] = [:]

    /// - Parameters:
    ///   - claims: in the order in which they count where nothing else decides.
    ///   - isElsewhere: whether another program recorded it: then heads and neurons may differ from block to block, and
    ///     a text's first keys may have been read before.
    ///   - tokens: how many tokens the text is said to have; nil where nothing is said.
    init(_ claims: [Claim], isElsewhere: Bool, tokens: Int? = nil) {
        self.isElsewhere = isElsewhere
        // A worker's part of a model has parts of its axes.
        let claims = claims.filter { $0.name.worker == nil }
        hasTwoStacks = claims.contains { $0.name.stack == .decoder }
        for claim in claims where claim.shape.count == claim.axes.count && !claim.shape.contains(0) {
            for (place, length) in claim.shape.enumerated() {
                if let key = key(claim, place) { vote(key, length, claim.isAlias ? 1 : 3) }
            }
        }
        for stack in [Stack.single, .encoder] {
            for kind in ["positions", "keys"] {
                let key = Self.text(kind, stack)
                if let tokens, tokens > 0, votes[key] != nil { vote(key, tokens, 1) }
            }
        }
        for (key, said) in votes {
            lengths[key] = said.max { $0.weight < $1.weight }?.length
        }
        settle()
        for claim in claims {
            let expected = claim.axes.indices.map { self.expected(claim, $0) }
            let isAsExpected = expected.elementsEqual(claim.shape) { $0.length == $1 }
            guard claim.shape.contains(0) || !isAsExpected else { continue }
            let words = expected.isEmpty ? "scalar" : expected.map({ $0.words }).joined(separator: " × ")
            lies[claim.written] = (Phrase(words), Phrase(Shape(claim.shape).description))
        }
    }

    /// How many positions a stack read in its first pass.
    func positions(_ stack: Stack) -> Int? { lengths[Self.text("positions", stack)] }

    /// How many keys they looked at: more than positions where earlier ones were kept.
    func keys(_ stack: Stack) -> Int? { lengths[Self.text("keys", stack)] ?? positions(stack) }

    /// How many texts were read side by side.
    var batch: Int? { lengths["batch 0"] }

    /// How many words the ids of a stack are taken from.
    func vocabulary(_ stack: Stack) -> Int? { lengths[stack == .encoder ? "vocabulary encoder" : "vocabulary"] }

    /// Sets ids aside that stand for no word.
    mutating func checkIDs(_ name: StepName, _ tensor: Tensor, written: String) {
        let limit: Int? =
            switch name.label {
            case .tokens: vocabulary(name.stack)
            case .segments: lengths["segments"]
            case .mask: 2
            default: nil
            }
        guard [.tokens, .segments, .mask].contains(name.label), lies[written] == nil else { return }
        let last = limit.map { $0 - 1 } ?? 1 << 24
        let found = tensor.withUnsafeBuffer { cells in
            cells.first { cell in Int(exactly: cell).map { $0 < 0 || $0 > last } ?? true }
        }
        guard let found else { return }
        lies[written] = (
            Phrase(en: "whole numbers from 0 to \(last)", zh: "0 到 \(last) 的整数"), Phrase("\(found)")
        )
    }

    /// What was set aside, a line each, in the order of the file; of many the first ones.
    func notes(_ order: [String]) -> [Phrase] {
        let names = order.filter { lies[$0] != nil }
        let shown = names.count <= Self.most + 1 ? names : Array(names.prefix(Self.most))
        var notes = shown.compactMap { name in
            lies[name].map { lie in
                Phrase(
                    en: "“\(name)” is set aside: expected \(lie.expected.english), found \(lie.found.english)",
                    zh: "“\(name)”不予采用：应为 \(lie.expected.chinese)，实为 \(lie.found.chinese)")
            }
        }
        let rest = names.dropFirst(shown.count)
        if !rest.isEmpty {
            let list = rest.prefix(2 * Self.most).map { "“\($0)”" } + (rest.count > 2 * Self.most ? ["…"] : [])
            notes.append(
                Phrase(
                    en: "\(rest.count) more are set aside, whose shapes do not fit: \(list.joined(separator: ", "))",
                    zh: "另有 \(rest.count) 个形状不合，也不予采用：\(list.joined(separator: "、"))"))
        }
        return notes
    }

    private static let most = 8

    // MARK: Lengths

    private mutating func vote(_ key: String, _ length: Int, _ weight: Int) {
        if let place = votes[key]?.firstIndex(where: { $0.length == length }) {
            votes[key]?[place].weight += weight
        } else {
            votes[key, default: []].append((length, weight))
        }
    }

    /// What follows from other lengths goes before what was said.
    private mutating func settle() {
        for (key, length) in lengths {
            if key.hasPrefix("keys "), let positions = lengths["positions " + key.dropFirst(5)] {
                // Nobody looks at fewer keys than there are positions; ours at those of all passes so far.
                let all = isElsewhere ? nil : positionsSoFar(String(key.dropFirst(5)))
                if let all { lengths[key] = all } else if length < positions { lengths[key] = positions }
            } else if key.hasPrefix("key heads "), let heads = lengths[String(key.dropFirst(4))] {
                // Several heads may share a key, each the same number of them.
                if heads % length != 0 { lengths[key] = heads }
            } else if key.hasPrefix("joined "), let heads = lengths["heads " + key.dropFirst(7)],
                let width = lengths["value width " + key.dropFirst(7)]
            {
                lengths[key] = Shape.product(heads, width)
            }
        }
    }

    /// The positions of a pass and of all before it; nil where one of them is not known.
    private func positionsSoFar(_ pass: String) -> Int? {
        let end = pass.lastIndex(of: " ").map { pass.index(after: $0) } ?? pass.startIndex
        guard let last = Int(pass[end...]) else { return nil }
        var sum = 0
        for each in 0...max(last, 0) {
            guard let length = lengths["positions \(pass[..<end])\(each)"] else { return nil }
            sum += length
        }
        return sum
    }

    private func expected(_ claim: Claim, _ place: Int) -> (length: Int?, words: String) {
        let found =
            claim.shape.indices.contains(place) && claim.shape.count == claim.axes.count ? claim.shape[place] : nil
        let axis = claim.axes[place]
        if axis == .single { return (1, "1") }
        guard let key = key(claim, place) else {
            // A table has a row for each position, and more for longer texts.
            if axis == .position, let found, let least = positions(claim.name.stack), found < least {
                return (least, "\(least)")
            }
            return (found, found.map { "\($0)" } ?? axis.rawValue)
        }
        var lengths = [lengths[key]].compactMap { $0 }
        if key.hasPrefix("kept ") {
            // Keys and values recorded elsewhere may be those of one pass, or all that are kept.
            let known = ["positions ", "keys "].compactMap { self.lengths[$0 + key.dropFirst(5)] }
            if !known.isEmpty { lengths = known }
        }
        if let found, lengths.contains(found) { return (found, "\(found)") }
        return (lengths.first, lengths.first.map { "\($0)" } ?? axis.rawValue)
    }

    // MARK: Axes

    private static func text(_ kind: String, _ stack: Stack?, part: Int = 0, pass: Int = 0) -> String {
        "\(kind) \(stack?.rawValue ?? "source") \(part) \(pass)"
    }

    /// What an axis shares its length with; nil where with nothing.
    private func key(_ claim: Claim, _ place: Int) -> String? {
        let (name, written) = (claim.name, claim.name.label.rawValue)
        let isCrossed = name.label.uncrossed != nil
        let label = name.label.uncrossed ?? name.label
        // Of two stacks the last one gives the logits.
        let stack =
            name.stack != .single || !hasTwoStacks
            ? name.stack : [.logits, .probabilities].contains(label) ? Stack.decoder : .encoder
        let own =
            (isElsewhere ? "\(name.stack) \(name.block ?? -1)" : name.stack.rawValue) + (isCrossed ? " cross" : "")
        func here(_ kind: String) -> String { Self.text(kind, stack, part: name.part, pass: name.pass) }
        let source = Self.text("positions", stack == .decoder ? .encoder : nil, part: name.part)
        switch claim.axes[place] {
        case .batch: return "batch \(name.part)"
        case .query: return here("positions")
        case .key: return isCrossed ? source : here("keys")
        case .position:
            switch label {
            case .positions, .positionTable: return nil
            case .keysSoFar, .valuesSoFar: return here("keys")
            case .key, .value, .keyNorm, .keyNormScale, .rotatedKey:
                return isCrossed ? source : here(isElsewhere ? "kept" : "positions")
            default: return here("positions")
            }
        case .head: return (Self.keyHeads.contains(label) ? "key heads " : "heads ") + own
        case .headWidth:
            if [.rotaryCosines, .rotarySines].contains(label) { return "rotary" }
            return (Self.values.contains(label) ? "value width " : "head width ") + own
        case .width:
            if label == .joined || label == .outputWeight && place == 0 { return "joined " + own }
            return !isElsewhere ? "width" : name.block == nil ? nil : "width \(name.stack)"
        case .hidden: return "hidden " + own
        case .vocabulary: return name.stack == .encoder ? "vocabulary encoder" : "vocabulary"
        case .unknown:
            return label == .segmentEmbedding ? "segments" : written.hasPrefix("nsp") ? "pairs" : "classes"
        case .single, .row, .column: return nil
        }
    }

    private static let keyHeads: Set<Label> = [
        .key, .value, .keyNorm, .keyNormScale, .rotatedKey, .keysSoFar, .valuesSoFar, .keyWeight, .valueWeight,
        .keyBias, .valueBias,
    ]
    private static let values: Set<Label> = [.value, .valuesSoFar, .valueWeight, .valueBias, .z]
}
