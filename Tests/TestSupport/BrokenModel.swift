import Foundation

/// A model's folder in which one number is not what it should be.
public enum BrokenModel {
    /// A shipped model, copied, with one number of a tensor replaced.
    /// - Parameter place: of the number, in memory order.
    public static func copy(
        of model: String, tensor: String, at place: Int, to value: Float = .nan
    ) throws -> String {
        let folder = try Places.temporaryFolder() + "/" + model
        try FileManager.default.copyItem(atPath: Places.root + "/fixtures/models/" + model, toPath: folder)
        let url = URL(fileURLWithPath: folder + "/model.safetensors")
        var data = try Data(contentsOf: url)
        let length = Int(data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        let header = try JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length)) as? [String: Any]
        guard let entry = header?[tensor] as? [String: Any], let offsets = entry["data_offsets"] as? [Int] else {
            throw CocoaError(.coderValueNotFound)
        }
        let start = 8 + length + offsets[0] + 4 * place
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.replaceSubrange(start..<start + 4, with: $0) }
        try data.write(to: url)
        return folder
    }
}
