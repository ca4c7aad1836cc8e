import Drawing

/// The styles and scripts that pages share. They are part of the program, so that a page needs no other file.
package enum Kit {
    /// Letters, focus, what only readers of a screen hear.
    package static var base: String { text(PackageResources.base_css) }
    /// A figure with its frames, values, words and files.
    package static var figure: String { text(PackageResources.figure_css) }
    package static var figureScript: String { nearest + spots + text(PackageResources.figure_js) }
    /// How arrow keys go from cell to cell: a module, for pages that are made of modules.
    package static var nearestModule: String { text(PackageResources.nearest_js) }
    /// Before the page is painted: that scripts work, the reader's theme, and the switch for it.
    package static var themeScript: String { text(PackageResources.theme_js) }
    static var index: String { text(PackageResources.index_css) }
    static var indexScript: String {
        nearest + spots + text(PackageResources.list_js) + text(PackageResources.index_js)
    }
    private static var nearest: String { nearestModule.replacing("export function", with: "function") }

    private static var spots: String { text(PackageResources.packed_js) + text(PackageResources.spots_js) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Colours

    /// The colours of the figures, by name (`--paper`, `--query` …), and classes of their roles.
    /// - Parameter mode: the one that the page has; nil where the reader chooses, or his system.
    package static func colors(_ mode: Theme.Mode? = nil) -> String {
        let roles = Role.allCases.map { ".role-\(name($0)) { color: var(--\(name($0))); }" }.joined(separator: "\n")
        if let mode { return ":root {\n\(variables(mode))\n}\n\(roles)\n" }
        return """
            :root {
            \(variables(.light))
            }
            :root[data-theme="dark"] {
            \(variables(.dark))
            }
            @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {
            \(variables(.dark))
            } }
            .on-dark, :root[data-theme="dark"] .on-light { display: none !important; }
            :root[data-theme="dark"] .on-dark { display: block !important; }
            @media (prefers-color-scheme: dark) {
              :root:not([data-theme="light"]) .on-dark { display: block !important; }
              :root:not([data-theme="light"]) .on-light { display: none !important; }
            }
            @media print {
              :root .on-light.on-light { display: block !important; }
              :root .on-dark.on-dark { display: none !important; }
            }
            \(roles)

            """
    }

    private static func variables(_ mode: Theme.Mode) -> String {
        let theme = Theme.named(mode)
        let isDark = mode == .dark
        let own: [(String, Color)] = [
            ("paper", theme.paper), ("ink", theme.ink), ("muted", theme.muted), ("line", theme.hairline),
            ("panel", theme.panel), ("highlight", theme.highlight), ("negative", theme.negative),
            ("positive", theme.positive), ("full", theme.full),
            // What no figure has: the ground around it, links and marks in running text, right and wrong.
            ("ground", Color(isDark ? 0x0A0E13 : 0xF5F6F8)), ("highlight-pale", Color(isDark ? 0x2A230F : 0xFFF7E6)),
            ("accent", Color(isDark ? 0xF2B155 : 0xB45309)), ("link", theme.accent(.query)),
            ("good", Color(isDark ? 0x7FD3A0 : 0x1A6B3C)), ("bad", Color(isDark ? 0xFF8A80 : 0xB3261E)),
        ]
        let all = own + Role.allCases.map { (name($0), theme.accent($0)) }
        return "  color-scheme: \(mode.rawValue);\n  "
            + all.map { "--\($0): \($1.hex.lowercased());" }.joined(separator: " ")
    }

    /// `attention-output`
    private static func name(_ role: Role) -> String { role.rawValue.replacing(" ", with: "-") }
}
