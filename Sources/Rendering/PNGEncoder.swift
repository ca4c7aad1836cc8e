import CPangoCairo
import Drawing
import Wording

/// Writes PNG files (ISO/IEC 15948) with zlib at a low level: figures are flat, and a higher level costs ten times the
/// time for a few per cent of the bytes.
enum PNGEncoder {
    /// zlib's effort, 1 to 9.
    static let level: Int32 = 3

    /// Texts by keyword, kept in `iTXt` chunks so that Chinese survives.
    typealias Texts = [(keyword: String, text: String)]

    /// - Parameter rows: gives each row's bytes, 3 a pixel, or 4 with alpha.
    static func encode(
        width: Int, height: Int, hasAlpha: Bool, texts: Texts = [], pixelsPerMetre: UInt32? = nil,
        level: Int32 = PNGEncoder.level,
        rows: (_ y: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Void
    ) throws(RenderingError) -> [UInt8] {
        // Filter 0, the first byte: flat areas already repeat, and repetition is what level 3 finds; but a row that is
        // the one above it again, as most are, is filter 2 and nothing, which takes no search. Row after row: a large
        // picture is held once, by whoever painted it.
        var row = [UInt8](repeating: 0, count: width * (hasAlpha ? 4 : 3) + 1)
        var above = row
        let same = [2] + row.dropFirst()
        let stream = try DeflateStream(level: level)
        for y in 0..<height {
            swap(&row, &above)
            row.withUnsafeMutableBufferPointer { rows(y, UnsafeMutableBufferPointer(rebasing: $0.dropFirst())) }
            try stream.append(y > 0 && row == above ? same : row)
        }
        let data = try stream.finish()
        var chunks: [(String, [UInt8])] = []
        if let pixelsPerMetre { chunks.append(("pHYs", big(pixelsPerMetre) + big(pixelsPerMetre) + [1])) }
        for (keyword, text) in texts where !text.isEmpty {
            chunks.append(("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.shown.utf8)))
        }
        return file(width: width, height: height, kind: hasAlpha ? 6 : 2, chunks: chunks, data: data)
    }

    /// A small picture with each pixel enlarged to a square; of at most 256 colours by their numbers.
    static func encode(_ raster: Raster, enlarged factor: Int) throws(RenderingError) -> [UInt8] {
        let (width, height) = (raster.width, raster.height)
        var (numbers, colors): ([UInt32: UInt8], [UInt32]) = ([:], [])
        for y in 0..<height where colors.count <= 256 {
            for x in 0..<width {
                let color = raster.pixel(x, y)
                guard numbers[color] == nil else { continue }
                numbers[color] = UInt8(truncatingIfNeeded: colors.count)
                colors.append(color)
            }
        }
        let isPalette = colors.count <= 256
        let hasAlpha = stride(from: 3, to: raster.bytes.count, by: 4).contains { raster.bytes[$0] < 255 }
        let depth = isPalette ? 1 : hasAlpha ? 4 : 3
        let stream = try DeflateStream(level: 9)
        let length = width * factor * depth
        // Filter 2 says that a row is as the one above but for so much: nothing.
        let same = [2] + [UInt8](repeating: 0, count: length)
        for y in 0..<height {
            if !isPalette, factor == 1 {
                try stream.append(foretold(raster, y, depth))
                continue
            }
            // Filter 1, of colours by their parts: what differs from the pixel to the left.
            var row: [UInt8] = [isPalette ? 0 : 1]
            row.reserveCapacity(length + 1)
            var last: [UInt8] = [0, 0, 0, 0]
            for x in 0..<width {
                if isPalette {
                    let number = numbers[raster.pixel(x, y)] ?? 0
                    for _ in 0..<factor { row.append(number) }
                    continue
                }
                let from = (y * width + x) * 4
                for part in 0..<depth {
                    row.append(raster.bytes[from + part] &- last[part])
                    last[part] = raster.bytes[from + part]
                }
                for _ in 0..<(factor - 1) * depth { row.append(0) }
            }
            try stream.append(row)
            for _ in 1..<max(factor, 1) { try stream.append(same) }
        }
        var palette = colors
        if !isPalette { palette = [] }
        return file(
            width: width * factor, height: height * factor, kind: isPalette ? 3 : hasAlpha ? 6 : 2,
            palette: palette, data: try stream.finish())
    }

    /// Filter 4: what differs from the pixel to the left, the one above or the one above that, whichever lies next to
    /// what the three foretell (ISO/IEC 15948, 9.4). A smooth picture is a fifth shorter by it.
    private static func foretold(_ raster: Raster, _ y: Int, _ depth: Int) -> [UInt8] {
        var row: [UInt8] = [4]
        row.reserveCapacity(raster.width * depth + 1)
        func part(_ x: Int, _ y: Int, _ place: Int) -> UInt8 {
            x < 0 || y < 0 ? 0 : raster.bytes[(y * raster.width + x) * 4 + place]
        }
        for x in 0..<raster.width {
            for place in 0..<depth {
                let (left, above) = (part(x - 1, y, place), part(x, y - 1, place))
                let corner = part(x - 1, y - 1, place)
                let whole = Int(left) + Int(above) - Int(corner)
                let (first, second) = (abs(whole - Int(left)), abs(whole - Int(above)))
                let third = abs(whole - Int(corner))
                let guess = first <= second && first <= third ? left : second <= third ? above : corner
                row.append(part(x, y, place) &- guess)
            }
        }
        return row
    }

    /// - Parameters:
    ///   - kind: PNG's number: 2 for colours, 3 for numbers of colours, 6 for colours with alpha.
    ///   - palette: red, green, blue and alpha of each.
    private static func file(
        width: Int, height: Int, kind: UInt8, palette: [UInt32] = [], chunks: [(String, [UInt8])] = [], data: [UInt8]
    ) -> [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file.reserveCapacity(data.count + 1024)
        append("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, kind, 0, 0, 0], to: &file)
        append("sRGB", [0], to: &file)
        if !palette.isEmpty {
            append("PLTE", palette.flatMap { Array(big($0).prefix(3)) }, to: &file)
            let alphas = palette.map { UInt8($0 & 255) }
            if alphas.contains(where: { $0 < 255 }) { append("tRNS", alphas, to: &file) }
        }
        for (name, body) in chunks { append(name, body, to: &file) }
        append("IDAT", data, to: &file)
        append("IEND", [], to: &file)
        return file
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private static func append(_ kind: String, _ data: [UInt8], to file: inout [UInt8]) {
        let body = Array(kind.utf8) + data
        file += big(UInt32(data.count))
        file += body
        file += big(UInt32(truncatingIfNeeded: crc32(0, body, UInt32(body.count))))
    }
}

/// zlib (RFC 1950), for pictures and for what a page carries.
package enum Deflate {
    /// - Parameter level: zlib's effort, 1 to 9.
    package static func compressed(_ bytes: [UInt8], level: Int32) throws(RenderingError) -> [UInt8] {
        var length = compressBound(UInt(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&result, &length, bytes, UInt(bytes.count), level)
        guard code == Z_OK else { throw .compression(code: Int(code)) }
        result.removeLast(result.count - Int(length))
        return result
    }
}

/// The same for bytes that come in pieces; gives what ``Deflate/compressed(_:level:)`` gives for all of them.
final class DeflateStream {
    /// zlib remembers where this lies.
    private let state: UnsafeMutablePointer<z_stream>
    private var result: [UInt8] = []
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    init(level: Int32) throws(RenderingError) {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        let code = deflateInit_(state, level, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .compression(code: Int(code)) }
    }

    deinit {
        deflateEnd(state)
        state.deallocate()
    }

    func append(_ bytes: [UInt8]) throws(RenderingError) { try run(bytes, Z_NO_FLUSH) }

    func finish() throws(RenderingError) -> [UInt8] {
        try run([], Z_FINISH)
        return result
    }

    private func run(_ bytes: [UInt8], _ flush: Int32) throws(RenderingError) {
        var bytes = bytes
        let code = bytes.withUnsafeMutableBufferPointer { input in
            room.withUnsafeMutableBufferPointer { output in
                state.pointee.next_in = input.baseAddress
                state.pointee.avail_in = UInt32(input.count)
                var code = Z_OK
                repeat {
                    state.pointee.next_out = output.baseAddress
                    state.pointee.avail_out = UInt32(output.count)
                    code = deflate(state, flush)
                    result.append(contentsOf: output.prefix(output.count - Int(state.pointee.avail_out)))
                } while code == Z_OK && state.pointee.avail_out == 0
                return code
            }
        }
        // Nothing to do is no failure.
        guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(code) else { throw .compression(code: Int(code)) }
    }
}
