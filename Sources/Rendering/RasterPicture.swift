import Drawing
import Platform

extension Renderer {
    /// A raster as a PNG for who smooths what is enlarged: each pixel is so many that their edges stay sharp.
    /// - Parameter size: how large it is shown, in pixels.
    /// - Throws: `RenderingError`.
    package func png(of raster: Raster, shownAs size: Size) throws(RenderingError) -> [UInt8] {
        let wanted = max(
            size.width / Double(max(raster.width, 1)), size.height / Double(max(raster.height, 1)))
        return try PNGEncoder.encode(raster, enlarged: max(1, min(16, Int(clamping: (wanted * 1.5).rounded(.up)))))
    }
}
