extension SplitRegex {
    /// The leftmost match at or after `start`; `nil` where there is none before `end`.
    ///
    /// - Parameters:
    ///   - text: well-formed UTF-8. The text begins at `range.lowerBound` and ends at `range.upperBound`.
    ///   - stack: scratch space, kept by the caller from match to match.
    func match(
        in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, from start: Int, _ stack: inout [Choice]
    ) -> Range<Int>? {
        let matcher = Matcher(regex: self, text: text, first: range.lowerBound, last: range.upperBound)
        var offset = start
        while offset <= range.upperBound {
            stack.removeAll(keepingCapacity: true)
            if let end = matcher.run(0, offset, &stack) { return offset..<end }
            guard offset < range.upperBound else { return nil }
            offset += text.character(at: offset).length
        }
        return nil
    }

    /// Where to go on when what is being tried fails.
    struct Choice {
        var instruction: Int
        var offset: Int
        /// A run gives back one character after the other down to here; equal to `offset` for other choices.
        var lowest: Int
    }

    private struct Matcher {
        let regex: SplitRegex
        let text: UnsafeBufferPointer<UInt8>
        let first: Int
        let last: Int

        /// Where a match from an instruction ends; the stack is left as it was found.
        func run(_ instruction: Int, _ offset: Int, _ stack: inout [Choice]) -> Int? {
            let base = stack.count
            var at = instruction
            var offset = offset
            while true {
                var fails = false
                switch regex.instructions[at] {
                case .matched:
                    stack.removeLast(stack.count - base)
                    return offset
                case .jump(let target): at = target
                case .split(let into, let past):
                    stack.append(Choice(instruction: past, offset: offset, lowest: offset))
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
                    at += 1
                    if let lowest = take(regex.sets[set], minimum, maximum, &offset) {
                        if givesBack, lowest < offset {
                            stack.append(Choice(instruction: at, offset: offset, lowest: lowest))
                            // The choice is to give back; the whole run is what is tried now.
                        }
                    } else {
                        fails = true
                    }
                case .look(let negated, let next):
                    fails = (run(at + 1, offset, &stack) != nil) == negated
                    at = next
                case .atomic(let next):
                    if let end = run(at + 1, offset, &stack) { offset = end } else { fails = true }
                    at = next
                case .assertion(let assertion):
                    at += 1
                    fails = !holds(assertion, offset)
                }
                guard fails else { continue }
                guard stack.count > base, var choice = stack.popLast() else { return nil }
                if choice.lowest < choice.offset {
                    choice.offset = text.start(before: choice.offset)
                    if choice.lowest < choice.offset { stack.append(choice) }
                }
                at = choice.instruction
                offset = choice.offset
            }
        }

        /// Moves past a run; the offset after its least characters, or `nil` where there are fewer.
        @inline(__always)
        private func take(_ set: ScalarSet, _ minimum: Int, _ maximum: Int, _ offset: inout Int) -> Int? {
            var count = 0
            var lowest = offset
            while count < maximum, offset < last {
                let (value, length) = text.character(at: offset)
                guard set.contains(value, regex.table) else { break }
                offset += length
                count += 1
                if count == minimum { lowest = offset }
            }
            return count < minimum ? nil : lowest
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
