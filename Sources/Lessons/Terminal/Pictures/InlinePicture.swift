import Drawing
import Reading
import Rendering
import Wording

/// The very picture of a figure's frame, for terminals that show pictures.
struct InlinePicture {
    let figure: Figure
    let frame: Int
    /// Of the terminal.
    let columns: Int

    private static let escape = "\u{1B}"

    /// A PNG in pieces of at most 4096 letters, each in a command of its own (Kitty's graphics protocol).
    func kitty() throws -> [UInt8] {
        let data = Base64.encode(try Renderer().png(figure, frame: frame))
        let most = 4096
        var text = ""
        var rest = data[...]
        var isFirst = true
        repeat {
            let piece = rest.prefix(most)
            rest = rest.dropFirst(piece.count)
            let keys = isFirst ? "a=T,f=100,q=2,c=\(columns)," : ""
            text += "\(Self.escape)_G\(keys)m=\(rest.isEmpty ? 0 : 1);\(piece)\(Self.escape)\\"
            isFirst = false
        } while !rest.isEmpty
        return Array((text + "\n").utf8)
    }

    /// A PNG as a file that is shown in the text (iTerm2's inline images).
    func iTerm() throws -> [UInt8] {
        let png = try Renderer().png(figure, frame: frame)
        let head = "\(Self.escape)]1337;File=inline=1;size=\(png.count);width=\(columns);preserveAspectRatio=1:"
        return Array((head + Base64.encode(png) + "\u{7}\n").utf8)
    }

    func sixel(cellWidth: Int) throws -> [UInt8] {
        let wanted = Double(columns * max(4, min(cellWidth, 40)))
        let scale = min(wanted / max(figure.size.width, 1), 2)
        let pixels = try Renderer().pixels(figure, frame: frame, scale: scale)
        return SixelWriter(pixels).bytes
    }
}
