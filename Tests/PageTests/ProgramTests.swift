import Foundation
import TestSupport
import Testing

/// Whether the floors compile for a page: the rules of Embedded Swift, held by the compiler.
@Suite struct ProgramTests {
    private static let isPossible: Bool = {
        let lack = (try? run([Places.root + "/scripts/web", "missing"]))?.output ?? "?"
        if !lack.isEmpty { print("SKIPPED: whether the floors compile for a page: it needs \(lack)") }
        return lack.isEmpty
    }()

    /// What must not come in, planted into the lowest floor, where it is found soonest.
    static let violations = [
        "existential of a value":
            "public protocol P { var x: Int { get } }\npublic func planted(_ p: any P) -> Int { p.x }",
        "untyped throws": "public func planted(_ x: Int) throws -> Int { x }",
        "key path": "public struct S { public var x = 1 }\npublic func planted(_ s: [S]) -> [Int] { s.map(\\.x) }",
        "Foundation": "import Foundation\npublic func planted() -> Date { Date() }",
        "Codable": "public struct Planted: Codable { public var x = 1 }",
        "cast": "public func planted(_ x: Any) -> Int { x as? Int ?? 0 }",
        "metatype":
            "public protocol P { static var x: Int { get } }\npublic func planted(_ all: [any P.Type]) -> Int { all[0].x }",
        "": "public func planted() -> Int { 1 }",
        "a member's import": "public func planted() -> Bool { \"ab\".contains(\"a\" as String) }",
    ]

    @Test(arguments: violations.keys.sorted()) func whatAPageCannotHaveIsFound(_ name: String) throws {
        guard Self.isPossible, let planted = Self.violations[name] else { return }
        let folder = try Places.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let floor = folder + "/Sources/Platform"
        try FileManager.default.createDirectory(atPath: folder + "/Sources", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Places.root + "/Sources/Platform", toPath: floor)
        func check() throws -> (status: Int32, output: String, error: String) {
            try run([Places.root + "/scripts/web", "check", folder, "Platform"])
        }
        try Data(planted.utf8).write(to: URL(fileURLWithPath: floor + "/Planted.swift"))
        let outcome = try check()
        guard !name.isEmpty else {
            #expect(outcome.status == 0, "\(outcome.error)")
            return
        }
        #expect(outcome.status != 0, "\(name) was not found")
        #expect((outcome.output + outcome.error).contains("Planted.swift"))
    }

    /// What the machine has and a page has not stands in few places.
    @Test func conditionsAreAHandful() throws {
        let files = FileManager.default.enumerator(atPath: Places.root + "/Sources")?.compactMap { $0 as? String } ?? []
        let swift = files.filter { $0.hasSuffix(".swift") }
        #expect(swift.count > 400)
        let conditional = try swift.filter { file in
            try String(contentsOfFile: Places.root + "/Sources/" + file, encoding: .utf8).contains(
                "hasFeature(Embedded)")
        }
        #expect(conditional.count <= 5, "\(conditional)")
    }
}
