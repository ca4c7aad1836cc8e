import Wording

/// What a file is by its first bytes, where those are a format's own.
///
/// A reader asks only when it could not read a file as what it should be: no honest file is refused because it begins
/// like something else.
public enum FileKind: PhraseTable {
    case gitPointer, page, markup, gguf, torchArchive, torchPickle, numpyArchive, numpy, zip, gzip, bzip2, xz, zstandard
    case tar, hdf5, onnx, sentencePieces, minbpe, safetensors, utf16, utf32, picture, pdf, program

    /// nil where the bytes are no known format's, or a text's.
    public init?(_ bytes: some Collection<UInt8>) {
        let first = Array(bytes.prefix(512))
        guard let kind = Self.marked(first) ?? Self.worded(first) ?? Self.structured(first) else { return nil }
        self = kind
    }

    private static let marks: [(bytes: [UInt8], kind: FileKind)] = [
        (Array("GGUF".utf8), .gguf), (Array("ggml".utf8), .gguf), (Array("lmgg".utf8), .gguf),
        (Array("tjgg".utf8), .gguf), ([0x93] + Array("NUMPY".utf8), .numpy), ([0x1F, 0x8B], .gzip),
        (Array("BZh".utf8), .bzip2), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .xz), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
        ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], .hdf5), (Array("minbpe v".utf8), .minbpe),
        ([0x89, 0x50, 0x4E, 0x47], .picture), ([0xFF, 0xD8, 0xFF], .picture), (Array("GIF8".utf8), .picture),
        (Array("%PDF-".utf8), .pdf), ([0x7F, 0x45, 0x4C, 0x46], .program), ([0x4D, 0x5A, 0x90], .program),
        ([0xCF, 0xFA, 0xED, 0xFE], .program), ([0x00, 0x61, 0x73, 0x6D], .program),
        ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32), ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16),
    ]

    private static func marked(_ bytes: [UInt8]) -> FileKind? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return archive(bytes) }
        // Python's pickles of protocol 2 to 5, as torch.save wrote them before it wrote archives.
        if bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) { return .torchPickle }
        return marks.first { bytes.starts(with: $0.bytes) }?.kind
    }

    /// A zip archive by the name of its first file, which stands after thirty bytes.
    private static func archive(_ bytes: [UInt8]) -> FileKind {
        guard bytes.count > 30 else { return .zip }
        let length = Int(bytes[26]) | Int(bytes[27]) << 8
        let name = bytes[30..<min(30 + length, bytes.count)]
        if name.ends(with: "data.pkl") || name.ends(with: "/version") || name.ends(with: "byteorder") {
            return .torchArchive
        }
        return name.ends(with: ".npy") ? .numpyArchive : .zip
    }

    private static func worded(_ bytes: [UInt8]) -> FileKind? {
        let mark = bytes.starts(with: PlainText.byteOrderMark) ? 3 : 0
        let text = bytes.dropFirst(mark).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let start = Array(text.prefix(64)).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        func begins(_ word: String) -> Bool { start.starts(with: word.utf8) }
        if begins("version https://git-lfs.github.com/") || begins("version https://hawser.github.com/") {
            return .gitPointer
        }
        if begins("<!doctype html") || begins("<html") || begins("<head") { return .page }
        return begins("<?xml") ? .markup : nil
    }

    private static func structured(_ bytes: [UInt8]) -> FileKind? {
        if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) { return .tar }
        guard bytes.count >= 8 else { return nil }
        // UTF-16 without a mark: every other byte of Latin text is zero.
        let (even, odd) = (stride(from: 0, to: 8, by: 2), stride(from: 1, to: 8, by: 2))
        func areLetters(_ places: StrideTo<Int>) -> Bool { places.allSatisfy { (0x09..<0x7F).contains(bytes[$0]) } }
        func areZero(_ places: StrideTo<Int>) -> Bool { places.allSatisfy { bytes[$0] == 0 } }
        if areLetters(even) && areZero(odd) || areZero(even) && areLetters(odd) { return .utf16 }
        // The first piece in the first field of SentencePiece's table: its text, then its score.
        let length = Int(bytes[3])
        if bytes[0] == 0x0A, bytes[2] == 0x0A, length < Int(bytes[1]), bytes.count > 4 + length,
            bytes[4 + length] == 0x15
        {
            return .sentencePieces
        }
        // A version, then the program that wrote it.
        if bytes[0] == 0x08, (1...32).contains(bytes[1]), bytes[2] == 0x12, length > 0, bytes.count >= 4 + length,
            bytes[4..<4 + length].allSatisfy({ (0x20..<0x7F).contains($0) })
        {
            return .onnx
        }
        // A header's length in eight bytes, then the header.
        return bytes[4..<8].allSatisfy({ $0 == 0 }) && bytes.dropFirst(8).starts(with: "{\"".utf8) ? .safetensors : nil
    }

    /// What it is, and where something helps, what to do.
    public var phrase: Phrase {
        switch self {
        case .gitPointer: Phrase(en: "a Git LFS pointer: git lfs pull", zh: "Git LFS 指针文件：请运行 git lfs pull")
        case .page: Phrase(en: "an HTML page (a download that failed?)", zh: "HTML 网页（下载失败了？）")
        case .markup: Phrase(en: "an XML file (a download that failed?)", zh: "XML 文件（下载失败了？）")
        case .gguf: Phrase(en: "a GGUF file, llama.cpp's own format", zh: "GGUF 文件，llama.cpp 自己的格式")
        case .torchArchive: Phrase(en: "a file of torch.save", zh: "torch.save 写的文件")
        case .torchPickle: Phrase(en: "a pickle of Python's", zh: "Python 的 pickle 文件")
        case .numpyArchive: Phrase(en: "a NumPy archive (npz)", zh: "NumPy 的 npz 文件")
        case .numpy: Phrase(en: "a NumPy array (npy)", zh: "NumPy 的 npy 文件")
        case .zip: Phrase(en: "a zip archive", zh: "zip 压缩包")
        case .gzip: Phrase(en: "a gzip archive: gunzip it first", zh: "gzip 压缩文件：请先用 gunzip 解压")
        case .bzip2: Phrase(en: "a bzip2 archive: bunzip2 it first", zh: "bzip2 压缩文件：请先用 bunzip2 解压")
        case .xz: Phrase(en: "an xz archive: unxz it first", zh: "xz 压缩文件：请先用 unxz 解压")
        case .zstandard: Phrase(en: "a zstd archive: unzstd it first", zh: "zstd 压缩文件：请先用 unzstd 解压")
        case .tar: Phrase(en: "a tar archive", zh: "tar 归档")
        case .hdf5: Phrase(en: "an HDF5 file, as TensorFlow and Keras write", zh: "HDF5 文件，TensorFlow 和 Keras 的格式")
        case .onnx: Phrase(en: "an ONNX file", zh: "ONNX 文件")
        case .sentencePieces: Phrase(en: "SentencePiece's own table", zh: "SentencePiece 自己的词表")
        case .minbpe: Phrase(en: "a minbpe model", zh: "minbpe 的模型文件")
        case .safetensors: Phrase(en: "a safetensors file", zh: "safetensors 文件")
        case .utf16: Phrase(en: "UTF-16: save it as UTF-8", zh: "UTF-16：请另存为 UTF-8")
        case .utf32: Phrase(en: "UTF-32: save it as UTF-8", zh: "UTF-32：请另存为 UTF-8")
        case .picture: Phrase(en: "a picture", zh: "图片")
        case .pdf: Phrase(en: "a PDF", zh: "PDF 文件")
        case .program: Phrase(en: "a program", zh: "可执行程序")
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

extension Failure {
    /// The error for bytes that could not be read as `expected`, where they are a format of their own.
    public static func ifOfAnotherKind(_ bytes: some Collection<UInt8>, path: String, expected: Phrase) -> Failure? {
        FileKind(bytes).map { Failure(ReadingError.otherKind(path: path, expected: expected, found: $0)) }
    }
}
