import Foundation
import Wording

/// The folder that holds `lessons/` and `fixtures/`.
public struct Home: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    public var models: String { path + "/fixtures/models" }
    public var lessons: String { path + "/lessons" }

    /// Looks where `GLASSFORMER_HOME` says, else upward from the executable, else upward from the working folder,
    /// else in `share/glassformer` beside the executable's folder.
    /// - Throws: ``ModelError/noHome(searched:)``.
    public static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment, executable: String? = nil
    ) throws(Failure) -> Home {
        if let path = environment["GLASSFORMER_HOME"], !path.isEmpty {
            guard isHome(path) else { throw Failure(ModelError.noHome(searched: [path])) }
            return Home(path: path)
        }
        let executable = executable ?? self.executable
        let folder = parent(executable)
        let working = FileManager.default.currentDirectoryPath
        for start in [folder, working] {
            var path = start
            while true {
                if isHome(path) { return Home(path: path) }
                let up = parent(path)
                if up == path || path.isEmpty { break }
                path = up
            }
        }
        let shared = parent(folder) + "/share/glassformer"
        if isHome(shared) { return Home(path: shared) }
        throw Failure(ModelError.noHome(searched: ["$GLASSFORMER_HOME", folder, working, shared]))
    }

    private static var executable: String {
        #if os(Linux)
            if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        #endif
        return Bundle.main.executablePath ?? CommandLine.arguments.first ?? "."
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func isHome(_ path: String) -> Bool {
        let files = FileManager.default
        return files.fileExists(atPath: path + "/lessons") && files.fileExists(atPath: path + "/fixtures/models")
    }
}
