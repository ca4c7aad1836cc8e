import Foundation
import Reading
import Wording

extension SafeTensors {
    /// A file of a disk, mapped into memory.
    /// - Throws: as ``init(_:)``; `ReadingError` where the file is not there.
    public convenience init(path: String) throws(Failure) { try self.init(try DiskFile(path: path)) }
}

extension SafeTensorsWriter {
    public func data() -> Data { Data(bytes()) }

    /// Whole or not at all, in place of whatever is there; tensors go from where
    /// they lie into the file, so that a large trace is never in memory twice.
    /// - Throws: `ReadingError.unwritable` where the folder cannot be written.
    public func write(to path: String) throws(Failure) {
        try OutputFile(path, mayReplace: true).writePieces { put in forEachPiece(put) }
    }
}
