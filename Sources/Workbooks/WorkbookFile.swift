import Foundation
import Reading
import Wording

extension Workbook {
    /// The file's bytes: libxlsxwriter writes into a folder that is gone afterwards, so that nothing half-written stands
    /// where the file is to be.
    /// - Throws: ``WorkbookError/file(path:reason:)``.
    package func file() throws(Failure) -> (bytes: [UInt8], contents: Contents) {
        let folder = NSTemporaryDirectory() + "/workbook-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(WorkbookError.file(path: folder, reason: "\(error.localizedDescription)"))
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/workbook.xlsx"
        let contents = try write(to: path, scratch: folder)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(WorkbookError.file(path: path, reason: "–"))
        }
        return (Array(data), contents)
    }
}
