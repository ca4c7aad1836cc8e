import Foundation
import TestSupport

/// The built program, run as its readers run it.
enum Executable {
    /// It lies beside the test bundle.
    static let path: String = {
        let own = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent().path
        let linked = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        let bundles = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().path }
        let folders = [own, linked ?? ""] + bundles
        return folders.map { $0 + "/glassformer" }.first { FileManager.default.isExecutableFile(atPath: $0) }
            ?? "glassformer"
    }()

    struct Outcome {
        let status: Int32
        let output: String
        let error: String

        /// Standard error's lines.
        var complaints: [String] { error.split(separator: "\n").map(String.init) }

        func json() throws -> Any {
            try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
        }
    }

    /// - Parameters:
    ///   - folder: where it runs; what it writes by default goes there.
    ///   - language: of the locale.
    static func run(
        _ arguments: String..., in folder: String? = nil, language: String = "C.UTF-8",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(arguments, in: folder, language: language, environment: environment)
    }

    static func run(
        _ arguments: [String], in folder: String? = nil, language: String = "C.UTF-8",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let result = try TestSupport.run(
            [path] + arguments, in: folder, environment: settings(language).merging(environment) { $1 })
        return Outcome(status: result.status, output: result.output, error: result.error)
    }

    /// A line as a person types it, with the program in the path.
    static func shell(
        _ line: String, in folder: String, language: String = "C.UTF-8"
    ) throws -> Outcome {
        var settings = settings(language)
        let own = URL(fileURLWithPath: path).deletingLastPathComponent().path
        settings["PATH"] = own + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let result = try TestSupport.run(["bash", "-c", line], in: folder, environment: settings)
        return Outcome(status: result.status, output: result.output, error: result.error)
    }

    private static func settings(_ language: String) -> [String: String] {
        ["LC_ALL": language, "LC_MESSAGES": "", "LANG": "", "COLUMNS": "80", "GLASSFORMER_HOME": Places.root]
    }

    /// Runs a body in an empty folder of its own, which is gone afterwards.
    static func inFolder(_ body: (String) throws -> Void) throws {
        let folder = try Places.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }
}

/// What lies in a folder, hidden files too.
func contents(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}
