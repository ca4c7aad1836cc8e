import CPangoCairo
import Drawing

#if os(Linux)
    import CFontConfig
#endif

/// A font map that knows the faces of the design and no others.
///
/// The system's own configuration is dozens of files and hundreds of fonts, and every size of every face sorts them all:
/// half of the time of drawing one figure. It also makes the result depend on rules that the machine's user wrote.
enum DesignedFonts {
    /// Where Debian, Fedora, Arch and their relatives put the faces of the design.
    static let folders = [
        "/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter", "/usr/share/fonts/inter",
        "/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-sans-cjk-fonts",
        "/usr/share/fonts/truetype/jetbrains-mono", "/usr/share/fonts/jetbrains-mono",
        "/usr/share/fonts/jetbrains-mono-fonts", "/usr/share/texmf/fonts/opentype/public/lm-math",
        "/usr/share/fonts/opentype/latin-modern-math", "/usr/share/texmf-dist/fonts/opentype/public/lm-math",
    ]

    /// Neighbours of the designed faces in those folders that nothing is set in; fewer fonts sort faster.
    private static let unusedFiles = [
        "*Serif*", "*InterDisplay*", "*Thin*", "*Light*", "*Black*", "*ExtraBold*", "*.woff*", "*MonoNL-*",
    ]
    private static let unusedFamilies =
        ["Sans", "Sans Mono"].flatMap { kind in
            ["JP", "KR", "TC", "HK"].map { "Noto \(kind) CJK \($0)" }
        } + ["Noto Sans Mono CJK SC"]

    #if os(Linux)
        /// Safe to share: read only once made, and reference-counted by fontconfig with atomic operations.
        private struct Configuration: @unchecked Sendable { var pointer: OpaquePointer }

        /// Read once in a process; nil when a face of the design is not in any of the folders.
        private static let configuration: Configuration? = read()

        private static func read() -> Configuration? {
            guard let config = FcConfigCreate() else { return nil }
            let places = folders.map { "<dir>\($0)</dir>" }.joined()
            let globs = unusedFiles.map { "<glob>\($0)</glob>" }.joined()
            let families = unusedFamilies.map {
                "<pattern><patelt name=\"family\"><string>\($0)</string></patelt></pattern>"
            }.joined()
            let rules =
                "<?xml version=\"1.0\"?><fontconfig>\(places)<cachedir>/var/cache/fontconfig</cachedir>"
                + "<cachedir prefix=\"xdg\">fontconfig</cachedir>"
                + "<selectfont><rejectfont>\(globs)\(families)</rejectfont></selectfont></fontconfig>"
            let isRead = FcConfigParseAndLoadFromMemory(config, Array(rules.utf8) + [0], 1)
            guard isRead != 0, FcConfigBuildFonts(config) != 0, hasEveryFace(config) else {
                FcConfigDestroy(config)
                return nil
            }
            // Pango would read the system's configuration in the background whenever none is current.
            FcConfigSetCurrent(config)
            return Configuration(pointer: config)
        }

        private static func hasEveryFace(_ config: OpaquePointer) -> Bool {
            guard let fonts = FcConfigGetFonts(config, FcSetSystem) else { return false }
            var wanted = Set(FontFaces.designed.map(\.face))
            for index in 0..<Int(fonts.pointee.nfont) {
                var number: Int32 = 0
                var name: UnsafeMutablePointer<FcChar8>?
                while FcPatternGetString(fonts.pointee.fonts[index], FC_FAMILY, number, &name) == FcResultMatch {
                    if let name { wanted.remove(String(cString: name)) }
                    number += 1
                }
                if wanted.isEmpty { return true }
            }
            return false
        }
    #endif

    /// A map of every font that the system has, for characters that the designed faces lack.
    static func everyFontMap() -> UnsafeMutablePointer<PangoFontMap>? {
        let map = pango_cairo_font_map_new()
        #if os(Linux)
            if configuration != nil, let everything = FcInitLoadConfigAndFonts() {
                pango_fc_font_map_set_config(OpaquePointer(map), everything)
                FcConfigDestroy(everything)
            }
        #endif
        return map
    }

    /// A map of only the designed faces, or nil where they are not in their usual places.
    static func fontMap() -> UnsafeMutablePointer<PangoFontMap>? {
        #if os(Linux)
            guard let configuration, let map = pango_cairo_font_map_new() else { return nil }
            pango_fc_font_map_set_config(OpaquePointer(map), configuration.pointer)
            return map
        #else
            return nil
        #endif
    }
}
