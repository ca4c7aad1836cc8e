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
        // Filter 0, the first byte: flat areas already repeat, and repetition is what level 3 finds. Row after row: a
        // large picture is held once, by whoever painted it.
        var row = [UInt8](repeating: 0, count: width * (hasAlpha ? 4 : 3) + 1)
        let stream = try DeflateStream(level: level)
        for y in 0..<height {
            row.withUnsafeMutableBufferPointer { rows(y, UnsafeMutableBufferPointer(rebasing: $0.dropFirst())) }
            try stream.append(row)
        }
        let data = try stream.finish()
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file.reserveCapacity(data.count + 1024)
        append(
            "IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, hasAlpha ? 6 : 2, 0, 0, 0], to: &file)
        append("sRGB", [0], to: &file)
        if let pixelsPerMetre { append("pHYs", big(pixelsPerMetre) + big(pixelsPerMetre) + [1], to: &file) }
        for (keyword, text) in texts where !text.isEmpty {
            append("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.shown.utf8), to: &file)
        }
        append("IDAT", data, to: &file)
        append("IEND", [], to: &file)
        return file
    }

    /// A small picture with each pixel enlarged to a square.
    static func encode(_ raster: Raster, enlarged factor: Int) throws(RenderingError) -> [UInt8] {
        try encode(width: raster.width * factor, height: raster.height * factor, hasAlpha: true) { y, row in
            for x in 0..<(raster.width * factor) {
                let from = (y / factor * raster.width + x / factor) * 4
                for component in 0..<4 { row[x * 4 + component] = raster.bytes[from + component] }
            }
        }
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
