import Foundation
import TestSupport
import Testing

/// The floor plan: a target may import only targets on lower floors.
@Suite struct FloorTests {
    static let floors: [String: Int] = [
        "CPangoCairo": 0, "COpenBLAS": 0, "CMarkdown": 0, "CZip": 0, "CXLSXWriter": 0, "CVectorMath": 0, "CPage": 0,
        "Wording": 0,
        "Platform": 1, "Reading": 2, "Archives": 3, "Tensors": 3, "Tracing": 4, "Drawing": 4, "Tokenizers": 5,
        "Rendering": 5, "Models": 6, "Training": 7, "Figures": 8, "Subjects": 9, "Pages": 9, "Decks": 9, "Page": 10,
        "Lessons": 10, "Worksheets": 10, "Workbooks": 10, "Serving": 11, "glassformer": 12,
    ]

    /// What only some targets may import.
    static let owners: [String: Set<String>] = [
        "CPangoCairo": ["Rendering"], "COpenBLAS": ["Tensors"], "CPage": ["Platform"], "CVectorMath": ["Tensors"],
        "CMarkdown": ["Lessons"], "CZip": ["Archives"], "CXLSXWriter": ["Workbooks"],
        "Yams": ["Training", "Lessons"], "ArgumentParser": ["glassformer"],
        "NIOCore": ["Serving"], "NIOPosix": ["Serving"], "NIOHTTP1": ["Serving"],
    ]

    static let sources = Places.root + "/Sources"

    /// Every Swift file of a folder, by its path from there.
    static func files(_ folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter {
            $0.hasSuffix(".swift")
        }.sorted()
    }

    @Test func everyTargetHasItsFloor() {
        let folders = contents(Self.sources).filter { !$0.hasPrefix(".") }
        #expect(Set(folders) == Set(Self.floors.keys))
    }

    @Test func importsGoDownOnly() throws {
        var seen = 0
        for file in Self.files(Self.sources) {
            let target = String(file.prefix { $0 != "/" })
            let floor = try #require(Self.floors[target])
            let text = try String(contentsOfFile: Self.sources + "/" + file, encoding: .utf8)
            for module in Self.imports(text) {
                seen += 1
                if let other = Self.floors[module] { #expect(other < floor, "\(file) imports \(module)") }
                if let owners = Self.owners[module] { #expect(owners.contains(target), "\(file) imports \(module)") }
            }
        }
        #expect(seen > 100)
    }

    @Test func thePlanGoesDownOnly() throws {
        // Its own scratch folder: the one of this package is locked while its tests run.
        let scratch = try Places.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let described = try run([
            "swift", "package", "--package-path", Places.root, "--scratch-path", scratch, "dump-package",
        ])
        guard described.status == 0 else { return print("SKIPPED: swift package dump-package: \(described.error)") }
        let package = try #require(JSONSerialization.jsonObject(with: Data(described.output.utf8)) as? [String: Any])
        for target in try #require(package["targets"] as? [[String: Any]]) {
            guard target["type"] as? String != "test", let name = target["name"] as? String,
                let floor = Self.floors[name]
            else { continue }
            for dependency in try #require(target["dependencies"] as? [[String: Any]]) {
                let kinds = dependency.values.compactMap { ($0 as? [Any])?.first as? String }
                for other in kinds {
                    if let below = Self.floors[other] { #expect(below < floor, "\(name) depends on \(other)") }
                }
            }
        }
    }

    @Test func readingImports() {
        let text = "import A\n@testable import B\n  public import struct C.D\n// import E\n#if x\n    import F\n#endif"
        #expect(Self.imports(text) == ["A", "B", "C", "F"])
    }

    static func imports(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)[...]
            while let first = words.first, first.hasPrefix("@") || ["public", "package", "internal"].contains(first) {
                words.removeFirst()
            }
            guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
            if ["struct", "class", "enum", "func", "var", "protocol", "typealias"].contains(module) {
                module = words.popFirst() ?? ""
            }
            return String(module.prefix { $0 != "." })
        }
    }

    @Test func filesStayShortAndTrapNowhere() throws {
        for file in Self.files(Self.sources) {
            let text = try String(contentsOfFile: Self.sources + "/" + file, encoding: .utf8)
            #expect(text.count { $0 == "\n" } <= 500, "\(file)")
            for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                for trap in ["try!", "fatalError(", " as! ", "preconditionFailure("] {
                    #expect(!line.contains(trap), "\(file): \(line)")
                }
            }
        }
    }
}
