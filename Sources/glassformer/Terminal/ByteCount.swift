import Drawing

/// Sizes and shares as the terminal shows them.
enum ByteCount {
    /// `1.2 MB`, in powers of 1,000.
    static func text(_ bytes: Int) -> String {
        var size = Double(bytes)
        for unit in ["B", "KB", "MB", "GB"] {
            if size < 999.5 || unit == "GB" {
                return unit == "B" ? "\(bytes) B" : Numbers.fixed(size, decimals: size < 10 ? 1 : 0) + " " + unit
            }
            size /= 1000
        }
        return "\(bytes) B"
    }

    /// `124,439,808`
    static func grouped(_ count: Int) -> String {
        let digits = Array(String(count))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `12.3%`
    static func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "–" : Numbers.fixed(100 * Double(part) / Double(whole), decimals: 1) + "%"
    }
}
