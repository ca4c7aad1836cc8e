// What strings lack in Embedded Swift, under the standard library's own names.
#if hasFeature(Embedded)
    extension Collection where Element: Equatable {
        public func firstRange(of other: some Collection<Element>) -> Range<Index>? {
            var start = startIndex
            while true {
                var (here, there) = (start, other.startIndex)
                while there != other.endIndex, here != endIndex, self[here] == other[there] {
                    formIndex(after: &here)
                    other.formIndex(after: &there)
                }
                if there == other.endIndex { return start..<here }
                if start == endIndex { return nil }
                formIndex(after: &start)
            }
        }

        public func contains(_ other: some Collection<Element>) -> Bool { firstRange(of: other) != nil }
    }

    extension String {
        public func replacing(_ target: String, with replacement: String) -> String {
            var result = ""
            var rest = self[...]
            while let found = rest.firstRange(of: target) {
                result += rest[rest.startIndex..<found.lowerBound]
                result += replacement
                rest = rest[found.upperBound...]
            }
            return result + rest
        }
    }
#endif
