import Platform
import Reading
import Tensors
import Wording

/// A checkpoint's tensors: one `model.safetensors`, or shards that `model.safetensors.index.json` lists.
struct WeightFiles {
    /// What errors name: the one file, or the index.
    let path: String
    /// By name, without what `torch.compile` (`_orig_mod.`) and `DataParallel` (`module.`) put before it.
    private(set) var entries: [String: SafeTensors.Entry] = [:]
    private var places: [String: (file: SafeTensors, name: String)] = [:]

    /// - Throws: ``ModelError/weights(path:problem:)`` where shards and index do not agree, or the folder holds
    ///   weights of another format only; `SafeTensorsError` where a file is malformed.
    init(_ folder: FileFolder) throws(Failure) {
        let single = "model.safetensors"
        let index = single + ".index.json"
        if folder.has(single) {
            path = folder.path + single
            try add([SafeTensors(folder.file(single))])
        } else if folder.has(index) {
            path = folder.path + index
            try add(shards: index, of: folder)
        } else {
            throw Self.nothing(in: folder, wanted: folder.path + single)
        }
    }

    private static func nothing(in folder: FileFolder, wanted: String) -> Failure {
        if let known = OtherLayouts.failure(folder) { return known }
        let endings = [".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack", ".npz", ".onnx"]
        guard let other = folder.names.first(where: { file in endings.contains { file.hasSuffix($0) } }) else {
            return .unreadable(
                path: wanted, en: "neither it nor model.safetensors.index.json is there",
                zh: "它和 model.safetensors.index.json 都不存在")
        }
        let path = folder.path + other
        switch (try? folder.file(other)).flatMap({ FileKind($0.bytes) }) {
        case .torchArchive?, .torchPickle?, .zip?, nil: break
        case let kind?: return Failure(ReadingError.otherKind(path: path, expected: "model.safetensors", found: kind))
        }
        guard [".bin", ".pt", ".pth", ".ckpt"].contains(where: { other.hasSuffix($0) }) else {
            return .weights(
                path: path, en: "not read here: expected model.safetensors, as transformers' save_pretrained writes it",
                zh: "不读这种格式：应为 model.safetensors，可由 transformers 的 save_pretrained 写出")
        }
        return OtherLayouts.torch(folder.path, other)
    }

    private mutating func add(shards index: String, of folder: FileFolder) throws(Failure) {
        let map = try Self.map(folder.contents(index), path: path)
        let names = Set(map.values).sorted()
        if let outside = names.first(where: { $0.contains("/") || $0.isEmpty }) {
            throw .weights(
                path: path, en: "“\(outside)”: expected a file of the same folder", zh: "“\(outside)”应是同一文件夹里的文件")
        }
        let missing = names.filter { !folder.has($0) }
        guard missing.isEmpty else {
            let list = ModelError.list(missing)
            throw .weights(path: path, en: "shards that are not there: \(list)", zh: "缺少分片：\(list)")
        }
        var files: [String: SafeTensors] = [:]
        for name in names { files[name] = try SafeTensors(folder.file(name)) }
        let lost = map.filter { files[$1]?.entries[$0] == nil }.map { "\($0) (\($1))" }.sorted()
        guard lost.isEmpty else {
            let list = ModelError.list(lost)
            throw .weights(path: path, en: "tensors that are not in their shard: \(list)", zh: "分片里没有的张量：\(list)")
        }
        try add(names.compactMap { files[$0] })
    }

    /// The tensors and their files, as an index lists them.
    private static func map(_ index: [UInt8], path: String) throws(Failure) -> [String: String] {
        var cursor = JSONCursor(index, source: path)
        let entries = (try? cursor.readValue())?.members?["weight_map"]?.members ?? [:]
        var map: [String: String] = [:]
        for (name, file) in entries { map[name] = file.text }
        guard !map.isEmpty, map.count == entries.count else {
            throw .weights(
                path: path, en: "expected an object “weight_map” of tensors and their files",
                zh: "应含有对象“weight_map”，列出各张量所在的文件")
        }
        return map
    }

    private mutating func add(_ files: [SafeTensors]) throws(Failure) {
        var twice: [String] = []
        for file in files {
            for (name, entry) in file.entries {
                let plain = Self.plain(name)
                if entries.updateValue(entry, forKey: plain) != nil { twice.append(plain) }
                places[plain] = (file, name)
            }
        }
        guard twice.isEmpty else {
            let list = ModelError.list(twice.sorted())
            throw .weights(path: path, en: "tensors that are there twice: \(list)", zh: "重复的张量：\(list)")
        }
    }

    private static func plain(_ name: String) -> String {
        guard name.utf8.firstRange(of: "_orig_mod.".utf8) != nil || name.hasPrefix("module.") else { return name }
        var parts = name.split(separator: ".", omittingEmptySubsequences: false).filter { $0 != "_orig_mod" }
        while parts.count > 1, parts[0] == "module" { parts.removeFirst() }
        return parts.joined(separator: ".")
    }

    /// Leaves tensors out that are known not to be needed, and says which.
    mutating func passOver(_ isUnneeded: (String) -> Bool) -> [String] {
        let names = entries.keys.filter(isUnneeded).sorted()
        for name in names { entries[name] = nil }
        return names
    }

    /// One tensor as float32. - Throws: as `SafeTensors.tensor(_:)`.
    func tensor(_ name: String) throws(Failure) -> Tensor {
        guard let place = places[name] else { throw Failure(SafeTensorsError.missing(path: path, tensor: name)) }
        return try place.file.tensor(place.name)
    }

    /// What was made of a tensor is a copy: the file's own pages need not stay in memory.
    func release(_ name: String) {
        if let place = places[name] { place.file.release(place.name) }
    }

    /// Whether two names hold the same numbers: matrices that a model shares are often written under both.
    func holdsSame(_ first: String, as second: String) -> Bool {
        guard let a = entries[first], let b = entries[second], a.shape == b.shape else { return false }
        if a.kind == b.kind, let one = places[first], let other = places[second] {
            let (x, y) = (one.file.bytes(of: one.name), other.file.bytes(of: other.name))
            guard let x, let y, x.count == y.count, let a = x.baseAddress, let b = y.baseAddress else { return true }
            return memcmp(a, b, x.count) == 0
        }
        guard let x = try? tensor(first), let y = try? tensor(second) else { return false }
        return x.withUnsafeBuffer { x in
            y.withUnsafeBuffer { y in
                guard let a = x.baseAddress, let b = y.baseAddress else { return true }
                return memcmp(a, b, MemoryLayout<Float>.stride * x.count) == 0
            }
        }
    }
}
