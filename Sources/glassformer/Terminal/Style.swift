import Drawing

/// Colours of the terminal, of the same theme as the figures; nothing where the output is no terminal. They begin as
/// ``Printed/escape``.
struct Style {
    private let isPlain: Bool
    private let theme: Theme

    init(_ mode: Theme.Mode) {
        isPlain = !Console.hasColors
        theme = .named(mode)
    }

    func dim(_ text: String) -> String { colored(text, theme.muted) }
    func name(_ text: String) -> String { colored(text, theme.accent(.query)) }
    func number(_ text: String) -> String { colored(text, theme.accent(.value)) }
    func strong(_ text: String) -> String { isPlain ? text : "\(Printed.escape)[1m\(text)\(Printed.escape)[0m" }

    private func colored(_ text: String, _ color: Color) -> String {
        guard !isPlain else { return text }
        let parts = [color.red, color.green, color.blue].map { String(Int(($0 * 255).rounded())) }
        return "\(Printed.escape)[38;2;\(parts.joined(separator: ";"))m\(text)\(Printed.escape)[0m"
    }
}
