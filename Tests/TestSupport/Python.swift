import Foundation

/// Python as a witness that we did not write.
public enum Python {
    /// Runs a script and gives what it prints; nil, said aloud, where python3 or one of its packages is missing.
    /// - Throws: ``PythonFailure`` where the script itself fails.
    public static func run(_ script: String, needing packages: [String], arguments: [String] = []) throws -> String? {
        let probe = "import importlib.util as u, sys; sys.exit(any(u.find_spec(n) is None for n in sys.argv[1:]))"
        guard try TestSupport.run(["python3", "-c", probe] + packages).status == 0 else {
            print("SKIPPED: python3 with \(packages.joined(separator: ", ")) is not on this machine")
            return nil
        }
        let result = try TestSupport.run(["python3", "-c", script] + arguments)
        guard result.status == 0 else { throw PythonFailure(text: result.error) }
        return result.output
    }
}

/// What Python wrote on standard error.
public struct PythonFailure: Error, CustomStringConvertible {
    public let text: String
    public var description: String { text }
}
