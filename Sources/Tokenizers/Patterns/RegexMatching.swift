import Wording

extension SplitRegex {
    /// The leftmost match at or after `start`; `nil` where there is none before `end`.
    ///
    /// - Parameters:
    ///   - text: well-formed UTF-8. The text begins at `range.lowerBound` and ends at `range.upperBound`.
    ///   - memory: kept by the caller from match to match.
    /// - Throws: ``TokenizerError/patternLimit(pattern:steps:)`` where it would take too long.
    func match(
        in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, from start: Int, _ memory: inout MatchMemory
    ) throws(Failure) -> Range<Int>? {
        let matcher = Matcher(regex: self, text: text, first: range.lowerBound, last: range.upperBound)
        var offset = start
        while offset <= range.upperBound {
            memory.begin(at: offset)
            if let end = try matcher.run(0, offset, &memory) { return offset..<end }
            guard offset < range.upperBound else { return nil }
            offset += text.character(at: offset).length
        }
        return nil
    }

    private struct Matcher {
        let regex: SplitRegex
        let text: UnsafeBufferPointer<UInt8>
        let first: Int
        let last: Int

        /// Where a match from an instruction ends; the stack is left as it was found.
        func run(_ instruction: Int, _ offset: Int, _ memory: inout MatchMemory) throws(Failure) -> Int? {
            let base = memory.stack.count
            let depth = memory.depth
            var at = instruction
            var offset = offset
            while true {
                try memory.pay()
                var fails = false
                if memory.remembers, regex.instructions[at].branches, let known = try memory.answer(at, offset) {
                    if known >= 0 { return leave(base, depth, Int(known), &memory) }
                    fails = true
                } else {
                    switch regex.instructions[at] {
                    case .matched: return leave(base, depth, offset, &memory)
                    case .jump(let target): at = target
                    case .split(let into, let past):
                        memory.push(past, offset, lowest: offset)
                        at = into
                    case .one(let set):
                        at += 1
                        if offset < last {
                            let (value, length) = text.character(at: offset)
                            fails = !regex.sets[set].contains(value, regex.table)
                            offset += length
                        } else {
                            fails = true
                        }
                    case .run(let set, let minimum, let maximum, let givesBack):
                        let start = offset
                        let lowest = try take(regex.sets[set], minimum, maximum, at, &offset, &memory)
                        at += 1
                        if lowest < 0 {
                            fails = true
                        } else if givesBack, lowest < offset {
                            if memory.remembers {
                                offset = memory.place(at, offset) { text.start(before: $0) }
                            }
                            fails = offset < lowest || offset < start
                            // The choice is to give back; the whole run is what is tried now.
                            if !fails, lowest < offset { memory.push(at, offset, lowest: lowest) }
                        }
                    case .look(let negated, let next):
                        fails = (try run(at + 1, offset, &memory) != nil) == negated
                        at = next
                    case .atomic(let next):
                        if let end = try run(at + 1, offset, &memory) { offset = end } else { fails = true }
                        at = next
                    case .assertion(let assertion):
                        at += 1
                        fails = !holds(assertion, offset)
                    }
                }
                guard fails else { continue }
                guard var choice = memory.pop(above: base) else {
                    memory.forget(from: depth)
                    return nil
                }
                if choice.lowest < choice.offset {
                    if memory.remembers {
                        let length = choice.offset < last ? text.character(at: choice.offset).length : 1
                        memory.fail(choice.instruction, choice.offset, next: choice.offset + length)
                    }
                    choice.offset = text.start(before: choice.offset)
                    if memory.remembers {
                        choice.offset = max(
                            choice.lowest, memory.place(choice.instruction, choice.offset) { text.start(before: $0) })
                    }
                    if choice.lowest < choice.offset {
                        memory.push(choice.instruction, choice.offset, lowest: choice.lowest)
                    }
                }
                at = choice.instruction
                offset = choice.offset
            }
        }

        private func leave(_ base: Int, _ depth: Int, _ end: Int, _ memory: inout MatchMemory) -> Int {
            memory.stack.removeLast(memory.stack.count - base)
            memory.succeed(from: depth, end: end)
            return end
        }

        /// Moves past a run; the offset after its least characters, or −1 where there are fewer.
        @inline(__always)
        private func take(
            _ set: ScalarSet, _ minimum: Int, _ maximum: Int, _ instruction: Int, _ offset: inout Int,
            _ memory: inout MatchMemory
        ) throws(Failure) -> Int {
            let start = offset
            var count = 0
            var lowest = offset
            let isOpen = memory.remembers && maximum == RegexParser.unlimited
            let known = isOpen ? memory.stretch(ofRun: instruction) : 0..<0
            while count < maximum, offset < last {
                if count >= minimum, known.contains(offset) {
                    offset = known.upperBound
                    break
                }
                let (value, length) = text.character(at: offset)
                guard set.contains(value, regex.table) else { break }
                offset += length
                count += 1
                if count == minimum { lowest = offset }
            }
            try memory.pay(count >> 2)
            if count < minimum { return -1 }
            if isOpen, start < offset, !known.contains(start) { memory.keep(start..<offset, ofRun: instruction) }
            return lowest
        }

        private func holds(_ assertion: RegexNode.Assertion, _ offset: Int) -> Bool {
            switch assertion {
            case .startOfText: offset == first
            case .endOfText: offset == last
            case .endOfTextOrLastLine: offset == last || offset == last - 1 && text[offset] == 0x0A
            case .startOfLine: offset == first || text[offset - 1] == 0x0A && offset < last
            case .endOfLine: offset == last || text[offset] == 0x0A
            case .wordBoundary: isWord(before: offset) != isWord(at: offset)
            case .noWordBoundary: isWord(before: offset) == isWord(at: offset)
            case .after(let set): contains(set, before: offset)
            case .notAfter(let set): !contains(set, before: offset)
            }
        }

        private func isWord(at offset: Int) -> Bool {
            offset < last && regex.word.contains(text.character(at: offset).value, regex.table)
        }

        private func isWord(before offset: Int) -> Bool { contains(regex.word, before: offset) }

        private func contains(_ set: ScalarSet, before offset: Int) -> Bool {
            offset > first && set.contains(text.character(at: text.start(before: offset)).value, regex.table)
        }
    }
}
