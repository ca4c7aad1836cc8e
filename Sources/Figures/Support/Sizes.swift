/// In which order sizes of letters are tried.
enum Sizes {
    /// Each size for one line and for several, the largest first; several lines of letters only where one line's would be
    /// a third smaller.
    static func lines(_ sizes: [Double]) -> [(size: Double, isOneLine: Bool)] {
        let all = sizes.flatMap { [(size: $0, isOneLine: true), (size: $0, isOneLine: false)] }
        return all.sorted { weight($0) > weight($1) }
    }

    private static func weight(_ choice: (size: Double, isOneLine: Bool)) -> Double {
        choice.size * (choice.isOneLine ? 1.35 : 1)
    }
}
