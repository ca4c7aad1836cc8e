import Foundation
import Tensors

/// The project's root, and folders of tests.
public enum Places {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// An empty folder of its own for one test; it goes when the tests have ended.
    public static func temporaryFolder() throws -> String {
        let folder = process + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static let process: String = {
        atexit { try? FileManager.default.removeItem(atPath: Places.process) }
        return FileManager.default.temporaryDirectory.path
            + "/glassformer-tests-\(ProcessInfo.processInfo.processIdentifier)"
    }()
}

/// The greatest difference between two tensors, relative to the greatest number of the expected one.
public func relativeDifference(_ found: Tensor, _ expected: Tensor) -> Double {
    guard found.shape == expected.shape else { return .infinity }
    var difference = 0.0
    var scale = 0.0
    for (a, b) in zip(found.scalars, expected.scalars) {
        if a == b { continue }
        guard a.isFinite, b.isFinite else { return .infinity }
        difference = max(difference, abs(Double(a) - Double(b)))
    }
    for b in expected.scalars where b.isFinite { scale = max(scale, abs(Double(b))) }
    return scale == 0 ? difference : difference / scale
}

/// Runs a command and gives its exit status, standard output and standard error.
public func run(_ command: [String], in folder: String? = nil, environment: [String: String] = [:]) throws -> (
    status: Int32, output: String, error: String
) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    // Files, not pipes: a full pipe would hold the process up for ever.
    let place = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: place) }
    for name in ["output", "error"] {
        try Data().write(to: URL(fileURLWithPath: place + "/" + name))
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: place + "/output")
    process.standardError = FileHandle(forWritingAtPath: place + "/error")
    try process.run()
    process.waitUntilExit()
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: place + "/" + name)), as: UTF8.self)
    }
    return (process.terminationStatus, try read("output"), try read("error"))
}
