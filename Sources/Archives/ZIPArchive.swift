import CZip

/// A ZIP archive of files that fit into memory: an electronic book, a deck of slides. The same files give the same bytes.
package struct ZIPArchive: Sendable {
    private struct Part: Sendable {
        var name: String
        var bytes: [UInt8]
        var isStored: Bool
    }

    private var parts: [Part] = []

    package init() {}

    /// - Parameters:
    ///   - name: its path in the archive, between strokes.
    ///   - isStored: whether the bytes stay as they are; else they are deflated.
    package mutating func add(_ bytes: [UInt8], as name: String, isStored: Bool = false) {
        parts.append(Part(name: name, bytes: bytes, isStored: isStored || bytes.isEmpty))
    }

    /// - Parameter effort: zlib's, 1 to 9.
    /// - Throws: ``ArchiveError``.
    package func bytes(effort: Int = 9) throws(ArchiveError) -> [UInt8] {
        let writer = try Writer()
        for part in parts { try writer.add(part.name, part.bytes, isStored: part.isStored, effort: effort) }
        return try writer.finished()
    }

    /// libzip's archive in memory. What it packs has to stay where it is until it is done.
    private final class Writer {
        private let target: OpaquePointer
        private var archive: OpaquePointer?
        private var kept: [UnsafeMutableRawBufferPointer] = []

        init() throws(ArchiveError) {
            var error = zip_error_t()
            zip_error_init(&error)
            defer { zip_error_fini(&error) }
            guard let target = zip_source_buffer_create(nil, 0, 0, &error) else {
                throw .zip(part: "", message: String(cString: zip_error_strerror(&error)))
            }
            self.target = target
            // What is closed gives its source back; this one is read afterwards.
            zip_source_keep(target)
            archive = zip_open_from_source(target, ZIP_TRUNCATE, &error)
            guard archive != nil else {
                zip_source_free(target)
                throw .zip(part: "", message: String(cString: zip_error_strerror(&error)))
            }
        }

        deinit {
            if let archive { zip_discard(archive) }
            zip_source_free(target)
            for memory in kept { memory.deallocate() }
        }

        func add(_ name: String, _ bytes: [UInt8], isStored: Bool, effort: Int) throws(ArchiveError) {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
            memory.copyBytes(from: bytes)
            kept.append(memory)
            guard let source = zip_source_buffer(archive, memory.baseAddress, zip_uint64_t(bytes.count), 0) else {
                throw problem(name)
            }
            let place = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard place >= 0 else {
                zip_source_free(source)
                throw problem(name)
            }
            let index = zip_uint64_t(place)
            let method = isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE
            // 1 January 1980, the first day that the format knows, and nobody's machine: the same bytes every time.
            guard
                zip_set_file_compression(archive, index, zip_int32_t(method), zip_uint32_t(isStored ? 0 : effort)) == 0,
                zip_file_set_dostime(archive, index, 0, 0x21, 0) == 0,
                zip_file_set_external_attributes(archive, index, 0, zip_uint8_t(ZIP_OPSYS_DOS), 0) == 0
            else { throw problem(name) }
        }

        func finished() throws(ArchiveError) -> [UInt8] {
            guard zip_close(archive) == 0 else { throw problem("") }
            archive = nil
            guard zip_source_open(target) == 0 else { throw problem("") }
            defer { zip_source_close(target) }
            guard zip_source_seek(target, 0, SEEK_END) == 0 else { throw problem("") }
            let length = zip_source_tell(target)
            guard length >= 0, zip_source_seek(target, 0, SEEK_SET) == 0 else { throw problem("") }
            var bytes = [UInt8](repeating: 0, count: Int(length))
            let read = bytes.withUnsafeMutableBytes {
                zip_source_read(target, $0.baseAddress, zip_uint64_t($0.count))
            }
            guard read == length else { throw problem("") }
            return bytes
        }

        private func problem(_ part: String) -> ArchiveError {
            guard let archive else { return .zip(part: part, message: "no archive") }
            return .zip(part: part, message: String(cString: zip_strerror(archive)))
        }
    }
}
