extension VectorLedger {
    /// The column to write out: one that changes much, among those whose rounded numbers still add up before the
    /// reader's eyes. nil where there are no rows.
    ///
    /// A stream row is the sum of the stream row before it (if any) and the additions between.
    static func tellingColumn(_ rows: [Row]) -> Int? {
        let width = rows.map { $0.values.count }.min() ?? 0
        func change(_ column: Int) -> Double {
            let sizes = rows.filter { $0.kind == .addition }.map { abs(Double($0.values[column])) }
            // The least counts for more than the sum: a column where one sublayer does nothing shows little.
            return (sizes.min() ?? 0) * Double(sizes.count) + sizes.reduce(0, +)
        }
        func addsUp(_ column: Int) -> Bool {
            var sum = 0.0
            var isFirst = rows.first?.kind == .stream
            for row in rows {
                let units = (Double(row.values[column]) * 100).rounded()
                switch row.kind {
                case .addition: sum += units
                case .normalized: sum = units
                case .stream:
                    if !isFirst, abs(units - sum) > 0.5 { return false }
                    sum = units
                }
                isFirst = false
            }
            return true
        }
        // A column with a number that is none comes last.
        let changes = (0..<width).map { column -> Double in
            let change = change(column)
            return change.isNaN ? -1 : change
        }
        let ordered = (0..<width).sorted { changes[$0] > changes[$1] }
        return ordered.first(where: addsUp) ?? ordered.first
    }
}
