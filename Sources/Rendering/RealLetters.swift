import Drawing
import Reading

/// Letters as text in fonts that most machines have, each with its Chinese companion; large rasters as PNG.
final class RealLetters: SVGLetters {
    override var sharesShapes: Bool { true }

    override func fonts(_ family: Font.Family) -> String? {
        switch family {
        case .text: "Inter,Helvetica Neue,Arial,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif"
        case .mono: "JetBrains Mono,Menlo,Consolas,Noto Sans CJK SC,monospace"
        case .math: "Latin Modern Math,STIX Two Math,Cambria Math,Noto Sans CJK SC,serif"
        }
    }

    override func picture(_ raster: Raster, enlarged factor: Int) -> String? {
        (try? PNGEncoder.encode(raster, enlarged: factor)).map { Base64.encode($0) }
    }
}
