/// What repeats in lines of letters: neighbours that stand together often become one symbol, again and again, as long as
/// a name costs less than what it stands for (Larsson and Moffat, *Off-line dictionary-based compression*, 1999). Takes
/// time about as the number of letters, and gives the same for the same lines.
package struct LetterGrammar {
    /// A letter or a symbol, and where it stands from the beginning of what it belongs to.
    package struct Placed: Hashable, Sendable {
        package var symbol: Int
        package var x: Int
        package var y: Int

        package init(symbol: Int, x: Int, y: Int) {
            (self.symbol, self.x, self.y) = (symbol, x, y)
        }
    }

    /// What is written for each line: letters, symbols or both.
    package private(set) var lines: [[Placed]] = []
    /// What the symbols from `letters` on stand for; empty for those that are not worth their name.
    package private(set) var symbols: [[Placed]] = []
    /// Symbols below are letters.
    let letters: Int
    private var isAlive: [Bool] = []
    /// How often each line stands there.
    private let counts: [Int]
    /// The symbol of a line that stands there more than once.
    private var ofLines: [Int?] = []

    /// What is written to place something, to name it, and to place several side by side, in bytes.
    private static let (placing, naming, gathering) = (26, 19, 25)

    /// - Parameters:
    ///   - lines: of letters only, no two the same.
    ///   - counts: how often each stands there.
    ///   - letters: how many different letters there are.
    package init(_ lines: [[Placed]], counts: [Int], letters: Int) {
        (self.letters, self.counts) = (letters, counts)
        var pairs = LetterPairs(lines, firstSymbol: letters)
        pairs.replaceAll()
        symbols = pairs.symbols
        for (line, count) in zip(pairs.lines, counts) {
            guard count > 1, line.count > 1 else {
                ofLines.append(nil)
                self.lines.append(line)
                continue
            }
            let symbol = letters + symbols.count
            ofLines.append(symbol)
            symbols.append(line)
            self.lines.append([Placed(symbol: symbol, x: 0, y: 0)])
        }
        isAlive = symbols.map { _ in true }
        prune()
        self.lines = self.lines.map(expanded)
        symbols = symbols.indices.map { isAlive[$0] ? expanded(symbols[$0]) : [] }
    }

    /// How often each letter and each symbol is placed.
    var uses: [Int] {
        var uses = [Int](repeating: 0, count: letters + symbols.count)
        for (line, count) in zip(lines, counts) { for item in line { uses[item.symbol] += count } }
        for symbol in symbols { for item in symbol { uses[item.symbol] += 1 } }
        return uses
    }

    private func expanded(_ items: [Placed]) -> [Placed] {
        var result: [Placed] = []
        func add(_ items: [Placed], _ x: Int, _ y: Int) {
            for item in items {
                let place = item.symbol - letters
                if place >= 0, !isAlive[place] {
                    add(symbols[place], x + item.x, y + item.y)
                } else {
                    result.append(Placed(symbol: item.symbol, x: x + item.x, y: y + item.y))
                }
            }
        }
        add(items, 0, 0)
        return result
    }

    /// Takes out names that cost more than they save.
    private mutating func prune() {
        let wholeLines = Set(ofLines.compactMap(\.self))
        for _ in 0..<4 {
            var hasChanged = false
            var uses = [Int](repeating: 0, count: letters + symbols.count)
            for (line, count) in zip(lines, counts) { for item in expanded(line) { uses[item.symbol] += count } }
            var bodies: [[Placed]] = symbols.map { _ in [] }
            for place in symbols.indices where isAlive[place] {
                bodies[place] = expanded(symbols[place])
                for item in bodies[place] { uses[item.symbol] += 1 }
            }
            for place in symbols.indices.reversed() where isAlive[place] {
                let (count, length) = (uses[letters + place], bodies[place].count)
                let spelt = length * Self.placing + (wholeLines.contains(letters + place) ? Self.gathering : 0)
                guard count * (spelt - Self.placing) <= Self.naming + length * Self.placing else { continue }
                isAlive[place] = false
                hasChanged = true
                for item in bodies[place] { uses[item.symbol] += count - 1 }
            }
            if !hasChanged { return }
        }
    }
}

/// Lines in which pairs of neighbours are replaced by symbols, the commonest first.
private struct LetterPairs {
    private struct Pair: Hashable {
        var (left, right): (Int, Int)
        var (x, y): (Int, Int)
    }

    private var symbol: [Int] = []
    private var (x, y): ([Int], [Int]) = ([], [])
    /// −1 at the ends.
    private var (previous, next): ([Int], [Int]) = ([], [])
    private var starts: [Int] = []
    private var known: [Pair: Int] = [:]
    private var pairs: [Pair] = []
    /// The left ends of each pair, some of which are gone.
    private var places: [[Int]] = []
    private var counts: [Int] = []
    /// Pairs by how often they stood there when they were last counted.
    private var queue: [[Int]] = []
    private let firstSymbol: Int
    private(set) var symbols: [[LetterGrammar.Placed]] = []

    init(_ lines: [[LetterGrammar.Placed]], firstSymbol: Int) {
        self.firstSymbol = firstSymbol
        for line in lines {
            starts.append(line.isEmpty ? -1 : symbol.count)
            for (place, letter) in line.enumerated() {
                let node = symbol.count
                symbol.append(letter.symbol)
                x.append(letter.x)
                y.append(letter.y)
                previous.append(place > 0 ? node - 1 : -1)
                next.append(place + 1 < line.count ? node + 1 : -1)
            }
        }
        for node in symbol.indices { see(node) }
    }

    var lines: [[LetterGrammar.Placed]] {
        starts.map { start in
            var (line, node): ([LetterGrammar.Placed], Int) = ([], start)
            while node >= 0 {
                line.append(.init(symbol: symbol[node], x: x[node], y: y[node]))
                node = next[node]
            }
            return line
        }
    }

    mutating func replaceAll() {
        var count = queue.count - 1
        while count > 1 {
            guard let pair = queue[count].popLast() else {
                count -= 1
                continue
            }
            guard counts[pair] == count else {
                // It was counted anew, and stands where it belongs, or is fewer.
                if counts[pair] > 1, counts[pair] < count { queue[counts[pair]].append(pair) }
                continue
            }
            replace(pair)
        }
    }

    private func pair(at left: Int) -> Pair? {
        guard left >= 0, next[left] >= 0 else { return nil }
        let right = next[left]
        return Pair(left: symbol[left], right: symbol[right], x: x[right] - x[left], y: y[right] - y[left])
    }

    private mutating func see(_ left: Int) {
        guard let pair = pair(at: left) else { return }
        let place = known[pair] ?? pairs.count
        if place == pairs.count {
            known[pair] = place
            pairs.append(pair)
            places.append([])
            counts.append(0)
        }
        places[place].append(left)
        counts[place] += 1
        while queue.count <= counts[place] { queue.append([]) }
        if counts[place] > 1 { queue[counts[place]].append(place) }
    }

    private mutating func forget(_ left: Int) {
        if let place = pair(at: left).flatMap({ known[$0] }) { counts[place] -= 1 }
    }

    private mutating func replace(_ place: Int) {
        let pair = pairs[place]
        // Of three equal letters in a row only two are one pair.
        var (found, taken): ([Int], Set<Int>) = ([], [])
        for left in places[place] where symbol[left] >= 0 && self.pair(at: left) == pair && !taken.contains(left) {
            found.append(left)
            taken.insert(left)
            taken.insert(next[left])
        }
        places[place] = []
        counts[place] = 0
        guard found.count > 1 else { return }
        let name = firstSymbol + symbols.count
        symbols.append([.init(symbol: pair.left, x: 0, y: 0), .init(symbol: pair.right, x: pair.x, y: pair.y)])
        for left in found {
            let right = next[left]
            forget(previous[left])
            forget(right)
            symbol[left] = name
            symbol[right] = -1
            next[left] = next[right]
            if next[left] >= 0 { previous[next[left]] = left }
            see(previous[left])
            see(left)
        }
    }
}
