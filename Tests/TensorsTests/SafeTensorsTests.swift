import Foundation
import Reading
import Tensors
import TestSupport
import Testing

@Suite struct SafeTensorsTests {
    static let kinds = ["F16", "BF16", "F64", "F32", "I64", "I32", "U8", "BOOL"]
    /// The same file, then with every number one, two and three bytes off its alignment.
    static let files = ["kinds", "misaligned1", "misaligned2", "misaligned3"]

    private func open(_ name: String) throws -> SafeTensors {
        try SafeTensors(path: Places.reference("kinds/\(name).safetensors"))
    }

    /// `fixtures/reference/make_vectors.py` wrote each tensor twice: in its kind, and as torch converts it.
    @Test(arguments: files, kinds) func kindsAreReadAsTorchConvertsThem(file: String, kind: String) throws {
        let file = try open(file)
        let found = try file.tensor(kind)
        #expect(file.entries[kind]?.kind == kind)
        if kind == "F32" {
            #expect(found.bits.prefix(4) == [0, 0x8000_0000, 0x3F80_0000, 0xC020_0000])
            #expect(found.scalars[9...10] == [.infinity, -.infinity])
            #expect(found.scalars[11].isNaN)
            return
        }
        let expected = try file.tensor(kind + ".f32")
        #expect(found.shape == expected.shape)
        for (a, b) in zip(found.scalars, expected.scalars) {
            #expect(a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN), "\(a), \(b)")
        }
    }

    @Test(arguments: files) func wholeNumbersAreExact(file: String) throws {
        let file = try open(file)
        let long = [0, 1, -1, 16_777_217, -1_099_511_627_777, Int.max, Int.min, 7]
        #expect(try file.integers("I64") == long)
        #expect(try file.integers("I32") == [0, -1, 16_777_217, 2_147_483_647, -2_147_483_648])
        expectFailure(SafeTensorsError.self) { try file.integers("F32") }
    }

    @Test(arguments: files) func scalarsEmptyTensorsAndMetadata(file: String) throws {
        let file = try open(file)
        #expect(try file.tensor("scalar") == Tensor(scalar: 2.5))
        #expect(try file.tensor("empty").shape == [0, 3])
        #expect(file.metadata == ["who": "torch “语”"])
    }

    @Test func whatIsNotThereOrNotReadableIsAnError() throws {
        let file = try open("kinds")
        expectFailure(SafeTensorsError.missing(path: file.path, tensor: "nothing")) { try file.tensor("nothing") }
        expectFailure(SafeTensorsError.missing(path: file.path, tensor: "nothing")) { try file.integers("nothing") }
        expectFailure(SafeTensorsError.kind(path: file.path, tensor: "I8", found: "I8")) { try file.tensor("I8") }
    }

    @Test func aTensorOutlivesItsFile() throws {
        let tensor = try open("kinds").tensor("F32")
        #expect(tensor.scalars[2] == 1)
        var changed = tensor
        changed.mutate { $0[2] = 5 }
        #expect(tensor.scalars[2] == 1)
        #expect(changed.scalars[2] == 5)
    }

    @Test(arguments: ["/nowhere/at/all.safetensors", "/"]) func noSuchFile(path: String) {
        expectFailure(ReadingError.self) { try SafeTensors(path: path) }
    }

    // MARK: Writing

    private func written() throws -> SafeTensorsWriter {
        var writer = SafeTensorsWriter()
        writer.metadata = [("title", "quotes \" and \\ and\nlines\tand \u{1} and 词")]
        writer.add("numbers", try Tensor([2, 2], [1.5, -0.0, .infinity, .nan]))
        writer.add("names “here”\n", Tensor(scalar: 3))
        writer.add("nothing", Tensor([0, 4], repeating: 0))
        writer.add("ids", integers: [1, -2, 1 << 40], shape: [3, 1])
        return writer
    }

    @Test func whatIsWrittenReadsBackBitForBit() throws {
        let path = try Places.temporaryFolder() + "/a.safetensors"
        let writer = try written()
        try writer.write(to: path)
        let file = try SafeTensors(path: path)
        #expect(file.entries.keys.sorted() == ["ids", "names “here”\n", "nothing", "numbers"])
        #expect(try file.tensor("numbers").bits == [0x3FC0_0000, 0x8000_0000, 0x7F80_0000, Float.nan.bitPattern])
        #expect(try file.tensor("names “here”\n").shape == [])
        #expect(try file.tensor("nothing").shape == [0, 4])
        #expect(try file.integers("ids") == [1, -2, 1 << 40])
        #expect(file.metadata == ["title": "quotes \" and \\ and\nlines\tand \u{1} and 词"])
        #expect(try writer.data() == written().data(), "the same tensors give the same bytes")
    }

    /// As `zlib.crc32` of `bytes(i * 7 & 255 for i in range(count))` in Python.
    @Test(arguments: [
        (0, 0), (1, 3_523_407_757), (15, 3_277_257_657), (16, 1_410_493_346), (17, 3_129_691_678),
        (100, 2_182_954_629), (20_000, 1_494_733_880),
    ])
    func aChecksumIsPythons(count: Int, expected: UInt32) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(bytes.withUnsafeBytes { CRC32.of($0) } == expected)
        // In two parts, too.
        var sum = CRC32()
        bytes.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0[..<(count / 3)])) }
        bytes.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0[(count / 3)...])) }
        #expect(sum.value == expected)
    }

    @Test func checksumsTellWhatWasAltered() throws {
        var writer = try written()
        writer.addChecksums()
        let file = try AlteredFile(writer.bytes())
        let whole = try #require(try file.altered(nil).checked())
        #expect(whole.checked == 4 && whole.altered.isEmpty && whole.unlisted.isEmpty && !whole.isMetadataAltered)
        for name in file.names { #expect(try file.altered(name).checked()?.altered == [name]) }
        writer.add("one more", Tensor(scalar: 1))
        writer.metadata.append(("said", "later"))
        let more = try #require(try AlteredFile(writer.bytes()).altered(nil).checked())
        #expect(more.unlisted == ["one more"] && more.altered.isEmpty && more.isMetadataAltered)
        #expect(try AlteredFile(written().bytes()).altered(nil).checked() == nil)
    }

    @Test func pythonReadsWhatIsWritten() throws {
        let path = try Places.temporaryFolder() + "/a.safetensors"
        try written().write(to: path)
        let script = """
            import sys, json
            from safetensors import safe_open
            with safe_open(sys.argv[1], "np") as f:
                print(json.dumps({k: [str(f.get_tensor(k).dtype), list(f.get_tensor(k).shape)] for k in f.keys()},
                                 sort_keys=True))
                print(f.get_tensor("ids").tolist(), f.metadata()["title"] == "quotes \\" and \\\\ and\\nlines\\tand \\x01 and 词")
            """
        guard let output = try Python.run(script, needing: ["safetensors", "numpy"], arguments: [path]) else { return }
        let expected = """
            {"ids": ["int64", [3, 1]], "names \\u201chere\\u201d\\n": ["float32", []], "nothing": ["float32", [0, 4]], \
            "numbers": ["float32", [2, 2]]}
            [[1], [-2], [1099511627776]] True

            """
        #expect(output == expected)
    }

    @Test func aFolderThatIsNotThereIsAnError() throws {
        let path = try Places.temporaryFolder() + "/missing/a.safetensors"
        let error = try requireFailure(ReadingError.self) { try written().write(to: path) }
        guard case .unwritable(path, _) = error else {
            Issue.record("\(error)")
            return
        }
    }
}

/// Files that are not what they should be: each an error value that names the file.
@Suite struct DamagedSafeTensorsTests {
    static let one = "\"data_offsets\":[0,4]}}"
    static let headers: [(String, Bool)] = [
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]," + one, true),
        // Four bytes that belong to no tensor.
        ("{}", false), ("{\"__metadata__\":{\"a\":\"b\"}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[]," + one, true),
        ("{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":\"F32\",\"shape\":[1]," + one, true),
        ("", false), ("null", false), ("[]", false), ("{", false), ("\u{1}", false), ("7", false),
        ("{\"x\":null}", false), ("{\"x\":[]}", false),
        ("{\"x\":{\"shape\":[1]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\"," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", false),
        ("{\"x\":{\"dtype\":1,\"shape\":[1]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":1," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[\"1\"]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1,-1]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[2]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[0]," + one, false),
        ("{\"x\":{\"dtype\":\"F64\",\"shape\":[1]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[0,9223372036854775807,9223372036854775807]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999999]," + one, false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", false),
        ("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}}", false),
        ("{\"x\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,99]}}", false),
        (String(repeating: "[", count: 100_000), false),
    ]

    private func write(header: String, length: UInt64? = nil) throws -> String {
        let path = try Places.temporaryFolder() + "/a.safetensors"
        var data = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Data($0) }
        data += Data(header.utf8) + Data([0, 0, 128, 63])
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test(arguments: headers) func headersAreCheckedOrRead(header: String, isGood: Bool) throws {
        let path = try write(header: header)
        if isGood {
            let file = try SafeTensors(path: path)
            if file.entries["x"] != nil { #expect(try file.tensor("x").scalars == [1]) }
        } else {
            let error = try requireFailure(SafeTensorsError.self) { try SafeTensors(path: path) }
            #expect(error.explanation.english.hasPrefix(path))
            #expect(error.explanation.chinese.hasPrefix(path))
            #expect(error.explanation.chinese != error.explanation.english)
        }
    }

    /// As the format demands: what overlaps or leaves bytes over would give wrong numbers in silence.
    @Test(arguments: [
        ([0, 2], [2, 4], true), ([2, 4], [0, 2], true), ([0, 2], [0, 2], false), ([0, 2], [1, 3], false),
        ([0, 2], [0, 4], false), ([0, 1], [2, 4], false), ([1, 2], [2, 4], false), ([0, 1], [1, 3], false),
    ])
    func tensorsLieOneBehindTheOther(first: [Int], second: [Int], isGood: Bool) throws {
        func entry(_ offsets: [Int]) -> String {
            "{\"dtype\":\"U8\",\"shape\":[\(offsets[1] - offsets[0])],\"data_offsets\":[\(offsets[0]),\(offsets[1])]}"
        }
        let path = try write(header: "{\"a\":\(entry(first)),\"b\":\(entry(second)),\"none\":\(entry([4, 4]))}")
        guard !isGood else {
            #expect(try SafeTensors(path: path).tensor("a").count == 2)
            return
        }
        let error = try requireFailure(SafeTensorsError.self) { try SafeTensors(path: path) }
        #expect(error.explanation.english.hasPrefix(path))
        #expect(error.explanation.chinese.hasPrefix(path))
    }

    @Test(arguments: [3, 1_000, UInt64(Int64.max), .max]) func absurdHeaderLengths(length: UInt64) throws {
        let path = try write(header: "{}", length: length)
        expectFailure(SafeTensorsError.self) { try SafeTensors(path: path) }
    }

    @Test func everyTruncationIsAnError() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: Places.reference("kinds/kinds.safetensors")))
        let path = try Places.temporaryFolder() + "/a.safetensors"
        for length in Array(0..<20) + Array(stride(from: 20, to: whole.count, by: 7)) + [whole.count - 1] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            expectFailure(SafeTensorsError.self, "\(length) bytes") { try SafeTensors(path: path) }
        }
    }
}
